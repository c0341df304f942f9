"""Opens the window: the application, the theme, the session on an experiment, and the net under it all."""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from nnplay import __version__
from nnplay.errors import NnplayError
from nnplay.experiments import read_document
from nnplay.gui.error_dialog import ErrorNet, show_refusal
from nnplay.gui.keys import KeyPriority
from nnplay.gui.main_window import MainWindow
from nnplay.gui.session import Session
from nnplay.gui.theme.theme import MODES, Theme
from nnplay.training.experiment import Experiment


def run_window(path: Path | None) -> int:
    """Open the window, on the experiment in `path` or on the tutorial's, and return when it is closed.

    A file that can't be taken is refused in a dialog, over the window with the tutorial's experiment.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("nnplay")
    application.setOrganizationName("nnplay")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("nnplay")
    keys = KeyPriority(application)
    application.installEventFilter(keys)
    net = ErrorNet(application)
    net.install()
    window, refusal = open_window(path, QSettings())
    window.session.failed.connect(net.show)
    window.show()
    if refusal is not None:
        QTimer.singleShot(0, window, lambda: show_refusal(window, refusal))
    try:
        return application.exec()
    finally:
        net.remove()


def open_window(path: Path | None, settings: QSettings) -> tuple[MainWindow, NnplayError | None]:
    """The window, not shown yet, and why it is not on `path` if it isn't."""
    mode = settings.value("window/theme", "system")
    theme = Theme(mode if mode in MODES else "system")
    theme.changed.connect(lambda: settings.setValue("window/theme", theme.mode))
    experiment, refusal = Experiment(), None
    try:
        experiment = read_document(path or preset_path("xor")).experiment
        session = Session(experiment, theme)
    except NnplayError as error:
        refusal = error
        session = Session(Experiment(), theme)
    return MainWindow(session, settings), refusal


def preset_path(name: str) -> Path:
    """Where the preset `name` is."""
    from nnplay.data.shipped import resource_path

    return resource_path(f"presets/{name}.nnplay")
