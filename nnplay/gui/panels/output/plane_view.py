"""The plane as a canvas: heatmap, curves, points and overlay, and the pointer in the plane's own coordinates."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPainterPath, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnplay.gui.paint.axes import text_width
from nnplay.gui.paint.heatmap import Heatmap, Plane
from nnplay.gui.paint.kept import Kept
from nnplay.gui.paint.plot_view import PlotView
from nnplay.gui.paint.points import PointLayer
from nnplay.gui.paint.round_ticks import RoundTicks, round_ticks
from nnplay.gui.panels.output.axis_name import HEIGHT, AxisName
from nnplay.gui.panels.output.curve_layer import CurveLayer
from nnplay.gui.panels.output.fold_layer import FoldLayer
from nnplay.gui.panels.output.lit_points import Groups, marks_path, threads_path
from nnplay.gui.panels.output.overlay import Overlay
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.theme.theme import Theme
from nnplay.texts import tr

FIGURES = 36
"""Room for the figures at the left, such as −0.5, so that most planes begin at one place; long ones get more."""
BOTTOM = 18 + HEIGHT
"""Room for the figures below, and for the name of the axis."""
BESIDE = 9
"""Pixels between the longest figure at the left and the canvas."""
MARGIN = 8
"""Room at the top and at the right, for half a figure and for the ring of the focus."""
TICK_WIDTH, TICK_HEIGHT = 64, 44
"""Pixels from one tick to the next, about, and at least half of it."""
MOST_TICKS = 6

Place = tuple[float, float]


class PlaneView(PlotView):
    """Draws a part of the plane; `canvas_size` says how large it should be.

    All that is drawn stands on the unit square of the view, since Qt can't reckon with numbers of any size.

    Signals
    -------
    room_changed
        Another plane has figures of another length, or another shape: `canvas_size` is another one.
    pressed(place, button, modifiers)
        A mouse button went down on the canvas; `place` is (x₁, x₂).
    moved(place)
        The pointer is there, a button down or not; None when it left.
    released(place)
        The button is up again, perhaps outside of the canvas; `place` is within the plane.

    Attributes
    ----------
    across, up
        The names of the axes.
    """

    room_changed = Signal()
    pressed = Signal(object, object, object)
    moved = Signal(object)
    released = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, HEIGHT + FIGURES, BOTTOM, top=MARGIN, right=MARGIN, parent=parent)
        self._plane: Plane = (-6.0, 6.0, -6.0, 6.0)
        self._is_line = False
        self._upwards: tuple[Plane, bool] = (self._plane, True)
        self._button: Qt.MouseButton | None = None
        self._ringed: Place | None = None
        self._pointed: Place | None = None
        self._lit: tuple[Groups, bool] = ((), False)
        self._lit_paths: Kept[tuple[QPainterPath, QPainterPath]] = Kept()
        self._room = px(HEIGHT + FIGURES)
        self._below.end_labels_within(px(MARGIN) - 2)
        self.overlay = Overlay()
        self.heatmap = Heatmap(theme)
        self.view_box.addItem(self.heatmap, ignoreBounds=True)
        self.view_box.setRange(xRange=(0.0, 1.0), yRange=(0.0, 1.0), padding=0, disableAutoRange=True)
        self.curves = CurveLayer(self.view_box, theme)
        self.folds = FoldLayer(self.view_box, theme)
        self.points = PointLayer(self.view_box, theme)
        self.across = AxisName(theme, tr("Across"), upwards=False, parent=self)
        self.up = AxisName(theme, tr("Upwards"), upwards=True, parent=self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.set_plane(self._plane)

    @property
    def plane(self) -> Plane:
        """(x₁ from, x₁ to, x₂ from, x₂ to)."""
        return self._plane

    @property
    def is_line(self) -> bool:
        """Whether it shows a strip."""
        return self._is_line

    def canvas_size(self, width: int, height: int) -> tuple[int, int]:
        """The size with a square canvas that fits into `width` × `height`; a strip fills them."""
        margin, bottom = px(MARGIN), px(BOTTOM)
        across, along = max(width - self._room - margin, 0), max(height - bottom - margin, 0)
        if not self._is_line:
            across = along = min(across, along)
        return across + self._room + margin, along + bottom + margin

    @Slot()
    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self.heatmap.paint_again()
        self._left.setWidth(self._room)  # the axis has gone back to that of short figures
        self._below.end_labels_within(px(MARGIN) - 2)
        self._upwards = (self._upwards[0], True)
        self._fit()
        self.curves.redraw()
        self.folds.redraw()
        self.points.redraw()
        self.room_changed.emit()

    def set_ratio(self, ratio: float) -> None:
        """Paint for a display with so many device pixels to one."""
        self.curves.set_ratio(ratio)
        self.folds.set_ratio(ratio)
        self.points.set_ratio(ratio)

    def set_plane(self, plane: Plane, *, line: bool = False, probabilities: bool = False) -> None:
        """Show this part of the plane; a `line` is a strip, on which `probabilities` may stand upwards."""
        another_shape = line != self._is_line
        self._plane, self._is_line = plane, line
        self.points.set_plane(plane)
        self._upwards = ((*plane[2:], 0.0, 1.0) if probabilities else (*plane[2:], *plane[2:]), True)
        self._set_ticks()
        if another_shape:
            self.room_changed.emit()

    def show_heights(self, low: float, high: float, *, probabilities: bool = False) -> None:
        """Let what is drawn on a strip go from `low` to `high` upwards, whatever the points do."""
        upwards = ((low, high, 0.0, 1.0) if probabilities else (low, high, low, high), False)
        if upwards[0] != self._upwards[0]:
            self._upwards = upwards
            self._set_ticks()

    def _set_ticks(self) -> None:
        canvas, (left, right, *_) = self._room_of_canvas(), self._plane
        (low, high, least, most), afresh = self._upwards
        below = round_ticks(left, right, _count(canvas.width(), scaled(TICK_WIDTH)))
        beside = round_ticks(least, most, _count(canvas.height(), scaled(TICK_HEIGHT)))
        self._below.set_ticks(_on_unit(below, left, right))
        self._left.set_ticks(_on_unit(beside, low, high))
        self.across.show_unit(below.unit)
        self.up.show_unit(beside.unit)
        needed = px(HEIGHT) + max(px(FIGURES), round(text_width(list(beside.texts)) + scaled(BESIDE) + 0.5))
        self._make_room(needed if afresh or needed > self._room else self._room)

    def _make_room(self, room: int) -> None:
        if room != self._room:
            self._room = room
            self._left.setWidth(room)
            self.room_changed.emit()
        self._place_names()

    def _place_names(self) -> None:
        canvas = self._room_of_canvas()
        across, up = self.across.fit(round(canvas.width())), self.up.fit(round(canvas.height()))
        self.across.move(round(canvas.center().x() - across.width() / 2), self.height() - px(HEIGHT))
        self.up.move(0, round(canvas.center().y() - up.height() / 2))

    def _room_of_canvas(self) -> QRectF:
        """Where the canvas will be, once the axes are laid out beside it."""
        margin, bottom = px(MARGIN), px(BOTTOM)
        width, height = self.width() - self._room - margin, self.height() - bottom - margin
        return QRectF(self._room, margin, max(width, 0), max(height, 0))

    def name_axes(self) -> None:
        """Give the names of the axes the room that they need, after they were changed."""
        self._place_names()

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

    def show_ring(self, place: Place | None) -> None:
        """Ring the marker at this place, of the sample that is chosen; None for none."""
        if place != self._ringed:
            self._ringed = place
            self.update_overlay()

    def show_pointed(self, place: Place | None) -> None:
        """Ring the marker at this place, of the sample that is pointed at in another view; None for none."""
        if place != self._pointed:
            self._pointed = place
            self.update_overlay()

    @property
    def lit(self) -> bool:
        """Whether points are ringed that a finding means."""
        return bool(self._lit[0])

    def show_lit(self, groups: Groups, tied: bool) -> None:
        """Ring the markers at these places, and tie those of a group where they are `tied`; none for nothing."""
        if (groups, tied) != self._lit:
            self._lit = groups, tied
            self.update_overlay()

    def _made_lit(self) -> tuple[QPainterPath, QPainterPath]:
        groups, tied = self._lit
        places = [[self.to_pixels(place) for place in group] for group in groups]
        size = self.points.size
        return marks_path(places, size), threads_path(places if tied else (), size)

    def update_overlay(self) -> None:
        """Paint the overlay again, after it was changed."""
        self.viewport().update()

    @contextmanager
    def on_paper(self, ratio: float) -> Iterator[None]:
        """Paint a figure meanwhile, with so many device pixels to one: without what belongs to pointer and keyboard."""
        overlay = self.overlay
        self.overlay = Overlay(caption=overlay.caption)
        self._put_on_paper(True, ratio)
        try:
            yield
        finally:
            self.overlay = overlay
            self._put_on_paper(False, self.devicePixelRatioF())

    def _put_on_paper(self, on_paper: bool, ratio: float) -> None:
        self.across.on_paper = self.up.on_paper = on_paper
        self.points.set_on_paper(on_paper)
        self.set_ratio(ratio)

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        """Called by Qt after the items."""
        self.overlay.canvas = self.canvas_rect()
        seen = (self.overlay.canvas, self._plane, self._lit, self.points.size)
        shows_lit = bool(self._lit[0]) and not self.points.is_lit  # what pushed an answer would lie below the rings
        self.overlay.lit = self._lit_paths.of(seen, self._made_lit) if shows_lit else None
        self.overlay.ring, self.overlay.pointed = self._ring_at(self._ringed), self._ring_at(self._pointed)
        self.overlay.paint(painter, self._theme.palette)

    def _ring_at(self, place: Place | None) -> tuple[QPointF, float] | None:
        return None if place is None else (self.to_pixels(place), self.points.size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        if hasattr(self, "points"):  # Qt resizes before the constructor is through
            self._fit()
        self.update_overlay()

    def _fit(self) -> None:
        """Make marks, curves and ticks fit the canvas."""
        canvas = self._room_of_canvas()
        self.points.set_canvas_side(min(canvas.width(), canvas.height()))
        self.curves.set_width(canvas.width())
        self._set_ticks()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt; a press beside the canvas is nothing."""
        if self._button is None and self.canvas_rect().contains(event.position()):
            self._button = event.button()
            self.pressed.emit(self.to_plane(event.position()), event.button(), event.modifiers())
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


def _count(length: float, each: float) -> int:
    return min(max(int(length / each), 2), MOST_TICKS)


def _on_unit(ticks: RoundTicks, low: float, high: float) -> list[tuple[float, str]]:
    """Ticks where they stand between 0 and 1."""
    return [((place - low) / (high - low), text) for place, text in zip(ticks.places, ticks.texts, strict=True)]
