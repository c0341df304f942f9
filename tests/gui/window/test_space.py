"""Space trains wherever nobody types: also after the control that had the keyboard was hidden, disabled or closed."""

from collections.abc import Callable
from itertools import product

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.window.catalogue import PANELS
from nnplay.gui.window.main_window import MainWindow
from nnplay.resources import resource_path
from nnplay.training.edits import with_data_set
from nnplay.training.experiment import Experiment
from tests.gui.all_panels import with_all_panels
from tests.gui.choice_hands import click_entry, open_list
from tests.gui.window_hands import rests

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
PATIENCE = 30_000
CIRCLES = read_document(resource_path("presets/circles.nnplay")).experiment
FORMULA = with_data_set(CIRCLES, "formula")
TAB = Qt.FocusReason.TabFocusReason


def presses_space(qtbot: QtBot, window: MainWindow) -> None:
    """Press Space as a person does: whoever has the keyboard gets it."""
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)


def space_trains(qtbot: QtBot, window: MainWindow) -> None:
    assert rests(window)
    trainer = window.session.trainer
    presses_space(qtbot, window)
    assert window.session.running
    assert window.session.trainer is trainer, "nothing else was pressed"
    presses_space(qtbot, window)
    qtbot.waitUntil(lambda: rests(window), timeout=PATIENCE)


def preset(window: MainWindow) -> None:
    window.file_dialogs.new("zeros_as_weights")


def another_data_set(window: MainWindow) -> None:
    window.session.change("Moons", with_data_set(window.session.experiment, "moons"))


def another_tab(window: MainWindow) -> None:
    window.place("training").raise_()


def close_of_its_dock(window: MainWindow) -> None:
    window.place("data").close()


@pytest.mark.parametrize("act", [preset, another_data_set, another_tab, close_of_its_dock])
def test_after_a_formula_had_the_cursor(qtbot: QtBot, make_window: WindowMaker, act: Callable[[MainWindow], None]):
    window = make_window(FORMULA)
    field = next(
        line for line in window.panel("data").findChildren(QLineEdit) if line.isVisible() and not _in_box(line)
    )
    field.setFocus()
    act(window)
    qtbot.waitUntil(lambda: not field.hasFocus())
    space_trains(qtbot, window)


def _in_box(line: QLineEdit) -> bool:
    return isinstance(line.parent(), QAbstractSpinBox)


def test_after_a_number_had_the_cursor(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    for act, typed in product((preset, another_data_set), ("", "3")):
        window.session.change("Circles", CIRCLES)
        box = next(box for box in window.panel("data").findChildren(QAbstractSpinBox) if box.isVisible())
        box.setFocus()
        qtbot.keyClicks(box, typed)
        act(window)
        space_trains(qtbot, window)


def test_after_undo_hid_the_box_that_had_the_cursor(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(CIRCLES)
    window.place("training").raise_()
    panel = window.panel("training")
    click_entry(qtbot, panel.schedule, "exponential")
    panel.boxes["factor"].setFocus()
    press(window, "Ctrl+Z")
    assert not panel.boxes["factor"].isVisible()
    space_trains(qtbot, window)


def test_after_the_focused_control_was_disabled(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    window.transport.activation.combo.setFocus(TAB)
    session = window.session
    model = msgspec.structs.replace(session.experiment.model, hidden_layers=())
    session.change("No layer", msgspec.structs.replace(session.experiment, model=model))
    assert not window.transport.activation.combo.hasFocus()
    space_trains(qtbot, window)


def test_step_reached_by_tab_steps_and_hands_space_to_nobody(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    window.transport.step.setFocus(TAB)
    trainer = window.session.trainer
    qtbot.keyClick(window.transport.step, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: rests(window) and trainer.epoch == 1, timeout=PATIENCE)
    space_trains(qtbot, window)


def test_after_a_dialog(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(CIRCLES)
    press(window, "F1")
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    space_trains(qtbot, window)


def test_after_a_menu(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(FORMULA)
    field = next(
        line for line in window.panel("data").findChildren(QLineEdit) if line.isVisible() and not _in_box(line)
    )
    field.setFocus()
    menu = window.menuBar().actions()[0].menu()
    menu.popup(window.mapToGlobal(QPoint(0, 0)))
    qtbot.waitUntil(menu.isVisible)
    preset(window)
    menu.close()
    space_trains(qtbot, window)


def test_after_a_list_in_the_bar(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    combo = window.transport.optimizer.combo
    for chosen in (True, False):
        if chosen:
            click_entry(qtbot, combo, "Adam")
        else:
            open_list(qtbot, combo)
            qtbot.keyClick(combo.view(), Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not combo.view().isVisible())
        assert not combo.hasFocus()
        space_trains(qtbot, window)


def test_a_click_leaves_the_keys_where_they_were(make_window: WindowMaker):
    window = with_all_panels(make_window(CIRCLES))
    for control in [*window.findChildren(QAbstractButton), *window.findChildren(FlatCombo)]:
        assert not control.focusPolicy() & Qt.FocusPolicy.ClickFocus, (control, control.accessibleName())


def test_what_is_hidden_never_keeps_the_keyboard(qtbot: QtBot, make_window: WindowMaker):
    """Each control that Tab reaches has it, and is taken away with its panel."""
    window = make_window(CIRCLES)
    for key in ("data", "output", "plots"):
        panel = window.panel(key)
        for control in panel.findChildren(QWidget):
            if not control.isVisible() or not control.focusPolicy() & Qt.FocusPolicy.TabFocus:
                continue
            control.setFocus(TAB)
            panel.hide()
            now = window.focusWidget()
            assert now is None or (now.isVisible() and now.isEnabled()), control
            assert not isinstance(now, QAbstractButton), control
            panel.show()


def test_a_panel_that_is_gone_to_isnt_closed_by_space(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(CIRCLES)
    for number, row in enumerate(PANELS, 1):
        press(window, f"Ctrl+{number}")
        place = window.place(row.key)
        assert window.focusWidget() is not getattr(place, "close_button", None), row.key
    qtbot.waitUntil(window.place("space").isVisible)
    space_trains(qtbot, window)
    assert window.place("space").isVisible()
