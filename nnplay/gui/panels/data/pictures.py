"""The pictures in the gallery: the real points of each data set, a real digit, and what a person drew."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPixmap

from nnplay.data import DATA_SETS
from nnplay.data.data_set import DataSet
from nnplay.data.digit_pad import grey_range
from nnplay.data.digits import SIDE, shipped_digits
from nnplay.errors import NnplayError
from nnplay.gui.paint.pixels import grey
from nnplay.gui.panels.data.gallery import picture_side
from nnplay.gui.panels.data.thumbnail import glyph_thumbnail, ink_thumbnail, thumbnail
from nnplay.gui.theme.palette import Palette
from nnplay.training.experiment import YOURS, DataSpec
from nnplay.training.prepared import plane_of

SEED = 7
DIGIT = 3
"""The digit that stands for all of them."""


def picture_of(key: str, palette: Palette, ratio: float) -> QPixmap:
    """A picture of a generated data set."""
    data_set = DATA_SETS[key]
    if data_set.plane is None:
        try:
            return ink_thumbnail(_digit(), palette, picture_side(), ratio)
        except NnplayError:  # the shipped file is missing; choosing it says so
            return glyph_thumbnail("image", palette, picture_side(), ratio)
    return QPixmap.fromImage(_drawn(data_set, palette, picture_side(), ratio))


def picture_of_yours(spec: DataSpec | None, palette: Palette, ratio: float) -> QPixmap:
    """A picture of drawn or imported points; a pencil where there are none."""
    table = spec.table if spec is not None and spec.kind == YOURS else None
    if spec is None or table is None or not len(table):
        return glyph_thumbnail("pencil", palette, picture_side(), ratio)
    if table.picture is not None:
        return ink_thumbnail(
            grey(table.inputs[0], table.picture, grey_range(table.inputs)), palette, picture_side(), ratio
        )
    plane = plane_of(spec, table)
    assert plane is not None, "only pictures span none"
    return thumbnail(table, plane, palette, picture_side(), ratio, spec.plane_inputs)


@lru_cache(maxsize=4 * len(DATA_SETS))
def _drawn(data_set: DataSet, palette: Palette, side: int, ratio: float) -> QImage:
    assert data_set.plane is not None
    return thumbnail(data_set.generate(seed=SEED), data_set.plane, palette, side, ratio).toImage()


@lru_cache(maxsize=1)
def _digit() -> NDArray[np.float64]:
    pixels, labels = shipped_digits()
    digit: NDArray[np.float64] = pixels[int(np.argmax(labels == DIGIT))].reshape(SIDE, SIDE) / 255.0
    return digit
