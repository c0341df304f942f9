"""A press that is held without moving on a label or a slider's handle, and where it then goes."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QSlider, QToolTip, QWidget

from nnplay.gui.guard import Guarded

HELD_MS = 350
"""After so long a press that has not moved is held."""


class Hold(Guarded, QObject):
    """Event filter of one widget, its parent, which tells of presses that are held on it.

    Parameters
    ----------
    control
        What is held by it, where that is another widget, as the control of a label is.
    accepts
        Whether it may be held at this point of the widget; all else of it works as ever.

    Signals
    -------
    held()
        Now it is held.
    moved(QPoint)
        Where the pointer is on the screen since.
    let_go(QPoint)
        Where it was let go.
    """

    held = Signal()
    moved = Signal(QPoint)
    let_go = Signal(QPoint)

    def __init__(
        self,
        widget: QWidget,
        control: QWidget | None = None,
        accepts: Callable[[QPoint], bool] = lambda _place: True,
    ) -> None:
        super().__init__(widget)
        self.widget, self.control, self._accepts = widget, control or widget, accepts
        self._pressed_at: QPoint | None = None
        self.is_held = False
        self._timer = QTimer(self, singleShot=True, interval=HELD_MS)
        self._timer.timeout.connect(self._on_held)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Called by Qt before the widget sees `event`."""
        if not isinstance(event, QMouseEvent):
            return False
        kind, place = event.type(), event.globalPosition().toPoint()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            if self._accepts(event.position().toPoint()):
                self._pressed_at = place
                self._timer.start()
        elif kind == QEvent.Type.MouseMove:
            if self.is_held:
                self.moved.emit(place)
                return True
            if self._pressed_at is not None:
                self._give_up_where_moved(place)
        elif kind == QEvent.Type.MouseButtonRelease:
            self._timer.stop()
            was_held, self.is_held, self._pressed_at = self.is_held, False, None
            if was_held:
                self.let_go.emit(place)  # the widget sees the release, too, since it has seen the press
        return False

    def _give_up_where_moved(self, place: QPoint) -> None:
        assert self._pressed_at is not None
        if (place - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            self._timer.stop()

    @Slot()
    def _on_held(self) -> None:
        self.is_held = True
        if isinstance(self.widget, QSlider):
            self.widget.setSliderDown(False)  # it is no drag
        QToolTip.hideText()
        self.held.emit()
