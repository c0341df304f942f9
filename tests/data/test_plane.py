import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.data.plane import PLANE, folded, inside


def test_points_inside_stay_exactly() -> None:
    points = np.random.default_rng(0).uniform(-6, 6, (100, 2))
    np.testing.assert_array_equal(folded(points), points)


def test_a_point_beyond_the_border_is_mirrored() -> None:
    np.testing.assert_allclose(
        folded([[6.5, -7.0], [18.5, 0.0], [-30.0, 6.0]]), [[5.5, -5.0], [-5.5, 0.0], [-6.0, 6.0]]
    )


def test_any_plane() -> None:
    np.testing.assert_allclose(folded([[1.2, 9.5]], (0.0, 1.0, 10.0, 12.0)), [[0.8, 10.5]])


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=10))
def test_nothing_is_left_outside(points: list[tuple[float, float]]) -> None:
    assert inside(folded(points), PLANE).all()


def test_inside_includes_the_border() -> None:
    assert inside([[6.0, -6.0], [6.001, 0.0]]).tolist() == [True, False]
