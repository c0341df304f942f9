"""What the keys do in the network drawing."""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.network.canvas import NetworkCanvas
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.pointing import Pointed
from nnplay.gui.panels.network.viewport import NOTCH
from nnplay.texts import mark

_WALK = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CHOOSE = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MORE, _FEWER = {Qt.Key.Key_Plus, Qt.Key.Key_Equal}, {Qt.Key.Key_Minus}
_ZOOM = {Qt.Key.Key_PageUp: NOTCH, Qt.Key.Key_PageDown: 1 / NOTCH}
_ANYWHERE = {Qt.Key.Key_X, Qt.Key.Key_B, Qt.Key.Key_W, *_ZOOM, Qt.Key.Key_Home}

USED_KEYS = {False: _ANYWHERE, True: _ANYWHERE | set(_WALK) | _CHOOSE | _MORE | _FEWER}
"""The keys that the drawing uses: whether it was reached by keyboard → keys. A unit is added or removed only where the
keyboard's frame shows in which layer, and Escape is the window's where nothing is framed.
"""

KEYS = (
    (mark("Arrows"), mark("Walk from unit to unit")),
    (mark("Enter"), mark("Pin the unit; inspect what is pinned or was clicked; switch the feature on or off")),
    ("X", mark("Switch the unit off, or on again")),
    ("W", mark("Edit the largest weight that leads to the unit; the unit's menu has the others")),
    ("B", mark("Edit the unit's bias")),
    ("+, −", mark("One unit more or fewer in the layer")),
    (mark("PgUp, PgDn"), mark("Zoom")),
    (mark("Home"), mark("The whole network in sight")),
    (mark("Menu"), mark("The unit's menu")),
    (mark("Escape"), mark("Let go of what is pinned, chosen or walked to")),
)
"""(keys, what they do), marked for `tr`, for the list of shortcuts."""


class NetworkKeys(Guarded, QObject):
    """Filters the keys of a canvas: walk, pin, switch, edit, zoom.

    X works in the whole window while a unit is under the pointer, whose card says so.
    """

    def __init__(self, canvas: NetworkCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._switch = QShortcut(QKeySequence(Qt.Key.Key_X), canvas, enabled=False)
        self._switch.activated.connect(self._on_switch)
        canvas.installEventFilter(self)
        canvas.pointed.connect(self._on_pointed)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep the keys that the drawing uses from the window's shortcuts; arrows only where one walks by keys."""
        if not isinstance(event, QKeyEvent) or not self._uses(event):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and do_key(self._canvas, Qt.Key(event.key()))

    @Slot()
    def _on_pointed(self) -> None:
        self._switch.setEnabled(self._canvas.hovered is not None)

    @Slot()
    def _on_switch(self) -> None:
        do_key(self._canvas, Qt.Key.Key_X)

    def _uses(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if plain != Qt.KeyboardModifier.NoModifier:
            return False
        if event.key() == Qt.Key.Key_Escape:
            canvas = self._canvas
            return canvas.pinned is not None or canvas.walked_to is not None or canvas.inspected != Pointed()
        if event.key() in _CHOOSE and not self._canvas.walking:  # after a click: of what is marked as inspected
            return self._canvas.pinned is not None or self._canvas.inspected != Pointed()
        return event.key() in USED_KEYS[self._canvas.walking]


def do_key(canvas: NetworkCanvas, key: Qt.Key) -> bool:
    """Do what a key says; False where it says nothing here."""
    if key in _ZOOM:
        canvas.zoom(_ZOOM[key])
    elif key == Qt.Key.Key_Home:
        canvas.fit()
    elif key == Qt.Key.Key_Escape:
        return canvas.free()
    elif key in _WALK and canvas.layout_ is not None:
        at = canvas.current
        canvas.walk_to(Unit(0, 0) if at is None else canvas.layout_.neighbour(at, *_WALK[key]))
    elif key in _CHOOSE and not canvas.walking:
        canvas.inspect_asked.emit()
    elif key == Qt.Key.Key_X:  # the frame, or the pointer, shows which unit is switched
        unit = canvas.walked_to or canvas.hovered
        return unit is not None and _do_unit_key(canvas, unit, key)
    elif canvas.chosen is not None:
        return _do_unit_key(canvas, canvas.chosen, key)
    else:
        return False
    return True


def _do_unit_key(canvas: NetworkCanvas, unit: Unit, key: Qt.Key) -> bool:
    layer, last = unit.column - 1, canvas.layout_ is not None and unit.column == len(canvas.layout_.columns) - 1
    hidden = layer >= 0 and not last
    if key in _CHOOSE:
        canvas.choose(unit)
    elif key == Qt.Key.Key_X and hidden:
        canvas.switch_asked.emit(layer, unit.position)
    elif key == Qt.Key.Key_X and layer < 0:
        canvas.input_clicked.emit(unit.position)
    elif key == Qt.Key.Key_B and layer >= 0:
        canvas.bias_asked.emit(layer, unit.position)
    elif key == Qt.Key.Key_W and layer >= 0:
        canvas.weight_asked.emit(layer, unit.position)
    elif key in _MORE and hidden:
        canvas.units_asked.emit(layer, 1)
    elif key in _FEWER and hidden:
        canvas.units_asked.emit(layer, -1)
    else:
        return False
    return True
