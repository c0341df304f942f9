"""A person goes back, trains on, undoes, redoes, edits and undoes again, with the keys of the window alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.session.session import Session
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from tests.gui.window_hands import step

Press = Callable[[MainWindow, str], None]


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[[Experiment], MainWindow], press: Press) -> MainWindow:
    """A window on a run of six epochs."""
    window = make_window(with_value(Experiment(), "training.batch_size", 2))
    step(qtbot, window, press, 6)
    return window


def bits(session: Session) -> bytes:
    """All that the run is that is seen."""
    moment = Moment.of(session.trainer, with_history=False)
    return b"".join(array.tobytes() for array in moment.arrays()) + repr(moment.network.generator).encode()


def branch_count(session: Session) -> int:
    return len(session.timeline.record.branches)


def test_train_back_train_undo_redo_back_edit_undo(qtbot: QtBot, window: MainWindow, press: Press):
    session = window.session
    end = bits(session)
    for _ in range(3):
        press(window, "Left")
    third = bits(session)
    assert session.trainer.epoch == 3
    press(window, "Space")
    qtbot.waitUntil(lambda: session.ask(lambda trainer: trainer.epoch).result() > 5)
    press(window, "Space")
    qtbot.waitUntil(lambda: not session.running)
    other = bits(session)
    assert branch_count(session) == 2
    press(window, "Ctrl+Z")
    assert bits(session) == end, "Undo: the run is where it was"
    press(window, "Ctrl+Shift+Z")
    assert bits(session) == other, "Redo: on the branch, as far as it had come"
    press(window, "Home")
    start = bits(session)
    assert session.trainer.epoch == 0
    session.change("Rate", with_value(session.settle(), "training.learning_rate", 0.01))
    assert session.timeline.looked_at is None
    assert session.experiment.training.learning_rate == 0.01
    assert branch_count(session) == 3
    press(window, "Ctrl+Z")
    assert bits(session) == start, "the edit is undone, on the branch that it began"
    assert session.experiment.training.learning_rate == Experiment().training.learning_rate
    press(window, "Ctrl+Z")
    assert bits(session) == other, "and then the branch"
    press(window, "Ctrl+Z")
    assert bits(session) == end
    for _ in range(3):
        press(window, "Left")
    assert bits(session) == third
    press(window, "End")
    assert bits(session) == end


def test_controls_that_use_arrows_keep_them(qtbot: QtBot, window: MainWindow):
    """← is the window's only where nothing that was reached by Tab uses it."""
    session = window.session
    kinds = (QAbstractSlider, QLineEdit, QAbstractSpinBox)
    controls = [
        each
        for kind in kinds
        for each in window.findChildren(kind)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    strip = window.panel("timeline").strip
    assert strip in controls
    assert len(controls) > 5
    for control in controls:
        control.setFocus(Qt.FocusReason.TabFocusReason)
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End):
            qtbot.keyClick(control, key)
            seen = session.timeline.looked_at
            assert (seen is None) or control is strip, control.accessibleName()
    for key in ("network", "output"):
        canvas = next(
            each
            for each in window.panel(key).findChildren(QWidget)
            if each.isVisible() and each.focusPolicy() is not Qt.FocusPolicy.NoFocus and each.height() > 100
        )
        canvas.setFocus(Qt.FocusReason.TabFocusReason)
        assert canvas.hasFocus()
        qtbot.keyClick(canvas, Qt.Key.Key_Left)
        assert session.timeline.looked_at is None, f"arrows move in the panel {key}"
    combo = next(each for each in window.findChildren(QComboBox) if each.isVisible() and each.isEnabled())
    combo.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(combo, Qt.Key.Key_Left)
    assert session.timeline.looked_at is not None, "a choice is moved by ↑ and ↓ alone"
    window.centralWidget().setFocus()
    qtbot.keyClick(window, Qt.Key.Key_End)
    assert session.timeline.looked_at is None


def test_a_picture_for_a_class_has_no_strip_and_its_keys_still_move(qtbot: QtBot, window: MainWindow, press: Press):
    press(window, "F11")
    qtbot.waitUntil(lambda: window.presentation.active)
    assert not window.place("timeline").isVisible()
    press(window, "Left")
    assert window.session.trainer.epoch == 5
    press(window, "F11")
    qtbot.waitUntil(lambda: window.place("timeline").isVisible())
    assert window.session.trainer.epoch == 5
