"""A person drags, clicks and presses keys in the strip, and the window shows the moment."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.timeline.contents import end_for
from nnplay.gui.panels.timeline.panel import TimelinePanel
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[[Experiment], MainWindow]) -> MainWindow:
    """A window on a run of some epochs, that is paused."""
    window = make_window(Experiment())
    window.session.toggle_training()
    qtbot.waitUntil(lambda: window.session.ask(lambda trainer: trainer.epoch).result() > 200)
    window.session.pause()
    qtbot.waitUntil(lambda: not window.session.running)
    qtbot.waitUntil(lambda: panel_of(window).strip.end >= window.session.trainer.epoch)
    return window


def panel_of(window: MainWindow) -> TimelinePanel:
    """The panel Timeline."""
    panel = window.panel("timeline")
    assert isinstance(panel, TimelinePanel)
    return panel


def place_of(window: MainWindow, epoch: float) -> QPoint:
    """Where an epoch is in the strip."""
    strip = panel_of(window).strip
    return QPoint(round(strip.where.x_of(epoch)), strip.height() // 3)


def test_a_click_shows_the_moment_in_the_whole_window(qtbot: QtBot, window: MainWindow):
    qtbot.mouseClick(panel_of(window).strip, LEFT, pos=place_of(window, 50))
    qtbot.waitUntil(lambda: window.session.trainer.epoch < 60)
    epoch = window.session.trainer.epoch
    assert 40 < epoch < 60
    qtbot.waitUntil(lambda: window.transport.epoch.text() == f"000,{epoch:03d}")
    end = window.session.timeline.trainer.epoch
    assert panel_of(window).header.text() == f"{epoch} of {end}"


def test_a_drag_goes_through_moments(qtbot: QtBot, window: MainWindow):
    strip = panel_of(window).strip
    qtbot.mousePress(strip, LEFT, pos=place_of(window, 150))
    qtbot.waitUntil(lambda: window.session.timeline.looked_at is not None)
    for epoch in (100, 60, 30):
        qtbot.mouseMove(strip, place_of(window, epoch))
        qtbot.waitUntil(lambda epoch=epoch: abs(window.session.trainer.epoch - epoch) < 10)
    qtbot.mouseRelease(strip, LEFT, pos=place_of(window, 30))
    qtbot.mouseClick(panel_of(window).back, LEFT)
    assert window.session.timeline.looked_at is None


def test_keys_go_back_and_forth(window: MainWindow, press: Callable[[MainWindow, str], None]):
    end = window.session.trainer.epoch
    press(window, "Left")
    assert window.session.trainer.epoch in (end - 1, end)
    press(window, "Home")
    assert window.session.trainer.epoch == 0
    press(window, "Right")
    assert window.session.trainer.epoch == 1
    press(window, "Shift+Left")
    assert window.session.trainer.epoch == 0
    press(window, "End")
    assert window.session.trainer.epoch == end


def test_train_goes_on_from_there_and_a_click_on_its_end_returns(
    qtbot: QtBot, window: MainWindow, press: Callable[[MainWindow, str], None]
):
    session, strip = window.session, panel_of(window).strip
    end = session.trainer.epoch
    session.timeline.look_at_epoch(20)
    press(window, "Space")
    qtbot.waitUntil(lambda: session.ask(lambda trainer: trainer.epoch).result() > 25)
    press(window, "Space")
    qtbot.waitUntil(lambda: not session.running)
    assert len(session.timeline.record.branches) == 2
    first = session.timeline.record.branches[0]
    qtbot.waitUntil(lambda: [ghost.branch for ghost in strip._ghosts] == [first])
    place = strip.where.line_of(strip._ghosts[0]).last().toPoint()
    assert strip.words_at(QPointF(place))
    qtbot.mouseClick(strip, LEFT, pos=place)
    assert session.timeline.record.current is first
    assert session.trainer.epoch == end


def test_edits_are_marked_with_their_words(qtbot: QtBot, window: MainWindow):
    session, strip = window.session, panel_of(window).strip
    epochs = session.timeline.record.current.epochs_at(session.timeline.record.step)
    session.change("Rate", with_value(session.experiment, "training.learning_rate", 0.1))
    qtbot.waitUntil(lambda: bool(strip.hand.marks))
    assert strip.words_at(QPointF(strip.where.x_of(epochs), 5)) == "Learning rate 0.5 → 0.1"
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: not strip.hand.marks)


def test_what_the_run_names_is_found_and_gone_to(qtbot: QtBot, window: MainWindow):
    strip = panel_of(window).strip
    qtbot.waitUntil(lambda: any(spot.words == "Solved" for spot in strip._spots), timeout=10_000)
    (solved,) = [spot for spot in strip._spots if spot.words == "Solved"]
    place = QPoint(round(strip.where.x_of(solved.epochs)), strip.height() - 5)
    assert strip.words_at(QPointF(place)) == "Solved"
    qtbot.mouseClick(strip, LEFT, pos=place)
    assert window.session.timeline.step == solved.step
    assert window.session.trainer.figures.train.accuracy == 1.0


def test_it_plays_from_the_start(qtbot: QtBot, window: MainWindow):
    panel = panel_of(window)
    qtbot.mouseClick(panel.play, LEFT)
    assert panel.film.playing
    qtbot.waitUntil(lambda: 0 < window.session.trainer.epoch < 190)
    qtbot.mouseClick(panel.play, LEFT)
    assert not panel.film.playing
    assert window.session.timeline.looked_at is not None


def test_it_is_closed_and_comes_back(qtbot: QtBot, window: MainWindow, press: Callable[[MainWindow, str], None]):
    strip = window.place("timeline")
    qtbot.mouseClick(strip.close_button, LEFT)
    assert strip.isHidden()
    window.reset_layout()
    assert strip.isVisible()


def test_its_end_seldom_becomes_another():
    assert [end_for(epochs) for epochs in (0, 10, 11, 199, 200, 201, 999_999)] == [10, 10, 12.5, 200, 200, 250, 1e6]
