"""The marks of edits: a line with a grip where one took effect, and its words; a grip can be dragged to elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from nnplay.gui.panels.timeline.contents import StripMark
from nnplay.gui.panels.timeline.geometry import REACH, WORDS_SIZE, Geometry
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.widgets.number_format import count_text
from nnplay.texts import tr

LEAST_WORDS = 40
GRIP = 4
"""Pixels: half of its width."""
BESIDE = 5
"""Pixels from the line to the words."""


@dataclass(frozen=True)
class MarkLook:
    """What is done to the marks now.

    Attributes
    ----------
    pointed
        The mark whose grip or words the pointer is on.
    dragged_to
        The epoch to which it is dragged; None while it stays where it is.
    """

    pointed: StripMark | None = None
    dragged_to: float | None = None


PLAIN = MarkLook()


def paint_marks(
    painter: QPainter, where: Geometry, palette: Palette, marks: Sequence[StripMark], look: MarkLook = PLAIN
) -> None:
    """Lines, and as much of the words as fits before the next one."""
    painter.setFont(label_font(WORDS_SIZE))
    ascent = QFontMetricsF(painter.font()).ascent()
    for mark, x, words, width in _labels(where, marks):
        pointed = mark == look.pointed
        dragged = pointed and look.dragged_to is not None
        colour = QColor(palette.text if pointed and not dragged else palette.quiet)
        if pointed and not dragged:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.hover))
            painter.drawRoundedRect(_room(where, x, width), scaled(3), scaled(3))
        painter.setPen(QPen(colour, px(1), Qt.PenStyle.DotLine if dragged else Qt.PenStyle.SolidLine))
        painter.drawLine(QPointF(x, where.top), QPointF(x, where.low))
        if words and not dragged:
            painter.drawText(QPointF(x + px(BESIDE), where.top + ascent), words)
        if mark.edits:
            _paint_grip(painter, x, where.top, colour)
    if look.pointed is not None and look.dragged_to is not None:
        _paint_dragged(painter, where, palette, look.pointed, look.dragged_to)


def marks_at(place: QPointF, where: Geometry, marks: Sequence[StripMark]) -> list[StripMark]:
    """Those that are there."""
    return [mark for mark in marks if abs(where.x_of(mark.epochs) - place.x()) <= px(REACH)]


def grip_at(place: QPointF, where: Geometry, marks: Sequence[StripMark]) -> StripMark | None:
    """The mark of edits whose grip or words are there."""
    there = [mark for mark, x, _, width in _labels(where, marks) if _room(where, x, width).contains(place)]
    return next((mark for mark in reversed(there) if mark.edits), None)


def moved_words(mark: StripMark, epochs: float) -> str:
    """What a mark that is dragged says: "Learning rate 0.1 → 0.01 at epoch 120"."""
    return tr("{edit} at epoch {epoch}", edit=_one_line(mark), epoch=count_text(int(epochs)))


def _one_line(mark: StripMark) -> str:
    return mark.words.replace("\n", ", ")


def _labels(where: Geometry, marks: Sequence[StripMark]) -> Iterator[tuple[StripMark, float, str, float]]:
    """Each mark with its x, the words that have room before the next one, and how wide they are."""
    metrics = QFontMetricsF(label_font(WORDS_SIZE))
    places = [where.x_of(mark.epochs) for mark in marks]
    for mark, x, following in zip(marks, places, [*places, float(where.width)][1:], strict=True):
        room = following - x - px(8)
        words = ""
        if room >= px(LEAST_WORDS):
            words = metrics.elidedText(_one_line(mark), Qt.TextElideMode.ElideRight, room)
        yield mark, x, words, metrics.horizontalAdvance(words)


def _room(where: Geometry, x: float, width: float) -> QRectF:
    """What belongs to the grip and the words of a mark."""
    right = px(BESIDE) + width + px(3) if width else px(GRIP + 2)
    return QRectF(x - px(GRIP + 2), where.top - scaled(2), px(GRIP + 2) + right, scaled(WORDS_SIZE + 6))


def _paint_grip(painter: QPainter, x: float, y: float, colour: QColor) -> None:
    half = scaled(GRIP)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(x - half, y), QPointF(x + half, y), QPointF(x, y + half * 1.5)]))


def _paint_dragged(painter: QPainter, where: Geometry, palette: Palette, mark: StripMark, epochs: float) -> None:
    """The line where it would be, with what it would say beside it, on the side that has room."""
    x, words = where.x_of(epochs), moved_words(mark, epochs)
    metrics = QFontMetricsF(painter.font())
    width = metrics.horizontalAdvance(words)
    left = x + px(BESIDE) if x + px(BESIDE) + width + px(4) <= where.width else x - px(BESIDE) - width
    left = max(left, float(px(4)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.hover))
    background = QRectF(left - px(3), where.top - scaled(2), width + px(6), scaled(WORDS_SIZE + 6))
    painter.drawRoundedRect(background, scaled(3), scaled(3))
    painter.setPen(QPen(QColor(palette.text), px(1)))
    painter.drawLine(QPointF(x, where.top), QPointF(x, where.low))
    painter.drawText(QPointF(left, where.top + metrics.ascent()), words)
    _paint_grip(painter, x, where.top, QColor(palette.text))
