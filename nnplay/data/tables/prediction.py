"""New rows become inputs the way that the training rows did, by the preparation that is kept with the experiment."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.data.file_error import FileError
from nnplay.data.tables.as_inputs import Used, check_numbers, inputs_of
from nnplay.data.tables.layout import NO_HEADER
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.data.tables.sheet import MOST_DISTINCT, Sheet
from nnplay.data.tables.telling import listed, values_filled
from nnplay.errors import TooLargeError, memory_checked, shortened
from nnplay.limits import MOST_BYTES
from nnplay.texts import tr


@dataclass(frozen=True, eq=False)
class PreparedRows:
    """New rows as inputs.

    Attributes
    ----------
    inputs
        (N, I) of those rows that can be predicted.
    rows
        (N,) which rows of the sheet they are, from 0.
    problems
        For each other row of the sheet, why it can't be predicted, in a few words.
    notes
        What was filled in or left out, a sentence each, with its number.
    """

    inputs: NDArray[np.float64]
    rows: NDArray[np.intp]
    problems: Mapping[int, str]
    notes: tuple[str, ...]


@memory_checked()
def inputs_for(preparation: Preparation, sheet: Sheet) -> PreparedRows:
    """The rows of a sheet as inputs.

    Columns are found by their names, in any order, and others are ignored; without a header by their places, where
    there are as many as inputs were made of.

    Raises
    ------
    FileError
        A column that isn't there, a cell that is no number, or no row at all that can be predicted.
    TooLargeError
        More inputs than there is memory for.
    """
    size = sheet.rows * preparation.inputs * 8
    if size > MOST_BYTES:
        raise TooLargeError.of_experiment(size)
    problems: dict[int, str] = {}
    used: list[Used] = []
    for source, index in zip(preparation.columns, _columns(preparation, sheet), strict=True):
        column = sheet.columns[index]
        codes = _codes(source, sheet, index, problems) if source.categories else None
        if codes is None:
            check_numbers(sheet, column)
        if source.fill is None:
            _add_problem(problems, column.missing, tr("no value in {column}", column=column.name))
        used.append(Used(source, column, codes))
    kept = np.ones(sheet.rows, dtype=np.bool_)
    kept[list(problems)] = False
    if not kept.any():
        raise FileError(sheet.name, tr("no row can be predicted: {problem}", problem=listed(_counted(problems))))
    return PreparedRows(
        inputs=inputs_of(used, kept),
        rows=np.flatnonzero(kept),
        problems=problems,
        notes=(*_filled(preparation, sheet), *_counted(problems)),
    )


def _columns(preparation: Preparation, sheet: Sheet) -> list[int]:
    """Which column of the sheet is which of the preparation's."""
    wanted, found = preparation.columns, sheet.columns
    if sheet.layout.header == NO_HEADER and len(found) == len(wanted):
        return list(range(len(wanted)))
    loosely = {column.name.strip().casefold(): k for k, column in reversed(list(enumerate(found)))}
    places = loosely | {column.name: k for k, column in reversed(list(enumerate(found)))}
    indices = [places.get(source.name, loosely.get(source.name.strip().casefold())) for source in wanted]
    lacking = [source.name for source, index in zip(wanted, indices, strict=True) if index is None]
    if lacking and sheet.layout.header == NO_HEADER:
        problem = tr(
            "has {n} column without a name; expected are {names}, in this order or with their names above them|"
            "has {n} columns without names; expected are {names}, in this order or with their names above them",
            "",
            len(found),
            names=listed([source.name for source in wanted]),
        )
        raise FileError(sheet.name, problem)
    if lacking:
        problem = tr("lacks the column {names}|lacks {n} columns: {names}", "", len(lacking), names=listed(lacking))
        raise FileError(sheet.name, problem)
    return [index for index in indices if index is not None]


def _codes(source: SourceColumn, sheet: Sheet, index: int, problems: dict[int, str]) -> NDArray[np.intp]:
    """(N,) the index of each cell among the categories that the network knows, −1 where it is missing."""
    column = sheet.columns[index]
    labels = sheet.labels(index, MOST_DISTINCT)
    known = {category: place for place, category in enumerate(source.categories)}
    if labels is None:
        text = tr("has more than {most} categories; known are {names}", most=MOST_DISTINCT, names=listed(list(known)))
        raise FileError(sheet.name, text, column=column.name)
    places = np.array([*(known.get(name, -1) for name in labels.names), -1], dtype=np.intp)
    for code, name in enumerate(labels.names):
        if name not in known:
            shown = repr(shortened(name, 40))
            problem = tr("unknown category {category} in {column}", category=shown, column=column.name)
            _add_problem(problems, labels.codes == code, problem)
    return places[labels.codes]


def _add_problem(problems: dict[int, str], where: NDArray[np.bool_], problem: str) -> None:
    for row in np.flatnonzero(where).tolist():
        problems.setdefault(row, problem)


def _counted(problems: Mapping[int, str]) -> list[str]:
    """How many rows have which problem, the most frequent first."""
    counts = Counter(problems.values()).most_common()
    return [
        tr(
            "{n} row without a prediction: {problem}|{n} rows without a prediction: {problem}",
            "",
            count,
            problem=problem,
        )
        for problem, count in counts
    ]


def _filled(preparation: Preparation, sheet: Sheet) -> list[str]:
    filled = {}
    for source, index in zip(preparation.columns, _columns(preparation, sheet), strict=True):
        count = sheet.columns[index].missing_count
        if count and source.fill is not None:
            filled[source.name] = count
    return [values_filled(filled)] if filled else []
