"""What a person must see is said at the foot of the window: it comes, offers, goes, covers and moves nothing."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.session.notice import Notice, Suggestion
from nnplay.gui.window import banner as banners
from nnplay.gui.window.dock_area import NARROW_RIGHT, RIGHT_WIDTH
from nnplay.gui.window.focus import tab_order
from nnplay.gui.window.layout import DEFAULT_SIZE, SMALLEST_SIZE
from nnplay.gui.window.main_window import MainWindow
from nnplay.resources import resource_path
from nnplay.training.edits import with_activation
from nnplay.training.experiment import Experiment
from nnplay.training.run_control import RunState
from tests.training.diagnosis.runs import SGD, changed, on

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
PATIENCE = 30_000


@pytest.fixture
def window(make_window: WindowMaker) -> MainWindow:
    return make_window(Experiment())


@pytest.fixture
def diverged(qtbot: QtBot, make_window: WindowMaker, press: Press) -> MainWindow:
    """The window after a run with a learning rate of 3 has diverged."""
    window = make_window(read_document(resource_path("presets/too_large_a_rate.nnplay")).experiment)
    press(window, "Space")
    qtbot.waitUntil(lambda: window.session.state is RunState.DIVERGED, timeout=PATIENCE)
    qtbot.waitUntil(window.banner.isVisible, timeout=PATIENCE)
    return window


def type_rate(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Into the box of the training panel."""
    window.place("training").raise_()
    box = window.panel("training").boxes["learning_rate"]
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def test_a_run_that_diverges_on_unscaled_inputs_is_offered_standardised_ones_which_learn(
    qtbot: QtBot, make_window: WindowMaker, press: Press
):
    """Its rate isn't blamed beside them."""
    inputs = np.random.default_rng(2).normal(size=(60, 2)) * (1.0, 2000.0)
    targets = np.tanh(inputs[:, 0]) + inputs[:, 1] / 4000.0
    flat = changed(SGD, model__loss="mean_squared_error", training__learning_rate=0.05)
    window = make_window(on(inputs, targets, with_activation(flat, "relu"), task="regression"))
    session, banner = window.session, window.banner
    press(window, "Space")
    qtbot.waitUntil(lambda: session.state is RunState.DIVERGED, timeout=PATIENCE)
    qtbot.waitUntil(banner.isVisible, timeout=PATIENCE)
    assert banner.sentence.text().startswith(f"Diverged at epoch {session.trainer.epoch}: one input varies ")
    rules = [finding.rule for finding in session.findings.found]
    assert rules in ([], ["inputs_of_different_scales"])
    assert session.findings.told is None
    qtbot.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    assert session.experiment.data.standardize
    qtbot.waitUntil(lambda: session.trainer.epoch > 60, timeout=PATIENCE)
    assert session.state is RunState.RUNNING


def test_a_run_that_diverges_is_offered_a_tenth_of_its_rate_which_learns(qtbot: QtBot, diverged: MainWindow):
    session, banner = diverged.session, diverged.banner
    epoch = session.trainer.epoch
    assert banner.sentence.text() == f"Diverged at epoch {epoch}: the learning rate 3 is too large"
    assert banner.button.isVisible()
    assert banner.button.accessibleName() == "Go back and use rate 0.3"
    qtbot.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    assert session.experiment.training.learning_rate == 0.3
    assert not banner.isVisible()
    qtbot.waitUntil(lambda: session.trainer.epoch > epoch, timeout=PATIENCE)
    assert session.running
    qtbot.waitUntil(lambda: session.ask(lambda trainer: trainer.figures.train.loss).result() < 0.05, timeout=PATIENCE)


def test_going_back_is_one_step_that_can_be_undone(qtbot: QtBot, diverged: MainWindow, press: Press):
    session = diverged.session
    weights, epoch = session.trainer.network.parameters.copy(), session.trainer.epoch
    qtbot.mouseClick(diverged.banner.button, Qt.MouseButton.LeftButton)
    press(diverged, "Space")
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    assert session.undo_stack.count() == 1
    press(diverged, "Ctrl+Z")
    assert session.experiment.training.learning_rate == 3.0
    assert session.trainer.epoch == epoch
    np.testing.assert_array_equal(session.trainer.network.parameters, weights)


