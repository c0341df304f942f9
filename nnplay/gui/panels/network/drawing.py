"""The network as a picture in a widget: what is shown, what is marked, zoom, and the key at its foot."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.network.flow_clock import FlowClock
from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.panels.network.look import Look, PhaseLook
from nnplay.gui.panels.network.painter import NetworkPainter
from nnplay.gui.panels.network.placement import unit_side
from nnplay.gui.panels.network.pointing import Pointed
from nnplay.gui.panels.network.viewport import Viewport
from nnplay.gui.panels.network.weight_key import HEIGHT as KEY_HEIGHT
from nnplay.gui.panels.network.weight_key import Key, key_of, paint_weight_key
from nnplay.gui.theme.scale import px, px_size
from nnplay.gui.theme.theme import Theme


class DrawingWidget(Guarded, QWidget):
    """Paints a network and follows it.

    Signals
    -------
    moved()
        The view or the layout is another one: what stands beside the columns has to follow.

    Attributes
    ----------
    pointed_at
        What is under the pointer here.
    shown_as_pointed
        What is pointed at wherever it is shown, in a formula or a table.
    inspected
        The weight or bias that the inspector is about.
    pixel
        (row, column, pixels a side) of a pixel of the picture that goes in, which is pointed at elsewhere.
    lit, lit_edges
        The units and edges that a finding means.
    current, walking
        The unit that the keyboard's frame would be on, and whether it is shown.
    """

    moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.painter = NetworkPainter(theme)
        self.view = Viewport()
        self.layout_: NetworkLayout | None = None
        self.off: frozenset[Unit] = frozenset()
        self.pinned: Unit | None = None
        self.pointed_at, self.shown_as_pointed, self.inspected = Pointed(), Pointed(), Pointed()
        self.pixel: tuple[int, int, int] | None = None
        self.lit: frozenset[Unit] = frozenset()
        self.lit_edges: frozenset[tuple[int, int]] = frozenset()
        self.current: Unit | None = None
        self.walking = False
        self._numbers = False
        self._seen = QRegion()
        self._key: Key = ()
        self._flow = FlowClock(self)
        self._flow.due.connect(self.redraw)
        theme.changed.connect(self._on_theme_changed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else the card below is painted at each frame
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # what is shown

    def set_covered(self, widgets: Iterable[QWidget]) -> None:
        """What stands on the drawing hides it there."""
        drawing = QRegion(0, 0, self.width(), self.height() - self.foot)
        for widget in widgets:
            if not widget.isHidden():
                drawing -= QRegion(widget.geometry())
        self._seen = drawing

    def show_phase(self, phase: PhaseLook | None) -> None:
        """Show a phase of a step, or the network as it is."""
        if phase is not None or self.painter.phase is not None:
            self.painter.phase = phase
            self.update()

    def show_pointed(self, pointed: Pointed, pixel: tuple[int, int, int] | None = None) -> None:
        """Mark what is pointed at elsewhere."""
        if (pointed, pixel) != (self.shown_as_pointed, self.pixel):
            self.shown_as_pointed, self.pixel = pointed, pixel
            self.redraw()

    def show_inspected(self, inspected: Pointed) -> None:
        """Mark the weight or bias that the inspector is about."""
        if inspected != self.inspected:
            self.inspected = inspected
            self.redraw()

    def show_lit(self, units: frozenset[Unit], edges: frozenset[tuple[int, int]]) -> None:
        """Mark the units and edges that a finding means."""
        if (units, edges) != (self.lit, self.lit_edges):
            self.lit, self.lit_edges = units, edges
            self.redraw()

    def set_running(self, running: bool) -> None:
        """Let the flow run, or stand still."""
        self._flow.set_running(running)
        self.redraw()

    def set_numbers(self, shown: bool) -> None:
        """Whether the edges carry their weights."""
        if shown != self._numbers:
            self._numbers = shown
            self.redraw()

    def fit(self) -> None:
        """The whole drawing in sight."""
        self.view.fit()
        self._on_moved()

    def zoom(self, factor: float, place: QPointF | None = None) -> None:
        """Zoom around a place, the middle where None."""
        place = QPointF(self.rect().center()) if place is None else place
        self.view.zoom_at(place, factor, self.width(), self.height() - self.foot)
        self._on_moved()

    @property
    def foot(self) -> int:
        """Pixels at the bottom that the weights' key takes."""
        return px(KEY_HEIGHT)

    @property
    def hovered(self) -> Unit | None:
        """The unit under the pointer."""
        return self.pointed_at.unit

    @property
    def walked_to(self) -> Unit | None:
        """The unit that has the keyboard's frame."""
        return self.current if self.walking else None

    def sizeHint(self) -> QSize:
        """Enough for most networks."""
        return px_size(660, 600)

    def minimumSizeHint(self) -> QSize:
        """Enough to recognise a network."""
        return px_size(300, 195)

    # painting

    @property
    def unit_pixels(self) -> int:
        """Device pixels along a side of the hidden and output units."""
        return 0 if self.layout_ is None else self._pixels(len(self.layout_.columns) - 1)

    @property
    def input_pixels(self) -> int:
        """Device pixels along a side of the inputs."""
        return self._pixels(0)

    def _pixels(self, column: int) -> int:
        zoom = self.view.zoom * self.devicePixelRatioF()
        return 0 if self.layout_ is None else unit_side(self.layout_, column, zoom)

    @Slot()
    def redraw(self) -> None:
        """Paint the drawing anew, and not the controls on it; the key where it says something else."""
        self.update(self._seen)
        key = key_of(self.painter.keyed)
        if key != self._key:
            self._key = key
            self.update(0, self.height() - self.foot, self.width(), self.foot)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the network, and the key at its foot."""
        painter, drawing = QPainter(self), self.height() - self.foot
        if event.rect().bottom() >= drawing:
            painter.fillRect(-1, drawing, self.width() + 2, self.foot + 1, QColor(self.painter.background))
            self.paint_key(painter)
        if event.rect().top() < drawing:
            # one more on three sides: where a pixel is the widget's in part, all of it is painted
            painter.setClipRect(QRectF(-1, -1, self.width() + 2, drawing + 1))
            self.painter.paint(painter, self._look(), self.size(), self.view.transform())
            self._flow.painted()
        painter.end()

    def paint_key(self, painter: QPainter) -> None:
        """Paint the key at the foot, and in a phase what its numbers are."""
        place, phase = QRectF(0, self.height() - self.foot, self.width(), self.foot), self.painter.phase
        title, words = ("", ()) if phase is None else (phase.title, phase.words)
        paint_weight_key(painter, place, self.painter.keyed, self._theme.palette, title, words)

    def paint_still(self, painter: QPainter) -> None:
        """Paint the network for a picture: without what moves or is pointed at."""
        look = Look(
            pinned=self.pinned,
            off=self.off,
            numbers=self._numbers,
            inspected_edge=self.inspected.edge,
            inspected_bias=self.inspected.bias,
        )
        self.painter.paint(painter, look, self.size())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is other room."""
        super().resizeEvent(event)
        self.moved.emit()

    def _look(self) -> Look:
        return Look(
            pinned=self.pinned,
            focused=self.walked_to,
            hovered=self.hovered or self.shown_as_pointed.unit,
            hovered_edge=self.pointed_at.edge or self.shown_as_pointed.edge,
            inspected_edge=self.inspected.edge,
            hovered_bias=self.pointed_at.bias or self.shown_as_pointed.bias,
            inspected_bias=self.inspected.bias,
            pixel=self.pixel,
            lit=self.lit,
            lit_edges=self.lit_edges,
            off=self.off,
            flow=self._flow.seconds,
            numbers=self._numbers,
        )

    @Slot()
    def _on_theme_changed(self) -> None:
        self.painter.use_theme()
        self.update()

    def _on_moved(self) -> None:
        self.moved.emit()
        self.update()

    def has(self, unit: Unit) -> bool:
        """Whether a unit is the network's, drawn or not."""
        columns = () if self.layout_ is None else self.layout_.columns
        return unit.column < len(columns) and unit.position < columns[unit.column].total

    def exists(self, unit: Unit) -> bool:
        """Whether a unit is drawn."""
        layout = self.layout_
        inside = layout is not None and unit.column < len(layout.columns)
        return layout is not None and inside and unit.position < layout.columns[unit.column].shown
