"""Paints a slice through the loss: its heights, the way of the run, where it stands, and which way is down."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.kept import Kept
from nnplay.gui.paint.picture import Picture
from nnplay.gui.paint.pixels import on_device_pixels
from nnplay.gui.paint.round_ticks import round_ticks
from nnplay.gui.panels.plots.surface.picture import picture_of
from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.scale import px, px_size, scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.hover_card import HoverCard
from nnplay.gui.widgets.number_format import figure_text, parameter_text
from nnplay.texts import tr

Floats = NDArray[np.float64]

LEFT, BOTTOM, TOP, RIGHT = 54, 34, 8, 10
"""Room for figures and names beside the slice."""
FIGURES, NAMES = 11, 11
TICK_ROOM = 44
"""Pixels from one tick to the next, about."""
LEAST_ROOM = 26
"""Where they have less, every other one is left out."""
DOT, START = 5.0, 3.5
ARROW, HEAD = 34.0, 7.0
WIDTH, HALO = 1.6, 2.6
CLOSER = 1.25
"""Times as near with each notch of the wheel."""
_ZOOM = {Qt.Key.Key_PageUp: CLOSER, Qt.Key.Key_PageDown: 1 / CLOSER, Qt.Key.Key_Home: 0.0}
CENTRE = Qt.AlignmentFlag.AlignCenter
BESIDE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, eq=False)
class ShownSlice:
    """What is painted.

    Attributes
    ----------
    losses
        (n, n) the second coordinate rising by row.
    reach, origin
        How far it goes to either side, and what the axes say at the place of the run, along each of the two.
    places
        (M, 2) the way of the run, the start first.
    downhill
        (2,) which way is down, or None.
    names
        Of the axes.
    """

    losses: Floats
    reach: tuple[float, float]
    origin: tuple[float, float]
    places: Floats
    downhill: Floats | None
    names: tuple[str, str]


class SurfaceView(Guarded, QWidget):
    """A square with axes; the wheel and PgUp, PgDn and Home look nearer, from further away, and as it is by itself.

    Signals
    -------
    zoomed(factor)
        A person wants it so many times nearer; 0 for as it is by itself.
    """

    zoomed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: ShownSlice | None = None
        self._sentence = ""
        self._pointer: QPointF | None = None
        self._picture: Kept[Picture] = Kept()
        self.card = HoverCard(self)
        theme.changed.connect(self.update)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Loss around the present weights"))

    def show_slice(self, shown: ShownSlice) -> None:
        """Paint this."""
        self._shown = shown
        self.setAccessibleDescription(self.text())
        self._point()
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Say why there is nothing to paint."""
        self._shown, self._sentence = None, sentence
        self.setAccessibleDescription(sentence)
        self.card.hide()
        self.update()

    def text(self) -> str:
        """What it shows, in words."""
        shown = self._shown
        if shown is None:
            return self._sentence
        middle = len(shown.losses) // 2
        return tr(
            "The loss is {here} at the present weights, {low} at the lowest place of the slice and {high} at the "
            "highest",
            here=figure_text(float(shown.losses[middle, middle])),
            low=figure_text(float(np.nanmin(shown.losses))),
            high=figure_text(float(shown.losses[np.isfinite(shown.losses)].max(initial=0.0))),
        )

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return px_size(260, 220)

    def width_for(self, height: int) -> int:
        """The width with which a slice is as high as there is room."""
        return max(height - px(TOP + BOTTOM), 0) + px(LEFT + RIGHT)

    def square(self) -> QRectF:
        """Where the slice is."""
        width, height = self.width() - px(LEFT + RIGHT), self.height() - px(TOP + BOTTOM)
        side = max(min(width, height), 1)
        return QRectF(px(LEFT), px(TOP), side, side)

    def to_pixels(self, place: Floats) -> QPointF:
        """Where a place (2,) of the slice is; the present weights are (0, 0)."""
        assert self._shown is not None
        square, reach = self.square(), self._shown.reach
        # Qt can't reckon with numbers of any size
        across, up = (min(max(float(p) / r, -1e3), 1e3) for p, r in zip(place, reach, strict=True))
        middle = square.center()
        return QPointF(middle.x() + across * square.width() / 2, middle.y() - up * square.height() / 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        self.paint(QPainter(self))

    def paint(self, painter: QPainter, *, on_paper: bool = False) -> None:
        """Paint it, its upper left corner where the painter's origin is; for a figure without the keyboard's ring."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, shown = self._theme.palette, self._shown
        if shown is None:
            painter.setFont(label_font())
            painter.setPen(QColor(palette.quiet))
            painter.drawText(self.rect(), CENTRE | Qt.TextFlag.TextWordWrap, self._sentence)
            return
        square = on_device_pixels(painter, self.square())
        side = square.width() * painter.deviceTransform().m11()
        picture = self._picture.of((shown, palette, side), lambda: picture_of(shown.losses, palette, side))
        painter.save()
        rounded = QPainterPath()
        rounded.addRoundedRect(square, scaled(4), scaled(4))
        painter.setClipPath(rounded)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(square, picture.image)
        self._paint_way(painter, shown)
        painter.restore()
        self._paint_axes(painter, shown)
        if self.hasFocus() and not on_paper:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(palette.focus), scaled(2)))
            painter.drawRoundedRect(square, scaled(4), scaled(4))

    def _paint_way(self, painter: QPainter, shown: ShownSlice) -> None:
        palette, way = self._theme.palette, QPainterPath()
        for index, place in enumerate(shown.places):
            point = self.to_pixels(place)
            if index == 0:
                way.moveTo(point)
            else:
                way.lineTo(point)
        if len(shown.places) > 1:
            self._stroke(painter, way)
            painter.setPen(QPen(QColor(palette.text), scaled(WIDTH)))
            painter.setBrush(QColor(palette.panel))
            painter.drawEllipse(self.to_pixels(shown.places[0]), scaled(START), scaled(START))
        here = self.to_pixels(np.zeros(2))
        if shown.downhill is not None:
            self._paint_arrow(painter, here, shown.downhill, shown.reach)
        painter.setPen(QPen(QColor(palette.panel), scaled(WIDTH)))
        painter.setBrush(QColor(palette.text))
        painter.drawEllipse(here, scaled(DOT), scaled(DOT))

    def _paint_arrow(self, painter: QPainter, here: QPointF, downhill: Floats, reach: tuple[float, float]) -> None:
        """Of one length: a step is much shorter than what the slice shows."""
        across, up = downhill / np.array(reach)
        length = math.hypot(across, up)
        if not length > 0.0:
            return
        way = QPointF(across / length, -up / length)
        end, side = here + way * scaled(ARROW), QPointF(-way.y(), way.x())
        arrow = QPainterPath(here)
        arrow.lineTo(end)
        for turn in (1.0, -1.0):
            arrow.moveTo(end)
            arrow.lineTo(end - way * scaled(HEAD) + side * (turn * scaled(0.6 * HEAD)))
        self._stroke(painter, arrow)

    def _stroke(self, painter: QPainter, path: QPainterPath) -> None:
        """A line that is seen on any height."""
        palette = self._theme.palette
        for colour, width in ((palette.panel, WIDTH + HALO), (palette.text, WIDTH)):
            pen = QPen(QColor(colour), scaled(width))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, pen)

    def _paint_axes(self, painter: QPainter, shown: ShownSlice) -> None:
        square = self.square()
        painter.setPen(QColor(self._theme.palette.quiet))
        painter.setFont(figure_font(FIGURES))
        line = scaled(FIGURES + 4)
        for axis, (reach, origin) in enumerate(zip(shown.reach, shown.origin, strict=True)):
            ticks = round_ticks(origin - reach, origin + reach, max(int(square.width() // scaled(TICK_ROOM)), 2))
            every = 1 if len(ticks.places) * scaled(LEAST_ROOM) <= square.width() else 2
            for place, text in list(zip(ticks.places, ticks.texts, strict=True))[::every]:
                share = (place - origin + reach) / (2 * reach)
                if axis == 0:
                    x = square.left() + share * square.width()
                    painter.drawText(QRectF(x - scaled(40), square.bottom() + 2, scaled(80), line), CENTRE, text)
                else:
                    y = square.bottom() - share * square.height()
                    area = QRectF(scaled(14), y - line / 2, square.left() - scaled(14 + 5), line)
                    painter.drawText(area, BESIDE, text)
        self._paint_names(painter, shown.names)

    def _paint_names(self, painter: QPainter, names: tuple[str, str]) -> None:
        square = self.square()
        painter.setFont(label_font(NAMES))
        metrics, line = painter.fontMetrics(), scaled(NAMES + 5)
        across = metrics.elidedText(names[0], Qt.TextElideMode.ElideMiddle, int(square.width()))
        below = QRectF(square.left(), square.bottom() + scaled(16), square.width(), line)
        painter.drawText(below, CENTRE, across)
        painter.save()
        painter.translate(line / 2, square.center().y())
        painter.rotate(-90)
        up = metrics.elidedText(names[1], Qt.TextElideMode.ElideMiddle, int(square.height()))
        painter.drawText(QRectF(-square.height() / 2, -line / 2, square.height(), line), CENTRE, up)
        painter.restore()

    # ---- the pointer and the keyboard

    def place_at(self, point: QPointF) -> Floats | None:
        """Which place of the slice is there; None beside it."""
        square = self.square()
        if self._shown is None or not square.contains(point):
            return None
        away = point - square.center()
        shares = np.array([2 * away.x() / square.width(), -2 * away.y() / square.height()])
        return np.asarray(shares * np.array(self._shown.reach), np.float64)

    def _point(self) -> None:
        place = None if self._pointer is None else self.place_at(self._pointer)
        shown = self._shown
        if place is None or shown is None or self._pointer is None:
            self.card.hide()
            return
        last = len(shown.losses) - 1
        shares = (place / np.array(shown.reach) + 1.0) / 2.0
        column, row = np.rint(shares * last).astype(int)
        title = tr("Loss at the nearest place that was computed")
        where = ", ".join(parameter_text(o + float(p)) for o, p in zip(shown.origin, place, strict=True))
        self.card.show_text(title, figure_text(float(shown.losses[row, column])), where)
        self.card.show_beside(self._pointer.toPoint(), px(8))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        self._pointer = event.position()
        self._point()

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().leaveEvent(event)
        self._pointer = None
        self._point()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Called by Qt."""
        if event.angleDelta().y():
            self.zoomed.emit(CLOSER if event.angleDelta().y() > 0 else 1 / CLOSER)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Called by Qt; as it is by itself."""
        self.zoomed.emit(0.0)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Called by Qt; the keys that zoom are kept from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _zooms(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt."""
        if _zooms(event):
            self.zoomed.emit(_ZOOM[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _zooms(event: QKeyEvent) -> bool:
    return Qt.Key(event.key()) in _ZOOM and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
