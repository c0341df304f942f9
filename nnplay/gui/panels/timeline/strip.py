"""The strip: the loss of the run as its ground, marks, named places, other branches, and the moment that is seen."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.timeline.contents import StripCurve, StripMark, StripSpot, end_for
from nnplay.gui.session.timeline import branch_name
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import mix
from nnplay.gui.theme.scale import px, px_size, scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import tip_text
from nnplay.texts import tr
from nnplay.training.record import Branch

SIDE, TOP, BOTTOM = 10, 4, 6
HANDLE, REACH = 6, 7
"""Pixels: radius of the handle, and how near the pointer is to what it points at."""
WORDS_SIZE = 11
FIRST_GHOST = 2
"""Of the classes' colours: the first two are those of positive and negative."""
LEAST_WORDS = 40
EMPTY = StripCurve(None, np.zeros(0), np.zeros(0))


class Strip(Guarded, QWidget):
    """Draws the record, and is dragged and clicked in.

    Signals
    -------
    epochs_wanted
        To see the moment after so many epochs, a part of one included.
    spot_wanted
        The StripSpot that was clicked.
    branch_wanted
        The Branch whose end was clicked.
    """

    epochs_wanted = Signal(float)
    spot_wanted = Signal(object)
    branch_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._curve, self._ghosts = EMPTY, list[StripCurve]()
        self._marks: Sequence[StripMark] = ()
        self._spots: Sequence[StripSpot] = ()
        self._now = self._last = 0.0
        self._dragged: float | None = None
        self._due = QTimer(self, interval=0, singleShot=True)  # of several moves of the pointer the last one counts
        self._due.timeout.connect(self._on_due)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        return px_size(400, 48)

    def show_record(self, ghosts: list[StripCurve], marks: Sequence[StripMark]) -> None:
        """Other branches and edits; the named places are to be found anew."""
        self._ghosts, self._marks, self._spots = ghosts, marks, ()
        self.update()

    def show_spots(self, spots: Sequence[StripSpot]) -> None:
        """The named places."""
        self._spots = spots
        self.update()

    def show_run(self, curve: StripCurve, now: float, last: float) -> None:
        """The curve of the run, the moment that is seen and where the run is at its end."""
        self._curve, self._now, self._last = curve, now, last
        self.update()

    def show_now(self, now: float) -> None:
        """Another moment that is seen."""
        self._now = now
        self.update()

    # ---- where things are

    @property
    def end(self) -> float:
        """The epoch at the right end."""
        ends = [curve.epochs[-1] for curve in (self._curve, *self._ghosts) if len(curve.epochs)]
        return end_for(max([self._last, *ends]))

    def x_of(self, epochs: float) -> float:
        """The place of a moment."""
        return px(SIDE) + epochs / self.end * self._room()

    def epochs_at(self, x: float) -> float:
        """The moment at a place; where epochs are narrow a whole one."""
        epochs = min(max((x - px(SIDE)) / self._room() * self.end, 0.0), self._last)
        return epochs if self._room() / self.end > 2 * REACH else round(epochs)

    def _room(self) -> float:
        return max(self.width() - 2 * px(SIDE), 1)

    def _top(self) -> float:
        """The loss at the upper edge."""
        return max((float(each.losses.max()) for each in (self._curve, *self._ghosts) if len(each.losses)), default=1.0)

    def _points(self, curve: StripCurve) -> list[QPointF]:
        low, high = self.height() - scaled(BOTTOM), scaled(TOP + WORDS_SIZE)
        x = px(SIDE) + curve.epochs / self.end * self._room()
        # the root, so that what is small beside the beginning can still be seen
        y = low - np.sqrt(np.maximum(curve.losses, 0.0) / (self._top() or 1.0)) * (low - high)
        return [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]

    # ---- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_ghosts(painter)
        self._paint_marks(painter)
        self._paint_spots(painter)
        self._paint_handle(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        palette, low = self._theme.palette, self.height() - scaled(BOTTOM)
        painter.setPen(QPen(QColor(palette.line), px(1)))
        painter.drawLine(QPointF(px(SIDE), low), QPointF(self.width() - px(SIDE), low))
        points = self._points(self._curve)
        if len(points) < 2:
            return
        polygon = QPolygonF([QPointF(points[0].x(), low), *points, QPointF(points[-1].x(), low)])
        painter.setPen(Qt.PenStyle.NoPen)
        now = self.x_of(self._now)
        for left, right, colour in (
            (0.0, now, mix(palette.line, palette.quiet, 0.18)),
            (now, float(self.width()), palette.line),
        ):
            painter.save()
            painter.setClipRect(QRectF(left, 0, right - left, self.height()))
            painter.setBrush(QColor(colour))
            painter.drawPolygon(polygon)
            painter.restore()

    def colour_of(self, place: int) -> str:
        """The hue of the other branch at this place of the list."""
        classes = self._theme.palette.classes
        return classes[FIRST_GHOST + place % (len(classes) - FIRST_GHOST)]

    def _paint_ghosts(self, painter: QPainter) -> None:
        for place, ghost in enumerate(self._ghosts):
            points, colour = self._points(ghost), QColor(self.colour_of(place))
            if not points:
                continue
            pen = QPen(colour, scaled(1.4))
            pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(points))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(points[-1], scaled(3.5), scaled(3.5))

    def _paint_marks(self, painter: QPainter) -> None:
        palette = self._theme.palette
        font = label_font(WORDS_SIZE)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        places = [self.x_of(mark.epochs) for mark in self._marks]
        for mark, x, following in zip(self._marks, places, [*places, float(self.width())][1:], strict=True):
            painter.setPen(QPen(QColor(palette.quiet), px(1)))
            painter.drawLine(QPointF(x, scaled(TOP)), QPointF(x, self.height() - scaled(BOTTOM)))
            room = following - x - px(8)
            if room >= px(LEAST_WORDS):
                words = metrics.elidedText(mark.words.replace("\n", ", "), Qt.TextElideMode.ElideRight, room)
                painter.drawText(QPointF(x + px(4), scaled(TOP) + metrics.ascent()), words)

    def _paint_spots(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.text))
        for spot in self._spots:
            painter.drawPolygon(self._diamond(spot))
        metrics, palette = QFontMetricsF(painter.font()), self._theme.palette
        places = [self.x_of(spot.epochs) for spot in self._spots]
        for spot, x, following in zip(self._spots, places, [*places, float(self.width())][1:], strict=True):
            if following - x - px(REACH) > metrics.horizontalAdvance(spot.words) + px(4):
                painter.setPen(QColor(palette.quiet))
                painter.drawText(QPointF(x + px(REACH), self.height() - scaled(BOTTOM) - scaled(3)), spot.words)

    def _diamond(self, spot: StripSpot) -> QPolygonF:
        x, y, radius = self.x_of(spot.epochs), self.height() - scaled(BOTTOM), scaled(5)
        return QPolygonF(
            [QPointF(x, y - radius), QPointF(x + radius, y), QPointF(x, y + radius), QPointF(x - radius, y)]
        )

    def _paint_handle(self, painter: QPainter) -> None:
        palette, x = self._theme.palette, self.x_of(self._now)
        painter.setPen(QPen(QColor(palette.text), scaled(2)))
        painter.drawLine(QPointF(x, scaled(TOP)), QPointF(x, self.height() - 1))
        painter.setBrush(QColor(palette.panel))
        painter.drawEllipse(QPointF(x, self.height() / 2), scaled(HANDLE), scaled(HANDLE))

    # ---- the pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: a named place, the end of another branch, or any moment."""
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        spot, branch = self._spot_at(event.position()), self._branch_at(event.position())
        if branch is not None:
            self.branch_wanted.emit(branch)
        elif spot is not None:
            self.spot_wanted.emit(spot)
        else:
            self._drag_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._dragged is not None:
            self._drag_to(event.position().x())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Called by Qt."""
        if self._due.isActive():
            self._due.stop()
            self._on_due()
        self._dragged = None

    def event(self, event: QEvent) -> bool:
        """Called by Qt; what is pointed at says what it is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip_text(self.words_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def words_at(self, place: QPointF) -> str:
        """What stands there."""
        branch, spot = self._branch_at(place), self._spot_at(place)
        if branch is not None:
            return tr("{branch}: click to return to its end", branch=branch_name(branch))
        if spot is not None:
            return spot.words
        near = [mark for mark in self._marks if abs(self.x_of(mark.epochs) - place.x()) <= px(REACH)]
        return "\n".join(mark.words for mark in near) or ("" if self._last else self.toolTip())

    def _spot_at(self, place: QPointF) -> StripSpot | None:
        if place.y() < self.height() - scaled(BOTTOM) - px(REACH):
            return None
        near = [spot for spot in self._spots if abs(self.x_of(spot.epochs) - place.x()) <= px(REACH)]
        return near[0] if near else None

    def _branch_at(self, place: QPointF) -> Branch | None:
        for ghost in reversed(self._ghosts):
            if len(ghost.epochs):
                last = self._points(ghost)[-1]
                if (last - place).manhattanLength() <= px(REACH):
                    return ghost.branch
        return None

    def _drag_to(self, x: float) -> None:
        self._dragged = self.epochs_at(x)
        self._due.start()

    @Slot()
    def _on_due(self) -> None:
        if self._dragged is not None:
            self.epochs_wanted.emit(self._dragged)
