from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.gui.panels.network.layout import NetworkLayout, Room, Unit, lay_out
from nnplay.gui.theme.scale import set_factor

SMALL, LARGE = Room(500, 340, 54, 8), Room(800, 580, 54, 24)
hidden = st.lists(st.integers(1, 512), max_size=10)
networks = st.builds(
    lambda i, h, o: (i, *h, o), st.integers(1, 40), st.one_of(hidden, st.just([8] * 8)), st.integers(1, 10)
)
rooms = st.builds(Room, st.floats(320, 1600), st.floats(200, 1200), st.floats(8, 100), st.floats(8, 100))


def check(layout: NetworkLayout, sizes: tuple[int, ...]) -> None:
    assert [column.shown + column.more for column in layout.columns] == list(sizes)
    for first, second in pairwise(layout.columns):
        assert second.x - first.x > (first.side + second.side) / 2
    for column in layout.columns:
        assert column.shown >= 1
        assert (column.more_y is None) == (column.more == 0)
        assert column.more_y is None or column.more_y > column.centres[-1]
        for upper, lower in pairwise(column.centres):
            assert lower - upper > column.side
    for unit in layout.units():
        box = layout.box(unit)
        assert box.x >= layout.room.left - 1e-6
        assert box.x + box.width <= layout.room.width - layout.room.right + 1e-6
        assert box.y >= -1e-6
        assert box.y + box.height <= layout.room.height + 1e-6


@settings(deadline=None, max_examples=150)
@given(sizes=networks, room=rooms)
def test_units_neither_overlap_nor_leave_the_room(sizes: tuple[int, ...], room: Room) -> None:
    check(lay_out(sizes, room), sizes)


@pytest.mark.parametrize("layers", range(11))
@pytest.mark.parametrize("room", [SMALL, LARGE], ids=["small", "large"])
def test_every_number_of_hidden_layers_fits(layers: int, room: Room) -> None:
    sizes = (9, *[8] * layers, 1)
    layout = lay_out(sizes, room)
    check(layout, sizes)
    assert len(layout.columns) == layers + 2
    assert all(column.more == 0 for column in layout.columns)


def test_a_wide_layer_shows_its_first_units_and_counts_the_rest() -> None:
    layout = lay_out([784, 128, 64, 10], LARGE, picture=True)
    pixels, first, second, outputs = layout.columns
    assert pixels.shown == 1
    assert pixels.side > 2 * first.side
    assert first.shown + first.more == 128
    assert first.shown >= 10
    assert second.more == 64 - second.shown
    assert (outputs.shown, outputs.more) == (10, 0)
    check(layout, (1, 128, 64, 10))


def test_all_outputs_are_shown_beside_wide_layers_in_little_room() -> None:
    assert lay_out([784, 512, 10], SMALL, picture=True).columns[-1].more == 0


@pytest.mark.parametrize("sizes", [(2, 4, 1), (9, 6, 4, 1), (2, 8, 8, 8, 1), (13, 10, 3)])
def test_columns_are_centred_on_one_line_and_what_is_under_them_has_room(sizes: tuple[int, ...]) -> None:
    room = Room(640, 560, 54, 24, under=60, under_inputs=110)
    layout = lay_out(sizes, room)
    middle = (room.height - room.under) / 2
    for number, column in enumerate(layout.columns):
        assert (column.centres[0] + column.centres[-1]) / 2 == pytest.approx(middle)
        assert column.bottom + (room.under if number else room.under_inputs) <= room.height + 1e-6
    check(layout, sizes)


def test_the_drawing_of_a_small_network_fills_the_room() -> None:
    room = Room(630, 560, 54, 8, under=60, under_inputs=150)
    layout = lay_out([2, 4, 1], room)
    assert 80 <= layout.side <= 96
    tallest = layout.columns[1]
    assert tallest.bottom - (tallest.centres[0] - tallest.side / 2) > 0.85 * (room.height - room.under)
    assert layout.columns[0].x - layout.side / 2 == pytest.approx(room.left)
    assert layout.columns[-1].x + layout.side / 2 == pytest.approx(room.width - room.right)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=4), st.floats(1.0, 2.0))
