"""The moment that is seen, the one that is being computed, and the one that is pointed at, on the strip."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnplay.gui.panels.timeline.geometry import WORDS_SIZE, Geometry
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import px, scaled

RADIUS = 6
"""Pixels of the handle."""
BESIDE, PADDING = 6, 4
"""Pixels from the pointer's line to its words, and around these."""


def paint_handle(painter: QPainter, where: Geometry, palette: Palette, now: float, *, focused: bool) -> None:
    """The moment that is seen; with a ring around it where the keyboard moves it."""
    x = where.x_of(now)
    painter.setPen(QPen(QColor(palette.text), scaled(2)))
    painter.drawLine(QPointF(x, where.top), QPointF(x, where.height - 1))
    painter.setBrush(QColor(palette.panel))
    painter.drawEllipse(QPointF(x, where.height / 2), scaled(RADIUS), scaled(RADIUS))
    if focused:
        painter.setPen(QPen(QColor(palette.focus), scaled(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, where.height / 2), scaled(RADIUS + 3), scaled(RADIUS + 3))


def paint_coming(painter: QPainter, where: Geometry, palette: Palette, epochs: float, share: float) -> None:
    """The moment that is wanted: a thin line, and a ring that closes while it is computed."""
    x, middle, radius = where.x_of(epochs), where.height / 2, scaled(RADIUS)
    painter.setPen(QPen(QColor(palette.quiet), px(1)))
    painter.drawLine(QPointF(x, where.top), QPointF(x, where.height - 1))
    painter.setBrush(QColor(palette.panel))
    painter.setPen(QPen(QColor(palette.line), scaled(2)))
    painter.drawEllipse(QPointF(x, middle), radius, radius)
    painter.setPen(QPen(QColor(palette.text), scaled(2)))
    ring = QRectF(x - radius, middle - radius, 2 * radius, 2 * radius)
    painter.drawArc(ring, 90 * 16, -round(share * 360 * 16))


def paint_pointer(painter: QPainter, where: Geometry, palette: Palette, x: float, words: str) -> None:
    """A line under the pointer, and beside it what is there, over everything else."""
    painter.setPen(QPen(QColor(palette.focus), px(1)))
    painter.drawLine(QPointF(x, where.top), QPointF(x, where.low))
    font = figure_font(WORDS_SIZE)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(words) + 2 * px(PADDING), metrics.height() + 2
    left = x + px(BESIDE) if x + px(BESIDE) + width <= where.width else x - px(BESIDE) - width
    box = QRectF(left, where.low - height - scaled(2), width, height)
    painter.setPen(QPen(QColor(palette.line), px(1)))
    painter.setBrush(QColor(palette.panel))
    painter.drawRoundedRect(box, scaled(3), scaled(3))
    painter.setPen(QColor(palette.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def paint_empty(painter: QPainter, where: Geometry, palette: Palette, words: str) -> None:
    """What the strip is for, before there is anything in it."""
    font = figure_font(WORDS_SIZE + 1)
    painter.setFont(font)
    painter.setPen(QColor(palette.quiet))
    place = QRectF(where.x_of(0) + px(2 * RADIUS), 0, where.room - px(2 * RADIUS), where.height)
    elided = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
