import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.data import Table, make_table
from nnplay.data import drawing as draw
from nnplay.data.plane import PLANE, inside
from nnplay.data.selection import indices_in_circle
from nnplay.errors import InputError


def generator(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def three_points() -> Table:
    return Table(np.array([[0.0, 0.0], [1.0, 1.0], [-2.0, 5.0]]), np.array([0.0, 1.0, 0.0]), class_names=("a", "b"))


def test_an_empty_drawing_has_classes_and_no_points() -> None:
    table = draw.empty_drawing(3)
    assert len(table) == 0
    assert table.class_names == ("0", "1", "2")
    assert table.input_names == ("x1", "x2")


@pytest.mark.parametrize("classes", [0, 7, 2.0, True])
def test_one_to_six_classes(classes: int) -> None:
    with pytest.raises(InputError, match="classes"):
        draw.empty_drawing(classes)


def test_xor_in_four_clicks() -> None:
    table = draw.empty_drawing(2)
    for place, label in (((-2, -2), 0), ((-2, 2), 1), ((2, -2), 1), ((2, 2), 0)):
        table = draw.add_points(table, [place], label)
    assert table.inputs.tolist() == [[-2, -2], [-2, 2], [2, -2], [2, 2]]
    assert table.targets.tolist() == [0, 1, 1, 0]


def test_acts_leave_the_old_table_as_it_was() -> None:
    table, before = three_points(), three_points()
    draw.add_points(table, [(1, 1)], 1)
    draw.brush(table, (0, 0), 1, generator(), radius=1, count=5)
    draw.delete(table, [0, 1])
    draw.move(table, [0], (1, 1))
    draw.change_class(table, [0], 1)
    draw.jitter(table, [0, 1], generator(), amount=0.5)
    draw.clear(table)
    draw.with_classes(table, 4)
    assert table == before


def test_a_new_class_joins_with_its_number_as_name() -> None:
    table = draw.add_points(three_points(), [(0, 0)], 3)
    assert table.class_names == ("a", "b", "2", "3")
    assert table.targets[-1] == 3


def test_a_new_name_is_never_taken() -> None:
    table = Table(np.zeros((1, 2)), np.zeros(1), class_names=("1",))
    assert draw.add_points(table, [(0, 0)], 1).class_names == ("1", "2")


@pytest.mark.parametrize("label", [6, -1, 0.5, math.nan])
def test_no_seventh_class(label: float) -> None:
    for edit in (draw.add_points, lambda table, _, target: draw.change_class(table, [0], target)):
        with pytest.raises(InputError, match="class"):
            edit(three_points(), [(0, 0)], label)


def test_a_table_with_more_classes_keeps_them() -> None:
    table = Table(np.zeros((8, 2)), np.arange(8.0))
    assert draw.add_points(table, [(0, 0)], 7).targets[-1] == 7
    with pytest.raises(InputError, match="from 0 to 7"):
        draw.add_points(table, [(0, 0)], 8)


def test_regression_points_carry_a_value() -> None:
    table = draw.add_points(make_table("plane", samples=10), [(1, 2)], -0.75)
    assert table.targets[-1] == -0.75
    assert table.task == "regression"


def test_points_that_are_not_finite_are_refused() -> None:
    with pytest.raises(InputError):
        draw.add_points(three_points(), [(math.nan, 0)], 0)


def test_drawing_needs_a_plane() -> None:
    wide = Table(np.zeros((3, 3)), np.zeros(3))
    with pytest.raises(InputError, match="2 inputs"):
        draw.add_points(wide, [(0, 0)], 0)


def test_there_is_a_limit() -> None:
    full = Table(np.zeros((draw.MAX_POINTS, 2)), np.zeros(draw.MAX_POINTS))
    with pytest.raises(InputError, match="100,000"):
        draw.add_points(full, [(0, 0)], 0)


def test_brush_fills_its_disc_evenly() -> None:
    table = draw.brush(draw.empty_drawing(), (1, -1), 1, generator(), radius=2, count=4000)
    distances = np.hypot(*(table.inputs - [1, -1]).T)
    assert len(table) == 4000
    assert distances.max() <= 2
    # half of the area lies within radius/√2
    assert abs((distances <= 2 / np.sqrt(2)).mean() - 0.5) < 0.03
    assert (table.targets == 1).all()


def test_brush_repeats_with_the_same_seed() -> None:
    first, second = (draw.brush(three_points(), (0, 0), 1, generator(4), radius=1, count=9) for _ in range(2))
    assert first == second


def test_brush_stays_in_the_plane() -> None:
    table = draw.brush(draw.empty_drawing(), (6, 6), 0, generator(), radius=3, count=500)
    assert inside(table.inputs).all()
    assert len(np.unique(table.inputs, axis=0)) == 500


@pytest.mark.parametrize(("radius", "count"), [(0, 5), (-1, 5), (math.nan, 5), (1, -1)])
def test_brush_refuses_impossible_sizes(radius: float, count: int) -> None:
    with pytest.raises(InputError):
        draw.brush(three_points(), (0, 0), 1, generator(), radius=radius, count=count)


def test_deleting_what_is_near_is_erasing() -> None:
    table = draw.delete(three_points(), indices_in_circle(three_points().inputs, (0.2, 0.2), 1.2))
    assert table.inputs.tolist() == [[-2, 5]]
    assert table.class_names == ("a", "b")


def test_delete() -> None:
    assert draw.delete(three_points(), [0, 2]).inputs.tolist() == [[1, 1]]
    assert draw.delete(three_points(), []) == three_points()
    with pytest.raises(InputError, match="indices"):
        draw.delete(three_points(), [3])
    with pytest.raises(InputError, match="indices"):
        draw.delete(three_points(), [-1])


def test_move_shifts_the_chosen_together() -> None:
    table = draw.move(three_points(), [0, 1], (0.5, -1))
    assert table.inputs.tolist() == [[0.5, -1], [1.5, 0], [-2, 5]]
    assert draw.move(three_points(), [], (1, 1)) == three_points()


def test_move_stops_at_the_border_without_losing_shape() -> None:
    table = draw.move(three_points(), [0, 2], (-100, 100))
    np.testing.assert_allclose(table.inputs[[0, 2]], [[-4, 1], [-6, 6]])


def test_points_outside_can_be_moved_back_but_not_further() -> None:
    table = Table(np.array([[9.0, 0.0]]), np.zeros(1))
    assert draw.move(table, [0], (3, 0)).inputs[0, 0] == 9
    assert draw.move(table, [0], (-4, 0)).inputs[0, 0] == 5


def test_change_class() -> None:
    table = draw.change_class(three_points(), [2, 0], 1)
    assert table.targets.tolist() == [1, 1, 1]
    assert table.class_names == ("a", "b")
    assert draw.change_class(three_points(), [0], 4).classes == 5


def test_jitter_moves_only_the_chosen() -> None:
    table = draw.jitter(three_points(), [1], generator(), amount=0.3)
    np.testing.assert_array_equal(table.inputs[[0, 2]], three_points().inputs[[0, 2]])
    assert 0 < np.hypot(*(table.inputs[1] - [1, 1])) < 2
    assert draw.jitter(three_points(), [0, 1], generator(), amount=0.0) == three_points()
    with pytest.raises(InputError, match="amount"):
        draw.jitter(three_points(), [0], generator(), amount=-1)


def test_jitter_never_leaves_the_plane() -> None:
    table = draw.brush(draw.empty_drawing(), (5.5, 5.5), 0, generator(), radius=0.5, count=200)
    for seed in range(20):
        table = draw.jitter(table, np.arange(200), generator(seed), amount=1.0)
    assert inside(table.inputs).all()


def test_jitter_leaves_alone_what_is_outside_already() -> None:
    table = Table(np.array([[9.0, 0.0], [0.0, 0.0]]), np.zeros(2))
    assert draw.jitter(table, [0, 1], generator(), amount=1.0).inputs[0].tolist() == [9, 0]


def test_clear_keeps_names() -> None:
    table = draw.clear(three_points())
    assert len(table) == 0
    assert table.class_names == ("a", "b")


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 6), max_size=40), st.integers(0, 100))
def test_any_row_of_edits_stays_in_the_plane(edits: list[int], seed: int) -> None:
    random = generator(seed)
    table = draw.empty_drawing()
    for edit in edits:
        some = np.flatnonzero(random.random(len(table)) < 0.5)
        place = tuple(random.uniform(-6, 6, 2))
        label = int(random.integers(6))
        match edit:
            case 0:
                table = draw.add_points(table, [place], label)
            case 1:
                table = draw.brush(table, place, label, random, radius=2, count=7)
            case 2:
                table = draw.delete(table, indices_in_circle(table.inputs, place, 1))
            case 3:
                table = draw.delete(table, some)
            case 4:
                table = draw.move(table, some, place)
            case 5:
                table = draw.change_class(table, some, label)
            case _:
                table = draw.jitter(table, some, random, amount=1.0)
        assert inside(table.inputs, PLANE).all()
        assert table.classes <= 6


def test_classes_to_draw_are_added_and_taken_away_where_they_are_empty() -> None:
    table = draw.with_classes(three_points(), 4)
    assert table.class_names == ("a", "b", "2", "3")
    assert draw.with_classes(table, 2) == three_points()
    assert draw.with_classes(draw.empty_drawing(3), 1).class_names == ("0",)
    for wrong in (1, 7, True):
        with pytest.raises(InputError, match="from 2 to 6"):
            draw.with_classes(three_points(), wrong)
