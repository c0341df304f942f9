"""What the output shows of the network has a frame in the drawing, and Escape or leaving lets it go."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.gui.session.selection import UnitAddress
from tests.gui.panels.network.network_hands import LEFT, PanelMaker, edge_place, hidden, place, tab_into


def framed(panel: NetworkPanel) -> set[Unit]:
    look = panel.canvas._look()
    return {unit for unit in (look.pinned, look.hovered, look.focused) if unit is not None}


def walk(panel: NetworkPanel, qtbot: QtBot) -> Unit:
    tab_into(panel, qtbot)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(panel.canvas, key)
    assert panel.session.selection.unit == UnitAddress(0, panel.canvas.current.position)
    assert framed(panel) == {panel.canvas.current}
    return panel.canvas.current


def test_leaving_frees_the_unit_walked_to(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    other = QPushButton(panel)
    other.show()
    walk(panel, qtbot)
    other.setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert panel.session.selection.unit is None
    assert framed(panel) == set()


def test_a_pinned_unit_stays_with_its_frame_when_the_drawing_is_left(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    other = QPushButton(panel)
    other.show()
    unit = walk(panel, qtbot)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Return)
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert panel.session.selection.unit == UnitAddress(0, unit.position)
    assert framed(panel) == {unit}


def test_escape_frees_both_and_is_the_window_s_afterwards(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    walk(panel, qtbot)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Return)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Right)
    assert len(framed(panel)) == 2
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Escape)
    assert framed(panel) == set()
    assert panel.session.selection.unit is None
    assert not panel.canvas.free()
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Down)
    assert panel.canvas.current == Unit(0, 0), "one walks again from the first"


def test_the_frame_follows_the_pointer_and_comes_back_to_the_keyboard_s_unit(
    make_panel: PanelMaker, qtbot: QtBot
) -> None:
    panel = make_panel()
    unit = walk(panel, qtbot)
    qtbot.mouseMove(panel.canvas, place(panel, Unit(2, 0)))
    assert panel.session.selection.unit == UnitAddress(1, 0)
    assert Unit(2, 0) in framed(panel)
    qtbot.mouseMove(panel.canvas, QPoint(3, 3))
    assert panel.session.selection.unit == UnitAddress(0, unit.position)


@pytest.mark.parametrize("key", [Qt.Key.Key_Minus, Qt.Key.Key_Plus])
def test_a_click_beside_an_edge_lets_no_key_change_the_layers(
    make_panel: PanelMaker, qtbot: QtBot, key: Qt.Key
) -> None:
    panel = make_panel()
    before = hidden(panel)
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(1, 0)))
    background = QPoint(panel.canvas.width() - 4, 4)
    qtbot.mouseClick(panel.canvas, LEFT, pos=background)
    panel.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert panel.canvas.pinned is None  # the click let go of it
    qtbot.keyClick(panel.canvas, key)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_X)
    assert hidden(panel) == before
    assert not panel.session.trainer.network.disabled_units


@pytest.mark.parametrize("away", [-8, -6, 6, 8])
def test_an_edge_is_hit_from_a_little_beside_it(make_panel: PanelMaker, qtbot: QtBot, away: int) -> None:
    panel = make_panel()
    bundle = panel.canvas.layout_.bundles[2]
    edge = int(bundle.starts[:, 1].argmin() if away < 0 else bundle.starts[:, 1].argmax())
    at = edge_place(panel, 2, int(bundle.sources[edge]), 0) + QPoint(0, away)
    qtbot.mouseClick(panel.canvas, LEFT, pos=at)
    assert panel.actions_.editor.isVisible()
