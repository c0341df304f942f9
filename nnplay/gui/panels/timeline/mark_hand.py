"""The pointer on the marks of a strip: which one it is on, and one that is dragged to another epoch."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from nnplay.gui.panels.timeline.contents import StripMark
from nnplay.gui.panels.timeline.geometry import Geometry
from nnplay.gui.panels.timeline.marks import PLAIN, MarkLook, grip_at
from nnplay.gui.theme.scale import px

LEAVES = 60
"""Pixels above or below the strip from which on a drag leaves all as it was."""


class MarkHand(QObject):
    """Told by a strip what the pointer does.

    Parameters
    ----------
    strip
        The strip, which is painted anew.
    where
        Where things are in it.
    epochs_at
        The whole epoch at a place from the left.

    Signals
    -------
    dropped(mark, epochs)
        A StripMark was dragged to another place.
    clicked(mark, place)
        A StripMark was clicked; the place is on the screen.

    Attributes
    ----------
    marks
        Those that there are.
    look
        What is to be painted of it.
    """

    dropped = Signal(object, float)
    clicked = Signal(object, QPoint)

    def __init__(self, strip: QWidget, where: Callable[[], Geometry], epochs_at: Callable[[float], float]) -> None:
        super().__init__(strip)
        self._strip, self._where, self._epochs_at = strip, where, epochs_at
        self.marks: Sequence[StripMark] = ()
        self.look = PLAIN
        self._pressed: QPointF | None = None

    @property
    def holds(self) -> bool:
        """Whether the pointer was pressed on a mark, and isn't released yet."""
        return self._pressed is not None

    def show_marks(self, marks: Sequence[StripMark]) -> None:
        """Other marks."""
        self.marks = marks
        if self.look.pointed not in marks:
            self.let_go()

    def at(self, place: QPointF) -> StripMark | None:
        """The mark of edits that is there."""
        return grip_at(place, self._where(), self.marks)

    def press(self, place: QPointF) -> bool:
        """The pointer is pressed; whether on a mark."""
        mark = self.at(place)
        if mark is None:
            return False
        self._pressed = place
        self._show(MarkLook(mark))
        return True

    def move(self, place: QPointF) -> None:
        """The pointer is elsewhere."""
        if self._pressed is None:
            self._show(MarkLook(self.at(place)))
            return
        far = (place - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if not far and self.look.dragged_to is None:
            return
        inside = -px(LEAVES) <= place.y() <= self._strip.height() + px(LEAVES)
        mark = self.look.pointed
        assert mark is not None
        self._show(MarkLook(mark, self._epochs_at(place.x()) if inside else mark.epochs))

    def release(self, place: QPointF) -> None:
        """The pointer is let go on the strip, or anywhere else."""
        look = self.look
        self._pressed = None
        self._show(MarkLook(self.at(place)))
        if look.pointed is None:
            return
        if look.dragged_to is None:
            self.clicked.emit(look.pointed, self._strip.mapToGlobal(place.toPoint()))
        elif look.dragged_to != look.pointed.epochs:
            self.dropped.emit(look.pointed, look.dragged_to)

    def let_go(self) -> None:
        """Leave all as it was."""
        self._pressed = None
        self._show(PLAIN)

    def _show(self, look: MarkLook) -> None:
        if look != self.look:
            self.look = look
            if not self.holds:
                points = look.pointed is not None
                self._strip.setCursor(Qt.CursorShape.PointingHandCursor if points else Qt.CursorShape.SizeHorCursor)
            self._strip.update()
