"""A delimited text that has been read: columns with numbers, texts, and the places where they are neither."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nnplay.data.delimited.numbers import Decimal

Floats = NDArray[np.float64]
Codes = NDArray[np.uint8]

MAX_TEXTS = 100
"""So many different texts of a column are kept; one with more is no class."""


@dataclass(frozen=True, eq=False)
class SheetColumn:
    """One column of a sheet with N rows.

    Attributes
    ----------
    name
        From the header, made unique; ``column 3`` where there is none.
    kind
        ``"number"`` where at least half of the cells are finite numbers, else ``"text"``. A guess for the window.
    numbers
        (N,) float64, NaN where a cell is no finite number, or too large a one.
    codes, texts
        (N,) index of each cell in `texts`; both None where there are more than `MAX_TEXTS` different ones.
    first_bad
        (row, text) of the first cell that is none of them; None where all are.
    first_empty
        Row of the first empty cell; None where there is none.
    """

    name: str
    kind: Literal["number", "text"]
    numbers: Floats
    codes: Codes | None
    texts: tuple[str, ...] | None
    first_bad: tuple[int, str] | None
    first_empty: int | None

    def classes(self, most: int) -> tuple[tuple[str, ...], NDArray[np.intp]] | None:
        """The different values as sorted names, and each row's index among them; None if there are more than `most`.

        Numbers are sorted by size, and 1, 1.0 and 1,0 are one class.
        """
        if self.first_bad is None:
            values, labels = np.unique(self.numbers, return_inverse=True)
            return None if len(values) > most else (tuple(map(_number_name, values.tolist())), labels.reshape(-1))
        if self.codes is None or self.texts is None or len(self.texts) > most:
            return None
        order = sorted(range(len(self.texts)), key=self.texts.__getitem__)
        places = np.empty(len(order), dtype=np.intp)
        places[order] = np.arange(len(order))
        return tuple(self.texts[k] for k in order), places[self.codes]


@dataclass(frozen=True, eq=False)
class CsvSheet:
    """A delimited text that has been read, before a person has said which columns are what.

    Attributes
    ----------
    name
        The file's name, for messages.
    separator, decimal, header
        How it was written; `header` tells whether the first row names the columns.
    columns
        At least one.
    rows
        How many rows of data there are, at least one.
    first_rows
        The cells of the first rows of data as they were written, for a preview.
    """

    name: str
    separator: str
    decimal: Decimal
    header: bool
    columns: tuple[SheetColumn, ...]
    rows: int
    first_rows: tuple[tuple[str, ...], ...]


def _number_name(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
