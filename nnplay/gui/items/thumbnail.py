"""A small picture of a data set, from the points of its real generator."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from nnplay.data import Table
from nnplay.gui.theme.palette import Palette, mix

DOT = 1.6
"""Radius of a point in logical pixels; four points alone are drawn larger."""
MOST_POINTS = 120


def thumbnail(
    table: Table, plane: tuple[float, float, float, float], palette: Palette, side: int, ratio: float
) -> QPixmap:
    """`side` × `side` logical pixels of the table's first two inputs over `plane`, in the palette's colours.

    Parameters
    ----------
    ratio
        Device pixels a logical pixel.
    """
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    points, targets = table.inputs[:MOST_POINTS, :2], table.targets[:MOST_POINTS]
    x = (points[:, 0] - plane[0]) / (plane[1] - plane[0]) * side
    y = (plane[3] - points[:, 1]) / (plane[3] - plane[2]) * side
    radius = DOT if len(points) > 8 else 2 * DOT
    for place, colour in zip(zip(x, y, strict=True), _colours(table, targets, palette), strict=True):
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(*place), radius, radius)
    painter.end()
    return picture


def _colours(table: Table, targets: np.ndarray, palette: Palette) -> list[str]:
    if table.task == "classification":
        return [palette.classes[int(k)] for k in targets]
    largest = float(np.abs(targets).max()) or 1.0
    ends = (palette.negative, palette.positive)
    return [mix(palette.middle, ends[value > 0], abs(value) / largest) for value in targets]
