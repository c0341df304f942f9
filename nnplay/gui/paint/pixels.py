"""Pictures that are data: how their pixels become an image in the palette's ink."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

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
