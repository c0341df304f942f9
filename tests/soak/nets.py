"""Nets for whatever goes wrong in a window without a word: exceptions, warnings of Python and of Qt, NaN on paper."""

import re
import sys
import threading
import traceback
import warnings
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QPainter

from tests.soak.faults import FaultFile

NOT_FINITE = re.compile(r"(?<![\w'’“])[-−+]?(nan|inf|infinity)(?![\w'’”])", re.IGNORECASE)
QUOTED = re.compile(r"'[^']*'|“[^”]*”|\"[^\"]*\"")
OF_THE_PLATFORM = (
    "propagateSizeHints",
    "This plugin does not support",
    "Populating font family aliases",
    "outside target window",
)
"""What Qt's offscreen platform and its test hands say of themselves."""


class Nets:
    """Spreads every net; put `sys.excepthook` in place before the window's own, which calls the one before."""

    def __init__(self, faults: FaultFile) -> None:
        self.faults = faults
        self.told: set[str] = set()

    def spread_before(self) -> None:
        """Before the program starts."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda told: self._on_exception(
            told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback
        )
        warnings.simplefilter("always")
        warnings.showwarning = self._on_warning

    def spread_after(self) -> None:
        """When the program has its own handlers."""
        qInstallMessageHandler(self._on_message)
        warnings.simplefilter("always")
        self._watch_paint()

    def exception(self, error: BaseException) -> None:
        """One that was caught on the way."""
        self._on_exception(type(error), error, error.__traceback__)

    def dialog(self, details: str) -> None:
        """An error dialog; most were told by the hook before they were shown."""
        key = _key_of_text(details)
        if key not in self.told:
            self.faults.add("exception", key, details)

    def text(self, where: str, text: str) -> None:
        """A text that a person reads."""
        if NOT_FINITE.search(QUOTED.sub("", text)) and "diverge" not in text.lower():
            self.faults.add("not finite", f"not finite in {where}", text)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        key = _key_of_text(text)
        self.told.add(key)
        self.faults.add("exception", key, text)

    def _on_warning(self, message: Warning | str, category: type[Warning], file: str, line: int, *_: object) -> None:
        stack = "".join(traceback.format_stack(limit=14)[:-1])
        place = _last_of_ours(stack) or f"{file}:{line}"
        self.faults.add("warning", f"{category.__name__}: {message} at {place}", stack)

    def _on_message(self, level: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if level in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) or any(known in text for known in OF_THE_PLATFORM):
            return
        stack = "".join(traceback.format_stack(limit=14)[:-1])
        self.faults.add("warning", f"Qt: {re.sub(r'0x[0-9a-f]+|[-0-9.]+', '…', text)}", f"{text}\n{stack}")

    def _watch_paint(self) -> None:
        """Texts that are painted are no widget's; every one goes through QPainter."""
        draw = QPainter.drawText

        def drawn(painter: QPainter, *args: object) -> object:
            for arg in args:
                if isinstance(arg, str):
                    self.text("a painted text", arg)
            return draw(painter, *args)

        QPainter.drawText = drawn


def _key_of_text(text: str) -> str:
    """The kind of exception and the place of ours where it came from, as a traceback has them."""
    lines = [line for line in text.strip().splitlines() if line and not line.startswith(" ")]
    kind = lines[-1].split(":")[0] if lines else "?"
    return f"{kind} at {_last_of_ours(text)}"


def _last_of_ours(text: str) -> str:
    found = re.findall(r'File "[^"]*?(nnplay/[^"]+)", line (\d+), in (\w+)', text)
    return "{}:{} ({})".format(*found[-1]) if found else ""
