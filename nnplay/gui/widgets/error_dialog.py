"""Dialogs for what went wrong: a refusal in one sentence, or an error of ours with details to copy."""

import math
import sys
import traceback
from time import monotonic
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QTextEdit, QWidget

from nnplay.errors import NnplayError
from nnplay.gui.theme.sizes import set_minimum_width
from nnplay.gui.widgets.plain_text import message_box
from nnplay.texts import tr

REPEATED_AFTER = 5.0
"""Seconds for which an error of ours has to stay away until it is shown again."""
REFUSED_AGAIN_AFTER = 0.5
"""The same for what a person did wrong."""

Fault = tuple[type[BaseException], str, int | None]

DETAILS_WIDTH = 600
"""Pixels of a traceback, while it is shown."""


def show_refusal(parent: QWidget | None, error: NnplayError) -> None:
    """Say why something was not done; what was open stays as it was."""
    box = message_box(QMessageBox.Icon.Warning, str(error), parent=parent)
    box.setObjectName("refusal")
    box.exec()


class ErrorNet(QObject):
    """Catches what nobody caught, shows it with its details, and lets the window go on."""

    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = sys.excepthook
        self._showing = False
        self._last_seen: dict[Fault, float] = {}
        # never at once: whatever failed may be within Qt, painting a widget that a dialog would have painted again
        self._caught.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take the place of `sys.excepthook`."""
        self._before, sys.excepthook = sys.excepthook, self._on_exception

    def remove(self) -> None:
        """Give the place back."""
        sys.excepthook = self._before

    def show(self, error: BaseException, consequence: str = "") -> None:
        """Show the error, unless one is shown already, or it keeps coming.

        `consequence` says what came of it, where it isn't that all is open as before. A fault in painting comes
        30 times a second, and what hides it from view, as the dialog does, brings it again.
        """
        if self._is_news(error) and not self._showing:
            self._showing = True
            try:
                _dialog(error, consequence).exec()
            finally:
                self._showing = False
                self._last_seen = dict.fromkeys(self._last_seen, monotonic())

    def _is_news(self, error: BaseException) -> bool:
        """Whether it has not come for a while."""
        fault, now = _fault(error), monotonic()
        away = now - self._last_seen.get(fault, -math.inf)
        self._last_seen[fault] = now
        return away >= (REFUSED_AGAIN_AFTER if isinstance(error, NnplayError) else REPEATED_AFTER)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._before(kind, error, trace)
        traceback.clear_frames(trace)  # what hung on them, such as a painter, needn't wait for a person
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        else:
            self._caught.emit(error)


def _fault(error: BaseException) -> Fault:
    """What tells one error from another: its kind and the place in the code; what it says, if it was never raised."""
    steps = traceback.extract_tb(error.__traceback__)
    return type(error), *((steps[-1].filename, steps[-1].lineno) if steps else (str(error), None))


def _dialog(error: BaseException, consequence: str = "") -> QMessageBox:
    parent = QApplication.activeWindow()
    if isinstance(error, NnplayError):
        return message_box(QMessageBox.Icon.Warning, str(error), parent=parent)
    details = "".join(traceback.format_exception(error))
    box = message_box(QMessageBox.Icon.Critical, tr("Something went wrong inside nnplay."), parent=parent)
    box.setObjectName("error")
    box.setInformativeText(consequence or tr("Your experiment is still open, and you can go on."))
    box.setDetailedText(details)
    for field in box.findChildren(QTextEdit):  # a traceback points at columns
        field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        field.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        set_minimum_width(field, DETAILS_WIDTH)
    copy = box.addButton(tr("Copy Details"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    return box
