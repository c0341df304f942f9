"""The number of a layer's units: typed, stepped by keys, and run through by a button that is held."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from tests.gui.panels.network.network_hands import CIRCLES, LEFT, PanelMaker, hidden

WindowMaker = Callable[[Experiment], MainWindow]


def click_into(qtbot: QtBot, box: QWidget) -> None:
    """A click beside the text, after which the whole of it is selected."""
    qtbot.mouseClick(box.lineEdit(), LEFT, pos=QPoint(2, 8))
    qtbot.waitUntil(lambda: box.hasFocus() and box.lineEdit().selectedText() == box.text())


def test_a_number_is_typed_over_what_stands_there(make_window: WindowMaker, qtbot: QtBot) -> None:
    window = make_window(CIRCLES)
    box = window.panel("network").under.footers[0].controls.units
    assert box.text() == "4 units"
    click_into(qtbot, box)
    qtbot.keyClicks(box, "512")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.session.experiment.model.hidden_layers[0].units == 512
    assert window.session.trainer.network.weights[0].shape == (2, 512)
    assert window.statusBar().currentMessage() == "Layer 1: 512 units: a fresh start"
    assert box.text() == "512"
    window.centralWidget().setFocus()
    assert box.text() == "512 units"
    assert not window.panel("network").under.footers[0].controls.more.isEnabled()
    text = box.lineEdit().fontMetrics().horizontalAdvance(box.text())
    assert text <= box.lineEdit().width(), "nothing of it is cut off"
    assert window.session.undo_stack.count() == 1


def test_a_figure_can_be_put_before_it(make_window: WindowMaker, qtbot: QtBot) -> None:
    window = make_window(CIRCLES)
    box = window.panel("network").under.footers[0].controls.units
    click_into(qtbot, box)
    qtbot.keyClick(box, Qt.Key.Key_Home)
    qtbot.keyClicks(box, "2")
    assert box.text() == "24"
    window.centralWidget().setFocus()
    assert window.session.experiment.model.hidden_layers[0].units == 24
    assert box.text() == "24 units"


def test_what_is_no_number_of_units_is_refused(make_window: WindowMaker, qtbot: QtBot) -> None:
    window = make_window(CIRCLES)
    box = window.panel("network").under.footers[1].controls.units
    for text in ("0", "513", "-4", "2.5", "many"):
        window.centralWidget().setFocus()
        click_into(qtbot, box)
        qtbot.keyClicks(box, text)
        with qtbot.waitSignal(window.session.refused) as refused:
            qtbot.keyClick(box, Qt.Key.Key_Return)
        said = f"Number of units in hidden layer 2 is {text!r}; allowed is a whole number from 1 to 512"
        assert refused.args == [said]
        assert window.session.experiment == CIRCLES
        assert box.text() == "3"


def test_arrows_in_the_box_are_one_act_at_rest(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    box = panel.under.footers[0].controls.units
    box.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(6):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.text() == "10"
    assert hidden(panel)[0][0] == 4, "nothing happens before the hand rests"
    qtbot.waitUntil(lambda: hidden(panel)[0][0] == 10)
    assert panel.session.undo_stack.count() == 1


@pytest.mark.parametrize("by_keyboard", [False, True])
def test_a_button_that_is_held_is_one_act_at_its_end(make_panel: PanelMaker, qtbot: QtBot, by_keyboard: bool) -> None:
    panel = make_panel()
    controls, before = panel.under.footers[0].controls, panel.session.trainer.network.parameters.copy()
    if by_keyboard:
        controls.more.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyPress(controls.more, Qt.Key.Key_Space)
    else:
        qtbot.mousePress(controls.more, LEFT)
    qtbot.waitUntil(lambda: controls.units.text() == "12 units")
    assert hidden(panel)[0][0] == 4
    assert panel.session.undo_stack.count() == 0
    if by_keyboard:
        qtbot.keyRelease(controls.more, Qt.Key.Key_Space)
    else:
        qtbot.mouseRelease(controls.more, LEFT)
    assert hidden(panel)[0][0] == int(controls.units.text().split()[0]) >= 12
    assert panel.session.undo_stack.count() == 1
    panel.session.undo_stack.undo()
    np.testing.assert_array_equal(panel.session.trainer.network.parameters, before)


def test_a_held_button_stops_at_the_end(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    controls = panel.under.footers[1].controls
    qtbot.mousePress(controls.fewer, LEFT)
    qtbot.waitUntil(lambda: controls.units.text() == "1 unit")
    qtbot.mouseRelease(controls.fewer, LEFT)
    assert hidden(panel)[1][0] == 1
    assert not controls.fewer.isEnabled()


def test_behind_a_narrow_column_s_button_the_number_is_typed_at_once(make_panel: PanelMaker, qtbot: QtBot) -> None:
    deep = Experiment(
        data=DataSpec(kind="circles", samples=60), model=ModelSpec(hidden_layers=(HiddenLayer(units=8),) * 10)
    )
    panel = make_panel(deep, 500, 420)
    footer = panel.under.footers[3]
    footer.button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(footer.button, Qt.Key.Key_Space)
    qtbot.waitUntil(footer.controls.units.isVisible)
    popup = footer.controls.window()
    assert popup is QApplication.activePopupWidget()
    qtbot.waitUntil(lambda: popup.focusWidget() is footer.controls.units)
    qtbot.keyClicks(footer.controls.units, "40")
    qtbot.keyClick(footer.controls.units, Qt.Key.Key_Return)
    assert hidden(panel)[3][0] == 40
    assert footer.button.text() == "40"
    qtbot.keyClick(footer.controls.units, Qt.Key.Key_Escape)
    assert not popup.isVisible()
