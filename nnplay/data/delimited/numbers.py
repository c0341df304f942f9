"""Cells of text as numbers, strict about what a number is."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nnplay.limits import MOST_NUMBER

Floats = NDArray[np.float64]
MOST_DIGITS = 1000
"""A longer text is no number; to read one of a hundred thousand digits takes a millisecond."""
Decimal = Literal[".", ",", "either"]
"""The decimal mark of a text; ``either`` where its beginning shows none, so that each cell may decide."""


def parse_number(cell: str, decimal: Decimal) -> float | None:
    """The number that a cell holds, which may be NaN or infinite if it says so; None if it holds none.

    Marks between thousands are refused, as nobody can tell them from the other style's decimal mark.
    """
    text = cell
    if len(text) > MOST_DIGITS:
        return None
    if "," in text:
        if decimal == "." or "." in text:
            return None
        text = text.replace(",", ".", 1)
    elif decimal == "," and "." in text:
        return None
    if "_" in text:  # Python's own mark between digits
        return None
    try:
        return float(text)
    except ValueError:
        return None


def parse_numbers(cells: Sequence[str], decimal: Decimal) -> Floats:
    """(N,) the cells' numbers, NaN wherever there is none, or one that is not finite or too large."""
    if decimal == "." and max(map(len, cells), default=0) <= MOST_DIGITS:
        try:
            values = np.fromiter(map(float, cells), dtype=np.float64, count=len(cells))
        except ValueError:
            pass
        else:
            if "_" not in "".join(cells):
                return _fitting(values)
    parsed = (parse_number(cell, decimal) for cell in cells)
    values = np.fromiter((math.nan if value is None else value for value in parsed), np.float64, count=len(cells))
    return _fitting(values)


def _fitting(values: Floats) -> Floats:
    values[~(np.abs(values) <= MOST_NUMBER)] = np.nan  # NaN is neither below nor above
    return values
