"""What lies on each other is counted by its classes, and chance is not."""

import numpy as np

from nnplay.gui.panels.space.merged import MOST, companions, merged


def test_points_at_one_place_are_counted_by_their_classes():
    points = np.array([[10.0, 10.0], [50.0, 20.0], [10.2, 9.9], [90.0, 90.0], [10.0, 10.1]])
    (one,) = merged(points, np.array([0, 0, 1, 1, 1]))
    assert (one.count, one.parts) == (3, ((0, 1), (1, 2))) and (one.x, one.y) == (10.0, 10.0)
    assert [companions(points, index) for index in range(5)] == [3, 1, 3, 1, 3]


def test_of_many_points_a_few_that_meet_by_chance_are_not_told():
    rng = np.random.default_rng(1)
    points = rng.uniform(20.0, 220.0, (500, 2))
    points[:20] = (7.0, 7.0)
    points[20:30] = (7.0, 99.0)
    assert [one.count for one in merged(points, np.zeros(500, np.intp))] == [20]


def test_the_fullest_places_come_first():
    points = np.repeat(np.arange(MOST + 5.0)[:, None] * (20.0, 0.0), np.arange(2, MOST + 7), axis=0)[:100]
    counts = [one.count for one in merged(points, np.zeros(len(points), np.intp))]
    assert counts == sorted(counts, reverse=True) and len(counts) <= MOST
