"""Warnings of NumPy, Qt and Python, and errors of ours, in a file of bounded size; all of it goes to stderr too."""

import logging
import sys
import warnings
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

MOST_BYTES = 200_000
"""Of the file; the one before it is kept beside it."""
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class LogFile(RotatingFileHandler):
    """Is made when there is something to write; where it can't be written, nothing is."""

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        return super()._open()

    def handleError(self, _record: logging.LogRecord) -> None:
        """Called by `logging`, where the disk is full or the folder read-only: no reason to stop anything."""


class Log:
    """Listens from its making to `close`, in the place of what listened before, which still hears of all.

    Parameters
    ----------
    folder
        Where ``nnplay.log`` is to be.
    """

    def __init__(self, folder: Path) -> None:
        self._file = LogFile(folder / "nnplay.log", maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8", delay=True)
        self._file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._log = logging.Logger("nnplay", logging.WARNING)
        self._log.addHandler(self._file)
        self._show_warning, self._on_error = warnings.showwarning, sys.excepthook
        warnings.showwarning, sys.excepthook = self._on_warning, self._on_exception
        self._on_message = qInstallMessageHandler(self._on_qt_message)

    def close(self) -> None:
        """Give the places back."""
        warnings.showwarning, sys.excepthook = self._show_warning, self._on_error
        qInstallMessageHandler(self._on_message)
        self._file.close()

    def _on_warning(
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        self._show_warning(message, category, filename, lineno, file, line)
        self._log.warning("%s", warnings.formatwarning(message, category, filename, lineno, line).strip())

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._on_error(kind, error, trace)
        self._log.error("%s", kind.__name__, exc_info=(kind, error, trace))

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if self._on_message is not None:
            self._on_message(kind, context, text)
        elif sys.stderr is not None:
            print(text, file=sys.stderr)
        self._log.log(LEVELS[kind], "Qt: %s", text)
