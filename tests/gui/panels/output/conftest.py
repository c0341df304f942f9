"""Output panels on a real session, shown, for the tests of this folder."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.session.session import Session
from nnplay.training.experiment import Experiment
from tests.gui.panels.output.output_hands import Opener, session_of


@pytest.fixture
def open_panel(qtbot: QtBot, make_session: Callable[[Experiment], Session]) -> Opener:
    def make(experiment: Experiment) -> OutputPanel:
        panel = OutputPanel(make_session(experiment))
        panel.window_ = QWidget()
        qtbot.addWidget(panel.window_)
        panel.setParent(panel.window_)
        panel.window_.resize(480, 540)
        panel.setGeometry(0, 0, 480, 540)
        panel.window_.show()
        panel.window_.activateWindow()
        with qtbot.waitActive(panel.window_):
            pass
        qtbot.waitUntil(lambda: session_of(panel).prepared.plane is None or panel._shown.answer is not None)
        return panel

    return make
