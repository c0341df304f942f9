import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.data.selection import (
    indices_in_circle,
    indices_in_lasso,
    indices_in_rectangle,
    nearest_index,
    nearest_segment,
)

POINTS = np.array([[0.0, 0.0], [1.0, 0.0], [3.0, 4.0], [1.0, 0.0]])
coordinates = st.floats(-10, 10)


def test_circle_includes_its_border() -> None:
    assert indices_in_circle(POINTS, (0, 0), 1.0).tolist() == [0, 1, 3]
    assert indices_in_circle(POINTS, (0, 0), 5.0).tolist() == [0, 1, 2, 3]
    assert indices_in_circle(POINTS, (9, 9), 0.1).tolist() == []


def test_nearest_is_the_topmost_of_equals() -> None:
    assert nearest_index(POINTS, (0.9, 0.0), 0.5) == 3
    assert nearest_index(POINTS, (0.1, 0.0), 0.5) == 0
    assert nearest_index(POINTS, (-3.0, 0.0), 0.5) is None
    assert nearest_index(np.empty((0, 2)), (0.0, 0.0), 9.0) is None


@pytest.mark.parametrize("corners", [((-1, -1), (1, 1)), ((1, 1), (-1, -1)), ((-1, 1), (1, -1))])
def test_rectangle_from_any_corner_to_the_opposite(corners: tuple[tuple[float, float], tuple[float, float]]) -> None:
    assert indices_in_rectangle(POINTS, *corners).tolist() == [0, 1, 3]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(coordinates, coordinates), max_size=20), *[coordinates] * 4)
def test_a_lasso_around_a_rectangle_picks_what_the_rectangle_does(
    points: list[tuple[float, float]], left: float, right: float, bottom: float, top: float
) -> None:
    array = np.array(points).reshape(-1, 2)
    on_border = np.isin(array[:, 0], [left, right]) | np.isin(array[:, 1], [bottom, top])
    array = array[~on_border]
    outline = [(left, bottom), (right, bottom), (right, top), (left, top)]
    expected = indices_in_rectangle(array, (left, bottom), (right, top))
    assert indices_in_lasso(array, outline).tolist() == expected.tolist()


def test_lasso_follows_a_hollow_outline() -> None:
    # an L: the upper right quarter is outside
    outline = [(0, 0), (4, 0), (4, 2), (2, 2), (2, 4), (0, 4)]
    points = np.array([[1.0, 1.0], [3.0, 1.0], [1.0, 3.0], [3.0, 3.0], [-1.0, 1.0]])
    assert indices_in_lasso(points, outline).tolist() == [0, 1, 2]


def test_lasso_level_with_a_corner_counts_once() -> None:
    diamond = [(0, -1), (1, 0), (0, 1), (-1, 0)]
    points = np.array([[0.0, 0.0], [-0.5, 0.0], [-3.0, 0.0], [3.0, 0.0], [-3.0, 1.0]])
    assert indices_in_lasso(points, diamond).tolist() == [0, 1]


@pytest.mark.parametrize("outline", [[], [(0, 0)], [(0, 0), (1, 1)], [(0, 0), (0, 0), (0, 0)]])
def test_lasso_without_an_area_picks_nothing(outline: list[tuple[float, float]]) -> None:
    assert indices_in_lasso(POINTS, np.array(outline).reshape(-1, 2)).tolist() == []


def test_the_nearest_segment_is_the_one_within_reach() -> None:
    segments = np.array([[[0.0, 0.0], [10.0, 0.0]], [[0.0, 4.0], [10.0, 4.0]]])
    assert nearest_segment(segments, (5.0, 1.0), (1.0, 1.0), 1.5) == 0
    assert nearest_segment(segments, (5.0, 3.0), (1.0, 1.0), 1.5) == 1
    assert nearest_segment(segments, (5.0, 2.0), (1.0, 1.0), 1.5) is None
    assert nearest_segment(segments, (12.0, 0.0), (1.0, 1.0), 1.5) is None
    assert nearest_segment(segments[:0], (0.0, 0.0), (1.0, 1.0), 9.0) is None
