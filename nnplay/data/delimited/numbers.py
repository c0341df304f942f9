"""Cells of text as numbers, strict about what a number is."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Decimal = Literal[".", ",", "either"]
"""The decimal mark of a text; ``either`` where its beginning shows none, so that each cell may decide."""


def parse_number(cell: str, decimal: Decimal) -> float | None:
    """The number that a cell holds, which may be NaN or infinite if it says so; None if it holds none.

    Marks between thousands are refused, as nobody can tell them from the other style's decimal mark.
    """
    text = cell
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
    """(N,) the cells' numbers, NaN wherever there is no finite one."""
    if decimal == ".":
        try:
            values = np.fromiter(map(float, cells), dtype=np.float64, count=len(cells))
        except ValueError:
            pass
        else:
            if "_" not in "".join(cells):
                values[~np.isfinite(values)] = np.nan
                return values
    parsed = (parse_number(cell, decimal) for cell in cells)
    finite = (value if value is not None and math.isfinite(value) else math.nan for value in parsed)
    return np.fromiter(finite, dtype=np.float64, count=len(cells))