@pytest.mark.parametrize("button", ["reset", "new_start", "step"])
def test_a_divergence_is_over_with_another_run(qtbot: QtBot, diverged: MainWindow, button: str):
    qtbot.mouseClick(getattr(diverged.transport, button), Qt.MouseButton.LeftButton)
    assert not diverged.banner.isVisible()


def test_a_divergence_stays_while_the_person_looks_around(qtbot: QtBot, diverged: MainWindow, press: Press):
    press(diverged, "Ctrl+D")
    press(diverged, "Ctrl+2")
    diverged.session.message.emit("Copied")
    assert not diverged.banner.isVisible(), "what was done can be read"
    assert "Copied" in diverged.statusBar().currentMessage()
    diverged.banner._aside.start(0)  # its seconds are over
    qtbot.waitUntil(diverged.banner.isVisible)
    diverged.statusBar().showMessage("What an entry of a menu does")
    assert not diverged.banner.isVisible()
    diverged.statusBar().clearMessage()
    assert diverged.banner.isVisible()
    diverged.banner._read.timeout.emit()
    assert diverged.banner.isVisible()
    type_rate(qtbot, diverged, "0.5")
    assert not diverged.banner.isVisible(), "the learning rate is another one"


def test_an_offer_is_taken_by_its_key(qtbot: QtBot, diverged: MainWindow, press: Press):
    press(diverged, "Alt+G")
    qtbot.waitUntil(lambda: diverged.session.experiment.training.learning_rate == 0.3, timeout=PATIENCE)


LONG = Notice(
    "The loss rests at 0.478, though the gradient of all samples leads down: with batches of 10 samples the noise in a "
    "gradient is 12 times as long",
    Suggestion("Use ELU, keep the weights", "Train on with ELU", lambda: None),
    lambda: None,
)


def is_whole(label: QWidget) -> bool:
    """Whether all words of a label are seen."""
    needed = label.fontMetrics().boundingRect(label.rect(), Qt.TextFlag.TextWordWrap, label.text())
    return label.rect().contains(needed)


@pytest.mark.parametrize("size", [SMALLEST_SIZE, DEFAULT_SIZE])
def test_it_stands_at_the_foot_with_all_its_words_and_covers_and_moves_nothing(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
):
    window.resize(*size)
    wide = size == DEFAULT_SIZE
    qtbot.waitUntil(lambda: window.place("output").width() == (RIGHT_WIDTH if wide else NARROW_RIGHT))
    banner, places = window.banner, [window.place(key) for key in ("data", "network", "output", "plots", "timeline")]
    before = [seen(place) for place in places]
    window.session.found.emit(LONG)
    assert banner.isVisible()
    assert [seen(place) for place in places] == before
    apart = seen(banner).adjusted(0, -2, 0, 0)
    assert not any(place.intersects(apart) for place in before)
    assert window.rect().contains(seen(banner))
    assert not seen(banner).intersects(seen(window.statusBar().figures_label))
    assert is_whole(banner.sentence)
    buttons = (banner.show_button, banner.button, banner.close_button)
    assert all(banner.rect().contains(button.geometry()) for button in buttons)
    assert all(button.width() >= button.sizeHint().width() for button in buttons[:2])
    if wide:
        window.session.theme.set_scale(1.5)
        qtbot.waitUntil(lambda: seen(banner).top() >= seen(window.statusBar()).top())


def seen(widget: QWidget) -> QRect:
    """Where it is in its window."""
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def test_a_refusal_goes_after_its_seconds_or_with_the_next_action(qtbot: QtBot, window: MainWindow, press: Press):
    type_rate(qtbot, window, "fast")
    assert window.banner.isVisible()
    assert window.banner.button.isHidden()
    window.banner._read.timeout.emit()  # its seconds are over
    assert not window.banner.isVisible()
    type_rate(qtbot, window, "slow")
    assert window.banner.isVisible()
    type_rate(qtbot, window, "0.25")
    assert not window.banner.isVisible()


