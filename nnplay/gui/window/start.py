"""Opens the window: the application, the theme, the session on an experiment, and the net under it all."""

import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyqtgraph.util.garbage_collector import GarbageCollector
from PySide6.QtCore import QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from nnplay import __version__
from nnplay.errors import NnplayError
from nnplay.gui.files.autosave import last_time, set_aside
from nnplay.gui.files.experiment_files import tutorial
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import MODES, Theme
from nnplay.gui.widgets.error_dialog import ErrorNet, show_refusal
from nnplay.gui.window.log import Log
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.trainer import Trainer


def run_window(path: Path | None) -> int:
    """Open the window, on the experiment in `path` or on the tutorial's, and return when it is closed.

    A file that can't be taken is refused in a dialog, over the window with what was open last.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("nnplay")
    application.setOrganizationName("nnplay")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("nnplay")
    log = Log(Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)))
    net = ErrorNet(application)
    net.install()
    signal.signal(signal.SIGTERM, lambda *_: application.quit())  # the desktop's session ends: all is kept as ever
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
    window, problem = open_window(path, QSettings(), folder)
    window.session.failed.connect(net.show)
    window.show()
    if problem is not None:
        QTimer.singleShot(0, window, lambda: _show_problem(window, net, problem))
    try:
        with collected_at_rest():
            return application.exec()
    finally:
        net.remove()
        log.close()


@contextmanager
def collected_at_rest() -> Iterator[None]:
    """Let Python's cycles be collected from a timer in this thread only.

    Python would collect wherever it happens to be: in the worker's thread, or within a call of Qt that holds a lock
    which the end of a widget waits for. From a timer there is nothing of Qt's on the stack.
    """
    collector = GarbageCollector()
    gc.freeze()  # what is there by now stays, and looking through it each time would take longer than a frame
    try:
        yield
    finally:
        collector.timer.stop()
        gc.enable()


def open_window(path: Path | None, settings: QSettings, folder: Path) -> tuple[MainWindow, Exception | None]:
    """The window, not shown yet, and what went wrong on the way to it: a file that can't be taken, or worse.

    Where a `path` is given it is opened over what was open last time, which Ctrl+Z brings back.

    Parameters
    ----------
    folder
        Where the copy of what was open last time is.
    """
    mode = settings.value("window/theme", "system")
    theme = Theme(mode if mode in MODES else "system", styled=False)
    theme.changed.connect(lambda: settings.setValue("window/theme", theme.mode))
    problem: Exception | None = None
    last = last_time(folder)
    try:
        window = _window_on(last or tutorial(), theme, settings, folder)
    except Exception as error:
        if last is None:
            raise
        set_aside(folder)  # whatever it is about it, it must not keep nnplay from starting for ever
        problem, window = error, _window_on(tutorial(), theme, settings, folder)
    theme.apply_style_sheet()
    try:
        if path is not None:
            window.files.open(path)
    except NnplayError as error:
        problem = error
    return window, problem


def _window_on(trainer: Trainer, theme: Theme, settings: QSettings, folder: Path) -> MainWindow:
    return MainWindow(Session(trainer.experiment, theme, trainer=trainer), settings, folder)


def _show_problem(window: MainWindow, net: ErrorNet, problem: Exception) -> None:
    if isinstance(problem, NnplayError):
        show_refusal(window, problem)
    else:
        net.show(problem)
