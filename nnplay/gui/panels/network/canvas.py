"""The network as a widget to look at and to touch: hover, pin, edit, zoom, pan, and walk by keys.

It knows nothing of experiments: what a person does is told by signals. Layers are counted as in the network:
0 is the first hidden layer, −1 the inputs; unit −1 is none.
"""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.network.flow_clock import FlowClock
from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.panels.network.painter import Look, NetworkPainter
from nnplay.gui.panels.network.placement import unit_side
from nnplay.gui.panels.network.pointing import Pointed, pointed_at
from nnplay.gui.panels.network.viewport import NOTCH, Viewport
from nnplay.gui.panels.network.weight_key import HEIGHT as KEY_HEIGHT
from nnplay.gui.panels.network.weight_key import KEY_TIP, Key, key_of, paint_weight_key
from nnplay.gui.theme.scale import px, px_size
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr


class NetworkCanvas(Guarded, QWidget):
    """The drawing.

    Signals
    -------
    unit_hovered(layer, unit), unit_pinned(layer, unit)
        (−1, −1) for none.
    input_clicked(index)
        A place in the input column was clicked, or chosen by Enter.
    weight_clicked(layer, row, unit), bias_clicked(layer, unit)
        To be edited.
    switch_asked(layer, unit)
        A hidden unit is to be switched off, or on again.
    units_asked(layer, change)
        A hidden layer is to have more or fewer units.
    menu_asked(layer, unit, place)
        The unit's menu, at a place on the screen.
    moved()
        The view or the layout is another one: what stands beside the columns has to follow.
    pointed()
        Something else, or nothing, is under the pointer or has the keyboard.
    """

    unit_hovered = Signal(int, int)
    unit_pinned = Signal(int, int)
    input_clicked = Signal(int)
    weight_clicked = Signal(int, int, int)
    bias_clicked = Signal(int, int)
    switch_asked = Signal(int, int)
    units_asked = Signal(int, int)
    menu_asked = Signal(int, int, QPoint)
    moved = Signal()
    pointed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.painter = NetworkPainter(theme)
        self.view = Viewport()
        self.layout_: NetworkLayout | None = None
        self.off: frozenset[Unit] = frozenset()
        self.pinned: Unit | None = None
        self.pointed_at = Pointed()
        self.current: Unit | None = None
        self.walking = False
        self._pressed_at: QPointF | None = None
        self._dragging = False
        self._numbers = False
        self._seen = QRegion()
        self._key: Key = ()
        self._flow = FlowClock(self)
        self._flow.due.connect(self.redraw)
        theme.changed.connect(self._on_theme_changed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else the card below is painted at each frame
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Network drawing"))
        self.setAccessibleDescription(tr("Click or Enter pins a unit and edits a weight or bias; arrow keys walk"))

    # what is shown

    def set_layout(self, layout: NetworkLayout, left: list[str], right: list[str]) -> None:
        """Another network, or other room for it; units that are gone are marked no more."""
        self.layout_ = layout
        self.painter.set_layout(layout, left, right)
        self.pointed_at = Pointed()
        if self.pinned is not None and not self._exists(self.pinned):
            self.pin(None)
        if self.current is not None and not self._exists(self.current):
            self.current = None
        self.moved.emit()
        self.update()

    def set_covered(self, widgets: Iterable[QWidget]) -> None:
        """What stands on the drawing hides it there."""
        drawing = QRegion(0, 0, self.width(), self.height() - self.foot)
        for widget in widgets:
            if not widget.isHidden():
                drawing -= QRegion(widget.geometry())
        self._seen = drawing

    def set_running(self, running: bool) -> None:
        """Let the flow run, or stand still."""
        self._flow.set_running(running)
        self.redraw()

    def set_numbers(self, shown: bool) -> None:
        """Whether the edges carry their weights."""
        if shown != self._numbers:
            self._numbers = shown
            self.redraw()

    def pin(self, unit: Unit | None) -> None:
        """Pin a hidden or output unit, or none."""
        if unit != self.pinned:
            self.pinned = unit
            self.unit_pinned.emit(*_address(unit))
            self.redraw()

    def free(self) -> bool:
        """Let go of the unit that is pinned, and of the one walked to; whether there was one."""
        if self.pinned is None and self.walked_to is None:
            return False
        self.current = None
        self.pin(None)
        self._tell_looked()
        return True

    def fit(self) -> None:
        """The whole drawing in sight."""
        self.view.fit()
        self._on_moved()

    def zoom(self, factor: float, place: QPointF | None = None) -> None:
        """Zoom around a place, the middle where None."""
        place = QPointF(self.rect().center()) if place is None else place
        self.view.zoom_at(place, factor, self.width(), self.height() - self.foot)
        self._on_moved()

    def walk_to(self, unit: Unit) -> None:
        """Put the keyboard's frame on a unit."""
        self.current = unit
        self._tell_looked()

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
        return px_size(300, 240)

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
        key = key_of(self.painter.edges)
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
        """Paint the key at the foot."""
        place = QRectF(0, self.height() - self.foot, self.width(), self.foot)
        paint_weight_key(painter, place, self.painter.edges, self._theme.palette)

    def paint_still(self, painter: QPainter) -> None:
        """Paint the network for a picture: without what moves or is pointed at."""
        self.painter.paint(painter, Look(pinned=self.pinned, off=self.off, numbers=self._numbers), self.size())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is other room."""
        super().resizeEvent(event)
        self.moved.emit()

    def _look(self) -> Look:
        return Look(
            pinned=self.pinned,
            focused=self.walked_to,
            hovered=self.hovered,
            hovered_edge=self.pointed_at.edge,
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

    # the pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click or the start of a drag; which of the two shows later."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed_at, self._dragging = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or point at what is under the pointer."""
        if self._pressed_at is None:
            self._point_at(event.position())
            return
        step = event.position() - self._pressed_at
        if self._dragging or step.manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self._pressed_at = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.view.move(step, self.width(), self.height() - self.foot)
            self._on_moved()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Where nothing was dragged: a click."""
        was_click = self._pressed_at is not None and not self._dragging
        self._pressed_at, self._dragging = None, False
        if was_click and event.button() == Qt.MouseButton.LeftButton:
            self._point_at(event.position())
            self._click()
        self._point_at(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On the background: fit. On anything else it is a second click."""
        self._point_at(event.position())
        if self.pointed_at == Pointed():
            self.fit()
        else:
            self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        super().leaveEvent(event)
        self._set_pointed(Pointed())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        self.zoom(NOTCH ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the unit under the pointer, or of the one that has the keyboard."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        unit = self.chosen if by_key else self.hovered or self.pointed_at.bias
        if unit is None or self.layout_ is None:
            event.ignore()  # nothing of the drawing's: whoever holds it may have a menu
            return
        place = event.globalPos()
        if by_key:
            place = self.mapToGlobal(self.view.to_widget(*self.layout_.box(unit).centre).toPoint())
        self.menu_asked.emit(*_address(unit), place)

    @Slot()
    def point_again(self) -> None:
        """A menu closes, which had the pointer for itself: what is under it now is pointed at, or nothing."""
        place = self.mapFromGlobal(QCursor.pos())
        if self.rect().contains(place):
            self._point_at(QPointF(place))
        else:
            self._set_pointed(Pointed())

    @property
    def chosen(self) -> Unit | None:
        """The unit that keys are for: the one walked to, else the one under the pointer, else the pinned one."""
        return self.walked_to or self.hovered or self.pinned

    def _point_at(self, place: QPointF) -> None:
        on_key = place.y() > self.height() - self.foot
        set_tip(self, tr(KEY_TIP) if on_key else "")
        if self.layout_ is None or on_key:
            self._set_pointed(Pointed())
        else:
            self._set_pointed(pointed_at(self.layout_, self.view, place, self.off))

    def _set_pointed(self, pointed: Pointed) -> None:
        if self._pressed_at is None:
            clickable = pointed != Pointed()
            self.setCursor(Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor)
        before, self.pointed_at = self.pointed_at, pointed
        if pointed.unit != before.unit:
            self._tell_looked()
        elif pointed != before:
            self.pointed.emit()
            self.redraw()

    def _tell_looked(self) -> None:
        """Tell which unit is looked at: the one under the pointer, else the one walked to; it has a frame."""
        self.unit_hovered.emit(*_address(self.hovered or self.walked_to))
        self.pointed.emit()
        self.redraw()

    def _click(self) -> None:
        unit, bias, edge = self.pointed_at
        if bias is not None:
            self.bias_clicked.emit(*_address(bias))
        elif unit is not None:
            self.choose(unit)
        elif edge is not None and self.layout_ is not None:
            bundle = self.layout_.bundles[edge[0]]
            self.weight_clicked.emit(edge[0], int(bundle.rows[edge[1]]), int(bundle.targets[edge[1]]))

    def choose(self, unit: Unit) -> None:
        """What a click on a unit does: an input is switched, any other pinned, the pinned one let go."""
        if unit.column == 0:
            self.input_clicked.emit(unit.position)
        else:
            self.pin(None if unit == self.pinned else unit)

    # the keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Reached by keyboard: walk from the pinned unit, or the first."""
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self.walking = event.reason() != Qt.FocusReason.ActiveWindowFocusReason or self.walking
            if self.walking:
                self.walk_to(self.current or self.pinned or Unit(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No frame without the keyboard, and the unit walked to is let go; a pinned one stays."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.walking = False
        self._tell_looked()

    def _exists(self, unit: Unit) -> bool:
        layout = self.layout_
        inside = layout is not None and unit.column < len(layout.columns)
        return layout is not None and inside and unit.position < layout.columns[unit.column].shown


def _address(unit: Unit | None) -> tuple[int, int]:
    return (-1, -1) if unit is None else (unit.column - 1, unit.position)
