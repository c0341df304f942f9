"""Panels on a real session, shown, for the tests of this folder."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network import NetworkPanel
from nnplay.gui.panels.output import OutputPanel
from nnplay.gui.session import Session
from nnplay.training.experiment import Experiment
from tests.gui.panels.network_hands import CIRCLES, PanelMaker
from tests.gui.panels.output_hands import Opener, session_of


@pytest.fixture
def make_panel(qtbot: QtBot, make_session: Callable[[Experiment], Session]) -> PanelMaker:
    """Makes panels, shown with their first snapshot; `panel.session` is the session behind."""

    def make(experiment: Experiment = CIRCLES, width: int = 660, height: int = 600) -> NetworkPanel:
        session = make_session(experiment)
        panel = NetworkPanel(session)
        panel.session = session  # type: ignore[attr-defined]
        panel.resize(width, height)
        qtbot.addWidget(panel)
        qtbot.addWidget(panel.header)
        panel.show()
        panel.header.show()
        panel.activateWindow()
        qtbot.waitExposed(panel)
        session.refresh()
        qtbot.waitUntil(lambda: panel.snapshot is not None)
        return panel

    return make


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
        qtbot.waitUntil(lambda: session_of(panel).prepared.plane is None or panel._map.maps is not None)
        return panel

    return make
