"""Opens the window: the application, the theme, the session on an experiment, and the net under it all."""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from nnplay import __version__
from nnplay.errors import NnplayError
from nnplay.experiments import read_document
from nnplay.gui.error_dialog import ErrorNet, show_refusal
from nnplay.gui.files import last_time, started, tutorial
from nnplay.gui.main_window import MainWindow
from nnplay.gui.session import Session
from nnplay.gui.theme.theme import MODES, Theme


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
    net = ErrorNet(application)
    net.install()
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
    window, refusal = open_window(path, QSettings(), folder)
    window.session.failed.connect(net.show)
    window.show()
    if refusal is not None:
        QTimer.singleShot(0, window, lambda: show_refusal(window, refusal))
    try:
        return application.exec()
    finally:
        net.remove()


def open_window(path: Path | None, settings: QSettings, folder: Path) -> tuple[MainWindow, NnplayError | None]:
    """The window, not shown yet, and why it is not on `path` if it isn't.

    Parameters
    ----------
    folder
        Where the copy of what was open last time is, which is taken where no `path` is given.
    """
    mode = settings.value("window/theme", "system")
    theme = Theme(mode if mode in MODES else "system")
    theme.changed.connect(lambda: settings.setValue("window/theme", theme.mode))
    trainer, refusal = None, None
    try:
        trainer = last_time(folder) if path is None else started(read_document(path))
    except NnplayError as error:
        refusal = error
    trainer = trainer or tutorial()
    session = Session(trainer.experiment, theme, trainer=trainer)
    return MainWindow(session, settings, folder), refusal
