"""The network as a widget to look at and to touch: hover, pin, edit, zoom, pan, and walk by keys.

It knows nothing of experiments: what a person does is told by signals. Layers are counted as in the network:
0 is the first hidden layer, −1 the inputs; unit −1 is none.
"""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QCursor, QFocusEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from nnplay.gui.panels.network.drawing import DrawingWidget
from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.panels.network.pointing import Pointed, pointed_at
from nnplay.gui.panels.network.viewport import NOTCH
from nnplay.gui.panels.network.weight_key import KEY_TIP, PHASE_KEY_TIP
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr


class NetworkCanvas(DrawingWidget):
    """The drawing.

    Signals
    -------
    unit_hovered(layer, unit), unit_pinned(layer, unit)
        (−1, −1) for none.
    input_clicked(index)
        A place in the input column was clicked, or chosen by Enter.
    weight_clicked(layer, row, unit), bias_clicked(layer, unit)
        An edge, or a bias dot.
    weight_asked(layer, unit), bias_asked(layer, unit)
        The largest weight that leads to a unit, or its bias, is to be edited.
    freed()
        Nothing is to be pinned or chosen any more.
    unit_chosen(layer, unit)
        The pinned unit was clicked, or chosen by Enter, once more.
    inspect_asked()
        Enter after a click: what was clicked, a unit, weight or bias, is to be inspected.
    switch_asked(layer, unit)
        A hidden unit is to be switched off, or on again.
    units_asked(layer, change)
        A hidden layer is to have more or fewer units.
    menu_asked(layer, unit, place)
        The unit's menu, at a place on the screen.
    pointed()
        Something else, or nothing, is under the pointer or has the keyboard.
    """

    unit_hovered = Signal(int, int)
    unit_pinned = Signal(int, int)
    input_clicked = Signal(int)
    weight_clicked = Signal(int, int, int)
    bias_clicked = Signal(int, int)
    weight_asked = Signal(int, int)
    bias_asked = Signal(int, int)
    freed = Signal()
    unit_chosen = Signal(int, int)
    inspect_asked = Signal()
    switch_asked = Signal(int, int)
    units_asked = Signal(int, int)
    menu_asked = Signal(int, int, QPoint)
    pointed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._pressed_at: QPointF | None = None
        self._dragging = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Network drawing"))
        self.setAccessibleDescription(tr("Click or Enter pins a unit and edits a weight or bias; arrow keys walk"))

    def set_layout(self, layout: NetworkLayout, left: list[str], right: list[str]) -> None:
        """Another network, or other room for it; units that are gone are marked no more.

        One that has no room any more stays pinned: whoever opens the inspector on it makes the drawing lower.
        """
        self.layout_ = layout
        self.painter.set_layout(layout, left, right)
        self.pointed_at = self.shown_as_pointed = self.inspected = Pointed()
        if self.pinned is not None and not self.has(self.pinned):
            self.pin(None)
        if self.current is not None and not self.exists(self.current):
            self.current = None
        self.moved.emit()
        self.update()

    def pin(self, unit: Unit | None) -> None:
        """Pin a hidden or output unit, or none."""
        if unit != self.pinned:
            self.pinned = unit
            self.unit_pinned.emit(*_address(unit))
            self.redraw()

    def free(self) -> bool:
        """Let go of what is pinned, chosen and walked to; whether there was anything."""
        if self.pinned is None and self.walked_to is None and self.inspected == Pointed():
            return False
        self.current = None
        self.pin(None)
        self.freed.emit()
        self._tell_looked()
        return True

    def walk_to(self, unit: Unit) -> None:
        """Put the keyboard's frame on a unit."""
        self.current = unit
        self._tell_looked()

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
        pinned = self.pinned
        return self.walked_to or self.hovered or (pinned if pinned is not None and self.exists(pinned) else None)

    def _point_at(self, place: QPointF) -> None:
        on_key = place.y() > self.height() - self.foot
        tip = KEY_TIP if self.painter.phase is None else PHASE_KEY_TIP
        set_tip(self, tr(tip) if on_key else "")
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
        else:
            self.free()

    def choose(self, unit: Unit) -> None:
        """What a click on a unit does: an input is switched, any other pinned; the pinned one is chosen once more."""
        if unit.column == 0:
            self.input_clicked.emit(unit.position)
        elif unit == self.pinned:
            self.unit_chosen.emit(*_address(unit))
        else:
            self.pin(unit)

    # the keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Reached by keyboard: walk from the pinned unit, or the first."""
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self.walking = event.reason() != Qt.FocusReason.ActiveWindowFocusReason or self.walking
            if self.walking:
                self.walk_to(self.current or self.chosen or Unit(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No frame without the keyboard, and the unit walked to is let go; a pinned one stays."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.walking = False
        self._tell_looked()


def _address(unit: Unit | None) -> tuple[int, int]:
    return (-1, -1) if unit is None else (unit.column - 1, unit.position)
