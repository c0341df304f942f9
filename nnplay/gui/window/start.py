"""Opens the window: the application, the theme, the session on an experiment, and the net under it all."""

import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyqtgraph.util.garbage_collector import GarbageCollector
from PySide6.QtCore import QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from nnplay import __version__
from nnplay.errors import NnplayError
from nnplay.gui.files.copies import left_over
from nnplay.gui.files.experiment_files import recent_files, tutorial
from nnplay.gui.files.last_time import CopyError, LastTime, last_time
from nnplay.gui.session.session import Session
from nnplay.gui.theme.icons import program_icon
from nnplay.gui.theme.scale import set_factor
from nnplay.gui.theme.theme import MODES, Theme
from nnplay.gui.widgets.error_dialog import ErrorNet, show_refusal
from nnplay.gui.window.application import open_files, the_application
from nnplay.gui.window.log import Log
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.scaling import scale_in
from nnplay.gui.window.shared_settings import SharedSettings
from nnplay.texts import tr
from nnplay.training.awaiting import answer_people

SETTLED_MS = 1_000
"""Milliseconds after which a window stands as it does by itself; what is another way at its end, a person arranged."""


def run_window(path: Path | None) -> int:
    """Open the window, on the experiment or table in `path` or on what was open last, and return when it is closed.

    A file that can't be taken is refused in a dialog, over the window with what was open last.
    """
    answer_people()
    application = the_application()
    application.setApplicationName("nnplay")
    application.setOrganizationName("nnplay")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("nnplay")
    application.setWindowIcon(program_icon())
    log = Log(Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)))
    net = ErrorNet(application)
    net.install()
    end_in_order(application)
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
    settings = SharedSettings()
    window, problem = open_window(path, settings, folder)
    window.session.failed.connect(net.show)
    open_files(application, window)
    window.show()
    QTimer.singleShot(SETTLED_MS, window, lambda: settings.note(window.remember_arrangement))
    if problem is not None:
        QTimer.singleShot(0, window, lambda: show_problem(window, net, problem))
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


def end_in_order(application: QApplication) -> None:
    """Close the window, which keeps all as ever, when the session, the terminal or a person at it ends the program."""
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # as nohup leaves it
            # by a timer, which waits for the window where it isn't there yet
            signal.signal(number, lambda *_: QTimer.singleShot(0, application, application.quit))


def open_window(path: Path | None, settings: QSettings, folder: Path) -> tuple[MainWindow, CopyError | None]:
    """The window, not shown yet, and what went wrong with the copies of what was open.

    Where a `path` is given it is opened, or imported, over what was open last time, which Ctrl+Z brings back; the
    window has a copy of its own then, and the other one stays as it is.

    Parameters
    ----------
    folder
        Where the copies of what was open are.
    """
    mode = settings.value("window/theme", "system")
    set_factor(scale_in(settings))  # before anything is built
    theme = Theme(mode if mode in MODES else "system", styled=False)
    theme.mode_changed.connect(lambda chosen: settings.setValue("window/theme", chosen))
    last = last_time(folder, recent_files(settings))
    window, problem = _window_on(last, theme, settings, folder, goes_on=path is None)
    if path is not None and last.copy is not None:
        last.copy.release()
    theme.apply_style_sheet()
    others = len(left_over(folder))
    if others and path is None:
        window.session.message.emit(
            tr(
                "{n} experiment that was not saved is in File ▸ Open Recent|"
                "{n} experiments that were not saved are in File ▸ Open Recent",
                "",
                others,
            )
        )
    if path is not None:
        window.open_file(path)
    return window, problem


def _window_on(
    last: LastTime, theme: Theme, settings: QSettings, folder: Path, *, goes_on: bool
) -> tuple[MainWindow, CopyError | None]:
    """A window on what was open last time, else on the tutorial; it goes on with the copy of it, or has a fresh one."""
    run = last.run or tutorial()
    session = Session(run.trainer.experiment, theme, record=run)
    try:
        window = MainWindow(session, settings, folder, last.copy if goes_on else None)
    except Exception as error:
        session.close()
        if last.run is None:
            raise
        # whatever it is about it, it must not keep nnplay from starting for ever
        return _window_on(last.broken(error), theme, settings, folder, goes_on=goes_on)
    if run.problem:
        session.refused.emit(run.problem)
    return window, last.problem


def show_problem(window: MainWindow, net: ErrorNet, problem: CopyError) -> None:
    """Say what went wrong on the way to the window; an error of ours with its details, and with what came of it."""
    if problem.__cause__ is not None and not isinstance(problem.__cause__, NnplayError):
        net.show(problem.__cause__, str(problem))
    else:
        show_refusal(window, problem)
