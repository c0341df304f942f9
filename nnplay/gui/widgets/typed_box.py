"""A box for a number of any size: typed, or stepped along a ladder of usual values.

What can't be taken is refused in one sentence, and the number that holds stands there again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from nnplay.errors import InputError
from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.sizes import set_font, set_inset
from nnplay.gui.widgets.labelled_slider import SETTLING
from nnplay.gui.widgets.number_format import number_text
from nnplay.gui.widgets.plain_text import set_tip


class TypedBox(Guarded, QAbstractSpinBox):
    """A box for one number.

    Parameters
    ----------
    name, tooltip
        Accessible name, and what the number does to learning in one sentence.
    read
        Text → number; raises InputError for a text that is none, or one out of range.
    ladder
        Where the arrows go, in rising order; below the first is None, where there is a word for it.
    off
        How None is written; "" where there must be a number.
    write
        Number → text.
    when_settled
        Take what the arrows lead to once they have settled; else it waits for Enter or leaving.

    Signals
    -------
    committed(object)
        Another number than before: after Enter, on leaving, or when the arrows have settled.
    refused(str)
        Why what was typed is not taken.
    """

    committed = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        name: str,
        read: Callable[[str], float],
        ladder: Sequence[float],
        tooltip: str = "",
        *,
        off: str = "",
        write: Callable[[float | None], str] = number_text,
        when_settled: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._text_of, self._off = read, write, off
        self._numbers, self._when_settled = ladder, when_settled
        self._value: float | None = None
        self.setAccessibleName(name)
        self.setAccessibleDescription(tooltip)
        set_tip(self, tooltip or name)
        set_font(self, figure_font)
        set_inset(self)
        self._settling = QTimer(self, singleShot=True, interval=SETTLING)
        self._settling.timeout.connect(self.commit)
        self.editingFinished.connect(self.commit)

    def value(self) -> float | None:
        """The number that holds."""
        return self._value

    def set_value(self, value: float | None) -> None:
        """Show the number that holds; what is being typed stays where it is the same as before."""
        if value != self._value or not self._being_changed:
            self._settling.stop()
            self._value = value
            self._write(value)

    @property
    def stepping(self) -> bool:
        """Whether the arrows have not settled yet."""
        return self._settling.isActive()

    @Slot()
    def commit(self) -> bool:
        """Take what stands there, or refuse it; whether it was taken, or was what holds anyway."""
        self._settling.stop()
        try:
            value = self._typed()
        except InputError as error:
            self._write(self._value)
            self.refused.emit(str(error))
            return False
        changed = value != self._value
        self._value = value
        self._write(value)
        if changed:
            self.committed.emit(value)
        return True

    @Slot()
    def settle(self) -> None:
        """Take or refuse what is being typed or stepped to, since another change comes."""
        if self._being_changed:
            self.commit()

    def give_up(self) -> None:
        """Bring back the number that holds."""
        self._settling.stop()
        self._write(self._value)

    def stepBy(self, steps: int) -> None:
        """To the next usual value above or below; called by Qt for arrows, keys and wheel."""
        try:
            value = self._typed()
        except InputError:
            value = self._value
        for _ in range(abs(steps)):
            value = self.above(value) if steps > 0 else self.below(value)
        self._write(value)
        if self.hasFocus():
            self.lineEdit().selectAll()
        if self._when_settled:
            self._settling.start()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Both ways, up to the ends of the ladder."""
        flags = QAbstractSpinBox.StepEnabledFlag.StepNone
        try:
            value = self._typed()
        except InputError:
            value = self._value
        if self.above(value) != value:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if self.below(value) != value:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return flags

    def above(self, value: float | None) -> float | None:
        """Where the upper arrow leads to from `value`."""
        place = 0 if value is None else bisect_right(self._numbers, value)
        return self._numbers[place] if place < len(self._numbers) else value

    def below(self, value: float | None) -> float | None:
        """Where the lower arrow leads to from `value`."""
        place = 0 if value is None else bisect_left(self._numbers, value)
        if place > 0:
            return self._numbers[place - 1]
        return None if self._off else value

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Anything can be typed; `commit` judges it, and says why."""
        return QValidator.State.Acceptable, text, position

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape brings back the number that holds; where it stands there, whoever holds the box may close."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        before = self.text()
        self.give_up()
        self.selectAll()
        event.setAccepted(self.text() != before)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving settles what the arrows lead to."""
        super().focusOutEvent(event)
        if self._settling.isActive():
            self.commit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only while it has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @property
    def _being_changed(self) -> bool:
        return self.stepping or (self.hasFocus() and self.lineEdit().isModified())

    def _typed(self) -> float | None:
        text = self.lineEdit().text().strip()
        if self._off and text.lower() in (self._off, ""):
            return None
        if text == self._text_of(self._value):
            return self._value  # a number with more figures than are shown stays what it is
        return self._read(text)

    def _write(self, value: float | None) -> None:
        self.lineEdit().setText(self._off if value is None else self._text_of(value))
