"""Dialogs for what went wrong: a refusal in one sentence, or an error of ours with details to copy."""

import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QElapsedTimer, QObject, QThread, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QTextEdit, QWidget

from nnplay.errors import NnplayError
from nnplay.texts import tr

REPEATED_AFTER_MS = 5000
"""Milliseconds for which an error that was shown isn't shown again."""

DETAILS_WIDTH = 600
"""Pixels of a traceback, while it is shown."""


def show_refusal(parent: QWidget | None, error: NnplayError) -> None:
    """Say why something was not done; what was open stays as it was."""
    box = QMessageBox(QMessageBox.Icon.Warning, "nnplay", str(error), QMessageBox.StandardButton.Ok, parent)
    box.setObjectName("refusal")
    box.exec()


class ErrorNet(QObject):
    """Catches what nobody caught, shows it with its details, and lets the window go on."""

    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = sys.excepthook
        self._showing = False
        self._last: tuple[object, ...] = ()
        self._since = QElapsedTimer()
        self._caught.connect(self.show)

    def install(self) -> None:
        """Take the place of `sys.excepthook`."""
        self._before, sys.excepthook = sys.excepthook, self._on_exception

    def remove(self) -> None:
        """Give the place back."""
        sys.excepthook = self._before

    def show(self, error: BaseException, consequence: str = "") -> None:
        """Show the error, unless one is shown already, or the same was shown a moment ago.

        `consequence` says what came of it, where it isn't that all is open as before.

        A fault in painting comes 30 times a second; between two dialogs one can pause or save. What
        a person did wrong is said each time.
        """
        fault = () if isinstance(error, NnplayError) else (type(error), *_place(error))
        again = bool(fault) and fault == self._last and not self._since.hasExpired(REPEATED_AFTER_MS)
        if self._showing or again:
            return
        self._showing = True
        try:
            _dialog(error, consequence).exec()
        finally:
            self._showing, self._last = False, fault
            self._since.start()

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._before(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        elif QThread.currentThread() is self.thread():
            self.show(error)
        else:
            self._caught.emit(error)


def _place(error: BaseException) -> tuple[str, int] | tuple[()]:
    """File and line where it was raised; nothing for an error that was never raised."""
    steps = traceback.extract_tb(error.__traceback__)
    return (steps[-1].filename, steps[-1].lineno or 0) if steps else ()


def _dialog(error: BaseException, consequence: str = "") -> QMessageBox:
    parent = QApplication.activeWindow()
    if isinstance(error, NnplayError):
        return QMessageBox(QMessageBox.Icon.Warning, "nnplay", str(error), QMessageBox.StandardButton.Ok, parent)
    details = "".join(traceback.format_exception(error))
    box = QMessageBox(QMessageBox.Icon.Critical, "nnplay", tr("Something went wrong inside nnplay."), parent=parent)
    box.setObjectName("error")
    box.setInformativeText(consequence or tr("Your experiment is still open, and you can go on."))
    box.setDetailedText(details)
    for field in box.findChildren(QTextEdit):  # a traceback points at columns
        field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        field.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        field.setMinimumWidth(DETAILS_WIDTH)
    box.addButton(QMessageBox.StandardButton.Ok)
    copy = box.addButton(tr("Copy Details"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    return box
