"""A person holds a number and sees ahead, takes a future or none; the run is what it would be without."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.training.panel import TrainingPanel
from nnplay.gui.window.fan import ahead
from nnplay.gui.window.fan.view import FanView
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.moment import Moment
from tests.gui.window_hands import Press, step
from tests.training.record.same_moment import assert_same_moment

LEFT = Qt.MouseButton.LeftButton
RATE = "training.learning_rate"
MOONS = Experiment(
    data=DataSpec(kind="moons", samples=60, noise=0.2, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(6, "tanh"),)),
    training=TrainingSpec(optimizer="adam", learning_rate=0.03, batch_size=10),
)


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[[Experiment], MainWindow], press: Press) -> MainWindow:
    """A window on a run of three epochs, that is paused."""
    window = make_window(MOONS)
    step(qtbot, window, press, 3)
    return window


def held(qtbot: QtBot, window: MainWindow, label: QWidget) -> FanView:
    """The card that opens when a label is held, when all futures are there."""
    qtbot.mousePress(label, LEFT, pos=label.rect().center())
    return complete(qtbot, window)


def complete(qtbot: QtBot, window: MainWindow) -> FanView:
    """The card, when all futures are there."""
    fan = window.see_ahead
    qtbot.waitUntil(lambda: fan.view is not None and fan.view.isVisible())
    qtbot.waitUntil(lambda: fan.futures is not None and fan.futures.is_complete)
    assert fan.view is not None
    return fan.view


def column(view: FanView, label: QWidget, k: int) -> QPoint:
    """Where the future k stands, as the held label sees it."""
    return label.mapFromGlobal(view.mapToGlobal(view.places.columns[k].center().toPoint()))


def test_a_future_that_is_let_go_on_is_taken_and_training_does_what_was_seen(qtbot: QtBot, window: MainWindow):
    session, label = window.session, window.transport.rate.label
    before = Moment.of(session.trainer)
    view = held(qtbot, window, label)
    assert view.parentWidget() is window
    assert window.rect().contains(view.geometry())
    futures = window.see_ahead.futures
    assert futures is not None
    values = futures.alternatives
    assert len(values) == len(view.pictures) == 16
    assert view.chosen == values.present
    qtbot.mouseMove(label, column(view, label, 12))
    assert view.chosen == 12
    assert view.accessibleDescription() == "0.15"
    qtbot.mouseMove(label, QPoint(3, 3))
    assert view.chosen == values.present
    assert_same_moment(Moment.of(session.trainer), before)
    qtbot.mouseRelease(label, LEFT, pos=column(view, label, 12))
    assert window.see_ahead.view is None
    assert session.experiment.training.learning_rate == values.values[12] == 0.15
    assert session.undo_stack.undoText() == "Learning rate 0.15"
    assert [edit.words for edit in session.timeline.record.current.log][-1] == "Learning rate 0.03 → 0.15"
    losses = []
    for _ in range(futures.epochs):
        session.trainer.run_epoch()
        losses.append(session.trainer.figures.train.loss)
    np.testing.assert_allclose(losses, futures.train_losses[12, 1:], rtol=1e-9, atol=1e-9)


def test_none_is_taken_by_escape_elsewhere_or_on_what_holds(qtbot: QtBot, window: MainWindow):
    session, label = window.session, window.transport.rate.label
    before = Moment.of(session.trainer)
    view = held(qtbot, window, label)
    qtbot.mouseMove(label, column(view, label, 2))
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert window.see_ahead.view is None
    qtbot.mouseRelease(label, LEFT, pos=column(view, label, 2))
    held(qtbot, window, label)
    qtbot.mouseRelease(label, LEFT, pos=QPoint(3, 3))
    assert window.see_ahead.view is None
    view = held(qtbot, window, label)
    qtbot.mouseRelease(label, LEFT, pos=column(view, label, view.chosen))
    assert window.see_ahead.view is None
    assert session.experiment == MOONS
    assert not session.undo_stack.canUndo()
    assert_same_moment(Moment.of(session.trainer), before)


def test_by_keys_for_the_number_that_has_the_keyboard_and_by_a_click_on_a_curve(
    qtbot: QtBot, window: MainWindow, press: Press
):
    panel = window.panel("training")
    assert isinstance(panel, TrainingPanel)
    window.session.requests.option.emit("training.beta_1")
    box = panel.boxes["beta_1"]
    qtbot.waitUntil(box.hasFocus)
    press(window, "Ctrl+F")
    view = complete(qtbot, window)
    assert view.accessibleName() == "See ahead: Mean, β₁"
    qtbot.waitUntil(view.hasFocus)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(view, key)
    assert view.accessibleDescription() == "0.5"
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert window.session.experiment.training.beta_1 == 0.5
    qtbot.waitUntil(box.hasFocus)
    assert window.session.trainer.epoch == 3
    window.centralWidget().setFocus()
    window.actions_.see_ahead.trigger()
    view, futures = complete(qtbot, window), window.see_ahead.futures
    assert futures is not None
    plot = view.places.plot
    end = view._curves.line(view._curves.epochs(), futures.train_losses[0], plot).constLast()
    qtbot.mouseMove(view, end.toPoint())
    qtbot.waitUntil(lambda: view.chosen == view.future_at(end))
    expected = futures.alternatives.values[view.chosen]
    qtbot.mouseClick(view, LEFT, pos=end.toPoint())
    assert window.session.experiment.training.learning_rate == expected != 0.03
    window.session.undo_stack.undo()
    assert window.session.experiment.training.learning_rate == 0.03


def test_a_run_that_goes_on_waits_and_goes_on_again(qtbot: QtBot, window: MainWindow):
    session = window.session
    session.toggle_training()
    window.actions_.see_ahead.trigger()
    view = complete(qtbot, window)
    assert not session.running
    epoch = session.trainer.epoch
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: session.running)
    qtbot.waitUntil(lambda: session.ask(lambda trainer: trainer.epoch).result() > epoch)
    window.actions_.see_ahead.trigger()
    view = complete(qtbot, window)
    qtbot.keyClick(view, Qt.Key.Key_End)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert session.running
    session.timeline.halt()
    assert session.experiment.training.learning_rate > 0.1
    session.toggle_training()
    window.actions_.see_ahead.trigger()
    complete(qtbot, window)
    qtbot.mouseClick(window.transport.train, LEFT)  # one thread trains, and not two
    assert session.running
    assert window.see_ahead.view is None
    window.actions_.see_ahead.trigger()
    complete(qtbot, window)
    window.close()
    QApplication.processEvents()
    assert not session.running


def test_at_an_earlier_moment_taking_one_branches_off(qtbot: QtBot, window: MainWindow):
    session = window.session
    session.timeline.look_at_epoch(1)
    qtbot.waitUntil(lambda: session.trainer.epoch == 1)
    window.actions_.see_ahead.trigger()
    view, futures = complete(qtbot, window), window.see_ahead.futures
    assert futures is not None
    assert futures.first_epoch == 1
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert session.timeline.looked_at is None
    assert session.trainer.epoch == 1
    assert len(session.timeline.record.branches) == 2
    session.trainer.run_epoch()
    assert session.trainer.figures.train.loss == pytest.approx(futures.train_losses[0, 1], rel=1e-9)


def test_light_and_dark_what_closes_it_and_what_is_refused(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    pictures = []
    for _ in range(2):
        window.actions_.see_ahead.trigger()
        view = complete(qtbot, window)
        qtbot.waitUntil(lambda view=view: len(view.pictures) == 16)
        pictures.append(view.grab().toImage())
        window.session.theme.toggle()
        assert window.see_ahead.view is None
    light, dark = (picture.pixelColor(20, 8).lightness() for picture in pictures)
    assert light > 200 > 80 > dark
    window.actions_.see_ahead.trigger()
    complete(qtbot, window)
    window.centralWidget().setFocus()
    qtbot.waitUntil(lambda: window.see_ahead.view is None)
    window.actions_.see_ahead.trigger()
    complete(qtbot, window)
    window.session.change("Rate 1", with_value(window.session.experiment, RATE, 1.0))
    assert window.see_ahead.view is None
    assert QApplication.focusWidget() is not None
    said: list[str] = []
    session = window.session
    session.refused.connect(said.append)
    session.requests.ahead.emit("training.momentum", None)
    assert said == ["This run can't go on with another value of Momentum"]
    with monkeypatch.context() as patch:
        patch.setattr(ahead, "awaits_kernel", lambda _: True)
        window.actions_.see_ahead.trigger()
    assert said[1:] == ["The steps are being compiled, once: that takes some seconds; try again then"]
    assert window.see_ahead.view is None
    layers = (HiddenLayer(256), HiddenLayer(256))
    large = with_value(with_value(MOONS, "model.hidden_layers", layers), "data.samples", 1000)
    session.change("Larger", large)
    window.actions_.see_ahead.trigger()
    assert window.see_ahead.view is None
    assert said[2].startswith("This network is too large to see ahead: 40 epochs for 4 values of a number would take")
