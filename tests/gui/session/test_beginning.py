"""The first seconds of a run: slow enough to be watched, then faster and faster; the moment at which it has learnt."""

from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.window.main_window import MainWindow
from nnplay.resources import resource_path
from nnplay.training import run_control
from nnplay.training.experiment import Experiment
from nnplay.training.run_control import FIRST_PACE, FULL_SPEED, RISE, Goal, RunControl
from nnplay.training.trainer import Trainer
from tests.gui.window_hands import rests, step

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
PATIENCE = 30_000
CIRCLES = read_document(resource_path("presets/circles.nnplay")).experiment
slow = pytest.mark.slow_beginning


def seconds_to(epochs: int) -> float:
    """How long the beginning takes until so many epochs are done, at least."""
    return sum(1.0 / (FIRST_PACE + RISE * epoch) for epoch in range(1, epochs))


def control_of(window: MainWindow) -> RunControl:
    return window.session._run._control


def test_the_pace_rises_to_full_speed_in_about_six_seconds() -> None:
    assert seconds_to(2) < 0.1
    assert 1.5 < seconds_to(100) < 2.5
    last = int((FULL_SPEED - FIRST_PACE) / RISE)
    assert 5.0 < seconds_to(last) < 7.0
    paces = [FIRST_PACE + RISE * epoch for epoch in (0, 17, 80)]
    assert [round(pace, -1) for pace in paces] == [10, 30, 100]


@slow
def test_xor_can_be_watched(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    seen: set[str] = set()
    press(window, "Space")

    def learned() -> bool:
        seen.add(window.transport.epoch.text())
        return "Learned" in window.statusBar().currentMessage()

    qtbot.waitUntil(learned, timeout=PATIENCE)
    press(window, "Space")
    qtbot.waitUntil(lambda: rests(window), timeout=PATIENCE)
    epochs = sorted(int(text.replace(",", "")) for text in seen)
    assert len(epochs) > 15, "many of its epochs are seen"
    assert max(after - before for before, after in pairwise([epoch for epoch in epochs if epoch < 40])) <= 10


@slow
def test_a_moved_slider_rules_at_once(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(CIRCLES)
    press(window, "Space")
    assert control_of(window).begins_slowly
    slider = window.transport.pace.slider
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert (control_of(window).begins_slowly, control_of(window).pace) == (False, 1000.0)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert (control_of(window).begins_slowly, control_of(window).pace) == (False, None)
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 300, timeout=PATIENCE)
    press(window, "R")
    assert control_of(window).begins_slowly, "another run begins as the first one did"


@slow
def test_a_slow_pace_that_was_chosen_stays_without_a_rise(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(CIRCLES)
    slider = window.transport.pace.slider
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 3, slider.height() // 2))
    press(window, "R")
    assert control_of(window)._pace() == 1.0


@slow
def test_a_change_while_it_trains_goes_on_at_the_speed_there_was(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(CIRCLES)
    press(window, "Space")
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 150, timeout=PATIENCE)
    experiment = window.session.experiment
    window.session.change("Other start", msgspec.structs.replace(experiment, seed=experiment.seed + 1))
    assert window.session.running
    assert control_of(window).head_start > 150
    pace = control_of(window)._pace()
    assert pace is not None
    assert pace > FIRST_PACE + RISE * 150


@slow
def test_a_run_that_has_come_far_goes_on_at_full_speed() -> None:
    trainer = Trainer(Experiment())
    trainer.epoch = 20_000
    assert RunControl(trainer)._pace() is None


@slow
def test_an_epoch_that_takes_longer_than_its_pace_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    now, waits = [0.0], []

    def wait_for(_: object, left: float) -> None:
        waits.append(left)
        now[0] += left

    monkeypatch.setattr(run_control, "time", SimpleNamespace(monotonic=lambda: now[0]))
    control = RunControl(Trainer(Experiment()))
    monkeypatch.setattr(control._wake, "wait_for", wait_for)
    for took in (0.02, 1.0, 0.02):  # against about 10 a second
        now[0] += took
        control.trainer.epoch += 1
        control._wait_for_pace()
    assert waits == pytest.approx([1 / (FIRST_PACE + RISE) - 0.02, 1 / (FIRST_PACE + 3 * RISE) - 0.02])


@slow
@pytest.mark.parametrize("goal", [Goal.EPOCH, Goal.BATCH])
def test_a_step_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, goal: Goal) -> None:
    control = RunControl(Trainer(CIRCLES))
    monkeypatch.setattr(control, "_wait_for_pace", lambda: pytest.fail("waited"))
    control.begin()
    control.run(goal)


# what was learnt


def test_what_was_learnt_is_said_once_and_stays_until_the_next_action(
    qtbot: QtBot, make_window: WindowMaker, press: Press
):
    window = make_window(Experiment())
    said: list[str] = []
    window.session.message.connect(said.append)
    press(window, "Space")
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    trainer = window.session.trainer
    qtbot.waitUntil(lambda: trainer.epoch > 3000, timeout=PATIENCE)
    press(window, "Space")
    qtbot.waitUntil(lambda: rests(window), timeout=PATIENCE)
    told = f"Learned in {trainer.learned} epochs: every training sample is right"
    assert said == [told]
    assert window.statusBar().currentMessage() == told
    press(window, "R")
    assert window.statusBar().currentMessage() == "Back to the start that seed 0 gives"
    assert window.session.trainer.learned is None


def test_stepping_tells_it_too_and_undo_starts_anew(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    session, said = window.session, []
    session.message.connect(lambda text: said.append(text) if text.startswith("Learned") else None)
    while session.trainer.learned is None:
        step(qtbot, window, press, 1)
    qtbot.waitUntil(lambda: len(said) == 1)
    assert session.trainer.learned == session.trainer.epoch
    assert said == [f"Learned in {session.trainer.epoch} epochs: every training sample is right"]
    press(window, "Shift+R")
    step(qtbot, window, press, 1)
    press(window, "Ctrl+Z")
    step(qtbot, window, press, 2)
    assert len(said) == 1, "the run that is back has been told of"


@pytest.mark.parametrize("keys", ["R", "Shift+R"])
def test_a_run_that_goes_on_goes_on_after_a_new_start(qtbot: QtBot, make_window: WindowMaker, press: Press, keys: str):
    window = make_window(CIRCLES)
    press(window, keys)
    assert rests(window)
    press(window, "Space")
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 5, timeout=PATIENCE)
    before = window.session.trainer
    press(window, keys)
    assert window.session.trainer is not before
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 5, timeout=PATIENCE)
    assert window.session.running
