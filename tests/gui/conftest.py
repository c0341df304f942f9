"""A real window on a small experiment for tests that act as a person does; its thread is ended afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from nnplay.gui.main_window import MainWindow
from nnplay.gui.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.training.experiment import Experiment

WindowMaker = Callable[[Experiment], MainWindow]


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    """The light theme, in force."""
    return Theme("light")


@pytest.fixture
def make_session(theme: Theme) -> Iterator[Callable[[Experiment], Session]]:
    """Makes sessions and ends their threads."""
    sessions: list[Session] = []

    def make(experiment: Experiment) -> Session:
        sessions.append(Session(experiment, theme))
        return sessions[-1]

    yield make
    for session in sessions:
        session.close()


@pytest.fixture
def make_window(qtbot: QtBot, tmp_path: Path, make_session: Callable[[Experiment], Session]) -> WindowMaker:
    """Makes windows, shown and active."""

    def make(experiment: Experiment) -> MainWindow:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(make_session(experiment), settings, tmp_path / "kept")
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        with qtbot.waitActive(window):
            pass
        return window

    return make
