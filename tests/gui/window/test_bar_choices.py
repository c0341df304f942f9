"""The choices of the bar at the top, made as a person makes them: in the open list, by keys, and typed."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.window.bar_choices import rate_text
from nnplay.gui.window.main_window import MainWindow
from nnplay.nn import ACTIVATIONS
from nnplay.resources import resource_path
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.ladders import RATES
from nnplay.training.reading import number_in
from tests.gui.choice_hands import click_entry, press_to
from tests.gui.window_hands import step

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
replace = msgspec.structs.replace
PATIENCE = 30_000
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=60, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"), HiddenLayer(units=2, activation="tanh"))),
    training=TrainingSpec(learning_rate=0.1, batch_size=10),
)
MIXED = read_document(Path(__file__).parents[2] / "reference" / "format_1.nnplay").experiment
BUMPS = Experiment(data=DataSpec(kind="gaussian_bumps", samples=60), model=ModelSpec(loss="mean_squared_error"))


def activations(window: MainWindow) -> list[str]:
    return [layer.activation for layer in window.session.experiment.model.hidden_layers]


def said(window: MainWindow) -> str:
    return window.statusBar().currentMessage()


def entries(combo: QComboBox) -> list[str]:
    return [combo.itemText(row) for row in range(combo.count())]


def type_rate(qtbot: QtBot, window: MainWindow, text: str) -> None:
    click_entry(qtbot, window.transport.rate.combo, "another…")
    box = window.panel("training").boxes["learning_rate"]
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def show_training(window: MainWindow) -> None:
    window.place("training").raise_()


def tabs_of_plots(window: MainWindow) -> list[str]:
    tabs = window.panel("plots").tabs
    return [tabs.tabText(index) for index in range(tabs.count()) if tabs.isTabVisible(index)]


# activation


def test_mixed_is_read_but_can_t_be_chosen(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(MIXED)
    qtbot.waitUntil(lambda: bool(window.session.experiment.data.name))  # its points go on the shelf
    mixed = window.session.experiment
    combo = window.transport.activation.combo
    assert combo.currentText() == "mixed"
    click_entry(qtbot, combo, "mixed")
    qtbot.keyClick(combo.view(), Qt.Key.Key_Escape)
    qtbot.keyClick(combo, Qt.Key.Key_Up)
    assert window.session.experiment == mixed
    assert combo.currentText() == "mixed"
    press_to(qtbot, combo, "ReLU")
    assert activations(window) == ["relu", "relu"]


def test_mixed_is_no_entry_once_it_holds_no_longer(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(MIXED)
    press(window, "Ctrl+N")
    combo = window.transport.activation.combo
    assert entries(combo) == [kind.label for kind in ACTIVATIONS.values()]
    press(window, "Ctrl+Z")
    assert combo.currentText() == "mixed"


def test_without_a_hidden_layer_there_is_no_activation(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(replace(CIRCLES, model=replace(CIRCLES.model, hidden_layers=CIRCLES.model.hidden_layers[:1])))
    qtbot.mouseClick(window.panel("network").header.fewer, Qt.MouseButton.LeftButton)
    combo = window.transport.activation.combo
    assert combo.currentText() == "none"
    assert not combo.isEnabled()
    press(window, "Ctrl+Z")
    assert combo.currentText() == "tanh"
    assert combo.isEnabled()
    assert "none" not in entries(combo)


@pytest.mark.parametrize("choose", [click_entry, press_to])
def test_an_activation_for_all_layers(qtbot: QtBot, make_window: WindowMaker, choose: Callable[..., None]):
    window = make_window(CIRCLES)
    combo, before = window.transport.activation.combo, window.session.trainer
    choose(qtbot, combo, "linear")
    assert activations(window) == ["identity", "identity"]
    footers = window.panel("network").under.footers
    assert [layer.controls.activation.currentText() for layer in footers] == ["linear", "linear"]
    assert said(window) == "Activation linear: a fresh start"
    assert window.session.trainer is not before


# learning rate


def test_learning_rates_are_chosen_by_keys(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(replace(CIRCLES, training=replace(CIRCLES.training, learning_rate=1e-5)))
    combo, trainer = window.transport.rate.combo, window.session.trainer
    seen = [trainer.optimizer.learning_rate]
    for rate in RATES[1:]:
        press_to(qtbot, combo, rate_text(rate))
        seen.append(trainer.optimizer.learning_rate)
    assert seen == list(RATES)
    assert (seen[0], seen[-1]) == (1e-5, 10.0)
    press_to(qtbot, combo, rate_text(1e-5))
    assert said(window) == "Learning rate 1e−5: applied at once"
    assert window.session.trainer is trainer


def test_a_learning_rate_is_typed(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    for text, rate in {"0.00001": 1e-5, "1e-4": 1e-4, "0,25": 0.25, "7.5": 7.5, "10": 10}.items():
        type_rate(qtbot, window, text)
        assert window.session.trainer.optimizer.learning_rate == rate
        assert number_in(window.transport.rate.combo.currentText()) == rate


# optimiser and problem


def test_the_sentence_has_the_optimiser_s_name_as_the_list_does(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    click_entry(qtbot, window.transport.optimizer.combo, "Nesterov")
    assert said(window) == "Optimiser Nesterov: applied at once"


def test_another_problem_brings_data_loss_and_plots_and_undo_the_trained_network(
    qtbot: QtBot, make_window: WindowMaker, press: Press
):
    window = make_window(CIRCLES)
    step(qtbot, window, press, 3)
    before = window.files.document().run
    assert tabs_of_plots(window) == ["Loss", "Accuracy", "Gradients", "Activations", "Confusion", "Slice"]
    show_training(window)
    click_entry(qtbot, window.panel("training").problem, "regression")
    experiment = window.session.experiment
    assert (experiment.data.kind, experiment.model.loss) == ("plane", "mean_squared_error")
    assert window.session.prepared.table.task == "regression"
    assert window.panel("data").gallery.button("plane").isChecked()
    assert tabs_of_plots(window) == ["Loss", "R²", "RMSE", "MAE", "Gradients", "Activations", "Slice"]
    assert said(window) == "Problem regression: a fresh start"
    step(qtbot, window, press, 1)
    press(window, "Ctrl+Z")
    assert window.files.document().run == before
    assert window.panel("training").problem.currentText() == "classification"
    assert tabs_of_plots(window) == ["Loss", "Accuracy", "Gradients", "Activations", "Confusion", "Slice"]
    qtbot.waitUntil(lambda: window.transport.epoch.text() == "000,003", timeout=PATIENCE)


def test_a_regression_becomes_a_classification(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(BUMPS)
    show_training(window)
    press_to(qtbot, window.panel("training").problem, "classification")
    experiment = window.session.experiment
    assert (experiment.data.kind, experiment.model.loss) == ("circles", "binary_cross_entropy")
    assert "Accuracy" in tabs_of_plots(window)
    qtbot.waitUntil(lambda: window.transport.score.train.text().endswith("%"))
    assert window.transport.score.train.accessibleName() == "Accuracy"


def test_a_preset_is_called_as_in_the_menu(make_window: WindowMaker, press: Press):
    window = make_window(read_document(resource_path("presets/circles.nnplay")).experiment)
    press(window, "Ctrl+N")
    assert said(window).startswith("New: The tutorial's XOR. ")
