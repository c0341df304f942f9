"""What is applied while training goes on: sliders of the data, weights and biases; and the loss that follows."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.widgets.labelled_slider import LabelledSlider
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from tests.gui.panels.network.network_hands import bias_place, edge_place
from tests.gui.window_hands import PATIENCE, Press

replace = msgspec.structs.replace
LEFT = Qt.MouseButton.LeftButton
WindowMaker = Callable[[Experiment], MainWindow]
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=100, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"),)),
    training=TrainingSpec(learning_rate=0.01, batch_size=10),
)


def trains(qtbot: QtBot, window: MainWindow, press: Press) -> None:
    press(window, "Space")
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 2, timeout=PATIENCE)


def goes_on(qtbot: QtBot, window: MainWindow) -> None:
    epoch = window.session.trainer.epoch
    assert epoch > 0
    qtbot.waitUntil(lambda: window.session.trainer.epoch > epoch, timeout=PATIENCE)
    assert window.session.running


def by_keys(qtbot: QtBot, slider: LabelledSlider) -> None:
    slider.setFocus()
    qtbot.keyClick(slider.slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider.slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider.slider, Qt.Key.Key_Return)


def by_drag(qtbot: QtBot, slider: LabelledSlider) -> None:
    handle, middle = slider.slider, slider.slider.height() // 2
    qtbot.mousePress(handle, LEFT, pos=QPoint(handle.width() // 2, middle))
    qtbot.mouseMove(handle, QPoint(handle.width() * 3 // 4, middle))
    qtbot.mouseMove(handle, QPoint(handle.width() * 4 // 5, middle))
    qtbot.mouseRelease(handle, LEFT, pos=QPoint(handle.width() * 4 // 5, middle))


HANDS = pytest.mark.parametrize("move", [by_keys, by_drag])


@HANDS
def test_the_batch_size_is_taken_over_at_once(
    qtbot: QtBot, make_window: WindowMaker, press: Press, move: Callable[[QtBot, LabelledSlider], None]
):
    window = make_window(CIRCLES)
    session, trainer = window.session, window.session.trainer
    trains(qtbot, window, press)
    move(qtbot, window.panel("data").batch)
    size = session.experiment.training.batch_size
    assert size is not None
    assert size > 10
    assert window.statusBar().currentMessage() == f"Batch size {size}: applied at once"
    goes_on(qtbot, window)
    assert session.trainer is trainer
    assert trainer.experiment.training.batch_size == size
    assert session.undo_stack.count() == 1


@HANDS
def test_the_share_for_training_is_taken_over_at_once(
    qtbot: QtBot, make_window: WindowMaker, press: Press, move: Callable[[QtBot, LabelledSlider], None]
):
    window = make_window(CIRCLES)
    session, trainer = window.session, window.session.trainer
    trains(qtbot, window, press)
    move(qtbot, window.panel("data").share)
    share = session.experiment.data.train_share
    assert 0.5 < share < 1.0
    assert window.statusBar().currentMessage() == f"For training {100 * share:.0f} %: applied at once"
    assert window.panel("data").counts.text() == f"{100 * share:.0f} for training, {100 - 100 * share:.0f} for testing"
    goes_on(qtbot, window)
    assert session.trainer is trainer
    assert len(trainer.prepared.train) == round(100 * share)
    assert session.undo_stack.count() == 1


def loss_shown(window: MainWindow) -> float:
    """The loss in the bar."""
    return float(window.transport.loss.train.text())


def loss_now(window: MainWindow) -> float:
    prepared, network = window.session.prepared, window.session.trainer.network
    return network.evaluate(prepared.X_train, prepared.Y_train)[0]


def edit(qtbot: QtBot, window: MainWindow, what: str, text: str) -> None:
    """Type a number into the drawing: the first weight to the output, or its bias."""
    panel = window.panel("network")
    qtbot.waitUntil(lambda: panel.snapshot is not None and panel.canvas.layout_ is not None)
    place = edge_place(panel, 1, 0, 0) if what == "weight" else bias_place(panel, Unit(2, 0))
    qtbot.mouseClick(panel.canvas, LEFT, pos=place)
    assert panel.actions_.editor.isVisible()
    qtbot.keyClicks(QApplication.focusWidget(), text)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


@pytest.mark.parametrize("what", ["weight", "bias"])
def test_the_loss_follows_an_edit_at_rest(qtbot: QtBot, make_window: WindowMaker, what: str):
    window = make_window(CIRCLES)
    qtbot.waitUntil(lambda: loss_shown(window) == pytest.approx(loss_now(window), abs=1e-4), timeout=PATIENCE)
    before = loss_shown(window)
    edit(qtbot, window, what, "7.5")
    assert abs(loss_now(window) - before) > 0.01
    qtbot.waitUntil(lambda: loss_shown(window) == pytest.approx(loss_now(window), abs=1e-4), timeout=PATIENCE)
    assert window.session.trainer.epoch == 0


@pytest.mark.parametrize("what", ["weight", "bias"])
def test_the_loss_follows_an_edit_while_training(qtbot: QtBot, make_window: WindowMaker, press: Press, what: str):
    """With so small a rate nothing but the edit changes the loss."""
    window = make_window(replace(CIRCLES, training=replace(CIRCLES.training, learning_rate=1e-9)))
    trains(qtbot, window, press)
    before = loss_shown(window)
    edit(qtbot, window, what, "7.5")
    assert window.session.running
    qtbot.waitUntil(lambda: abs(loss_shown(window) - before) > 0.01, timeout=PATIENCE)
    goes_on(qtbot, window)
    press(window, "Space")
    qtbot.waitUntil(lambda: not window.session.running, timeout=PATIENCE)
    network = window.session.trainer.network
    value = network.weights[1][0, 0] if what == "weight" else network.biases[1][0]
    assert value == pytest.approx(7.5, abs=1e-3)
    qtbot.waitUntil(lambda: loss_shown(window) == pytest.approx(loss_now(window), abs=1e-4), timeout=PATIENCE)
