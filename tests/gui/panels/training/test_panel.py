"""The training panel used as a person does: typed numbers, choices, and what of them is seen."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QTabBar
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.training.panel import TrainingPanel
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.gui.window.main_window import MainWindow
from nnplay.nn import OPTIMIZERS
from nnplay.training.edits import with_data_set
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.options import OPTIMIZER_NUMBERS, OPTIONS

replace = msgspec.structs.replace
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=100, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"),)),
    training=TrainingSpec(learning_rate=0.1, batch_size=10),
)
WindowMaker = Callable[[Experiment], MainWindow]
PATIENCE = 30_000
SCHEDULE = {"every", "factor", "over", "warm_up"}
NUMBERS = [OPTIONS[path] for path in OPTIONS if path.startswith(("training.", "model.")) and OPTIONS[path].ladder]
TYPED = [option for option in NUMBERS if option.field not in ("batch_size", "epochs")]


@pytest.fixture
def window(make_window: WindowMaker) -> MainWindow:
    window = make_window(CIRCLES)
    window.place("training").raise_()
    return window


def panel_of(window: MainWindow) -> TrainingPanel:
    return window.panel("training")


def type_in(qtbot: QtBot, box: TypedBox, text: str) -> None:
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def choose(qtbot: QtBot, combo: QComboBox, value: object) -> None:
    combo.setFocus()
    row = next(i for i in range(combo.count()) if combo.itemData(i) == value)
    while combo.currentIndex() != row:
        qtbot.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < row else Qt.Key.Key_Up)


def shown(window: MainWindow) -> set[str]:
    return {field for field, box in panel_of(window).boxes.items() if not box.isHidden() and box.parent().isVisible()}


def test_the_data_stand_in_front_and_a_click_on_the_tab_brings_the_training(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    qtbot.waitUntil(lambda: window.panel("data").isVisible() and not panel_of(window).isVisible())
    tabs = next(bar for bar in window.findChildren(QTabBar) if bar.accessibleName() == "Panels")
    behind = next(index for index in range(tabs.count()) if tabs.tabText(index) == "Training")
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(behind).center())
    qtbot.waitUntil(lambda: panel_of(window).isVisible() and not window.panel("data").isVisible())


def test_a_typed_learning_rate_is_taken_over_while_training_goes_on(qtbot: QtBot, window: MainWindow):
    qtbot.keyClick(window, Qt.Key.Key_Space)
    type_in(qtbot, panel_of(window).boxes["learning_rate"], "0.07")
    session = window.session
    qtbot.waitUntil(lambda: session.trainer.optimizer.learning_rate == 0.07, timeout=PATIENCE)
    assert session.running
    assert "at once" in window.statusBar().currentMessage()
    assert window.transport.rate.value() == 0.07
    assert session.undo_stack.count() == 1


def test_a_rate_that_can_t_be_is_refused_in_a_banner(qtbot: QtBot, window: MainWindow):
    for text, why in [("0", "above 0"), ("1001", "at most 1000"), ("fast", "a number")]:
        type_in(qtbot, panel_of(window).boxes["learning_rate"], text)
        assert window.banner.sentence.text().startswith(f"Learning rate is {text!r}; allowed is a number")
        assert why in window.banner.sentence.text()
        assert window.session.experiment == CIRCLES
        assert panel_of(window).boxes["learning_rate"].text() == "0.1"


def test_the_bar_s_choice_of_a_rate_leads_to_the_box_where_it_is_typed(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    combo = window.transport.rate.combo
    combo.setCurrentIndex(combo.count() - 1)
    combo.activated.emit(combo.currentIndex())
    assert panel_of(window).isVisible()
    assert panel_of(window).boxes["learning_rate"].hasFocus()
    assert window.transport.rate.value() == 0.1
    qtbot.keyClicks(panel_of(window).boxes["learning_rate"], "0.25")
    qtbot.keyClick(panel_of(window).boxes["learning_rate"], Qt.Key.Key_Return)
    assert window.session.experiment.training.learning_rate == 0.25


def test_only_the_numbers_of_the_optimiser_are_seen(qtbot: QtBot, window: MainWindow):
    for optimizer in OPTIMIZERS:
        choose(qtbot, window.transport.optimizer.combo, optimizer)
        seen = shown(window) & {OPTIONS[path].field for path in OPTIMIZER_NUMBERS}
        assert seen == set(OPTIMIZERS[optimizer].hyperparameters)


def test_only_the_numbers_of_the_schedule_are_seen(qtbot: QtBot, window: MainWindow):
    for schedule, numbers in {
        "constant": {"warm_up"},
        "step": {"every", "factor", "warm_up"},
        "exponential": {"factor", "warm_up"},
        "cosine": {"over", "warm_up"},
    }.items():
        choose(qtbot, panel_of(window).schedule, schedule)
        assert shown(window) & SCHEDULE == numbers


def test_a_schedule_lowers_the_rate_that_is_shown(qtbot: QtBot, window: MainWindow):
    panel = panel_of(window)
    choose(qtbot, panel.schedule, "exponential")
    assert window.session.experiment.training.schedule.factor == 0.99
    type_in(qtbot, panel.boxes["factor"], "0.5")
    window.centralWidget().setFocus()
    for epochs in (1, 2):
        qtbot.keyClick(window, Qt.Key.Key_Right)
        qtbot.waitUntil(
            lambda n=epochs: window.session.trainer.epoch == n and not window.session.running, timeout=PATIENCE
        )
    qtbot.waitUntil(lambda: panel.rate_now.text() == "0.05", timeout=PATIENCE)


def test_l1_and_l2_stand_side_by_side(qtbot: QtBot, window: MainWindow):
    type_in(qtbot, panel_of(window).boxes["l1"], "0.002")
    type_in(qtbot, panel_of(window).boxes["l2"], "0.03")
    training = window.session.experiment.training
    assert (training.l1, training.l2) == (0.002, 0.03)
    assert (window.session.trainer.network.l1, window.session.trainer.network.l2) == (0.002, 0.03)


def test_clipping_is_off_until_a_length_is_typed(qtbot: QtBot, window: MainWindow):
    box = panel_of(window).boxes["clip_norm"]
    assert box.text() == "off"
    type_in(qtbot, box, "1.5")
    assert window.session.trainer.network.clip_norm == 1.5
    type_in(qtbot, box, "off")
    assert window.session.trainer.network.clip_norm is None


def test_dropout_is_taken_over_at_once_and_another_start_is_a_fresh_one(qtbot: QtBot, window: MainWindow):
    panel, session = panel_of(window), window.session
    before = session.trainer
    type_in(qtbot, panel.boxes["dropout"], "0.25")
    assert session.trainer is before
    assert session.trainer.network.dropout == 0.25
    choose(qtbot, panel.initializer, "zeros")
    assert session.trainer is not before
    assert "fresh start" in window.statusBar().currentMessage()
    assert not session.trainer.network.weights[0].any()


def test_the_deviation_is_there_for_the_normal_start_only(qtbot: QtBot, window: MainWindow):
    assert "initializer_scale" not in shown(window)
    choose(qtbot, panel_of(window).initializer, "normal")
    assert "initializer_scale" in shown(window)


def test_batch_norm_and_precision(qtbot: QtBot, window: MainWindow):
    panel = panel_of(window)
    panel.area.ensureWidgetVisible(panel.batch_norm)
    qtbot.mouseClick(panel.batch_norm, Qt.MouseButton.LeftButton, pos=QPoint(10, panel.batch_norm.height() // 2))
    assert window.session.trainer.network.batch_norm
    choose(qtbot, panel.precision, "float32")
    assert window.session.trainer.network.parameters.dtype == "float32"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.experiment == CIRCLES
    assert not panel.batch_norm.isChecked()
    assert panel.precision.value() == "float64"


@pytest.mark.parametrize("number", TYPED, ids=lambda option: option.field)
def test_every_usual_value_can_be_taken(number):
    for value in number.ladder:
        assert number.read(str(value)) == value
        assert number.of(number.put(CIRCLES, value)) == value


def test_class_weights_are_chosen_and_undone_and_not_there_for_numbers(
    qtbot: QtBot, window: MainWindow, make_window: WindowMaker
):
    combo = panel_of(window).class_weights
    assert combo.isVisible()
    assert "every class count the same" in combo.toolTip()
    choose(qtbot, combo, "balanced")
    combo.activated.emit(combo.currentIndex())
    assert window.session.experiment.training.class_weights == "balanced"
    assert window.session.undo_stack.undoText().startswith("Class weights")
    window.session.undo_stack.undo()
    assert window.session.experiment.training.class_weights == "none"
    assert combo.currentData() == "none"
    window.session.change("Bumps", with_data_set(window.session.experiment, "gaussian_bumps"))
    assert not combo.isVisible()


def test_the_loss_and_what_squared_errors_are_of_are_chosen_where_there_are_classes(
    qtbot: QtBot, window: MainWindow, make_window: WindowMaker
):
    panel, session = panel_of(window), window.session
    assert panel.loss.isVisible() and not panel.output.isVisible(), "cross-entropy has its own outputs"
    choose(qtbot, panel.loss, "mean_squared_error")
    assert session.experiment.model.loss == "mean_squared_error"
    assert panel.output.isVisible()
    assert "hardly any slope comes back" in panel.output.toolTip()
    choose(qtbot, panel.output, "sigmoid")
    assert session.experiment.model.output == "sigmoid"
    assert session.trainer.network.loss_function.output_activation == "sigmoid"
    assert "Errors of" in session.undo_stack.undoText()
    area = panel.area
    qtbot.waitUntil(lambda: area.widget().minimumSizeHint().width() <= area.viewport().width())  # nothing is cut
    choose(qtbot, panel.loss, "binary_cross_entropy")
    assert session.experiment.model.output == "own"
    assert not panel.output.isVisible()
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert (panel.loss.value(), panel.output.value()) == ("mean_squared_error", "sigmoid")
    session.change("Bumps", with_data_set(session.experiment, "gaussian_bumps"))
    assert not panel.loss.isVisible() and not panel.output.isVisible(), "a number has squared errors of the sums"
