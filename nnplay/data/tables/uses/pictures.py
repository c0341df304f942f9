"""Whether inputs are the pixels of pictures: whole numbers of one small range that fill a rectangle."""

import math
from collections.abc import Sequence

import numpy as np

from nnplay.data.tables.sheet import Column
from nnplay.data.tables.uses.names import named_shape, pixel_names

LEAST_SIDE = 8
BRIGHTEST = 255
LEAST_BACKGROUND = 0.2
"""The part of zeros from which on numbers without a telling name are pixels: a picture has a background."""
MOST_BACKGROUND = 0.9
BINARY_SIDE = 16
"""Black or white alone are the answers of a questionnaire rather than pixels, where they are few."""
LOOKED_AT = 1000
"""Rows that are enough to see how much background there is."""


def suggested_picture(columns: Sequence[Column]) -> tuple[int, int] | None:
    """(rows, columns) of the pictures whose pixels these columns are, row by row; None where they are none."""
    if len(columns) < LEAST_SIDE**2 or any(column.kind != "number" or not column.whole for column in columns):
        return None
    names = [column.name for column in columns]
    named = pixel_names(names)
    shape = named_shape(names) if named is not False else None
    shape = shape or _square(len(columns)) or (_rectangle(len(columns)) if named else None)
    if named is False or shape is None or min(shape) < LEAST_SIDE:
        return None
    ranges = [_range(column) for column in columns if column.distinct]
    if not ranges or min(low for low, _ in ranges) < 0:
        return None
    brightest = max(high for _, high in ranges)
    if not 1 <= brightest <= BRIGHTEST:
        return None
    if named:
        return shape
    changing = [high for low, high in ranges if low < high]
    least_side = BINARY_SIDE if brightest == 1 else LEAST_SIDE
    return shape if min(shape) >= least_side and _looks_like_pixels(columns, changing) else None


def _looks_like_pixels(columns: Sequence[Column], highest: Sequence[float]) -> bool:
    """Whether numbers without a telling name look like pixels: most of them reach the same light, many are dark."""
    if not highest or 2 * np.median(highest) < max(highest):
        return False
    dark = np.mean([np.mean(column.numbers[:LOOKED_AT] == 0) for column in columns])
    return bool(LEAST_BACKGROUND <= dark <= MOST_BACKGROUND)


def _range(column: Column) -> tuple[float, float]:
    numbers = column.numbers
    if column.missing_count:
        numbers = numbers[~column.missing]
    return float(numbers.min()), float(numbers.max())


def _square(count: int) -> tuple[int, int] | None:
    side = math.isqrt(count)
    return (side, side) if side * side == count else None


def _rectangle(count: int) -> tuple[int, int] | None:
    """The rectangle of so many pixels that is nearest to a square; None where it would be a strip."""
    side = next(side for side in range(math.isqrt(count), 0, -1) if count % side == 0)
    return (side, count // side) if 2 * side * side >= count else None
