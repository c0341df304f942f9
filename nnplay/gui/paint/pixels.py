"""Pictures that are data: how their pixels become an image in the palette's ink, and stand on those of the display."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from nnplay.gui.theme.palette import Palette, rgb


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


def grey(pixels: NDArray[np.floating], shape: tuple[int, int], ends: tuple[float, float]) -> NDArray[np.floating]:
    """Pixels (rows · columns,) that go from paper to ink as a picture (rows, columns) from 0 to 1."""
    paper, ink = ends
    levels: NDArray[np.floating] = (pixels.reshape(shape) - paper) / (ink - paper)
    return levels


def on_device_pixels(painter: QPainter, area: QRectF) -> QRectF:
    """The largest part of an area whose edges are those of the display's own pixels.

    Where the display has 1.25 or 1.5 of them to a pixel of the window, an edge between two of them is drawn as a pale
    line. The painter's transformation neither turns nor shears.
    """
    to_device = painter.deviceTransform()
    back, invertible = to_device.inverted()
    whole = to_device.mapRect(area)
    left, top = math.ceil(whole.left() - _NEARLY), math.ceil(whole.top() - _NEARLY)
    right, bottom = math.floor(whole.right() + _NEARLY), math.floor(whole.bottom() + _NEARLY)
    if not invertible or right <= left or bottom <= top:
        return area
    return back.mapRect(QRectF(QPointF(left, top), QPointF(right, bottom)))


_NEARLY = 1e-3
"""Of a pixel, by which reckoning may be off."""
