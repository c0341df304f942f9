"""Polygons that are cut by lines: nothing of the plane is lost, and each part lies on its side."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.training.folds.polygons import Polygons, crossings, cut

NUMBERS = st.floats(-3.0, 3.0).filter(lambda value: abs(value) > 1e-6 or value == 0.0)
LINES = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=12)


def cut_by(polygons: Polygons, line: tuple[float, float, float]) -> tuple[Polygons, np.ndarray]:
    done = cut(polygons, np.tile(line, (len(polygons), 1)))
    return done.polygons, done.above


@settings(deadline=None, max_examples=60)
@given(LINES)
def test_the_parts_are_the_plane_and_lie_on_their_sides(lines: list[tuple[float, float, float]]):
    polygons = Polygons.whole()
    for line in lines:
        polygons, above = cut_by(polygons, line)
        heights = polygons.heights(np.tile(line, (len(polygons), 1)))
        least = 1e-12 * (1.0 + np.abs(line).sum())
        assert (heights[above] >= -least).all()
        assert (heights[~above] <= least).all()
    np.testing.assert_allclose(polygons.areas().sum(), 4.0, rtol=1e-12)


def test_a_corner_cut_off_by_hand():
    polygons, above = cut_by(Polygons.whole(), (-1.5, 1.0, 1.0))  # u + v = 1.5
    assert sorted(polygons.counts) == [3, 5]
    np.testing.assert_allclose(sorted(polygons.areas()), [0.125, 3.875])
    assert polygons.counts[above].tolist() == [3]


def test_a_line_along_a_border_or_beside_the_plane_cuts_nothing():
    for line in ((1.0, 1.0, 0.0), (3.0, 1.0, 1.0), (0.0, 0.0, 0.0), (-2.0, 1.0, 1.0)):
        polygons, _ = cut_by(Polygons.whole(), line)
        assert len(polygons) == 1


def test_lines_run_from_border_to_border():
    lines = np.array([[[0.5, 3.0], [1.0, 1.0], [0.0, 0.0]]])  # u = −0.5, and one beside the plane
    segments, polygon, line = crossings(Polygons.whole(), lines)
    assert (polygon.tolist(), line.tolist()) == ([0], [0])
    assert sorted(map(tuple, segments[0].tolist())) == [(-0.5, -1.0), (-0.5, 1.0)]
