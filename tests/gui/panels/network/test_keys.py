"""The network panel by keys, wheel and drags, at its limits and in the dark."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.layout import Unit
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from tests.gui.panels.network.network_hands import DIGITS, LEFT, PanelMaker, edge_place, hidden, place, tab_into, wheel


def test_one_walks_from_unit_to_unit_by_keys(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    canvas = panel.canvas
    tab_into(panel, qtbot)
    assert canvas.current == Unit(0, 0)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(canvas, key)
    assert canvas.current.column == 2
    assert panel.card.isVisible()
    assert "layer 2" in canvas.accessibleDescription()
    with qtbot.waitSignal(panel.canvas.unit_pinned) as pinned:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert pinned.args == [1, canvas.current.position]
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert hidden(panel)[1][0] == 4
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert hidden(panel)[1][0] == 3


def test_keys_switch_features_and_edit_biases_and_weights(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    canvas = panel.canvas
    tab_into(panel, qtbot)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(canvas, key)
    assert panel.session.experiment.data.features == ("x1",)
    chip = panel.under.chips.chips["x1^2"]
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert panel.session.experiment.data.features == ("x1", "x1^2")
    qtbot.waitUntil(lambda: panel.snapshot is not None)
    tab_into(panel, qtbot)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    unit = canvas.current.position
    qtbot.keyClick(canvas, Qt.Key.Key_B)
    qtbot.keyClicks(panel.actions_.editor.box.lineEdit(), "0.5")
    qtbot.keyClick(panel.actions_.editor.box, Qt.Key.Key_Return)
    assert panel.session.trainer.network.biases[0][unit] == 0.5
    assert canvas.hasFocus()
    assert canvas.walking
    qtbot.keyClick(canvas, Qt.Key.Key_W)
    assert panel.actions_.editor.label.text().startswith("Weight from")


def test_the_focus_is_visible(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    plain = panel.canvas.grab().toImage()
    tab_into(panel, qtbot)
    box = panel.canvas.layout_.box(Unit(0, 0))
    at = QPoint(round(box.centre[0]), round(box.y - 4))
    assert panel.canvas.grab().toImage().pixelColor(at) != plain.pixelColor(at)


def test_arrows_stay_with_the_window_after_a_click(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    qtbot.mouseClick(panel.canvas, LEFT, pos=place(panel, Unit(1, 0)))
    panel.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Right)
    assert panel.canvas.current is None


def test_wheel_zooms_drag_pans_double_click_fits(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    canvas = panel.canvas
    at = place(panel, Unit(1, 1))
    wheel(canvas, at, 3)
    assert canvas.view.zoom == pytest.approx(1.2**3)
    assert (place(panel, Unit(1, 1)) - at).manhattanLength() <= 2, "what is under the pointer stays there"
    footer = panel.under.footers[0].geometry().center().x()
    assert abs(footer - at.x()) <= 2, "the controls stay under their column"
    background = QPoint(canvas.width() - 4, 4)
    qtbot.mousePress(canvas, LEFT, pos=background)
    qtbot.mouseMove(canvas, background - QPoint(60, -20))
    qtbot.mouseMove(canvas, background - QPoint(80, -20))
    qtbot.mouseRelease(canvas, LEFT, pos=background - QPoint(80, -20))
    moved = place(panel, Unit(1, 1)) - at
    assert abs(moved.x() + 80) <= 2
    assert abs(moved.y() - 20) <= 2
    qtbot.mouseDClick(canvas, LEFT, pos=QPoint(3, 3))
    assert canvas.view.zoom == 1.0
    assert canvas.view.offset.isNull()


def test_the_key_of_the_weights_has_a_tooltip_and_the_drawing_none(make_panel: PanelMaker, qtbot: QtBot) -> None:
    canvas = make_panel().canvas
    qtbot.mouseMove(canvas, QPoint(canvas.width() // 2, canvas.height() - canvas.foot // 2))
    assert "edge" in canvas.toolTip()
    qtbot.mouseMove(canvas, QPoint(3, 3))
    assert not canvas.toolTip()


def test_a_drag_over_a_unit_does_not_pin_it(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    at = place(panel, Unit(1, 1))
    qtbot.mousePress(panel.canvas, LEFT, pos=at)
    qtbot.mouseMove(panel.canvas, at + QPoint(40, 0))
    qtbot.mouseRelease(panel.canvas, LEFT, pos=at + QPoint(40, 0))
    assert panel.canvas.pinned is None


def test_narrow_columns_keep_their_controls_behind_a_button(make_panel: PanelMaker, qtbot: QtBot) -> None:
    deep = Experiment(
        data=DataSpec(kind="circles", samples=60), model=ModelSpec(hidden_layers=(HiddenLayer(units=8),) * 10)
    )
    panel = make_panel(deep, 500, 420)
    footers = panel.under.footers
    assert all(footer.button.isVisible() for footer in footers)
    for left, right in pairwise(footers):
        assert left.button.mapTo(panel, left.button.rect().topRight()).x() < right.button.mapTo(panel, QPoint()).x()
    qtbot.mouseClick(footers[3].button, LEFT)
    qtbot.waitUntil(footers[3].controls.isVisible)
    qtbot.mouseClick(footers[3].controls.more, LEFT)
    assert hidden(panel)[3][0] == 9
    assert footers[3].button.text() == "9"


def test_wide_layers_over_pixels_stay_legible(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(DIGITS)
    layout = panel.canvas.layout_
    assert panel.under.ends[0].text() == "784 pixels"
    assert panel.under.ends[1].text() == "10 outputs"
    assert layout.columns[1].more == 128 - layout.columns[1].shown > 100
    qtbot.mouseMove(panel.canvas, place(panel, Unit(1, 0)))
    assert panel.card.title.text() == "Unit 1 of layer 1"
    image = panel.canvas.grab().toImage()
    box = layout.box(Unit(1, 0))
    inside = {image.pixel(round(box.x + dx), round(box.y + dy)) for dx in range(5, 25, 3) for dy in range(5, 25, 3)}
    assert len(inside) > 20, "its weights are a picture"
    large = panel.card.picture.pixmap().toImage()
    assert large.width() > 2 * box.width
    assert len({large.pixel(x, y) for x in range(0, 112, 8) for y in range(0, 112, 8)}) > 40
    tall = panel.card.height()
    qtbot.mouseMove(panel.canvas, edge_place(panel, 1, 0, 5))
    assert panel.card.title.text().startswith("Weight from")
    assert panel.card.height() < tall - 100
    qtbot.mouseMove(panel.canvas, place(panel, Unit(3, 7)))
    assert panel.card.title.text() == "Output “7”"


def test_a_snapshot_of_another_network_is_passed_over(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    old = panel.snapshot
    qtbot.mouseClick(panel.header.more, LEFT)
    panel.show_snapshot(old)
    assert panel.snapshot is not old


def test_reset_shows_the_start_again(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    start = panel.canvas.grab().toImage()
    for epoch in (1, 2, 3):
        panel.session.step_epoch()
        qtbot.waitUntil(lambda epoch=epoch: panel.snapshot.figures.epoch == epoch and not panel.session.running)
    assert panel.canvas.grab().toImage() != start
    panel.session.reset()
    qtbot.waitUntil(lambda: panel.snapshot is not None and panel.snapshot.figures.epoch == 0)
    assert panel.canvas.grab().toImage() == start


def test_dark_draws_on_dark(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    panel.session.theme.set_mode("dark")
    image = panel.canvas.grab().toImage()
    assert image.pixelColor(3, 3).lightness() < 60
    x, y = panel.canvas.layout_.box(Unit(1, 0)).centre
    assert image.pixelColor(round(x), round(y)).lightness() < 200


def test_every_control_has_a_name(make_panel: PanelMaker) -> None:
    panel = make_panel()
    assert panel.canvas.accessibleName() == "Network drawing, 2 – 4 – 3 – 1"
    for footer in panel.under.footers:
        controls = footer.controls
        for control in (controls.fewer, controls.more, controls.activation, footer.button):
            assert control.accessibleName()
            assert control.toolTip()
