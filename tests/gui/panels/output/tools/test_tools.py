from typing import Any

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.errors import InputError
from nnplay.gui.panels.output.tools.put import Put
from nnplay.gui.panels.output.tools.selecting import SelectLasso, SelectRectangle
from nnplay.gui.panels.output.tools.strokes import Brush, Eraser, Stroke
from nnplay.gui.panels.output.tools.tool import Press, Tool, from_units, in_units

WIDE = (0.0, 1000.0, -1.0, 1.0)


def drag(tool: Tool, board: Any, *way: tuple[float, float], **press: bool) -> None:
    tool.press(board, Press(way[0], **press))
    for place in way[1:]:
        tool.move(board, place)
    tool.release(board, way[-1])


def test_units_are_twelfths_of_the_canvas():
    points = np.array([[0.0, -1.0], [1000.0, 1.0], [500.0, 0.0]])
    np.testing.assert_allclose(in_units(points, WIDE), [[-6, -6], [6, 6], [0, 0]])
    np.testing.assert_allclose(from_units(in_units(points, WIDE), WIDE), points)


def test_a_press_puts_the_chosen_class_and_the_right_button_the_next(board: Any):
    drag(Put(), board, (1.0, 2.0))
    drag(Put(), board, (-1.0, -2.0), second=True)
    np.testing.assert_array_equal(board.table.inputs[4:], [[1, 2], [-1, -2]])
    np.testing.assert_array_equal(board.table.targets[4:], [0, 1])
    assert board.edits == ["Add point", "Add point"]


def test_a_brush_stroke_is_one_act_and_stays_within_its_circle(board: Any):
    brush = Brush()
    before = board.table
    brush.press(board, Press((-2.0, 0.0)))
    brush.move(board, (2.0, 0.0))
    assert board.table is before, "nothing is done before the button is up"
    assert len(board.shown.points) > brush.density
    brush.release(board, (2.0, 0.0))
    added = board.table.inputs[4:]
    assert len(board.edits) == 1
    assert (np.abs(added[:, 1]) <= brush.radius).all()
    assert added[:, 0].min() < -1.5
    assert added[:, 0].max() > 1.5
    assert len(board.shown.points) == 0


def test_the_brush_is_round_to_the_eye_on_any_plane(board: Any):
    board.plane = WIDE
    board.table = Table(np.array([[500.0, 0.0]]), np.array([0.0]), "classification", (), ("0", "1"))
    brush = Brush()
    brush.density = 400
    drag(brush, board, (500.0, 0.0))
    spread = np.abs(in_units(board.table.inputs[1:], WIDE)).max(axis=0)
    np.testing.assert_allclose(spread, brush.radius, rtol=0.1)


def test_a_brush_at_the_border_leaves_no_point_outside(board: Any):
    drag(Brush(), board, (5.9, 5.9), (6.0, 6.0))
    assert np.abs(board.table.inputs).max() <= 6.0


def test_the_eraser_takes_out_what_it_touches_along_its_way(board: Any):
    eraser = Eraser()
    eraser.press(board, Press((-3.0, -4.0)))
    eraser.move(board, (-3.0, 4.0))
    np.testing.assert_array_equal(board.shown.hidden, [True, False, True, False])
    eraser.release(board, (-3.0, 4.0))
    np.testing.assert_array_equal(board.table.inputs, [[3, 3], [3, -3]])
    assert board.edits == ["Erase 2 points"]
    assert board.table.class_names == ("0", "1")


def test_an_eraser_that_touches_nothing_is_no_act(board: Any):
    drag(Eraser(), board, (0.0, 0.0), (1.0, 0.0))
    assert board.edits == []


@pytest.mark.parametrize("tool", [Brush(), Eraser()])
def test_a_cancelled_stroke_leaves_everything(board: Any, tool: Stroke):
    before = board.table
    tool.press(board, Press((-3.0, -3.0)))
    tool.cancel(board)
    tool.release(board, (3.0, 3.0))
    assert board.table is before
    assert board.shown.hidden is None


def test_a_rectangle_selects_and_shift_adds(board: Any):
    select = SelectRectangle()
    drag(select, board, (-4.0, -4.0), (-1.0, 4.0))
    np.testing.assert_array_equal(board.selection, [0, 2])
    drag(select, board, (4.0, 4.0), (2.0, 2.0), adding=True)
    np.testing.assert_array_equal(board.selection, [0, 1, 2])
    drag(select, board, (0.0, 0.0), (1.0, 1.0))
    assert len(board.selection) == 0


def test_a_lasso_selects_what_is_inside(board: Any):
    drag(SelectLasso(), board, (-5.0, -5.0), (5.0, -5.0), (5.0, -1.0), (-5.0, -1.0))
    np.testing.assert_array_equal(board.selection, [0, 3])


def test_a_click_selects_the_point_under_it_and_beside_all_none(board: Any):
    select = SelectRectangle()
    drag(select, board, (3.1, 2.9))
    np.testing.assert_array_equal(board.selection, [1])
    drag(select, board, (0.0, 0.0))
    assert len(board.selection) == 0


def test_dragging_a_selected_point_moves_all_of_them(board: Any):
    select = SelectRectangle()
    drag(select, board, (-4.0, -4.0), (-1.0, 4.0))
    select.press(board, Press((-3.0, 3.0)))
    select.move(board, (-2.0, 3.5))
    np.testing.assert_array_equal(board.shown.hidden, [True, False, True, False])
    np.testing.assert_allclose(board.shown.points, [[-2, -2.5], [-2, 3.5]])
    select.release(board, (-2.0, 3.5))
    np.testing.assert_allclose(board.table.inputs[[0, 2]], [[-2, -2.5], [-2, 3.5]])
    np.testing.assert_array_equal(board.selection, [0, 2])
    assert board.edits == ["Move 2 points"]


def test_dragging_a_point_that_is_not_selected_moves_it_alone(board: Any):
    drag(SelectRectangle(), board, (3.0, 3.0), (4.0, 3.0))
    np.testing.assert_allclose(board.table.inputs[1], [4, 3])
    assert board.edits == ["Move 1 point"]


def test_moved_points_stop_together_at_the_border(board: Any):
    select = SelectRectangle()
    drag(select, board, (-4.0, -4.0), (4.0, 4.0))
    drag(select, board, (3.0, 3.0), (6.0, 6.0))
    np.testing.assert_allclose(board.table.inputs, [[0, 0], [6, 6], [0, 6], [6, 0]])


def test_what_the_table_refuses_comes_through(board: Any):
    board.chosen = 6.0
    with pytest.raises(InputError, match="class"):
        drag(Put(), board, (0.0, 0.0))
