"""A table that has been read, before it is said which columns are what."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nnplay.data.tables.choice import Role
from nnplay.data.tables.layout import Layout

Floats = NDArray[np.float64]
Kind = Literal["number", "text"]

MOST_DISTINCT = 1000
"""Different values of a column are counted up to one more than this."""


@dataclass(frozen=True, eq=False)
class Column:
    """One column of N rows.

    Attributes
    ----------
    name
        From the header, made unique, on one line; ``column 3`` where there is none.
    kind
        ``"number"`` where every cell that isn't missing is a finite number of at most 1e100 in magnitude. Up to a tenth
        of them may be mistakes, of up to three different texts: these cells count as missing.
    parts
        Its numbers piece by piece, as compact as they were read: pixels take a byte each. NaN where a cell is missing
        or no number.
    missing
        (N,) whether a cell is empty, NA, NaN, ?, - or the like, or no number in a column of numbers.
    distinct
        How many different values there are beside the missing ones, by their text; up to `MOST_DISTINCT` + 1.
    whole
        Whether all numbers are written as whole ones: 7 and 007, not 7.0.
    marks
        What was taken off the numbers: ``"%"``, ``"$"``, ``","`` between thousands …, each once.
    first_bad
        (line of the file, text) of the first cell of a text that is neither missing nor a number.
    role
        What the file itself says it is for; None where it says nothing.
    categorical
        Whether the file itself says that its values are categories.
    """

    name: str
    kind: Kind
    parts: tuple[NDArray[Any], ...]
    missing: NDArray[np.bool_]
    distinct: int
    whole: bool = False
    marks: tuple[str, ...] = ()
    first_bad: tuple[int, str] | None = None
    role: Role | None = None
    categorical: bool = False

    @cached_property
    def missing_count(self) -> int:
        """How many cells are missing."""
        if self.missing.strides == (0,):  # one value for all
            return len(self.missing) if self.missing[:1].any() else 0
        return int(np.count_nonzero(self.missing))

    @property
    def numbers(self) -> Floats:
        """(N,) float64, a copy at each call; closed for writing."""
        numbers = np.empty(sum(map(len, self.parts)))
        np.concatenate(self.parts, out=numbers)
        numbers.setflags(write=False)
        return numbers


@dataclass(frozen=True, eq=False)
class Labels:
    """The texts of a column.

    Attributes
    ----------
    names
        The different texts, stripped, those of missing cells left out: numbers by their value where all are numbers
        (then 007 before 7 by the text), else in alphabetic order.
    codes
        (N,) index of each cell in `names`, −1 where it is missing.
    """

    names: tuple[str, ...]
    codes: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Sheet(ABC):
    """A table that has been read.

    Attributes
    ----------
    name
        The file's name, or what stands for the clipboard: what messages begin with.
    layout
        How it was read.
    columns
        At least one.
    rows
        N, at least one.
    first_rows
        The cells of the first rows as they are written.
    left_out
        Rows of the file that are no rows of the table, since they have too many or too few cells.
    notes
        What was skipped or changed on the way, a sentence each, with its number: "2 lines before the header skipped".
    sheets
        The names of a spreadsheet's sheets; none of a text.
    """

    name: str
    layout: Layout
    columns: tuple[Column, ...]
    rows: int
    first_rows: tuple[tuple[str, ...], ...]
    left_out: int = 0
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()

    @abstractmethod
    def labels(self, column: int, most: int) -> Labels | None:
        """The texts of a column; None where there are more than `most`.

        May read the file again where it is large: call it in a worker.
        """
