"""Two directions from which numbers are seen: which they are, and that a picture doesn't turn over by itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.training.hidden_space import main_directions, next_lines, turned, two_units
from nnplay.training.hidden_space.next_lines import NOBODY

CLOUD = np.random.default_rng(1).normal(size=(60, 5)) * (0.2, 3.0, 0.1, 1.5, 0.3) + 7.0


@pytest.mark.parametrize("values", [CLOUD, CLOUD[:4]])
def test_main_directions_are_those_of_most_variance(values: np.ndarray):
    seen = main_directions(values)
    _, sizes, directions = np.linalg.svd(values - values.mean(axis=0))
    np.testing.assert_allclose(np.abs(directions[:2] @ seen.axes), np.eye(2), atol=1e-8)
    assert seen.share == pytest.approx(np.square(sizes[:2]).sum() / np.square(sizes).sum())


def test_units_are_drawn_as_they_are():
    seen = two_units(CLOUD, 3, 1)
    np.testing.assert_array_equal(seen.places(CLOUD), CLOUD[:, [3, 1]])
    one = two_units(CLOUD[:, :1], 0, 0).places(CLOUD[:, :1])
    np.testing.assert_array_equal(one, np.column_stack([CLOUD[:, 0], np.zeros(60)]))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.floats(0.0, 1.0))
def test_what_changes_little_is_drawn_little_elsewhere(seed: int, mix: float):
    """However near the two main directions are to change places, as they do for the equal ones of `mix` 1."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(50, 4)) * (2.0, 2.0 * mix + 0.2, 0.05, 0.05)
    before = turned(main_directions(values), values, rng.normal(size=(50, 2))).places(values)
    moved = values + rng.normal(size=values.shape) * 1e-4
    after = turned(main_directions(moved), moved, before).places(moved)
    assert np.abs(after - before).max() < 0.02


@pytest.mark.parametrize("values", [np.zeros((9, 4)), np.outer(np.arange(9.0), (1.0, 2.0, 0.0, 0.0)), CLOUD[:1]])
def test_what_spans_no_plane_is_drawn_all_the_same_each_time(values: np.ndarray):
    like = np.random.default_rng(3).normal(size=(len(values), 2))
    first, second = (turned(main_directions(values), values, like).places(values) for _ in range(2))
    assert np.isfinite(first).all()
    np.testing.assert_array_equal(first, second)


def test_a_line_by_hand():
    points = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 1.0]])  # the tutorial's XOR, folded: h₁ − 2 h₂ = ½
    found = next_lines(two_units(points, 0, 1), np.array([[1.0], [-2.0]]), np.array([-0.5]), points)
    assert found.units.tolist() == [[0, NOBODY]]
    np.testing.assert_allclose(found.segments @ (1.0, -2.0), 0.5, atol=1e-12)
    start, end = found.segments[0]
    turns = [np.linalg.det([end - start, point - start]) for point in points]
    assert [turn < 0.0 for turn in turns] == [False, True, False], "what is above 0 lies at the right"


def test_of_more_units_it_is_the_line_through_the_mean():
    rng = np.random.default_rng(4)
    weights, biases = rng.normal(size=(5, 3)), rng.normal(size=3)
    for seen in (main_directions(CLOUD), two_units(CLOUD, 0, 4)):
        found = next_lines(seen, weights, biases - CLOUD.mean(axis=0) @ weights, seen.places(CLOUD))
        assert len(found.segments) == 3
        behind = seen.base + found.segments @ seen.axes.T
        sums = (behind - CLOUD.mean(axis=0)) @ weights + biases
        for line, (unit, _) in enumerate(found.units):
            np.testing.assert_allclose(sums[line, :, unit], 0.0, atol=1e-9)


def test_a_line_that_is_far_from_all_points_is_none():
    points = np.array([[0.0, 0.0], [1.0, 0.5]])
    weights, biases = np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([-1e3, 2.0])
    assert not len(next_lines(two_units(points, 0, 1), weights, biases, points).segments)


def test_classes_part_where_the_largest_output_is_another():
    rng = np.random.default_rng(5)
    points = rng.normal(size=(400, 2))
    weights, biases = rng.normal(size=(2, 5)), rng.normal(size=5) * 0.3
    found = next_lines(two_units(points, 0, 1), weights, biases, points, classes=True)
    assert len(found.segments)
    for (start, end), (one, other) in zip(found.segments, found.units, strict=True):
        places = start + np.linspace(0.001, 0.999, 50)[:, None] * (end - start)
        outputs = places @ weights + biases
        np.testing.assert_allclose(outputs[:, one], outputs[:, other], atol=1e-9)
        np.testing.assert_allclose(outputs.max(axis=1), outputs[:, one], atol=1e-9)
        along = end - start
        right = places[25] + 1e-6 * np.array([along[1], -along[0]]) / np.linalg.norm(along)
        assert (right @ weights + biases).argmax() == one
    classes = (points @ weights + biases).argmax(axis=1)
    neighbours = {tuple(pair) for pair in found.units.tolist()}
    assert {each for pair in neighbours for each in pair} >= set(classes.tolist())
