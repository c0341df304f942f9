"""A window with the inspector open."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.inspector.panel import InspectorPanel
from nnplay.gui.session.session import Session
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec

XOR = Experiment(
    data=DataSpec(kind="xor"),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=4, activation="tanh"),)),
    training=TrainingSpec(optimizer="adam", learning_rate=0.05, l2=0.01, clip_norm=0.01),
)
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=90, train_share=0.7),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=5, activation="tanh"), HiddenLayer(units=3, activation="relu"))),
    training=TrainingSpec(batch_size=10, learning_rate=0.05),
)


class Opened(NamedTuple):
    """The parts that a test looks at."""

    window: MainWindow
    session: Session
    panel: InspectorPanel

    def choose(self, index: int) -> None:
        """Choose a sample of the table."""
        self.session.selection.choose_sample(tuple(map(float, self.session.prepared.table.inputs[index])))


Open = Callable[[Experiment], Opened]


@pytest.fixture
def opened(qtbot: QtBot, make_window: Callable[[Experiment], MainWindow]) -> Open:
    """Opens a window on an experiment, and its inspector as the drawing does."""

    def act(experiment: Experiment) -> Opened:
        window = make_window(experiment)
        panel = window.panel("inspector")
        assert isinstance(panel, InspectorPanel)
        window.session.requests.panel.emit("inspector")
        qtbot.waitUntil(panel.isVisible)
        qtbot.waitUntil(lambda: panel.look is not None)
        return Opened(window, window.session, panel)

    return act
