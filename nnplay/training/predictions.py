"""What a network makes of rows that it never saw: their own columns, and beside them what it predicts."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.data.tables.prediction import inputs_for
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.data.tables.sheet import Column, Labels, Sheet
from nnplay.nn import NeuralNetwork
from nnplay.nn.metrics import class_shares
from nnplay.texts import one_line, tr
from nnplay.training.prepared import PreparedData

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]

AT_A_TIME = 2_000_000
"""Numbers of inputs that go through the network together."""
MANY_CELLS = 2_000_000
"""In a sheet of more cells than this numbers are given as numbers, and not in the very digits of the file."""
FIGURES = 10
"""Of a number that is predicted, in a file."""


@dataclass(frozen=True, eq=False)
class Predictions:
    """N rows of a sheet with what a network predicts for them.

    Attributes
    ----------
    name
        Of the sheet.
    own
        Names of the sheet's columns.
    cells
        One for each of them.
    heading
        Of the column with what is predicted.
    classes
        Names of the C classes; none for a regression.
    values
        (N, C) what the network outputs for each class, or (N, 1) values in the target's own unit; NaN in rows that
        can't be predicted.
    problems
        Why each of these can't be, by its place: ``missing value in Age``.
    notes
        What was changed on the way, a sentence each.
    """

    name: str
    own: tuple[str, ...]
    cells: tuple[Labels | Floats, ...]
    heading: str
    classes: tuple[str, ...]
    values: Floats
    problems: Mapping[int, str]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.values)

    @property
    def predicted(self) -> int:
        """How many rows have a prediction."""
        return len(self) - len(self.problems)

    @property
    def header(self) -> tuple[str, ...]:
        """A name for each column of `row`: the sheet's own ones, then the new ones, under names of their own."""
        new = [self.heading, *(tr("probability of {name}", name=name) for name in self.classes)]
        if self.problems:
            new.append(tr("problem"))
        return _told_apart(self.own, new)

    def row(self, index: int) -> tuple[str, ...]:
        """The texts of a row: its own cells, the class or value, then the class's probabilities, then the problem."""
        own = [_text_of(column, index) for column in self.cells]
        values = ["" if index in self.problems else f"{value:.{FIGURES}g}" for value in self.values[index].tolist()]
        problem = [self.problems.get(index, "")] if self.problems else []
        return (*own, *([self.predicted_class(index)] if self.classes else []), *values, *problem)

    def predicted_class(self, index: int) -> str:
        """The name of the likeliest class of a row; "" where it can't be predicted."""
        return "" if index in self.problems else one_line(self.classes[int(np.argmax(self.values[index]))])

    def as_csv(self, separator: str = ",", progress: Progress | None = None) -> str:
        """All of it as delimited text with a header; tabs are what a spreadsheet takes from the clipboard.

        Parameters
        ----------
        progress
            Called with (rows written, rows in all) now and then; what it raises stops the writing and is passed on.
        """
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=separator, lineterminator="\n")
        writer.writerow(self.header)
        every = max(MANY_CELLS // 20 // (len(self.own) + 1), 1)
        for index in range(len(self)):
            writer.writerow(self.row(index))
            if progress and index % every == 0:
                progress(index, len(self))
        return text.getvalue()


def predict(
    network: NeuralNetwork, prepared: PreparedData, sheet: Sheet, progress: Progress | None = None
) -> Predictions:
    """What `network`, trained on `prepared`, predicts for the rows of `sheet`.

    The rows go through the preparation that is kept with the experiment; where there is none, the columns are called
    as the inputs are: ``x1`` and ``x2`` for points of the plane.

    Parameters
    ----------
    progress
        Called with (rows done, rows in all) now and then; what it raises stops the work and is passed on.

    Raises
    ------
    FileError
        A column that an input is made of is missing.
    """
    table = prepared.table
    preparation = preparation_of(prepared)
    rows = inputs_for(preparation, sheet)
    values = np.full((sheet.rows, max(table.classes, 1)), np.nan)
    size = max(AT_A_TIME // table.inputs.shape[1], 1)
    for outputs, chunk in _outputs(network, prepared, rows.inputs, size):
        if table.task == "classification":
            values[rows.rows[chunk]] = class_shares(outputs, table.classes)
        else:
            values[rows.rows[chunk]] = prepared.to_target_units(outputs)
        if progress:
            progress(min(chunk.stop, len(rows.inputs)), len(rows.inputs))
    target = preparation.target or (tr("class") if table.task == "classification" else tr("target"))
    many = sheet.rows * len(sheet.columns) > MANY_CELLS
    return Predictions(
        name=sheet.name,
        own=tuple(column.name for column in sheet.columns),
        cells=tuple(_cells(sheet, number, column, many=many) for number, column in enumerate(sheet.columns)),
        heading=tr("predicted {target}", target=target),
        classes=table.class_names,
        values=values,
        problems=rows.problems,
        notes=(*sheet.notes, *rows.notes),
    )


def preparation_of(prepared: PreparedData) -> Preparation:
    """How new rows become inputs: as the table's did, or column by column where it came from no file."""
    return prepared.spec.preparation or Preparation(
        columns=tuple(SourceColumn(name=name) for name in prepared.table.input_names)
    )


def _outputs(
    network: NeuralNetwork, prepared: PreparedData, inputs: Floats, size: int
) -> Iterator[tuple[NDArray[np.floating], slice]]:
    """The outputs for `size` rows at a time, and which rows they are of."""
    for start in range(0, len(inputs), size):
        chunk = slice(start, start + size)
        yield network.forward(prepared.as_seen(inputs[chunk])), chunk


def _cells(sheet: Sheet, number: int, column: Column, *, many: bool) -> Labels | Floats:
    """The cells of a column: in the file's own digits, unless these would fill the memory."""
    labels = None if many and column.kind == "number" else sheet.labels(number, sheet.rows)
    return column.numbers if labels is None else labels


def _text_of(column: Labels | Floats, row: int) -> str:
    if isinstance(column, Labels):
        code = int(column.codes[row])
        return "" if code < 0 else column.names[code]
    number = float(column[row])
    return "" if np.isnan(number) else repr(number).removesuffix(".0")


def _told_apart(own: tuple[str, ...], new: list[str]) -> tuple[str, ...]:
    """All of these names, the new ones with a number where there is one like it already."""
    names = list(own)
    for name in new:
        free, number = name, 2
        while free in names:
            free, number = f"{name} {number}", number + 1
        names.append(free)
    return tuple(names)
