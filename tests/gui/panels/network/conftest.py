"""Network panels on a real session, shown, for the tests of this folder."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.gui.session.session import Session
from nnplay.training.experiment import Experiment
from tests.gui.panels.network.network_hands import CIRCLES, PanelMaker


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
