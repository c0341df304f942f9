"""The frame of a card, with lines that are equally wide on all sides whatever the ratio of device pixels to pixels."""

from math import ceil, floor

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from nnplay.gui.theme.scale import px, scaled

RADIUS = 10


def paint_card(widget: QWidget) -> None:
    """Paint a widget's background with soft corners and a line around it, all of it on whole device pixels.

    A style sheet would draw it in pixels: where one is 1.25 or 1.5 device pixels, lines are of another width on each
    side, and between two parts of a card the window shines through.
    """
    ratio = widget.devicePixelRatioF()
    corner = widget.mapTo(widget.window(), QPoint(0, 0))
    left, top = ceil(corner.x() * ratio), ceil(corner.y() * ratio)  # a pixel that is its in part is not painted
    right, bottom = floor((corner.x() + widget.width()) * ratio), floor((corner.y() + widget.height()) * ratio)
    line = max(1, round(px(1) * ratio))
    palette = widget.palette()
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-corner)
    painter.scale(1 / ratio, 1 / ratio)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), line))
    painter.setBrush(palette.color(QPalette.ColorRole.Base))
    half = line / 2
    frame = QRectF(left, top, right - left, bottom - top).adjusted(half, half, -half, -half)
    radius = scaled(RADIUS) * ratio - half
    painter.drawRoundedRect(frame, radius, radius)
    painter.end()
