"""Weights as numbers on the edges of small networks."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, QSizeF
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.layout import Room, lay_out
from nnplay.gui.panels.network.weight_numbers import MOST, number_places, weight_text
from nnplay.training.experiment import Experiment, HiddenLayer, ModelSpec
from tests.gui.panels.network.network_hands import LEFT, PanelMaker

SMALL = Experiment(model=ModelSpec(hidden_layers=(HiddenLayer(units=4), HiddenLayer(units=3))))


@pytest.mark.parametrize("sizes", [(2, 4, 1), (2, 4, 3, 1), (2, 2, 2, 2, 1), (1, 1), (3, 5, 3), (2, 10, 1)], ids=str)
@pytest.mark.parametrize("room", [Room(630, 520, 54, 8), Room(420, 380, 54, 8)], ids=["large", "small"])
def test_no_number_covers_another_or_a_unit(sizes: tuple[int, ...], room: Room) -> None:
    layout = lay_out(sizes, room)
    placed = [place for bundle in number_places(layout, QSizeF(38, 14)) for place in bundle]
    assert len(placed) == sum(len(bundle.rows) for bundle in layout.bundles) <= MOST
    over = [(a & b).width() * (a & b).height() for a, b in combinations(placed, 2) if a.intersects(b)]
    assert sum(over) < 0.02 * len(placed) * 38 * 14
    units = [QRectF(*layout.box(unit)) for unit in layout.units()]
    if room.width > 600:
        assert over == []
        assert not [1 for a in placed for unit in units if a.intersects(unit)]


def test_the_switch_shows_them_and_is_remembered(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(SMALL)
    plain = panel.canvas.grab().toImage()
    assert panel.header.weights.isEnabled()
    qtbot.mouseClick(panel.header.weights, LEFT)
    numbered = panel.canvas.grab().toImage()
    assert numbered != plain
    panel.session.network_edits.set_weight(0, 0, 0, 7.25)
    qtbot.waitUntil(lambda: panel.actions_.weights.weights[0][0, 0] == 7.25)
    assert panel.canvas.grab().toImage() != numbered
    panel.session.undo_stack.undo()
    qtbot.mouseClick(panel.header.weights, LEFT)
    qtbot.waitUntil(lambda: panel.canvas.grab().toImage() == plain)


def test_a_larger_network_says_why_it_has_none(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(SMALL)
    qtbot.mouseClick(panel.header.weights, LEFT)
    for _ in range(8):
        qtbot.mouseClick(panel.under.footers[0].controls.more, LEFT)
    assert not panel.header.weights.isEnabled()
    assert "30" in panel.header.weights.toolTip()
    assert panel.header.weights.isChecked(), "it comes back with a smaller network"
    assert not panel.canvas._look().numbers
    panel.session.undo_stack.undo()


def test_they_are_short() -> None:
    assert [weight_text(value) for value in (-0.5, 9.999, 12.345, -130.2, 0.0)] == [
        "−0.50",
        "10.0",
        "12.3",
        "−130",
        "0.00",
    ]
