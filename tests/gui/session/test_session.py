"""What a person changes while training goes on: applied at once, or a fresh start when the hand comes to rest."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from tests.gui.window_hands import PATIENCE, Press

LEFT = Qt.MouseButton.LeftButton
LAYERS = (HiddenLayer(units=3, activation="tanh"),)
SPIRALS = Experiment(
    data=DataSpec(kind="spirals", samples=60, classes=2),
    model=ModelSpec(hidden_layers=LAYERS, loss="binary_cross_entropy"),
)
CIRCLES = Experiment(data=DataSpec(kind="circles", samples=60), model=ModelSpec(hidden_layers=LAYERS))
WindowMaker = Callable[[Experiment], MainWindow]


def train(qtbot: QtBot, window: MainWindow, press: Press) -> None:
    """Until some epochs are done."""
    press(window, "Space")
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 5, timeout=PATIENCE)


def test_classes_dragged_while_it_trains_are_one_fresh_start_at_the_end(
    qtbot: QtBot, make_window: WindowMaker, press: Press
):
    window = make_window(SPIRALS)
    session, slider = window.session, window.panel("data").classes.slider
    train(qtbot, window, press)
    trainer, starts = session.trainer, []
    session.experiment_changed.connect(starts.append)
    middle, end = slider.height() // 2, slider.width() - 4
    qtbot.mousePress(slider, LEFT, pos=QPoint(8, middle))
    ticks = set()
    for x in range(8, end, 6):
        qtbot.mouseMove(slider, QPoint(x, middle))
        ticks.add(slider.value())
        assert session.trainer is trainer
        assert session.running
    assert len(ticks) >= 3
    assert not starts
    epoch = trainer.epoch
    qtbot.waitUntil(lambda: trainer.epoch > epoch, timeout=PATIENCE)
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(end, middle))
    assert [experiment.data.classes for experiment in starts] == [5]
    assert session.undo_stack.count() == 1
    assert session.trainer is not trainer
    assert session.running
    qtbot.waitUntil(lambda: session.trainer.epoch > 5, timeout=PATIENCE)


def test_the_dice_is_taken_over_at_once_while_it_trains(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(CIRCLES)
    session = window.session
    train(qtbot, window, press)
    trainer, table, epoch = session.trainer, session.prepared.table, session.trainer.epoch
    with qtbot.waitSignal(session.message) as said:
        qtbot.mouseClick(window.panel("data").numbers.regenerate, LEFT)
    assert said.args[0].endswith("applied at once")
    assert session.prepared.table != table
    assert session.trainer is trainer
    assert session.running
    qtbot.waitUntil(lambda: trainer.prepared is session.prepared, timeout=PATIENCE)
    qtbot.waitUntil(lambda: trainer.epoch > epoch + 5, timeout=PATIENCE)
