"""The application, which on macOS is told by an event which files a person double-clicked."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QProcess, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from nnplay.desktop_entry import started_by
from nnplay.gui.guard import Guarded
from nnplay.gui.window.main_window import MainWindow


class Application(Guarded, QApplication):
    """Qt's application.

    Signals
    -------
    file_opened(path)
        The desktop wants this file to be opened.
    """

    file_opened = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Called by Qt for what the system tells the program as a whole."""
        if isinstance(event, QFileOpenEvent):
            self.file_opened.emit(event.file())
            return True
        return super().event(event)


def the_application() -> QApplication:
    """The one that there is, else a fresh one."""
    application = QApplication.instance() or Application(sys.argv[:1])
    assert isinstance(application, QApplication)
    return application


def open_files(application: QApplication, window: MainWindow, another: Callable[[str], object] | None = None) -> None:
    """Open what the desktop wants to be opened: in this window where nothing was done in it yet, else in another one.

    Parameters
    ----------
    another
        Opens another window on a path; None for a process of its own, as on the other systems.
    """

    session, began = window.session, window.session.trainer.epoch

    def take(path: str) -> None:
        if session.running or session.undo_stack.canUndo() or session.trainer.epoch != began:
            (another or start_another)(path)
        else:
            window.open_file(Path(path))

    if isinstance(application, Application):
        application.file_opened.connect(take)


def start_another(path: str) -> None:
    """Another nnplay on this file, which lives on when this one is closed."""
    program, *arguments = started_by()
    QProcess.startDetached(program, [*arguments, path])
