"""The output used as a person does: mouse and keys on the canvas, and what is seen afterwards."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.paint.axes import text_width
from nnplay.training.experiment import YOURS
from tests.gui.panels.output.output_hands import (
    CIRCLES,
    EMPTY,
    LEFT,
    NONE,
    NOTHING,
    PATIENCE,
    RIGHT,
    SHIFT,
    XOR,
    Opener,
    click,
    colour_at,
    drag,
    press_undo,
    reach_by_keyboard,
    session_of,
    table_of,
    take,
)


def test_xor_is_drawn_in_four_clicks(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(EMPTY)
    for x1, x2, button in ((-3, -3, LEFT), (3, 3, LEFT), (-3, 3, RIGHT), (3, -3, RIGHT)):
        click(qtbot, panel, x1, x2, button)
    table = table_of(panel)
    np.testing.assert_allclose(table.inputs, [[-3, -3], [3, 3], [-3, 3], [3, -3]], atol=0.05)
    np.testing.assert_array_equal(table.targets, [0, 0, 1, 1])
    assert session_of(panel).undo_stack.count() == 4


def test_undo_takes_each_point_back(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(EMPTY)
    click(qtbot, panel, 1, 1)
    click(qtbot, panel, 2, 2)
    press_undo(qtbot, panel)
    assert len(table_of(panel)) == 1
    press_undo(qtbot, panel)
    assert table_of(panel) == NOTHING
    assert not panel.strip.buttons["undo"].isEnabled()


def test_clear_empties_the_canvas_and_undo_fills_it_again(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    before = table_of(panel)
    take(qtbot, panel, "clear")
    assert len(table_of(panel)) == 0
    press_undo(qtbot, panel)
    assert table_of(panel) == before
    assert session_of(panel).experiment == XOR


@pytest.mark.parametrize("tool", ["erase", "rectangle", "lasso"])
def test_on_an_empty_plane_there_is_a_pencil(qtbot: QtBot, open_panel: Opener, tool: str):
    panel = open_panel(XOR)
    take(qtbot, panel, tool)
    take(qtbot, panel, "clear")
    click(qtbot, panel, 1, 1)
    assert len(table_of(panel)) == 1


def test_planes_begin_at_one_place_and_the_name_stands_off_the_figures(qtbot: QtBot, open_panel: Opener):
    places = set()
    for experiment in (XOR, CIRCLES):
        view = open_panel(experiment).view
        places.add(view.canvas_rect().left())
        longest = text_width([text for _, text in view._left._tickLevels[0]])
        assert view.canvas_rect().left() - 6 - longest - view.up.geometry().right() >= 2
    assert len(places) == 1


def test_drawing_into_a_generated_set_makes_it_ones_own_with_the_same_points(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    session = session_of(panel)
    before, network = table_of(panel), session.trainer.network
    click(qtbot, panel, 0.5, 0.5)
    data = session.experiment.data
    assert data.kind == YOURS
    assert data.plane == (-0.5, 1.5, -0.5, 1.5)
    np.testing.assert_array_equal(table_of(panel).inputs[:4], before.inputs)
    assert session.trainer.network is network, "the network goes on"


def test_a_point_on_the_canvas_is_seen_in_its_colour(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(EMPTY)
    click(qtbot, panel, 2, 2, RIGHT)
    seen = colour_at(panel, 2, 2)
    assert seen.blue() > seen.red() + 80


def test_a_third_class_brings_a_network_that_can_tell_three(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    qtbot.mouseClick(panel.swatches.button(2), LEFT)
    click(qtbot, panel, 0.5, 0.5)
    session = session_of(panel)
    assert session.prepared.outputs == 3
    assert session.experiment.model.loss == "categorical_cross_entropy"
    press_undo(qtbot, panel)
    assert session.experiment == XOR


def test_number_keys_choose_the_class(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(EMPTY)
    qtbot.keyClick(panel.window_, Qt.Key.Key_2)
    qtbot.waitUntil(panel.swatches.button(1).isChecked)
    click(qtbot, panel, 0, 0)
    assert table_of(panel).targets[0] == 1


def test_a_brush_stroke_is_previewed_and_is_one_step_of_undo(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(EMPTY)
    take(qtbot, panel, "brush")
    drag(qtbot, panel, (-4, 0), (-1, 0), (3, 0), let_go=False)
    assert len(table_of(panel)) == 0
    qtbot.mouseRelease(panel.canvas, LEFT, NONE, panel.to_widget(QPointF(3, 0)))
    assert len(table_of(panel)) > 10
    press_undo(qtbot, panel)
    assert len(table_of(panel)) == 0


def test_the_eraser_takes_points_out(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    take(qtbot, panel, "erase")
    click(qtbot, panel, 0, 0)
    assert len(table_of(panel)) == 3


def test_selected_points_are_moved_given_a_class_and_deleted(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    before = table_of(panel)
    take(qtbot, panel, "rectangle")
    drag(qtbot, panel, (-0.4, -0.4), (0.4, 1.4))
    assert len(panel.board.selection) == 2
    drag(qtbot, panel, (0, 0), (0.2, 0))
    moved = table_of(panel).inputs - before.inputs
    np.testing.assert_allclose(moved[[0, 1]], [[0.2, 0]] * 2, atol=0.02)
    np.testing.assert_array_equal(moved[[2, 3]], 0)
    qtbot.mouseClick(panel.swatches.button(1), LEFT)
    np.testing.assert_array_equal(table_of(panel).targets[[0, 1]], [1, 1])
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(table_of(panel)) == 2)
    for _ in range(3):
        press_undo(qtbot, panel)
    assert table_of(panel) == before


def test_jitter_moves_every_point_a_little(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    before = table_of(panel)
    take(qtbot, panel, "jitter")
    moved = np.abs(table_of(panel).inputs - before.inputs)
    assert (moved > 0).all()
    assert np.median(moved) < 0.3
    np.testing.assert_array_equal(table_of(panel).targets, before.targets)


def test_arrows_and_enter_put_points_without_a_mouse(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(EMPTY)
    reach_by_keyboard(panel)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(panel.view, key)
    qtbot.keyClick(panel.view, Qt.Key.Key_Left)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return, SHIFT)
    np.testing.assert_allclose(table_of(panel).inputs, [[1.0, 0.5], [0.5, 0.5]])
    np.testing.assert_array_equal(table_of(panel).targets, [0, 1])
    assert panel.readout.text().startswith("x₁")


def test_arrows_and_enter_select_in_two_presses(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    take(qtbot, panel, "rectangle")
    reach_by_keyboard(panel)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    for key in [Qt.Key.Key_Right] * 8 + [Qt.Key.Key_Up] * 8 + [Qt.Key.Key_Return]:
        qtbot.keyClick(panel.view, key)
    np.testing.assert_array_equal(panel.board.selection, [3])


def test_escape_leaves_a_stroke_undone(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    take(qtbot, panel, "brush")
    drag(qtbot, panel, (0, 0), (1, 1), let_go=False)
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(panel.canvas, LEFT, NONE, panel.to_widget(QPointF(1, 1)))
    assert session_of(panel).experiment == XOR


def test_the_wheel_changes_the_circle_of_the_brush(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    take(qtbot, panel, "brush")
    before = panel.board.tool.radius
    middle = QPointF(panel.canvas.rect().center())
    turn = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(panel.canvas, turn)
    assert panel.board.tool.radius > before


def test_a_second_click_on_the_brush_opens_its_options(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    take(qtbot, panel, "brush")
    assert not panel.strip._options.isVisible()
    take(qtbot, panel, "brush")
    options = panel.strip._options
    assert options.isVisible()
    qtbot.keyClick(options.size_slider.slider, Qt.Key.Key_Right)
    assert panel.board.tool.radius == pytest.approx(0.85)
    options.hide()
    assert panel.strip.buttons["brush"].isChecked()


def test_drawing_while_it_trains_lets_training_go_on(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    session = session_of(panel)
    session.toggle_training()
    qtbot.waitUntil(lambda: session.trainer.epoch > 2, timeout=PATIENCE)
    click(qtbot, panel, 5.5, -5.5)
    assert session.running
    assert len(table_of(panel)) == 61
    qtbot.waitUntil(lambda: len(session.trainer.prepared.table) == 61, timeout=PATIENCE)


def test_a_hundred_edits_are_undone_to_the_exact_start(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    generator = np.random.default_rng(0)
    for place in generator.uniform(-0.4, 1.4, (100, 2)):
        qtbot.mouseClick(panel.canvas, LEFT, SHIFT, panel.to_widget(QPointF(*place)))  # on other points too
    assert len(table_of(panel)) == 104
    stack = session_of(panel).undo_stack
    while stack.canUndo():
        stack.undo()
    assert session_of(panel).experiment == XOR


def test_a_refused_point_is_told_and_changes_nothing(qtbot: QtBot, open_panel: Opener, monkeypatch: pytest.MonkeyPatch):
    panel = open_panel(XOR)
    monkeypatch.setattr("nnplay.data.drawing.MAX_POINTS", 4)
    with qtbot.waitSignal(session_of(panel).refused) as told:
        click(qtbot, panel, 0.5, 0.5)
    assert "at most 4" in told.args[0]
    assert session_of(panel).experiment == XOR


def test_another_data_set_begins_with_the_first_class(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    qtbot.mouseClick(panel.swatches.button(2), LEFT)
    session_of(panel).change("XOR", XOR)
    assert panel.swatches.button(0).isChecked()
    click(qtbot, panel, 0.5, 0.5)
    assert table_of(panel).classes == 2


def test_the_chosen_class_stays_while_one_draws_into_a_set_and_undoes_it(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    qtbot.mouseClick(panel.swatches.button(1), LEFT)
    for _ in range(2):
        click(qtbot, panel, 5.5, 5.5)
        assert panel.swatches.button(1).isChecked()
    for _ in range(2):
        press_undo(qtbot, panel)
    assert session_of(panel).experiment == CIRCLES
    assert panel.swatches.button(1).isChecked()
