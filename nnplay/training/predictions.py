"""What a network makes of rows that it never saw: their own columns, and beside them what it predicts."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nnplay.data.table import Table
from nnplay.data.tables.prediction import inputs_for
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.data.tables.sheet import Column, Labels, Sheet
from nnplay.nn import NeuralNetwork
from nnplay.nn.metrics import class_shares
from nnplay.texts import one_line, tr
from nnplay.training.experiment import DataSpec
from nnplay.training.prepared import PreparedData
from nnplay.training.slices import Point

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]

AT_A_TIME = 2_000_000
"""Numbers of inputs that go through the network together."""
MANY_CELLS = 2_000_000
"""In a sheet of more cells than this numbers are given as numbers, and not in the very digits of the file."""
WRITTEN_TOGETHER = 100_000
"""Cells."""
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
        What stands in each of them: its texts, or its numbers where the sheet is large.
    heading
        Of the column with what is predicted.
    classes
        Names of the C classes; none for a regression.
    values
        (N, C) what the network outputs for each class, or (N, 1) values in the target's own unit; NaN in rows that
        can't be predicted.
    problems
        Why each of these can't be, by its place: ``no value in Age``.
    notes
        What was changed on the way, a sentence each.
    inputs, places
        (M, I) and (M,) the inputs of the rows that can be predicted, as a table has them, and which rows these are.
    """

    name: str
    own: tuple[str, ...]
    cells: tuple[Labels | Column, ...]
    heading: str
    classes: tuple[str, ...]
    values: Floats
    problems: Mapping[int, str]
    notes: tuple[str, ...] = ()
    inputs: Floats = field(default_factory=lambda: np.empty((0, 0)))
    places: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))

    def __len__(self) -> int:
        return len(self.values)

    @property
    def predicted(self) -> int:
        """How many rows have a prediction."""
        return len(self) - len(self.problems)

    @property
    def header(self) -> tuple[str, ...]:
        """A name for each column of a row: the sheet's own ones, then the new ones, under names of their own."""
        new = [self.heading, *(tr("probability of {name}", name=one_line(name)) for name in self.classes)]
        if self.problems:
            new.append(tr("problem"))
        return _told_apart(self.own, new)

    def own_text(self, row: int, column: int) -> str:
        """What stands in a column of the sheet."""
        return _texts_of(self.cells[column], row, row + 1)[0]

    def sample(self, row: int) -> Point | None:
        """The inputs of a row; None where it can't be predicted."""
        place = int(np.searchsorted(self.places, row))
        found = place < len(self.places) and self.places[place] == row
        return tuple(self.inputs[place].tolist()) if found else None

    def likeliest(self, row: int) -> int | None:
        """The class that a row is predicted to be of; None where it can't be, or where there are none."""
        return None if row in self.problems or not self.classes else int(np.argmax(self.values[row]))

    def rows(self, start: int, stop: int) -> Iterator[tuple[str, ...]]:
        """The texts of rows: their own cells, the class or value, the probability of each class, then the problem."""
        own = zip(*(_texts_of(cells, start, stop) for cells in self.cells), strict=True)
        for index, (cells, values) in enumerate(zip(own, self.values[start:stop].tolist(), strict=True), start):
            likeliest = self.likeliest(index)
            named = [] if not self.classes else ["" if likeliest is None else self.classes[likeliest]]
            figures = ["" if index in self.problems else f"{value:.{FIGURES}g}" for value in values]
            problem = [self.problems.get(index, "")] if self.problems else []
            yield (*cells, *named, *figures, *problem)

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
        size = max(WRITTEN_TOGETHER // (len(self.own) + 1), 1)
        for start in range(0, len(self), size):
            stop = min(start + size, len(self))
            writer.writerows(self.rows(start, stop))
            if progress:
                progress(stop, len(self))
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
    preparation = preparation_of(prepared.spec, table)
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
        inputs=rows.inputs,
        places=rows.rows,
    )


def preparation_of(spec: DataSpec, table: Table) -> Preparation:
    """How new rows become inputs: as the table's did, or column by column where it came from no file."""
    return spec.preparation or Preparation(columns=tuple(SourceColumn(name=name) for name in table.input_names))


def _outputs(
    network: NeuralNetwork, prepared: PreparedData, inputs: Floats, size: int
) -> Iterator[tuple[NDArray[np.floating], slice]]:
    """The outputs for `size` rows at a time, and which rows they are of."""
    for start in range(0, len(inputs), size):
        chunk = slice(start, start + size)
        yield network.forward(prepared.as_seen(inputs[chunk])), chunk


def _cells(sheet: Sheet, number: int, column: Column, *, many: bool) -> Labels | Column:
    """The cells of a column: in the file's own digits, unless these would fill the memory."""
    labels = None if many and column.kind == "number" else sheet.labels(number, sheet.rows)
    return column if labels is None else labels


def _texts_of(cells: Labels | Column, start: int, stop: int) -> list[str]:
    """What stands in some rows of a column."""
    if isinstance(cells, Labels):
        return ["" if code < 0 else cells.names[code] for code in cells.codes[start:stop].tolist()]
    texts = []
    for part in cells.parts:
        numbers = part[max(start, 0) : max(stop, 0)].tolist()
        texts += ["" if number != number else repr(number).removesuffix(".0") for number in numbers]
        start, stop = start - len(part), stop - len(part)
    return texts


def _told_apart(own: tuple[str, ...], new: list[str]) -> tuple[str, ...]:
    """All of these names, the new ones with a number where there is one like it already."""
    names = list(own)
    for name in new:
        free, number = name, 2
        while free in names:
            free, number = f"{name} {number}", number + 1
        names.append(free)
    return tuple(names)
