"""The banner says over the panels what a person must see: it comes, offers, goes, and moves nothing."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.session.notice import Notice
from nnplay.gui.window import banner as banners
from nnplay.gui.window.banner import Banner
from nnplay.gui.window.dock_area import NARROW_RIGHT, RIGHT_WIDTH
from nnplay.gui.window.focus import tab_order
from nnplay.gui.window.layout import DEFAULT_SIZE, SMALLEST_SIZE
from nnplay.gui.window.main_window import MainWindow
from nnplay.resources import resource_path
from nnplay.training.experiment import Experiment
from nnplay.training.run_control import RunState

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


def test_a_run_that_diverges_is_offered_a_tenth_of_its_rate_which_learns(qtbot: QtBot, diverged: MainWindow):
    session, banner = diverged.session, diverged.banner
    epoch = session.trainer.epoch
    assert banner.sentence.text() == f"Diverged at epoch {epoch}: the learning rate 3 is too large"
    assert banner.button.isVisible()
    assert banner.button.accessibleName() == "Go back and use 0.3"
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
    diverged.banner._read.timeout.emit()
    assert diverged.banner.isVisible()
    type_rate(qtbot, diverged, "0.5")
    assert not diverged.banner.isVisible(), "the learning rate is another one"


def test_an_offer_is_taken_by_its_key(qtbot: QtBot, diverged: MainWindow, press: Press):
    press(diverged, "Alt+G")
    qtbot.waitUntil(lambda: diverged.session.experiment.training.learning_rate == 0.3, timeout=PATIENCE)


@pytest.mark.parametrize("size", [SMALLEST_SIZE, DEFAULT_SIZE])
def test_it_stands_over_the_output_with_all_its_words_and_moves_nothing(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
):
    window.resize(*size)
    wide = size == DEFAULT_SIZE
    qtbot.waitUntil(lambda: window.place("output").width() == (RIGHT_WIDTH if wide else NARROW_RIGHT))
    canvas = window.panel("output").canvas
    before = canvas.mapTo(window, canvas.rect().topLeft()), canvas.size()
    window.session.refused.emit("Learning rate is '1e400'; allowed is a number above 0 and at most 1000")
    banner = window.banner
    assert banner.isVisible()
    assert (canvas.mapTo(window, canvas.rect().topLeft()), canvas.size()) == before
    assert window.place("output").rect().contains(banner.geometry())
    assert not banner.geometry().contains(canvas.mapTo(window.place("output"), canvas.rect().center()))
    sentence = banner.sentence
    needed = sentence.fontMetrics().boundingRect(sentence.rect(), Qt.TextFlag.TextWordWrap, sentence.text())
    assert sentence.rect().contains(needed)


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


def test_a_screen_reader_is_told(window: MainWindow, monkeypatch: pytest.MonkeyPatch):
    told: list[tuple[str, QAccessible.Event]] = []
    updates = type("Updates", (), {"Event": QAccessible.Event})
    updates.updateAccessibility = staticmethod(lambda event: told.append((event.object().text(), event.type())))
    monkeypatch.setattr(banners, "QAccessible", updates)
    window.session.refused.emit("That can't be")
    assert told == [("That can't be", QAccessible.Event.Alert)]


def stands_on(banner: Banner) -> str:
    return banner.parentWidget().objectName()


def test_it_follows_the_panels(qtbot: QtBot, window: MainWindow, press: Press):
    window.session.found.emit(Notice("Something is wrong"))
    banner, output = window.banner, window.place("output")
    output.setFloating(True)
    assert banner.window() is output
    output.setFloating(False)
    output.resize(output.width() - 40, output.height())
    qtbot.waitUntil(lambda: banner.width() == output.width() - 2 * banners.BESIDE)
    press(window, "Alt+4")
    qtbot.waitUntil(lambda: stands_on(banner) == "plots" and banner.isVisible())
    press(window, "Alt+5")
    qtbot.waitUntil(lambda: banner.parentWidget().isAncestorOf(window.panel("network")) and banner.isVisible())
    press(window, "Ctrl+Shift+L")
    qtbot.waitUntil(lambda: stands_on(banner) == "output" and banner.isVisible())


def test_behind_a_tab_nobody_would_see_it(qtbot: QtBot, window: MainWindow):
    window.session.found.emit(Notice("Something is wrong"))
    output, plots = window.place("output"), window.place("plots")
    output.parentWidget().tabifyDockWidget(output, plots)
    plots.raise_()
    qtbot.waitUntil(lambda: stands_on(window.banner) == "plots")
    qtbot.waitUntil(lambda: not window.banner.visibleRegion().isEmpty())
    output.raise_()
    qtbot.waitUntil(lambda: stands_on(window.banner) == "output")


def test_it_stands_before_a_class_too(qtbot: QtBot, window: MainWindow, press: Press):
    press(window, "F11")
    window.session.found.emit(Notice("Something is wrong"))
    qtbot.waitUntil(lambda: not window.banner.visibleRegion().isEmpty())
    place = window.banner.mapTo(window, QPoint(0, 0))
    assert window.rect().contains(place)
    press(window, "Escape")
    assert not window.banner.isVisible()
    assert window.presentation.active
    press(window, "Escape")
    assert not window.presentation.active
