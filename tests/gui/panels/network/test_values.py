"""Weights and biases typed into the drawing: what is typed is what the network has, or the status line says why not."""

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment
from tests.gui.panels.network.network_hands import CIRCLES, LEFT, PanelMaker, bias_place, edge_place, wheel

replace = msgspec.structs.replace
WindowMaker = Callable[[Experiment], MainWindow]
PATIENCE = 30_000


def open_bias(qtbot: QtBot, panel: NetworkPanel) -> None:
    qtbot.mouseClick(panel.canvas, LEFT, pos=bias_place(panel, Unit(3, 0)))
    assert panel.actions_.editor.isVisible()


def type_in(qtbot: QtBot, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """As a person does: the editor has the keyboard, and its number is selected."""
    qtbot.keyClicks(QApplication.focusWidget(), text)
    qtbot.keyClick(QApplication.focusWidget(), key)


def network_of(
    make_window: WindowMaker, qtbot: QtBot, experiment: Experiment = CIRCLES
) -> tuple[MainWindow, NetworkPanel]:
    window = make_window(experiment)
    qtbot.waitUntil(lambda: window.panel("network").snapshot is not None)
    return window, window.panel("network")


def test_what_is_typed_is_what_the_network_has(make_window: WindowMaker, qtbot: QtBot) -> None:
    window, panel = network_of(make_window, qtbot)
    open_bias(qtbot, panel)
    for text, number in {
        "2,5": 2.5,
        "1e-3": 0.001,
        "-99999999": -99999999.0,
        "0.123456": 0.123456,
        "1 000": 1000.0,
        "0.1234567890123456": 0.1234567890123456,
        "1e300": 1e300,
    }.items():
        type_in(qtbot, text)
        assert not panel.actions_.editor.isVisible()
        assert not window.session.running
        assert window.session.trainer.network.biases[2][0] == number
        qtbot.waitUntil(lambda number=number: panel.actions_.weights.biases[2][0] == number)
        open_bias(qtbot, panel)
        assert float(panel.actions_.editor.box.text().replace("−", "-")) == number


def test_what_can_t_be_is_refused_and_all_stays(make_window: WindowMaker, qtbot: QtBot) -> None:
    window, panel = network_of(make_window, qtbot)
    before = window.session.trainer.network.parameters.copy()
    open_bias(qtbot, panel)
    for text in ("1e400", "two", "2.5.1", "nan"):
        with qtbot.waitSignal(window.session.refused) as refused:
            type_in(qtbot, text)
        assert refused.args == [f"Bias of output is {text!r}; allowed is a number from −1.79e308 to 1.79e308"]
        assert panel.actions_.editor.isVisible(), "to be typed again"
        assert panel.actions_.editor.box.text() == "0"
        np.testing.assert_array_equal(window.session.trainer.network.parameters, before)
        assert window.session.undo_stack.count() == 0
    type_in(qtbot, "1.5")
    assert window.session.trainer.network.biases[2][0] == 1.5


def test_the_value_is_shown_with_all_its_figures_and_enter_alone_changes_nothing(
    make_panel: PanelMaker, qtbot: QtBot
) -> None:
    panel = make_panel()
    qtbot.mouseClick(panel.canvas, LEFT, pos=edge_place(panel, 1, 3, 2))
    weight = panel.session.trainer.network.weights[1][3, 2]
    assert float(panel.actions_.editor.box.text().replace("−", "-")) == weight
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert not panel.actions_.editor.isVisible()
    assert panel.session.undo_stack.count() == 0


def test_numbers_of_32_bits_are_short_and_have_their_own_end(make_window: WindowMaker, qtbot: QtBot) -> None:
    window, panel = network_of(make_window, qtbot, replace(CIRCLES, model=replace(CIRCLES.model, dtype="float32")))
    open_bias(qtbot, panel)
    with qtbot.waitSignal(window.session.refused) as refused:
        type_in(qtbot, "1e39")
    assert refused.args[0].endswith("allowed is a number from −3.4e38 to 3.4e38")
    type_in(qtbot, "-0.1")
    assert window.session.trainer.network.biases[2][0] == np.float32(-0.1)
    qtbot.waitUntil(lambda: panel.actions_.weights.biases[2][0] == np.float32(-0.1))
    open_bias(qtbot, panel)
    assert panel.actions_.editor.box.text() == "−0.1"


def test_arrows_and_wheel_lead_by_tenths_and_enter_takes_them(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    open_bias(qtbot, panel)
    editor = panel.actions_.editor
    for _ in range(3):
        qtbot.keyClick(editor.box, Qt.Key.Key_Up)
    assert editor.box.text() == "0.3"
    wheel(editor.box, QPoint(10, 10), -4)
    assert editor.box.text() == "−0.1"
    assert panel.session.undo_stack.count() == 0
    qtbot.keyClick(editor.box, Qt.Key.Key_Return)
    assert panel.session.trainer.network.biases[2][0] == -0.1
    assert panel.session.undo_stack.count() == 1


@pytest.mark.parametrize("leave", ["escape", "click"])
def test_escape_and_a_click_elsewhere_take_nothing(make_panel: PanelMaker, qtbot: QtBot, leave: str) -> None:
    panel = make_panel()
    open_bias(qtbot, panel)
    qtbot.keyClicks(panel.actions_.editor.box, "7")
    qtbot.keyClick(panel.actions_.editor.box, Qt.Key.Key_Up)
    if leave == "escape":
        qtbot.keyClick(panel.actions_.editor.box, Qt.Key.Key_Escape)
    else:
        qtbot.mouseClick(panel.canvas, LEFT, pos=QPoint(panel.canvas.width() - 4, 4))
    assert not panel.actions_.editor.isVisible()
    assert panel.session.trainer.network.biases[2][0] == 0.0
    assert panel.session.undo_stack.count() == 0


def test_the_status_line_has_a_true_minus(make_window: WindowMaker, qtbot: QtBot) -> None:
    window, panel = network_of(make_window, qtbot)
    open_bias(qtbot, panel)
    type_in(qtbot, "-999")
    assert window.statusBar().currentMessage() == "Bias −999, was 0"
    assert window.session.undo_stack.undoText() == "Bias −999"