@settings(deadline=None)
def test_units_of_hidden_layers_are_32_to_96_pixels_where_columns_have_room(layers: list[int], factor: float) -> None:
    set_factor(factor)
    try:
        layout = lay_out([2, *layers, 1], Room(1000 * factor, 600 * factor, 60 * factor, 20 * factor))
        assert 32 * factor - 1e-6 <= layout.side <= 96 * factor + 1e-6
        check(layout, (2, *layers, 1))
    finally:
        set_factor(1.0)


def test_edges_lead_from_the_right_of_one_unit_to_the_left_of_the_other() -> None:
    layout = lay_out([2, 5, 3], LARGE)
    for number, bundle in enumerate(layout.bundles):
        for edge in range(len(bundle.rows)):
            source = layout.box(Unit(number, int(bundle.sources[edge])))
            target = layout.box(Unit(number + 1, int(bundle.targets[edge])))
            assert bundle.starts[edge, 0] == pytest.approx(source.x + source.width)
            assert source.y < bundle.starts[edge, 1] < source.y + source.height
            assert bundle.ends[edge, 0] == pytest.approx(target.x)
            assert target.y < bundle.ends[edge, 1] < target.y + target.height
            np.testing.assert_allclose(bundle.points[edge, 0], bundle.starts[edge])
            np.testing.assert_allclose(bundle.points[edge, -1], bundle.ends[edge])
            assert (np.diff(bundle.points[edge, :, 0]) > 0).all()


def test_a_picture_has_one_edge_to_each_unit() -> None:
    bundle = lay_out([784, 6, 2], LARGE, picture=True).bundles[0]
    assert len(bundle.rows) == 6
    assert (bundle.rows == -1).all()


def test_what_is_at_a_place_is_found() -> None:
    layout = lay_out([2, 4, 1], LARGE)
    for unit in layout.units():
        assert layout.unit_at(*layout.box(unit).centre) == unit
    for unit in layout.units():
        found = layout.bias_at(*layout.bias_place(unit))
        assert found == (unit if unit.column else None)
    assert layout.unit_at(2, 2) is None
    for number, bundle in enumerate(layout.bundles):
        for edge in range(len(bundle.rows)):
            x, y = bundle.points[edge, 4]
            assert layout.edge_at(x, y, 1.0) == (number, edge)
    assert layout.edge_at(2, 2) is None


def test_arrows_lead_to_the_neighbours_and_stop_at_the_border() -> None:
    layout = lay_out([2, 4, 1], LARGE)
    assert layout.neighbour(Unit(0, 0), 0, 1) == Unit(0, 1)
    assert layout.neighbour(Unit(0, 1), 0, 1) == Unit(0, 1)
    assert layout.neighbour(Unit(0, 0), 0, -1) == Unit(0, 0)
    assert layout.neighbour(Unit(1, 3), 1, 0) == Unit(2, 0)
    assert layout.neighbour(Unit(2, 0), 1, 0) == Unit(2, 0)
    assert layout.neighbour(Unit(1, 0), -1, 0) == Unit(0, 0)
    assert layout.neighbour(Unit(1, 3), -1, 0) == Unit(0, 1)


def test_the_same_network_in_the_same_room_is_laid_out_the_same() -> None:
    first, second = lay_out([2, 8, 8, 1], LARGE), lay_out([2, 8, 8, 1], LARGE)
    assert first.columns == second.columns


def test_units_are_large_where_there_is_room_and_columns_do_not_drift_apart() -> None:
    layout = lay_out([2, 4, 1], Room(2000, 900))
    assert layout.side == 96
    assert layout.spacing <= 320
    left = layout.box(Unit(0, 0)).x
    right = layout.box(Unit(2, 0))
    assert left == pytest.approx(2000 - right.x - right.width)


def test_where_the_room_is_too_low_no_unit_is_cut_at_the_top() -> None:
    layout = lay_out([2, 8, 8, 1], Room(400, 200, under=140, under_inputs=60))
    assert all(layout.box(unit).y >= 0.0 for unit in layout.units())
    assert [column.shown for column in layout.columns] == [2, 1, 1, 1]
