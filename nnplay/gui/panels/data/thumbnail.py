"""A small picture of a data set, from the points of its real generator."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from nnplay.data import Table
from nnplay.gui.paint.pixels import ink_image
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.icons import glyph
from nnplay.gui.theme.palette import Palette, mix
from nnplay.gui.theme.scale import px, scaled
from nnplay.training.prepared import places_of

DOT, LARGE_DOT = 1.15, 3.0
"""Radius of a point; a few points alone are drawn larger."""
FEW_POINTS = 8
MOST_POINTS = 320
"""So many that areas in turns, such as stripes, are seen as areas."""
GLYPH = 22


def thumbnail(
    table: Table,
    plane: tuple[float, float, float, float],
    palette: Palette,
    side: int,
    ratio: float,
    inputs: tuple[int, int] = (0, 1),
) -> QPixmap:
    """`side` × `side` logical pixels of the two `inputs` of a table over `plane`, in the palette's colours.

    Parameters
    ----------
    ratio
        Device pixels a logical pixel.
    """
    picture = _empty(side, ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    # picked at random, since imported rows are often sorted by class, or their classes take turns
    few = np.random.default_rng(0).choice(len(table), min(len(table), MOST_POINTS), replace=False)
    shown = table.select(few)
    points, targets = places_of(shown, inputs), shown.targets
    x = (points[:, 0] - plane[0]) / (plane[1] - plane[0]) * side
    y = (plane[3] - points[:, 1]) / (plane[3] - plane[2]) * side
    radius = scaled(DOT if len(points) > FEW_POINTS else LARGE_DOT)
    for place, colour in zip(zip(x, y, strict=True), _colours(table, targets, palette), strict=True):
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(*place), radius, radius)
    painter.end()
    return picture


def ink_thumbnail(pixels: NDArray[np.floating], palette: Palette, side: int, ratio: float) -> QPixmap:
    """A picture that is data, such as a digit (rows, columns) of 0 to 1, as large as it fits."""
    picture = _empty(side, ratio)
    image = ink_image(pixels, palette)
    size = QSizeF(image.size()).scaled(QSizeF(side, side), Qt.AspectRatioMode.KeepAspectRatio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(QPointF((side - size.width()) / 2, (side - size.height()) / 2), size), image)
    painter.end()
    return picture


def glyph_thumbnail(name: str, palette: Palette, side: int, ratio: float) -> QPixmap:
    """An icon in quiet ink in the middle, where there is nothing to picture yet."""
    picture = _empty(side, ratio)
    length = px(GLYPH)
    sign = glyph(name, length, palette.quiet, ratio=ratio)
    painter = QPainter(picture)
    painter.drawPixmap(round((side - length) / 2), round((side - length) / 2), sign)
    painter.end()
    return picture


def _empty(side: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _colours(table: Table, targets: np.ndarray, palette: Palette) -> list[str]:
    if table.task == "classification":
        return [class_colour(palette, int(k)) for k in targets]
    largest = float(np.abs(targets).max()) or 1.0
    ends = (palette.negative, palette.positive)
    return [mix(palette.middle, ends[int(value > 0)], abs(value) / largest) for value in targets]
