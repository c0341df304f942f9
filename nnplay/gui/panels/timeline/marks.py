"""The marks of edits: a line where one took effect, with its words."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnplay.gui.panels.timeline.contents import StripMark
from nnplay.gui.panels.timeline.geometry import REACH, WORDS_SIZE, Geometry
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import px

LEAST_WORDS = 40


def paint_marks(painter: QPainter, where: Geometry, palette: Palette, marks: Sequence[StripMark]) -> None:
    """Lines, and as much of the words as fits before the next one."""
    font = label_font(WORDS_SIZE)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    places = [where.x_of(mark.epochs) for mark in marks]
    for mark, x, following in zip(marks, places, [*places, float(where.width)][1:], strict=True):
        painter.setPen(QPen(QColor(palette.quiet), px(1)))
        painter.drawLine(QPointF(x, where.top), QPointF(x, where.low))
        room = following - x - px(8)
        if room >= px(LEAST_WORDS):
            words = metrics.elidedText(mark.words.replace("\n", ", "), Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(x + px(4), where.top + metrics.ascent()), words)


def marks_at(place: QPointF, where: Geometry, marks: Sequence[StripMark]) -> list[StripMark]:
    """Those that are there."""
    return [mark for mark in marks if abs(where.x_of(mark.epochs) - place.x()) <= px(REACH)]
