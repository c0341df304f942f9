"""Undoing a fresh start brings the network as trained as it was, whatever change the fresh start came from."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from tests.gui.window_hands import Press, step

LEFT = Qt.MouseButton.LeftButton
WindowMaker = Callable[[Experiment], MainWindow]
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=60, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"),)),
    training=TrainingSpec(learning_rate=0.1, batch_size=10),
)


def data_set(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.panel("data").gallery.button("moons"), LEFT)


def layer(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.panel("network").header.more, LEFT)


def unit(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.panel("network").under.footers[0].controls.more, LEFT)


def typed_units(qtbot: QtBot, window: MainWindow) -> None:
    box = window.panel("network").under.footers[0].controls.units
    box.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(box, "9")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    window.centralWidget().setFocus()


def feature(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.panel("network").canvas.layout_ is not None)
    qtbot.mouseClick(window.panel("network").under.chips.chips["x1^2"], LEFT)


def activation(qtbot: QtBot, window: MainWindow) -> None:
    combo = window.transport.activation.combo
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Up)
    window.centralWidget().setFocus()


def start_seed(qtbot: QtBot, window: MainWindow) -> None:
    box = window.panel("data").numbers.seed
    box.setFocus(Qt.FocusReason.TabFocusReason)
    box.selectAll()
    qtbot.keyClicks(box, "12345")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    window.centralWidget().setFocus()


@pytest.mark.parametrize("act", [data_set, layer, unit, typed_units, feature, activation, start_seed])
def test_the_trained_network_comes_back(
    qtbot: QtBot, make_window: WindowMaker, press: Press, act: Callable[[QtBot, MainWindow], None]
):
    window = make_window(CIRCLES)
    session = window.session
    untrained = session.trainer.network.parameters.copy()
    step(qtbot, window, press, 3)
    trained = session.trainer.network.parameters.copy()
    assert not np.array_equal(trained, untrained)
    act(qtbot, window)
    assert "a fresh start" in window.statusBar().currentMessage()
    assert session.trainer.epoch == 0
    assert session.experiment != CIRCLES
    press(window, "Ctrl+Z")
    assert session.experiment == CIRCLES
    assert session.trainer.epoch == 3
    np.testing.assert_array_equal(session.trainer.network.parameters, trained)
    qtbot.waitUntil(lambda: window.transport.epoch.text().endswith("003"))
    press(window, "Ctrl+Shift+Z")
    assert session.trainer.epoch == 0
    assert session.experiment != CIRCLES


def test_it_trains_on_as_if_nothing_had_been(qtbot: QtBot, make_window: WindowMaker, press: Press):
    plain, window = make_window(CIRCLES), make_window(CIRCLES)
    step(qtbot, window, press, 2)
    layer(qtbot, window)
    step(qtbot, window, press, 1)
    press(window, "Ctrl+Z")
    step(qtbot, window, press, 1)
    step(qtbot, plain, press, 3)
    ours, theirs = window.session.trainer, plain.session.trainer
    assert ours.epoch == theirs.epoch == 3
    np.testing.assert_array_equal(ours.network.parameters, theirs.network.parameters)
