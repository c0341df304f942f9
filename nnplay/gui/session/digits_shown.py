"""How many decimals the numbers of a step have wherever its arithmetic is written out: one switch for all."""

from PySide6.QtCore import QObject, Signal, Slot

from nnplay.gui.session.remembered import Remembered
from nnplay.limits import LEAST_DIGITS, MOST_DIGITS, USUAL_DIGITS

_KEY = "digits_shown"


class DigitsShown(QObject):
    """The number of decimals, as a person last set it.

    Signals
    -------
    changed
        There are more of them, or fewer.
    """

    changed = Signal()

    def __init__(self, remembered: Remembered, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._remembered, self._count = remembered, USUAL_DIGITS
        remembered.kept.connect(self._recall)

    @property
    def count(self) -> int:
        """How many there are: 2 to 10."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show so many of them, or the nearest number that there may be, now and at the next start."""
        if self._set(count):
            self._remembered.set_number(_KEY, self._count)

    @Slot()
    def _recall(self) -> None:
        self._set(self._remembered.number(_KEY, default=USUAL_DIGITS))

    def _set(self, count: int) -> bool:
        count = min(max(count, LEAST_DIGITS), MOST_DIGITS)
        if count == self._count:
            return False
        self._count = count
        self.changed.emit()
        return True
