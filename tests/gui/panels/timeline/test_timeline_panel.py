"""A person drags, clicks and presses keys in the strip, and the window shows the moment."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.timeline.contents import StripCurve, end_for
from nnplay.gui.panels.timeline.panel import TimelinePanel
from nnplay.gui.session import timeline as session_timeline
from nnplay.gui.widgets.number_format import count_text, figure_text
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from nnplay.training.history import FIRST, TRAIN_LOSS
from nnplay.training.snapshot import Snapshot

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


def test_while_it_trains_it_tells_the_same_epoch_as_the_bar(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    panel, told = panel_of(window), []
    show = panel.show_snapshot

    def spy(snapshot: Snapshot) -> None:
        show(snapshot)
        told.append((panel.header.text(), count_text(snapshot.figures.epoch)))

    monkeypatch.setattr(panel, "show_snapshot", spy)
    window.session.toggle_training()
    qtbot.waitUntil(lambda: len(told) > 8)
    window.session.pause()
    assert all(header == epoch for header, epoch in told)


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
    assert strip.words_at(QPointF(strip.where.x_of(epochs), 5)).splitlines()[0] == "Learning rate 0.5 → 0.1"
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: not strip.hand.marks)


def test_what_the_run_names_is_found_and_gone_to(qtbot: QtBot, window: MainWindow):
    strip = panel_of(window).strip
    qtbot.waitUntil(lambda: any(spot.words == "Solved" for spot in strip.spots), timeout=10_000)
    (solved,) = [spot for spot in strip.spots if spot.words == "Solved"]
    place = QPoint(round(strip.where.x_of(solved.epochs)), strip.height() - 5)
    assert strip.words_at(QPointF(place)) == "Solved"
    qtbot.mouseClick(strip, LEFT, pos=place)
    assert window.session.timeline.step == solved.step
    assert window.session.trainer.figures.train.accuracy == 1.0


def test_what_holds_of_a_run_that_goes_on_stays(
    qtbot: QtBot, window: MainWindow, press: Callable[[MainWindow, str], None]
):
    strip = panel_of(window).strip
    qtbot.waitUntil(lambda: any(spot.words == "Solved" for spot in strip.spots), timeout=10_000)
    press(window, "Right")
    qtbot.waitUntil(lambda: not window.session.running)
    assert "Solved" in [spot.words for spot in strip.spots]
    assert all(spot.lasts for spot in strip.spots)


def test_the_pointer_tells_epoch_and_loss(qtbot: QtBot, window: MainWindow):
    strip, rows = panel_of(window).strip, window.session.timeline.rows()
    qtbot.mouseMove(strip, place_of(window, 100))
    qtbot.waitUntil(lambda: strip._pointer is not None)
    epoch = round(strip.where.epochs_at(strip._pointer, strip._last))
    assert 95 <= epoch <= 105
    assert strip.figures_at(strip._pointer) == f"epoch {epoch} · loss {figure_text(rows[epoch, FIRST, TRAIN_LOSS])}"
    qtbot.mouseMove(window.panel("network"))
    QApplication.sendEvent(strip, QEvent(QEvent.Type.Leave))
    assert strip._pointer is None


def test_of_a_long_run_it_tells_an_epoch_that_was_measured(window: MainWindow):
    strip, epochs = panel_of(window).strip, np.arange(0.0, 800.0, 8.0)
    strip.show_run(StripCurve(None, epochs, epochs / 1000), 792.0, 792.0)
    for place in range(strip.width()):
        epoch, loss = strip.figures_at(place).split(" · ")
        assert loss == f"loss {figure_text(float(epoch.split()[1]) / 1000)}"
        assert abs(float(epoch.split()[1]) - strip.where.epochs_at(place, 792.0)) <= 4


def test_the_strip_has_keys_of_its_own_and_never_trains(qtbot: QtBot, window: MainWindow):
    strip, timeline = panel_of(window).strip, window.session.timeline
    end = window.session.trainer.epoch
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    for key, epoch in (
        (Qt.Key.Key_Right, end),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_PageDown, 1 + end // 10),
        (Qt.Key.Key_PageUp, 1),
        (Qt.Key.Key_End, end),
    ):
        qtbot.keyClick(strip, key)
        assert abs(window.session.trainer.epoch - epoch) <= 1, key
    assert timeline.looked_at is None
    assert window.session.trainer.epoch == end
    qtbot.keyClick(strip, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert timeline.step == timeline.record.step - 1, "the window's keys stay"
    assert not window.session.running


def test_a_screen_reader_has_a_slider_of_epochs(qtbot: QtBot, window: MainWindow):
    strip = panel_of(window).strip
    end = window.session.trainer.epoch
    reader = QAccessible.queryAccessibleInterface(strip)
    assert reader.role() is QAccessible.Role.Slider
    assert reader.text(QAccessible.Text.Name) == "Timeline"
    assert (strip.minimum(), strip.maximum(), strip.value()) == (0, end, end)
    reader.valueInterface().setCurrentValue(40)
    qtbot.waitUntil(lambda: window.session.trainer.epoch == 40)
    window.session.timeline.look_at_epoch(60)
    qtbot.waitUntil(lambda: strip.value() == 60)
    assert window.session.trainer.epoch == 60


def test_what_takes_a_while_is_told_and_come_to(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(session_timeline, "AT_ONCE", 0.0)
    monkeypatch.setattr(session_timeline, "BITE", 0.0)
    panel, timeline = panel_of(window), window.session.timeline
    coming: list[tuple[float, float] | None] = []
    timeline.comes.connect(lambda: coming.append(panel.strip._coming))
    qtbot.mouseClick(panel.strip, LEFT, pos=place_of(window, 120))
    qtbot.waitUntil(lambda: timeline.looked_at is not None and timeline.coming is None)
    shown = [each for each in coming if each is not None]
    assert shown
    assert shown[0][0] == pytest.approx(window.session.trainer.epoch)
    assert coming[-1] is None


def test_before_the_first_step_it_says_what_it_is_for(qtbot: QtBot, make_window: Callable[[Experiment], MainWindow]):
    window = make_window(Experiment())
    panel = panel_of(window)
    qtbot.waitUntil(lambda: panel.header.text() == "0")
    empty = panel.strip.grab().toImage()
    assert not panel.back.isEnabled()
    qtbot.mouseClick(panel.play, LEFT)
    assert not window.session.film.playing
    qtbot.mouseClick(panel.strip, LEFT, pos=panel.strip.rect().center())
    assert window.session.timeline.looked_at is None
    window.session.step_epoch()
    qtbot.waitUntil(lambda: panel.header.text() == "1" and not window.session.running)
    assert panel.strip.grab().toImage() != empty
    qtbot.mouseClick(window.transport.back, LEFT)
    assert window.session.trainer.epoch == 0


def test_the_bar_goes_back_as_far_as_it_steps(qtbot: QtBot, window: MainWindow):
    bar, end = window.transport, window.session.trainer.epoch
    assert "Left" in bar.back.toolTip()
    qtbot.mouseClick(bar.back, LEFT)
    assert window.session.trainer.epoch == end - 1
    bar.step.menu().actions()[1].trigger()  # by batch, which goes forth where there is something
    bar.step.menu().triggered.emit(bar.step.menu().actions()[1])
    assert bar.back.accessibleName() == "Back One Batch"
    step = window.session.timeline.step
    qtbot.mouseClick(bar.back, LEFT)
    assert window.session.timeline.wanted == step - 1


def test_it_plays_from_the_start(qtbot: QtBot, window: MainWindow, press: Callable[[MainWindow, str], None]):
    panel, film = panel_of(window), window.session.film
    qtbot.mouseClick(panel.play, LEFT)
    assert film.playing
    assert panel.play.accessibleName() == "Pause"
    qtbot.waitUntil(lambda: 0 < window.session.trainer.epoch < 190)
    qtbot.mouseClick(panel.play, LEFT)
    assert not film.playing
    assert window.session.timeline.looked_at is not None
    press(window, "Shift+Home")
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 2)
    qtbot.mouseClick(panel.strip, LEFT, pos=place_of(window, 150))
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 140)
    assert not film.playing
    assert window.session.trainer.epoch < 160, "it pauses where a person clicks"


def test_it_is_closed_and_stays_so_until_it_is_wanted(
    qtbot: QtBot,
    window: MainWindow,
    make_window: Callable[[Experiment], MainWindow],
    press: Callable[[MainWindow, str], None],
):
    strip = window.place("timeline")
    qtbot.mouseClick(strip.close_button, LEFT)
    assert strip.isHidden()
    press(window, "Left")
    assert window.session.timeline.looked_at is not None, "the keys don't need it"
    window.close()
    again = make_window(Experiment())
    assert again.place("timeline").isHidden(), "it is remembered"
    press(again, "Alt+7")
    assert again.place("timeline").isVisible()
    press(again, "Alt+7")
    again.reset_layout()
    assert again.place("timeline").isVisible()


def test_its_end_seldom_becomes_another():
    assert [end_for(epochs) for epochs in (0, 10, 11, 199, 200, 201, 999_999)] == [10, 10, 12.5, 200, 200, 250, 1e6]
