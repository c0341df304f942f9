"""Paints a slice through the loss: its heights, the path of the run, where it stands, and where the gradient points."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.kept import Kept
from nnplay.gui.paint.picture import Picture
from nnplay.gui.paint.pixels import on_device_pixels
from nnplay.gui.panels.plots.surface.choice import AxesChoice
from nnplay.gui.panels.plots.surface.frame import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    HeightBar,
    halo_text,
    paint_axes,
    paint_names,
)
from nnplay.gui.panels.plots.surface.picture import picture_of
from nnplay.gui.panels.plots.surface.shown import Floats, ShownSlice
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px, px_size, scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.hover_card import HoverCard
from nnplay.gui.widgets.number_format import figure_text, parameter_text
from nnplay.texts import mark, tr

DOT, START = 5.0, 3.5
ARROW, HEAD = 34.0, 7.0
WIDTH, HALO = 1.6, 2.6
LABELS, EDGE = 11, 23
CLOSER = 1.25
"""Times as near with each notch of the wheel."""
STRIDE = 24
"""Parts of the slice that an arrow key goes."""
_ZOOM = {Qt.Key.Key_PageUp: CLOSER, Qt.Key.Key_PageDown: 1 / CLOSER, Qt.Key.Key_Home: 0.0}
_WALK = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
CENTRE = Qt.AlignmentFlag.AlignCenter

KEYS = (
    (mark("PgUp, PgDn on the slice"), mark("Look at the loss nearer to the present weights, or farther from them")),
    (mark("Home on the slice"), mark("See all of the path again")),
    (mark("Arrows on the slice, reached by Tab"), mark("Read the loss at other places")),
)
"""(keys, what they do), marked for `tr`, for the list of shortcuts."""


class SurfaceView(Guarded, QWidget):
    """A map with axes that fills its room; the wheel and PgUp, PgDn and Home look nearer, farther, and at all of it.

    Signals
    -------
    zoomed(factor)
        A person wants it so many times nearer; 0 for as it is by itself.
    resized
        It has other room.

    Attributes
    ----------
    choice, about
        What it lies on, and which loss it is.
    """

    zoomed = Signal(float)
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.about = ""
        self._shown: ShownSlice | None = None
        self._sentence = ""
        self._pointer: QPointF | None = None
        self._walks = False
        self._picture: Kept[Picture] = Kept()
        self._bar = HeightBar()
        self.choice = AxesChoice(theme, self)
        self.card = HoverCard(self)
        theme.changed.connect(self.update)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Loss around the present weights"))

    def show_slice(self, shown: ShownSlice) -> None:
        """Paint this."""
        self._shown = shown
        self.place_choice()
        self._point()
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Say why there is nothing to paint."""
        self._shown, self._sentence = None, sentence
        self._point()
        self.update()

    def text(self) -> str:
        """What it shows, in words."""
        shown = self._shown
        if shown is None:
            return self._sentence
        finite = shown.losses[np.isfinite(shown.losses)]
        return tr(
            "At {moment}: the loss is {here} at the present weights, {low} at the lowest place of the slice and "
            "{high} at the highest. {share}",
            moment=shown.moment,
            here=figure_text(shown.here),
            low=figure_text(float(finite.min(initial=np.inf))),
            high=figure_text(float(finite.max(initial=0.0))),
            share=next(iter(shown.shares), ""),
        )

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return px_size(260, 160)

    def area(self) -> QRectF:
        """Where the slice is."""
        width, height = self.width() - px(LEFT + RIGHT), self.height() - px(TOP + BOTTOM)
        return QRectF(px(LEFT), px(TOP), max(width, 1), max(height, 1))

    def to_pixels(self, place: Floats) -> QPointF:
        """Where a place (2,) of the slice is; the present weights are (0, 0)."""
        assert self._shown is not None
        area, reach = self.area(), self._shown.reach
        # Qt can't reckon with numbers of any size
        across, up = (min(max(float(p) / r, -1e3), 1e3) for p, r in zip(place, reach, strict=True))
        middle = area.center()
        return QPointF(middle.x() + across * area.width() / 2, middle.y() - up * area.height() / 2)

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
        area, ratio = on_device_pixels(painter, self.area()), painter.deviceTransform().m11()
        size = (area.width() * ratio, area.height() * ratio)
        picture = self._picture.of((shown, palette, size), lambda: picture_of(shown.losses, palette, size))
        painter.save()
        rounded = QPainterPath()
        rounded.addRoundedRect(area, scaled(4), scaled(4))
        painter.setClipPath(rounded)
        painter.drawImage(area, picture.image)
        self._paint_path(painter, shown)
        painter.restore()
        paint_axes(painter, palette, area, shown)
        boxed = not on_paper and self.choice.axes.weights is not None
        if boxed:
            self._paint_plates(painter)
        paint_names(painter, palette, area, shown, boxed=boxed)
        self._bar.paint(painter, palette, area, shown)
        if self._walks and self._pointer is not None and not on_paper:
            self._paint_cross(painter, self._pointer)
        if self.hasFocus() and not on_paper:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(palette.focus), scaled(2)))
            painter.drawRoundedRect(area, scaled(4), scaled(4))

    def _paint_path(self, painter: QPainter, shown: ShownSlice) -> None:
        palette, points = self._theme.palette, [self.to_pixels(place) for place in shown.places]
        self._stroke(painter, _through(points))
        here = self.to_pixels(np.zeros(2))
        taken = [QRectF(here.x() - scaled(8), here.y() - scaled(8), scaled(16), scaled(16))]
        if len(points) > 1:
            painter.setPen(QPen(QColor(palette.text), scaled(WIDTH)))
            painter.setBrush(QColor(palette.panel))
            painter.drawEllipse(points[0], scaled(START), scaled(START))
        if shown.downhill is not None:
            end = self._paint_arrow(painter, here, shown.downhill, shown.reach)
            self._label(painter, end, tr("−gradient"), taken, leftwards=end.x() < here.x())
        painter.setPen(QPen(QColor(palette.panel), scaled(WIDTH)))
        painter.setBrush(QColor(palette.text))
        painter.drawEllipse(here, scaled(DOT), scaled(DOT))
        self._label(painter, here, shown.moment, taken)
        if len(points) > 1:
            self._label(painter, points[0], tr("start"), taken)

    def _paint_arrow(self, painter: QPainter, here: QPointF, downhill: Floats, reach: tuple[float, float]) -> QPointF:
        """Of one length, since a step is much shorter than what the slice shows; where it ends."""
        area = self.area()
        across, up = downhill * np.array([area.width(), area.height()]) / np.array(reach)
        length = math.hypot(across, up)
        if not length > 0.0:
            return here
        way = QPointF(across / length, -up / length)
        end, side = here + way * min(scaled(ARROW), 0.4 * area.height()), QPointF(-way.y(), way.x())
        arrow = QPainterPath(here)
        arrow.lineTo(end)
        for turn in (1.0, -1.0):
            arrow.moveTo(end)
            arrow.lineTo(end - way * scaled(HEAD) + side * (turn * scaled(0.6 * HEAD)))
        self._stroke(painter, arrow)
        return end

    def _label(
        self, painter: QPainter, place: QPointF, text: str, taken: list[QRectF], *, leftwards: bool = False
    ) -> None:
        """Beside a place, where nothing else stands; left out where there is no room."""
        painter.setFont(label_font(LABELS))
        metrics, gap = painter.fontMetrics(), scaled(8)
        width, height = metrics.horizontalAdvance(text), metrics.height()
        edge = scaled(EDGE)  # where the names of the axes are
        free = self.area().adjusted(2, edge, -2, -edge)
        sides = ((-gap - width, 0.0), (gap, 0.0)) if leftwards else ((gap, 0.0), (-gap - width, 0.0))
        for x, y in (*sides, (-width / 2, -height), (-width / 2, height)):
            rect = QRectF(place.x() + x, place.y() + y - height / 2, width, height)
            if free.contains(rect) and not any(rect.intersects(other) for other in taken):
                halo_text(painter, self._theme.palette, QPointF(rect.x(), rect.bottom() - metrics.descent()), text)
                taken.append(rect)
                return

    def _paint_plates(self, painter: QPainter) -> None:
        """What lets the boxes be read on any height."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.panel))
        for box in self.choice.boxes:
            painter.drawRoundedRect(QRectF(box.geometry()), scaled(4), scaled(4))

    def _paint_cross(self, painter: QPainter, at: QPointF) -> None:
        arm = scaled(6)
        cross = QPainterPath(at - QPointF(arm, 0))
        cross.lineTo(at + QPointF(arm, 0))
        cross.moveTo(at - QPointF(0, arm))
        cross.lineTo(at + QPointF(0, arm))
        self._stroke(painter, cross)

    def _stroke(self, painter: QPainter, path: QPainterPath) -> None:
        """A line that is seen on any height."""
        palette = self._theme.palette
        for colour, width in ((palette.panel, WIDTH + HALO), (palette.text, WIDTH)):
            pen = QPen(QColor(colour), scaled(width))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, pen)

    # ---- the pointer and the keyboard

    def place_at(self, point: QPointF) -> Floats | None:
        """Which place of the slice is there; None beside it."""
        area = self.area()
        if self._shown is None or not area.contains(point):
            return None
        away = point - area.center()
        shares = np.array([2 * away.x() / area.width(), -2 * away.y() / area.height()])
        return np.asarray(shares * np.array(self._shown.reach), np.float64)

    def _point(self) -> None:
        place = None if self._pointer is None else self.place_at(self._pointer)
        shown = self._shown
        if place is None or shown is None or self._pointer is None:
            self.card.hide()
            self.setAccessibleDescription(self.text())
            return
        last = len(shown.losses) - 1
        shares = (place / np.array(shown.reach) + 1.0) / 2.0
        column, row = np.rint(shares * last).astype(int)
        loss = float(shown.losses[row, column])
        value = figure_text(loss) if math.isfinite(loss) else tr("beyond the finite numbers")
        nearest = (np.array([column, row]) / last * 2.0 - 1.0) * np.array(shown.reach)  # of those that were computed
        where = ", ".join(parameter_text(o + float(p)) for o, p in zip(shown.origin, nearest, strict=True))
        self.card.show_text(tr("Loss at {place}", place=where), value, self.about)
        self.card.show_beside(self._pointer.toPoint(), px(8))
        self.setAccessibleDescription(tr("{loss} at {place}", loss=value, place=where))

    def _walk(self, way: tuple[int, int]) -> None:
        area = self.area()
        start = area.center() if self._pointer is None or not area.contains(self._pointer) else self._pointer
        stride = QPointF(way[0] * area.width() / STRIDE, way[1] * area.height() / STRIDE)
        point = start + stride
        self._pointer = QPointF(
            min(max(point.x(), area.left()), area.right()), min(max(point.y(), area.top()), area.bottom())
        )
        self._point()
        self.update()

    def place_choice(self) -> None:
        """Keep it in the corners."""
        area = self.area().toRect()
        self.choice.place(area.left(), area.top(), area.right(), area.bottom(), self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self.place_choice()
        self.resized.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        self._pointer = event.position()
        self._point()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt; after a click → is the window's again."""
        self._walks = False
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().leaveEvent(event)
        self._pointer = None
        self._point()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Called by Qt."""
        super().focusInEvent(event)
        self._walks = event.reason() in BY_KEYBOARD

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Called by Qt."""
        super().focusOutEvent(event)
        if self._walks:
            self._walks, self._pointer = False, None
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
        """Called by Qt; its own keys are kept from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._uses(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt."""
        key = Qt.Key(event.key())
        if not self._uses(event):
            super().keyPressEvent(event)
        elif key in _ZOOM:
            self.zoomed.emit(_ZOOM[key])
        else:
            self._walk(_WALK[key])

    def _uses(self, event: QKeyEvent) -> bool:
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and self._shown is not None and (key in _ZOOM or (self._walks and key in _WALK))


def _through(points: list[QPointF]) -> QPainterPath:
    path = QPainterPath()
    for index, point in enumerate(points):
        if index == 0:
            path.moveTo(point)
        else:
            path.lineTo(point)
    return path
