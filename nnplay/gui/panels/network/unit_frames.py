"""Small pictures that are made once and copied often: the frames over the units' pictures, and the bias dots.

A frame rounds the corners of a picture, draws its thin border, and fades what is off.
"""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from nnplay.gui.theme.palette import Palette, mix

FRAME_MARGIN = 1
"""Pixels that a frame is larger than the picture on each side."""
BIAS_LEVELS = 12
"""Steps from a pale bias dot to a full one."""


def corner_radius(side: float) -> float:
    """Radius of the corners of a picture `side` pixels wide."""
    return min(max(0.14 * side, 2.0), 10.0)


@lru_cache(maxsize=64)
def frame_pixmap(width: int, height: int, ratio: float, palette: Palette, fade: float = 0.0) -> QPixmap:
    """The frame for a picture.

    Parameters
    ----------
    width, height
        The picture's, in pixels of the widget.
    ratio
        Device pixels to one of these.
    palette
        The colours.
    fade
        How far the picture fades into the background, 0 to 1.
    """
    margin = FRAME_MARGIN
    whole = QRectF(0, 0, width + 2 * margin, height + 2 * margin)
    window = QPainterPath()
    radius = corner_radius(width)
    window.addRoundedRect(QRectF(margin, margin, width, height), radius, radius)
    picture = QPixmap(round(whole.width() * ratio), round(whole.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corners = QPainterPath()
    corners.addRect(QRectF(margin, margin, width, height))
    painter.fillPath(corners - window, QColor(palette.panel))
    if fade:
        colour = QColor(palette.panel)
        colour.setAlphaF(fade)
        painter.fillPath(window, colour)
    border = mix(mix(palette.panel, palette.quiet, 0.34), palette.panel, fade * 0.7)
    painter.setPen(QPen(QColor(border), 1.0))
    painter.drawPath(window)
    painter.end()
    return picture


@lru_cache(maxsize=256)
def bias_dot(radius: float, ratio: float, palette: Palette, level: int | None, *, negative: bool) -> QPixmap:
    """A bias dot with a rim in the colour of the background.

    Parameters
    ----------
    radius
        In pixels of the widget.
    ratio
        Device pixels to one of these.
    palette
        The colours.
    level
        The size of the bias, 0 to `BIAS_LEVELS`; None for a bias of zero, which is an empty ring.
    negative
        Orange rather than blue.
    """
    rim = 0.3 * radius
    side = 2 * (radius + rim + 1)
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    colour = palette.negative if negative else palette.positive
    fill = palette.panel if level is None else mix(palette.panel, colour, 0.35 + 0.65 * (level / BIAS_LEVELS) ** 0.5)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.focus if level is None else palette.panel), rim))
    painter.setBrush(QColor(fill))
    painter.drawEllipse(QPointF(side / 2, side / 2), radius, radius)
    painter.end()
    return picture