def test_a_refusal_is_not_taken_from_whom_it_speaks_to(qtbot: QtBot, window: MainWindow, press: Press):
    window.session.refused.emit("That can't be")
    press(window, "F6")
    assert window.focusWidget() is window.banner.close_button
    window.banner._read.timeout.emit()
    assert window.banner.isVisible()
    qtbot.keyClick(window.banner.close_button, Qt.Key.Key_Escape)
    assert not window.banner.isVisible()


def test_what_shows_the_experiment_again_does_not_take_a_refusal_away(window: MainWindow):
    window.session.refused.emit("That can't be")
    window.session.experiment_changed.emit(window.session.experiment)
    assert window.banner.isVisible()


def test_the_newest_wins_and_a_divergence_comes_back(qtbot: QtBot, diverged: MainWindow, press: Press):
    found = diverged.banner.sentence.text()
    diverged.session.refused.emit("That can't be")
    assert diverged.banner.sentence.text() == "That can't be"
    press(diverged, "Escape")
    assert diverged.banner.sentence.text() == found
    qtbot.mouseClick(diverged.banner.close_button, Qt.MouseButton.LeftButton)
    assert not diverged.banner.isVisible()


def test_the_keyboard_reaches_it_and_comes_back(qtbot: QtBot, diverged: MainWindow, press: Press):
    slider = diverged.transport.pace.slider
    slider.setFocus()
    press(diverged, "F6")
    assert diverged.focusWidget() is diverged.banner.button
    assert {diverged.banner.button, diverged.banner.close_button} <= set(tab_order(diverged))
    qtbot.keyClick(diverged.banner.button, Qt.Key.Key_Escape)
    assert not diverged.banner.isVisible()
    assert diverged.focusWidget() is slider
    pressed: list[bool] = []
    diverged.session.found.emit(Notice("Stuck", Suggestion("Help", "Helps", lambda: pressed.append(True))))
    press(diverged, "F6")
    qtbot.keyClick(diverged.banner.button, Qt.Key.Key_Return)
    assert pressed


def test_a_screen_reader_is_told(window: MainWindow, monkeypatch: pytest.MonkeyPatch):
    told: list[tuple[str, QAccessible.Event]] = []
    updates = type("Updates", (), {"Event": QAccessible.Event})
    updates.updateAccessibility = staticmethod(lambda event: told.append((event.object().text(), event.type())))
    monkeypatch.setattr(banners, "QAccessible", updates)
    window.session.refused.emit("That can't be")
    assert told == [("That can't be", QAccessible.Event.Alert)]


def test_it_follows_the_window_and_leaves_figures_to_be_read(qtbot: QtBot, window: MainWindow):
    window.session.found.emit(LONG)
    window.resize(*SMALLEST_SIZE)
    banner, figures = window.banner, window.statusBar().figures_label
    qtbot.waitUntil(lambda: window.rect().contains(seen(banner)))
    window.resize(*DEFAULT_SIZE)
    qtbot.waitUntil(lambda: seen(banner).bottom() > SMALLEST_SIZE[1])
    width = banner.width()
    figures.setFixedWidth(figures.width() + 60)
    qtbot.waitUntil(lambda: banner.width() < width and not seen(banner).intersects(seen(figures)))
    width = banner.width()
    figures.setFixedWidth(figures.width() - 60)
    QApplication.processEvents()
    assert banner.width() == width, "what becomes shorter moves nothing"


def test_it_stands_before_a_class_too(qtbot: QtBot, window: MainWindow, press: Press):
    press(window, "F11")
    window.session.found.emit(LONG)
    qtbot.waitUntil(lambda: not window.banner.visibleRegion().isEmpty())
    banner = window.banner
    assert window.rect().contains(seen(banner))
    for key in ("network", "output", "plots"):
        assert not seen(banner).intersects(seen(window.place(key)))
    assert is_whole(banner.sentence)
    assert banner.rect().contains(banner.button.geometry())
    press(window, "Escape")
    assert not window.banner.isVisible()
    assert window.presentation.active
    press(window, "Escape")
    assert not window.presentation.active
