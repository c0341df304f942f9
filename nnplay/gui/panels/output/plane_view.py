"""The plane as a square canvas: heatmap, points and overlay, and the pointer in the plane's own coordinates."""

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnplay.gui.paint.axes import text_width
from nnplay.gui.paint.heatmap import Heatmap, Plane
from nnplay.gui.paint.plot_view import PlotView
from nnplay.gui.paint.points import PointLayer
from nnplay.gui.panels.output.overlay import Overlay
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import tick_text

LEFT, BOTTOM = 34, 22
"""Room for the figures of the axes; long ones get more of it at the left."""
BESIDE = 8
"""Pixels between the longest figure at the left and the canvas."""
MARGIN = 8
"""Room at the top and at the right, for half a figure and for the ring of the focus."""

Place = tuple[float, float]


class PlaneView(PlotView):
    """Draws a part of the plane; `square_size` says how large it should be to be square.

    Signals
    -------
    room_changed
        Another plane has figures of another length: `square_size` is another one.
    pressed(place, button, shift)
        A mouse button went down on the canvas, Shift held or not; `place` is (x₁, x₂).
    moved(place)
        The pointer is there, a button down or not; None when it left.
    released(place)
        The button is up again, perhaps outside of the canvas; `place` is within the plane.
    """

    room_changed = Signal()
    pressed = Signal(object, object, bool)
    moved = Signal(object)
    released = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, LEFT, BOTTOM, top=MARGIN, right=MARGIN, parent=parent)
        self._plane: Plane = (-6.0, 6.0, -6.0, 6.0)
        self._button: Qt.MouseButton | None = None
        self._room = LEFT
        self._below.end_labels_within(MARGIN - 2)
        self.overlay = Overlay()
        self.heatmap = Heatmap(theme)
        self.view_box.addItem(self.heatmap, ignoreBounds=True)
        self.points = PointLayer(self.view_box, theme)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.set_plane(self._plane)

    @property
    def plane(self) -> Plane:
        """(x₁ from, x₁ to, x₂ from, x₂ to)."""
        return self._plane

    def square_size(self, width: int, height: int) -> tuple[int, int]:
        """The size with a square canvas that fits into `width` × `height`."""
        side = max(min(width - self._room - MARGIN, height - BOTTOM - MARGIN), 0)
        return side + self._room + MARGIN, side + BOTTOM + MARGIN

    @Slot()
    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self.heatmap.paint_again()
        self.points.redraw()

    def set_ratio(self, ratio: float) -> None:
        """Paint for a display with so many device pixels to one."""
        self.points.set_ratio(ratio)

    def set_plane(self, plane: Plane, *, line: bool = False) -> None:
        """Show this part of the plane; of a `line` nothing changes upwards, and there are no figures at the left."""
        self._plane = plane
        self.heatmap.set_plane(plane)
        self.view_box.setRange(xRange=plane[:2], yRange=plane[2:], padding=0, disableAutoRange=True)
        beside = [] if line else plane_ticks(*plane[2:])
        self._below.set_ticks(plane_ticks(*plane[:2]))
        self._left.set_ticks(beside)
        self._make_room(max(LEFT, math.floor(text_width([text for _, text in beside]) + BESIDE)))

    def _make_room(self, room: int) -> None:
        if room != self._room:
            self._room = room
            self._left.setWidth(room)
            self.room_changed.emit()

    def canvas_rect(self) -> QRectF:
        """Where the plane is, in pixels of the view."""
        return QRectF(self.view_box.sceneBoundingRect())

    def to_pixels(self, place: Place) -> QPointF:
        """From the plane to pixels of the view."""
        canvas, (left, right, low, high) = self.canvas_rect(), self._plane
        return QPointF(
            canvas.left() + (place[0] - left) / (right - left) * canvas.width(),
            canvas.bottom() - (place[1] - low) / (high - low) * canvas.height(),
        )

    def to_plane(self, pixels: QPointF) -> Place:
        """From pixels of the view to the plane; what lies outside is brought to its border."""
        canvas, (left, right, low, high) = self.canvas_rect(), self._plane
        across = min(max((pixels.x() - canvas.left()) / max(canvas.width(), 1.0), 0.0), 1.0)
        along = min(max((canvas.bottom() - pixels.y()) / max(canvas.height(), 1.0), 0.0), 1.0)
        return (left + across * (right - left), low + along * (high - low))

    def pixel_size(self) -> Place:
        """How much of x₁ and of x₂ one pixel is."""
        canvas, (left, right, low, high) = self.canvas_rect(), self._plane
        return (right - left) / max(canvas.width(), 1.0), (high - low) / max(canvas.height(), 1.0)

    def update_overlay(self) -> None:
        """Paint the overlay again, after it was changed."""
        self.viewport().update()

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        """Called by Qt after the items."""
        self.overlay.canvas = self.canvas_rect()
        self.overlay.paint(painter, self._theme.palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        if hasattr(self, "points"):  # Qt resizes before the constructor is through
            self.points.set_canvas_side(self.width() - self._room - MARGIN)
        self.update_overlay()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt; a press beside the canvas is nothing."""
        if self._button is None and self.canvas_rect().contains(event.position()):
            self._button = event.button()
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.pressed.emit(self.to_plane(event.position()), event.button(), shift)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Called by Qt; two quick clicks are two clicks."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        inside = self.canvas_rect().contains(event.position())
        self.moved.emit(self.to_plane(event.position()) if inside or self._button is not None else None)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        if event.button() == self._button:
            self._button = None
            self.released.emit(self.to_plane(event.position()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        if self._button is None:
            self.moved.emit(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Called by Qt."""
        super().focusOutEvent(event)
        self.update_overlay()


def plane_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Five places from border to border where those are short numbers, else the two borders and the middle."""
    span = high - low
    five = [low + span * k / 4 for k in range(5)]
    texts = [f"{value:.6g}" for value in five]
    if max(len(text) for text in texts) <= 5:
        return [(value, tick_text(float(text))) for value, text in zip(five, texts, strict=True)]
    return [(value, tick_text(float(f"{value:.3g}"))) for value in (low, low + span / 2, high)]
