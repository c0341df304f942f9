"""Stepping by phase in the window: by keys wherever the keyboard is, in the menu, in the bar, and every way out."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.window.bar_choices import PACES
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.step_button import StepButton
from nnplay.training.experiment import Experiment
from nnplay.training.trainer import Trainer
from tests.gui.window_hands import PATIENCE, Press, rests
from tests.training.random_experiments import random_experiment
from tests.training.same_run import assert_same, looked_at

WindowMaker = Callable[[Experiment], MainWindow]
LEFT = Qt.MouseButton.LeftButton
TEXTS = (QLineEdit, QAbstractSpinBox, QPlainTextEdit)
"""Where the keys go from word to word."""


def stepped(experiment: Experiment, steps: int) -> Trainer:
    trainer = Trainer(experiment)
    for _ in range(steps):
        trainer.step()
    trainer.finish()
    return trainer


def walk(window: MainWindow, press: Press, phases: int) -> None:
    for _ in range(phases):
        press(window, "Ctrl+Right")


def cursor(window: MainWindow) -> int | None:
    found = window.session.walk.walk
    return None if found is None else found.cursor


def in_tab_order(window: MainWindow) -> list[QWidget]:
    """What the keyboard comes to by Tab."""
    found = [each for each in window.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [each for each in found if each.isVisible() and each.isEnabled() and each.focusProxy() is None]


def test_the_keys_step_wherever_the_keyboard_is_but_in_texts(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    stepped_in, kept_in = 0, 0
    for control in in_tab_order(window):
        control.setFocus(Qt.FocusReason.TabFocusReason)
        focused = window.focusWidget()
        if focused is not control:
            continue
        before = cursor(window)
        qtbot.keyClick(control, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        if isinstance(control, TEXTS):
            kept_in += 1
            assert cursor(window) == before, control
            continue
        stepped_in += 1
        assert cursor(window) == 0, control
        qtbot.keyClick(control, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
        assert cursor(window) is None, control
    assert stepped_in > 20
    assert kept_in > 0


def test_back_and_forward_by_keys_through_a_step(make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    phases = len(Trainer(Experiment()).coming_step().layers) * 4 + 3
    walk(window, press, phases)
    assert window.session.walk.walk.through
    assert window.transport.epoch_figure.shown in (0, 1)
    assert_same(looked_at(window.session.trainer), stepped(Experiment(), 1))
    for _ in range(phases):
        press(window, "Ctrl+Left")
    assert cursor(window) is None
    assert_same(looked_at(window.session.trainer), stepped(Experiment(), 0))
    assert not window.actions_.back_phase.isEnabled()


def test_a_walk_by_keys_is_a_batch_step_and_is_undone(make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    for seed in range(0, 50, 5):
        experiment = random_experiment(seed)
        window.session.replace_run(f"Experiment {seed}", Trainer(experiment))
        walk(window, press, 1)
        walk(window, press, len(window.session.walk.walk.phases) - 1)
        assert_same(looked_at(window.session.trainer), stepped(experiment, 1))
        press(window, "Ctrl+Z")
        assert_same(looked_at(window.session.trainer), stepped(experiment, 0))
        walk(window, press, 2)
        press(window, "Ctrl+Z")
        assert_same(looked_at(window.session.trainer), stepped(experiment, 0))
        press(window, "Ctrl+Y")
        press(window, "Ctrl+Shift+Z")
        assert_same(looked_at(window.session.trainer), stepped(experiment, 1))


@pytest.mark.parametrize(("keys", "steps"), [("Right", 2), ("Shift+Right", 2)])
def test_a_larger_step_completes_the_one_that_is_walked_through(
    qtbot: QtBot, make_window: WindowMaker, press: Press, keys: str, steps: int
):
    window = make_window(Experiment())
    walk(window, press, 5)
    press(window, keys)
    qtbot.waitUntil(lambda: rests(window), timeout=PATIENCE)
    assert cursor(window) is None
    assert_same(looked_at(window.session.trainer), stepped(Experiment(), steps))


def test_train_completes_it_and_goes_on(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    walk(window, press, 5)
    press(window, "Space")
    assert cursor(window) is None
    qtbot.waitUntil(lambda: window.session.ask(lambda trainer: trainer.epoch).result() > 3, timeout=PATIENCE)
    press(window, "Space")
    qtbot.waitUntil(lambda: rests(window), timeout=PATIENCE)
    assert_same(looked_at(window.session.trainer), stepped(Experiment(), window.session.trainer.epoch))


def test_another_run_completes_it_and_undo_brings_that_step_back(make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    for keys in ("R", "Shift+R", "Ctrl+N"):
        walk(window, press, 5)
        press(window, keys)
        assert cursor(window) is None
        assert window.session.trainer.epoch == 0
        press(window, "Ctrl+Z")
        assert_same(looked_at(window.session.trainer), stepped(Experiment(), 1))
        press(window, "Ctrl+Z")
        assert_same(looked_at(window.session.trainer), stepped(Experiment(), 0))


def test_saving_completes_it_and_the_title_s_mark_tells_what_is_saved(
    make_window: WindowMaker, press: Press, tmp_path: Path
):
    window = make_window(Experiment())
    path = tmp_path / "walked.nnplay"
    window.files.save(path)
    walk(window, press, 4)
    assert not window.files.modified, "no step is made yet"
    walk(window, press, len(window.session.walk.walk.phases) - 4)
    assert window.files.modified
    assert window.isWindowModified()
    press(window, "Ctrl+Left")
    assert not window.isWindowModified()
    press(window, "Ctrl+S")
    assert cursor(window) is None
    assert not window.isWindowModified()
    saved = read_document(path).run
    assert saved is not None
    assert saved.epoch == 1
    press(window, "Ctrl+Left")
    press(window, "Ctrl+Left")
    assert window.isWindowModified(), "back before the step that was saved"


def test_what_is_begun_beside_it_is_applied_after_the_step(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    walk(window, press, 4)
    window.session.requests.panel.emit("training")
    rate = next(each for each in window.findChildren(QAbstractSpinBox) if each.accessibleName() == "Learning rate")
    rate.setFocus(Qt.FocusReason.TabFocusReason)
    rate.selectAll()
    qtbot.keyClicks(rate, "0.25")
    assert cursor(window) == 3, "what is only typed leaves nothing"
    window.actions_.step_phase.trigger()
    assert window.session.experiment.training.learning_rate == 0.25
    assert cursor(window) == 0, "the step was made, and another one begins"
    assert window.session.trainer.epoch == 1
    np.testing.assert_array_equal(
        window.session.trainer.network.parameters, stepped(Experiment(), 1).network.parameters
    )


def test_points_that_are_drawn_complete_it(make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    walk(window, press, 4)
    press(window, "Ctrl+Shift+Backspace")
    assert cursor(window) is None
    press(window, "Ctrl+Z")
    assert_same(looked_at(window.session.trainer), stepped(Experiment(), 1))


def test_the_theme_does_not_end_it(make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    walk(window, press, 4)
    press(window, "Ctrl+D")
    assert cursor(window) == 3


def test_a_copy_in_the_middle_is_of_before_and_one_at_the_end_of_after(
    qtbot: QtBot, start: Callable[[], MainWindow], press: Press
):
    window = start()
    experiment = window.session.experiment
    walk(window, press, 4)
    window.autosave.keep()
    qtbot.waitUntil(lambda: not window.autosave.writing, timeout=PATIENCE)
    kept = read_document(window.autosave.path).run
    assert kept is not None
    assert kept.epoch == 0
    assert cursor(window) == 3, "to keep a copy disturbs nothing"
    window.close()
    again = start()
    assert cursor(again) is None
    assert_same(looked_at(again.session.trainer), stepped(experiment, 1))


def test_the_menu_and_the_bar_have_it(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    actions, button = window.actions_, window.transport.step
    run = next(each.menu() for each in window.menuBar().actions() if "Run" in each.text())
    for action in (actions.step_phase, actions.back_phase):
        assert action in run.actions()
        assert action in button.menu().actions()
    assert isinstance(button, StepButton)
    assert button.accessibleName() == "Step One Epoch"
    actions.step_phase.trigger()
    assert button.accessibleName() == "Step One Phase"
    qtbot.mouseClick(button, LEFT, pos=button.rect().center() / 2)
    assert cursor(window) == 1
    actions.step_batch.trigger()
    assert button.accessibleName() == "Step One Batch"


def test_at_a_phase_a_second_it_plays(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    bar = window.transport
    bar.pace.slider.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(bar.pace.slider, Qt.Key.Key_Home)
    assert bar.pace.figure.text() == "1 phase / s"
    assert window.session.pace == PACES[0]
    press(window, "Space")
    assert (bar.train.text(), window.actions_.train.text()) == ("Pause", "Pause")
    assert not bar.step.isEnabled()
    qtbot.waitUntil(lambda: cursor(window) == 0, timeout=PATIENCE)
    assert "Training by phase" in window.statusBar()._state.text()
    press(window, "Space")
    assert (bar.train.text(), window.actions_.train.text()) == ("Train", "Train")
    assert "Paused in a step" in window.statusBar()._state.text()
    assert cursor(window) == 0
    window.session.settle()
    assert window.statusBar()._state.text().startswith("Paused ")
    assert "step" not in window.statusBar()._state.text()


def test_the_slider_turns_a_play_into_a_run_and_back(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    slider, session = window.transport.pace.slider, window.session
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    press(window, "Space")
    qtbot.waitUntil(lambda: cursor(window) == 0, timeout=PATIENCE)
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert (session.running, session.playing, cursor(window)) == (True, False, None)
    qtbot.waitUntil(lambda: session.ask(lambda trainer: trainer.epoch).result() > 3, timeout=PATIENCE)
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert session.playing
    qtbot.waitUntil(lambda: cursor(window) == 0, timeout=PATIENCE)
    press(window, "Space")
    assert not session.running
