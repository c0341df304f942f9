"""What was typed into the blanks of sheets, and how much of it is right; it outlives the window of a sheet."""

from collections.abc import Iterable
from enum import Enum

from PySide6.QtCore import QObject, Signal

from nnplay.experiments.worked.blanks import BlankKey, BlankNumber, is_right
from nnplay.experiments.worked.example import WorkedExample


class Verdict(Enum):
    """What is said of a blank."""

    EMPTY = "empty"
    RIGHT = "right"
    WRONG = "wrong"
    SHOWN = "shown"


class Answers(QObject):
    """The answers to all examples of a session.

    Signals
    -------
    changed
        Something was typed, shown or taken away.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[WorkedExample, dict[BlankKey, str]] = {}
        self._shown: dict[WorkedExample, set[BlankKey]] = {}

    def text(self, example: WorkedExample, key: BlankKey) -> str:
        """What was typed into a blank; "" for nothing."""
        return self._texts.get(example, {}).get(key, "")

    def type_in(self, example: WorkedExample, key: BlankKey, text: str, *, shown: bool = False) -> None:
        """Let this be in a blank, typed by a person or `shown` to them."""
        texts, shown_keys = self._texts.setdefault(example, {}), self._shown.setdefault(example, set())
        if texts.get(key, "") == text and (key in shown_keys) == shown:
            return
        texts[key] = text
        (shown_keys.add if shown else shown_keys.discard)(key)
        if not text:
            del texts[key]
        self.changed.emit()

    def verdict(self, example: WorkedExample, blank: BlankNumber, digits: int) -> Verdict:
        """Whether what is in a blank is right in the digits that are shown."""
        text = self.text(example, blank.key)
        if not text:
            return Verdict.EMPTY
        if blank.key in self._shown.get(example, ()):
            return Verdict.SHOWN
        return Verdict.RIGHT if is_right(text, blank, digits) else Verdict.WRONG

    def right(self, example: WorkedExample, blanks: Iterable[BlankNumber], digits: int) -> int:
        """How many a person has right."""
        return sum(self.verdict(example, blank, digits) is Verdict.RIGHT for blank in blanks)

    def has_any(self, example: WorkedExample) -> bool:
        """Whether anything is in a blank of it."""
        return bool(self._texts.get(example))

    def forget(self, example: WorkedExample) -> None:
        """Empty all blanks of it."""
        self._texts.pop(example, None)
        self._shown.pop(example, None)
        self.changed.emit()
