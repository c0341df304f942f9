"""A pointer for the keyboard: arrow keys move a cross over the canvas, Enter presses the tool where it stands.

It is there only while the canvas was reached by keyboard: after a click, → still steps and Space still trains.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.panels.output.tools.drawing_board import DrawingBoard
from nnplay.gui.panels.output.tools.tool import Place
from nnplay.gui.session.selection import Selection
from nnplay.texts import mark

COARSE, FINE = 1 / 24, 1 / 240
"""Parts of the canvas that a key goes: alone, and with Shift."""
WAYS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1)}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NO_UNIT = -1
BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)

KEYS = (
    (mark("Arrows"), mark("Move the cross; with Shift in small steps")),
    (mark("Enter"), mark("Use the tool where the cross stands; with Shift for the other class")),
    (mark("Click or Enter on a point"), mark("Choose it as the sample whose numbers are shown, or let go of it")),
    (mark("Ctrl+Click, Ctrl+Enter"), mark("Choose the sample with any tool")),
    (mark("Point at a fold"), mark("Mark the unit that bends there in all views")),
    (mark("Point between the folds"), mark("Read the network’s formula there, while the run is paused")),
    (mark("Escape"), mark("Leave the stroke, the selection, the unit that is shown or the sample")),
)
"""(keys, what they do), marked for `tr`, for the list of shortcuts."""


class KeyboardPointer(Guarded, QObject):
    """Filters the events of a canvas.

    Signals
    -------
    moved(place)
        The cross stands there; None when it is gone.
    """

    moved = Signal(object)

    def __init__(self, view: PlaneView, board: DrawingBoard, selection: Selection) -> None:
        super().__init__(view)
        self._view, self._board, self._selection = view, board, selection
        self._place: Place | None = None
        self._drags = False
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Called by Qt before the canvas sees `event`."""
        kind = event.type()
        if isinstance(event, QFocusEvent):
            self._on_focus(event)
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.ShortcutOverride:
            if self._uses(event):
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._on_key(event)
        elif isinstance(event, QWheelEvent):
            self._board.resize(event.angleDelta().y() / 120.0)
            event.accept()
            return True
        elif kind == QEvent.Type.MouseButtonPress:
            self._put(None)
        elif kind == QEvent.Type.Resize:
            self._draw()
        return False

    def _uses(self, event: QKeyEvent) -> bool:
        """Whether a key that may be a shortcut of the window is the canvas's here."""
        if event.key() == Qt.Key.Key_Escape:
            selection = self._selection
            return self._board.can_cancel or selection.unit is not None or selection.chosen_sample is not None
        return self._place is not None and (event.key() in WAYS or event.key() in ENTER)

    def _on_focus(self, event: QFocusEvent) -> None:
        if event.gotFocus():
            left, right, low, high = self._view.plane
            reached = event.reason() in BY_KEYBOARD
            self._put(((left + right) / 2, (low + high) / 2) if reached else None)
        else:
            self._put(None)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            return self._leave()
        if not self._uses(event) or self._place is None:
            return False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._board.press(self._place, second=False, choosing=True)
        elif event.key() in ENTER:
            self._enter(second=shift)
        else:
            self._go(*WAYS[Qt.Key(event.key())], FINE if shift else COARSE)
        return True

    def _leave(self) -> bool:
        """Out of what is under way, the points that are selected, the unit and the sample: one at a time."""
        if self._board.can_cancel:
            self._drags = False
            self._board.cancel()
        elif self._selection.unit is not None:
            self._selection.pin(NO_UNIT, NO_UNIT)
        elif self._selection.chosen_sample is not None:
            self._selection.choose_sample(None)
        else:
            return False
        return True

    def _enter(self, *, second: bool) -> None:
        """A click for most tools; for those that need a drag, the first Enter presses and the second releases."""
        assert self._place is not None
        if self._drags:
            self._drags = False
            self._board.release(self._place)
            return
        self._board.press(self._place, second=second)
        if self._board.tool.drags:
            self._drags = True
        else:
            self._board.release(self._place)

    def _go(self, right: int, up: int, part: float) -> None:
        assert self._place is not None
        left, most, low, high = self._view.plane
        x = self._place[0] + right * part * (most - left)
        y = self._place[1] + up * part * (high - low)
        self._put((min(max(x, left), most), min(max(y, low), high)))

    def _put(self, place: Place | None) -> None:
        if place == self._place:
            return
        if place is None and self._drags:
            self._drags = False
            self._board.cancel()
        self._place = place
        self._draw()
        self._board.point(place)
        self.moved.emit(place)

    def _draw(self) -> None:
        overlay, place = self._view.overlay, self._place
        overlay.cross = None if place is None else self._view.to_pixels(place)
        overlay.focused = place is not None
        self._view.update_overlay()
