"""How a column's cells become inputs: numbers as they are, categories as 0 and 1."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.data.file_error import FileError
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.data.tables.sheet import Column, Sheet
from nnplay.errors import shortened
from nnplay.texts import tr

Floats = NDArray[np.float64]

ROWS_AT_ONCE = 3000
"""Rows that are put together at a time, so that hardly anything is there twice; a power of two, as the distance of a
picture's pixels in memory, would take twice as long."""

_AT_ONCE = 2


def check_numbers(sheet: Sheet, column: Column) -> None:
    """Refuse a text where a number is needed.

    Raises
    ------
    FileError
        With the line that it stands in.
    """
    if column.kind == "text" and column.first_bad is not None:
        line, text = column.first_bad
        problem = tr("{text} is no finite number; a number was expected", text=repr(shortened(text, 40)))
        raise FileError(sheet.name, problem, row=line, column=column.name)


@dataclass(frozen=True, eq=False)
class Used:
    """A column of N rows, and the inputs that it becomes.

    Attributes
    ----------
    source
        What is made of it, and what stands for its missing cells.
    column
        The column itself.
    codes
        (N,) the index of each cell among the source's categories, −1 where it is missing; None for numbers.
    """

    source: SourceColumn
    column: Column
    codes: NDArray[np.intp] | None = None


def inputs_of(used: Sequence[Used], kept: NDArray[np.bool_]) -> Floats:
    """(n, I) the inputs of the rows that are kept, of all (N,)."""
    inputs = np.empty((np.count_nonzero(kept), sum(each.source.inputs for each in used)))
    lengths = next((tuple(map(len, each.column.parts)) for each in used if each.codes is None), (len(kept),))
    parts = [_parts(each, lengths) for each in used]
    every = bool(kept.all())

    def fill(part: int, cut: slice, row: int) -> None:
        block = np.stack(
            [line for each, pieces in zip(used, parts, strict=True) for line in _lines(each.source, pieces[part][cut])]
        )
        chosen = block if every else block[:, kept[row : row + block.shape[1]]]
        first = row if every else int(np.count_nonzero(kept[:row]))
        inputs[first : first + chosen.shape[1]] = chosen.T

    with ThreadPoolExecutor(_AT_ONCE) as pool:  # most of the time goes into memory that is touched for the first time
        list(pool.map(fill, *zip(*_cuts(lengths), strict=True)))
    return inputs


def _cuts(lengths: Sequence[int]) -> Iterator[tuple[int, slice, int]]:
    """Which part, which rows of it, and the first of them among all, some at a time."""
    row = 0
    for part, length in enumerate(lengths):
        for start in range(0, length, ROWS_AT_ONCE):
            yield part, slice(start, start + ROWS_AT_ONCE), row + start
        row += length


def _parts(used: Used, lengths: Sequence[int]) -> Sequence[NDArray[np.number]]:
    """What a column holds in pieces of these lengths: numbers, or codes."""
    if used.codes is None and tuple(map(len, used.column.parts)) == lengths:
        return used.column.parts
    return np.split(used.column.numbers if used.codes is None else used.codes, np.cumsum(lengths)[:-1])


def _lines(source: SourceColumn, values: NDArray[np.number]) -> list[NDArray[np.number]]:
    """The inputs that numbers, or codes of categories, become."""
    fill = source.fill
    if not source.categories:
        return [values if fill is None or values.dtype.kind != "f" else np.where(np.isnan(values), fill, values)]
    if fill is not None:
        values = np.where(values < 0, source.categories.index(str(fill)), values)
    places = range(len(source.categories)) if len(source.categories) > 2 else (1,)
    return [(values == place).astype(np.uint8) for place in places]


def input_names(preparation: Preparation) -> tuple[str, ...]:
    """The names of all inputs, in their order."""
    return tuple(name for source in preparation.columns for name in names_of(source))


def names_of(source: SourceColumn) -> list[str]:
    """The names of a column's inputs: its own, ``Sex=male``, or ``Port=C``, ``Port=Q`` and ``Port=S``."""
    if not source.categories or [each.lower() for each in source.categories] == ["false", "true"]:
        return [source.name]
    shown = source.categories if len(source.categories) > 2 else source.categories[-1:]
    return [f"{source.name}={category}" for category in shown]
