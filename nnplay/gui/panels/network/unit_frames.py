"""Small pictures that are made once and copied often: the frames over the units' pictures, and the bias dots.

A frame rounds the corners of a picture and draws its thin border. All lengths are pixels of the device.
"""

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from nnplay.gui.theme.palette import Palette, mix

BIAS_LEVELS = 12
"""Steps from a pale bias dot to a full one."""


def corner_radius(side: float, pixel: float) -> float:
    """Radius of the corners of a picture `side` wide, with `pixel` as in `frame_pixmap`."""
    return min(max(0.14 * side, 2.0 * pixel), 11.0 * pixel)


@lru_cache(maxsize=64)
def frame_pixmap(side: int, pixel: float, palette: Palette) -> QPixmap:
    """The frame for a picture.

    Parameters
    ----------
    side
        The picture's width and height.
    pixel
        Pixels of the device along one of those that lengths are written in.
    palette
        The colours.
    """
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius, line = corner_radius(side, pixel), max(round(pixel), 1)
    whole, window, corners = QRectF(0, 0, side, side), QPainterPath(), QPainterPath()
    window.addRoundedRect(whole, radius, radius)
    corners.addRect(whole)
    painter.fillPath(corners - window, QColor(palette.panel))
    inset = line / 2  # the border covers whole pixels
    painter.setPen(QPen(QColor(mix(palette.panel, palette.quiet, 0.34)), line))
    painter.drawRoundedRect(whole.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)
    painter.end()
    return picture


@lru_cache(maxsize=256)
def bias_dot(radius: float, palette: Palette, level: int | None, colour: str) -> QPixmap:
    """A bias dot with a rim in the colour of the background.

    Parameters
    ----------
    radius
        In pixels of the device.
    palette
        The colours.
    level
        The size of the bias, 0 to `BIAS_LEVELS`; None for a bias of zero, which is an empty ring.
    colour
        Of a full one.
    """
    rim = 0.3 * radius
    side = 2 * math.ceil(radius + rim + 1)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    fill = palette.panel if level is None else mix(palette.panel, colour, 0.35 + 0.65 * (level / BIAS_LEVELS) ** 0.5)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.focus if level is None else palette.panel), rim))
    painter.setBrush(QColor(fill))
    painter.drawEllipse(QPointF(side / 2, side / 2), radius, radius)
    painter.end()
    return picture
