"""What is pointed at and chosen on the drawing is so everywhere, and the other way round; a second click inspects."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.gui.panels.network.pointing import Pointed
from nnplay.gui.session.selection import Address, UnitAddress, WeightAddress
from nnplay.gui.theme.palette import LIGHT
from tests.gui.panels.network.network_hands import (
    DIGITS,
    LEFT,
    PanelMaker,
    bias_place,
    edge_place,
    menu,
    place,
    tab_into,
)

ADDRESSES = (UnitAddress(1, 2), WeightAddress(1, 3, 2), WeightAddress(2, None, 0), UnitAddress(-1, 1))


def picture(panel: NetworkPanel) -> QImage:
    return panel.canvas.grab().toImage()


def asked(panel: NetworkPanel) -> list[str]:
    """The panels that are asked for from now on."""
    keys: list[str] = []
    panel.session.requests.panel.connect(keys.append)
    return keys


def at(panel: NetworkPanel, address: Address) -> QPoint:
    if isinstance(address, UnitAddress):
        return place(panel, Unit(address.layer + 1, address.unit))
    if address.row is None:
        return bias_place(panel, Unit(address.layer + 1, address.unit))
    return edge_place(panel, address.layer, address.row, address.unit)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_under_the_pointer_is_pointed_at_for_all(
    make_panel: PanelMaker, qtbot: QtBot, address: Address
) -> None:
    panel = make_panel()
    qtbot.mouseMove(panel.canvas, at(panel, address))
    assert panel.session.selection.pointed == address
    qtbot.mouseMove(panel.canvas, QPoint(3, 3))
    assert panel.session.selection.pointed is None


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_others_point_at_is_marked_here(make_panel: PanelMaker, qtbot: QtBot, address: Address) -> None:
    panel = make_panel()
    before = picture(panel)
    panel.session.selection.point_at(address)
    elsewhere = picture(panel)
    assert elsewhere != before
    panel.session.selection.point_at(None)
    assert picture(panel) == before


def test_who_walks_by_keys_points_at_the_unit(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    tab_into(panel, qtbot)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Right)
    unit = panel.canvas.walked_to
    assert panel.session.selection.pointed == UnitAddress(unit.column - 1, unit.position)


def test_a_pixel_pointed_at_in_a_formula_is_marked_in_the_picture(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(DIGITS)
    qtbot.waitUntil(lambda: bool(panel._of_units))
    before, box = picture(panel), panel.canvas.layout_.box(Unit(0, 0))
    panel.session.selection.point_at(WeightAddress(0, 28 * 5 + 9, 3))
    marked = picture(panel)
    side = box.width / 28
    x, y = round(box.x + 9.5 * side), round(box.y + 5.5 * side)
    changed = [
        (i, j)
        for i in range(round(box.x), round(box.x + box.width))
        for j in range(round(box.y), round(box.y + box.height))
        if marked.pixel(i, j) != before.pixel(i, j)
    ]
    assert changed
    assert all(abs(i - x) <= 14 and abs(j - y) <= 14 for i, j in changed)
    panel.session.selection.point_at(UnitAddress(-1, 28 * 20 + 2))
    assert picture(panel) != marked


def test_a_weight_of_a_unit_that_is_not_drawn_marks_the_unit_that_it_leads_to(make_panel: PanelMaker) -> None:
    panel = make_panel(DIGITS)
    panel.session.selection.point_at(WeightAddress(1, 127, 0))
    assert panel.canvas.shown_as_pointed == Pointed(Unit(2, 0))
    panel.session.selection.point_at(UnitAddress(0, 127))
    assert panel.canvas.shown_as_pointed == Pointed()


def test_a_click_on_an_edge_chooses_it_and_its_editor_opens_as_ever(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    keys = asked(panel)
    where = edge_place(panel, 1, 3, 2)
    qtbot.mouseClick(panel.canvas, LEFT, pos=where)
    assert panel.actions_.editor.isVisible()
    assert panel.session.selection.inspected == WeightAddress(1, 3, 2)
    assert not keys
    qtbot.mouseClick(panel.canvas, LEFT, pos=where)
    assert keys == ["inspector"]
    assert not panel.actions_.editor.isVisible()
    assert panel.session.selection.inspected == WeightAddress(1, 3, 2)


def test_after_enter_or_escape_the_next_click_edits_again(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    keys, editor = asked(panel), panel.actions_.editor
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        qtbot.mouseClick(panel.canvas, LEFT, pos=bias_place(panel, Unit(2, 1)))
        assert editor.isVisible()
        qtbot.keyClick(editor.box, key)
        assert not editor.isVisible()
    qtbot.mouseClick(panel.canvas, LEFT, pos=bias_place(panel, Unit(2, 1)))
    assert editor.isVisible()
    assert not keys


def test_where_the_inspector_is_in_view_a_second_click_is_one_more_edit(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    keys = asked(panel)
    panel.session.requests.shows = lambda key: key == "inspector"
    for _ in range(2):
        qtbot.mouseClick(panel.canvas, LEFT, pos=edge_place(panel, 1, 3, 2))
        assert panel.actions_.editor.isVisible()
    assert not keys


def test_the_chosen_edge_is_marked_until_the_background_is_clicked(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    before = picture(panel)
    qtbot.mouseClick(panel.canvas, LEFT, pos=edge_place(panel, 1, 3, 2))
    qtbot.keyClick(panel.actions_.editor.box, Qt.Key.Key_Escape)
    qtbot.mouseMove(panel.canvas, QPoint(3, 3))
    bundle = panel.canvas.layout_.bundles[1]
    edge = int(np.flatnonzero((bundle.rows == 3) & (bundle.targets == 2))[0])
    x, y = bundle.points[edge, 12]
    column = [picture(panel).pixelColor(round(x), round(y) + dy).lightness() for dy in range(-9, 10)]
    assert min(column) <= QColor(LIGHT.accent).lightness() + 40
    qtbot.mouseClick(panel.canvas, LEFT, pos=QPoint(3, 3))
    assert panel.session.selection.inspected is None
    assert picture(panel) == before


def test_a_second_click_on_the_pinned_unit_opens_the_inspector_and_it_stays_pinned(
    make_panel: PanelMaker, qtbot: QtBot
) -> None:
    panel = make_panel()
    keys = asked(panel)
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(1, 2)))
    assert not keys
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(1, 2)))
    assert keys == ["inspector"]
    assert panel.canvas.pinned == Unit(1, 2)
    assert panel.session.selection.inspected == UnitAddress(0, 2)
    panel.session.requests.shows = lambda key: key == "inspector"
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(1, 2)))
    assert panel.canvas.pinned is None
    assert keys == ["inspector"]


def test_enter_pins_then_inspects_and_escape_lets_go(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    keys = asked(panel)
    tab_into(panel, qtbot)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Right)
    unit = panel.canvas.walked_to
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Return)
    assert panel.canvas.pinned == unit
    assert not keys
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Return)
    assert keys == ["inspector"]
    assert panel.canvas.pinned == unit
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Escape)
    assert panel.canvas.pinned is None


def test_enter_after_a_click_inspects_what_was_clicked(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    keys = asked(panel)
    panel.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Return)
    assert not keys, "nothing is clicked yet"
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(1, 2)))
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Return)
    assert keys == ["inspector"]
    assert panel.session.selection.inspected == UnitAddress(0, 2)
    qtbot.mouseClick(panel.canvas, LEFT, pos=edge_place(panel, 0, 1, 1))
    qtbot.keyClick(panel.actions_.editor.box, Qt.Key.Key_Return)
    assert keys == ["inspector"]
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Return)
    assert keys == ["inspector"] * 2
    assert panel.session.selection.inspected == WeightAddress(0, 1, 1)


def test_the_card_says_what_the_next_click_does(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    panel.session.requests.shows = lambda _key: False
    qtbot.mouseMove(panel.canvas, place(panel, Unit(1, 2)))
    qtbot.waitUntil(panel.card.isVisible)
    assert "pins it" in panel.card.hint.text()
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(1, 2)))
    assert "Enter inspects it" in panel.card.hint.text()
    panel.session.requests.shows = lambda _key: True
    panel.card.write()
    assert "unpins it" in panel.card.hint.text()
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(1, 2)))
    assert panel.canvas.pinned is None


def test_escape_lets_go_of_a_chosen_weight(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    panel.session.selection.inspect(WeightAddress(0, 1, 1))
    panel.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Escape)
    assert panel.session.selection.inspected is None


def test_weights_and_biases_are_inspected_from_the_menu(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    keys = asked(panel)
    qtbot.mouseMove(panel.canvas, place(panel, Unit(2, 1)))
    opened = menu(panel, Unit(2, 1))
    entries = {action.text(): action for action in opened.actions()}
    weights = entries["Inspect Weight"].menu()
    assert [action.text().partition(":")[0] for action in weights.actions()] == [
        f"From unit {number} of layer 1" for number in (1, 2, 3, 4)
    ]
    weights.actions()[2].trigger()
    assert panel.session.selection.inspected == WeightAddress(1, 2, 1)
    entries["Inspect Bias"].trigger()
    assert panel.session.selection.inspected == WeightAddress(1, None, 1)
    entries["Inspect"].trigger()
    assert panel.session.selection.inspected == UnitAddress(1, 1)
    assert panel.canvas.pinned == Unit(2, 1)
    assert keys == ["inspector"] * 3
    opened.close()


@pytest.mark.parametrize("by_key", [False, True])
def test_the_editor_leads_to_the_inspector(make_panel: PanelMaker, qtbot: QtBot, by_key: bool) -> None:
    panel = make_panel()
    keys, editor = asked(panel), panel.actions_.editor
    before = panel.session.trainer.network.parameters.copy()
    qtbot.mouseClick(panel.canvas, LEFT, pos=edge_place(panel, 0, 1, 1))
    if by_key:
        qtbot.keyClick(editor.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    else:
        qtbot.mouseClick(editor.inspect, LEFT)
    assert keys == ["inspector"]
    assert not editor.isVisible()
    assert panel.session.selection.inspected == WeightAddress(0, 1, 1)
    np.testing.assert_array_equal(panel.session.trainer.network.parameters, before)


def test_a_weight_that_is_gone_is_chosen_no_more(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    panel.session.selection.inspect(WeightAddress(1, 3, 2))
    assert panel.canvas.inspected.edge is not None
    qtbot.mouseClick(panel.under.footers[0].controls.fewer, LEFT)
    assert panel.session.selection.inspected is None
    assert panel.canvas.inspected == Pointed()


def test_a_chosen_sample_survives_training(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    panel.session.selection.choose_sample((1.5, -2.0))
    before = panel.canvas.painter._sample[Unit(3, 0)].share
    panel.session.step_epoch()
    qtbot.waitUntil(lambda: not panel.session.running and panel.snapshot.figures.epoch == 1)
    outputs = panel.session.trainer.network.layer_outputs(np.array([[1.5, -2.0]]))
    qtbot.waitUntil(lambda: panel.canvas.painter._sample[Unit(3, 0)].share == pytest.approx(outputs[-1][0, 0]))
    assert panel.canvas.painter._sample[Unit(3, 0)].share != before
    assert panel.session.selection.chosen_sample == (1.5, -2.0)
