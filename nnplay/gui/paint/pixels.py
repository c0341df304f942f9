"""Pictures that are data: which table has them, and how their pixels become an image in the palette's ink."""

import math
import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from nnplay.data import Table
from nnplay.gui.theme.palette import Palette, rgb

SMALLEST = 8
"""Pixels along a side; a table of fewer inputs is no picture, even where they would make a square."""
_PLACE = re.compile(r"pixel (\d+),(\d+)")


def picture_shape(table: Table) -> tuple[int, int] | None:
    """Rows and columns of the pictures that a table's samples are; None where they are none.

    Images that were read as such name their pixels; of other tables the square ones are shown as pictures.
    """
    inputs = table.inputs.shape[1]
    last = _PLACE.fullmatch(table.input_names[-1])
    if last is not None:
        rows, columns = int(last[1]) + 1, int(last[2]) + 1
        if rows * columns == inputs:
            return rows, columns
    side = math.isqrt(inputs)
    return (side, side) if side * side == inputs and side >= SMALLEST else None


def ink_image(values: NDArray[np.floating], palette: Palette) -> QImage:
    """An image of values (rows, columns): 0 is nothing, 1 the palette's ink; it owns its pixels."""
    levels = np.clip(np.nan_to_num(values) * 255.0 + 0.5, 0.0, 255.0).astype(np.uint8)
    pixels = np.ascontiguousarray(_inks(palette)[levels])
    rows, columns = pixels.shape
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()


@lru_cache(maxsize=4)
def _inks(palette: Palette) -> NDArray[np.uint32]:
    """(256,) the ink at each opacity, as premultiplied 0xAARRGGBB."""
    opacity = np.arange(256, dtype=np.uint32)
    red, green, blue = (np.uint32(channel) * opacity // 255 for channel in rgb(palette.text))
    inks: NDArray[np.uint32] = (opacity * 2**24 + red * 2**16 + green * 2**8 + blue).astype(np.uint32)
    return inks
