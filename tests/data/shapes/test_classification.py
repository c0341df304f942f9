import numpy as np
import pytest

from nnplay.data.shapes import classification as shapes


def generator(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_circles_are_the_web_playgrounds() -> None:
    points, labels = shapes.circles(generator(), 1000, 0.0)
    radii = np.hypot(*points.T)
    assert radii[labels == 1].max() <= 2.5
    assert radii[labels == 0].min() >= 3.5
    assert radii.max() <= 5.0


def test_quadrants_keep_away_from_the_axes() -> None:
    points, labels = shapes.quadrants(generator(), 1000, 0.0)
    assert np.abs(points).min() >= 0.3
    np.testing.assert_array_equal(labels, points[:, 0] * points[:, 1] > 0)


@pytest.mark.parametrize("shape", [shapes.quadrants, shapes.circles, shapes.checkerboard])
def test_noise_flips_labels_and_moves_no_point(shape: shapes.Points) -> None:
    clean_points, clean = shape(generator(), 1000, 0.0)  # type: ignore[operator]
    points, labels = shape(generator(), 1000, 0.25)  # type: ignore[operator]
    np.testing.assert_array_equal(points, clean_points)
    assert 0.02 < (labels != clean).mean() < 0.5


def test_noise_flips_labels_of_stripes() -> None:
    clean_points, clean = shapes.stripes(generator(), 1000, 0.0, 3)
    points, labels = shapes.stripes(generator(), 1000, 0.25, 3)
    np.testing.assert_array_equal(points, clean_points)
    assert 0.02 < (labels != clean).mean() < 0.5


def test_two_spiral_arms_are_the_web_playgrounds() -> None:
    points, labels = shapes.spirals(generator(), 100, 0.0, 2)
    along = np.arange(50) / 50
    for label, start in ((1, 0.0), (0, np.pi)):
        angles = 1.75 * along * 2 * np.pi + start
        arm = 5 * along[:, None] * np.stack([np.sin(angles), np.cos(angles)], axis=1)
        np.testing.assert_allclose(points[labels == label], arm, atol=1e-12)


@pytest.mark.parametrize("arms", [2, 3, 4, 5])
def test_spiral_arms_keep_apart(arms: int) -> None:
    points, labels = shapes.spirals(generator(), 200 * arms, 0.0, arms)
    outer = np.hypot(*points.T) > 1.0
    for arm in range(arms):
        mine, others = points[outer & (labels == arm)], points[outer & (labels != arm)]
        distances = np.hypot(*(mine[:, None] - others[None]).transpose(2, 0, 1))
        assert distances.min() > 0.55


def test_moons_reach_into_each_other() -> None:
    points, labels = shapes.moons(generator(), 500, 0.0)
    upper, lower = points[labels == 0], points[labels == 1]
    assert upper[:, 1].min() < lower[:, 1].max()
    assert upper[:, 0].max() > lower[:, 0].min()
    assert upper[:, 0].mean() < lower[:, 0].mean()
    # no two points of different moons are close
    assert np.hypot(*(upper[:, None] - lower[None]).transpose(2, 0, 1)).min() > 1.0


def test_two_blobs_are_the_web_playgrounds() -> None:
    points, labels = shapes.blobs(generator(), 20_000, 0.0, 2)
    for label, centre in ((1, 2.0), (0, -2.0)):
        np.testing.assert_allclose(points[labels == label].mean(axis=0), [centre, centre], atol=0.03)
        np.testing.assert_allclose(points[labels == label].var(axis=0), [0.5, 0.5], atol=0.03)


def test_blobs_grow_with_the_noise() -> None:
    points, labels = shapes.blobs(generator(), 20_000, 0.2, 2)
    np.testing.assert_allclose(points[labels == 1].var(axis=0), [1.9, 1.9], atol=0.1)


def test_six_blobs_can_be_told_apart() -> None:
    points, labels = shapes.blobs(generator(), 600, 0.0, 6)
    centres = np.array([points[labels == k].mean(axis=0) for k in range(6)])
    nearest = np.hypot(*(points[:, None] - centres[None]).transpose(2, 0, 1)).argmin(axis=1)
    assert (nearest == labels).mean() > 0.95


def test_checkerboard_has_sixteen_squares_in_turns() -> None:
    points, labels = shapes.checkerboard(generator(), 5000, 0.0)
    cells = np.floor(points / 3).astype(int)
    assert len(np.unique(cells, axis=0)) == 16
    np.testing.assert_array_equal(labels, (cells.sum(axis=1) + 1) % 2)


@pytest.mark.parametrize("classes", [2, 6])
def test_stripes_follow_each_other(classes: int) -> None:
    points, labels = shapes.stripes(generator(), 5000, 0.0, classes)
    across = (points @ [1, 1]) / np.sqrt(2)
    np.testing.assert_array_equal(labels, np.floor(across / 2) % classes)
    assert len(np.unique(labels)) == classes
