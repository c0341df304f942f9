"""A picture that changes is never cut, and comes nearer little by little."""

import numpy as np
from PySide6.QtCore import QRectF

from nnplay.gui.panels.space.view_frame import ViewFrame

CANVAS = QRectF(0.0, 0.0, 300.0, 200.0)
NO_GRID = np.empty((0, 2))
SQUARE = np.array([[-1.0, -1.0], [1.0, 1.0], [1.0, -1.0]])


def test_it_widens_at_once_and_narrows_without_a_jump():
    frame = ViewFrame()
    frame.follow(SQUARE, NO_GRID, resting=False)
    frame.follow(5.0 * SQUARE, NO_GRID, resting=False)
    wide = frame.reach.copy()
    assert (wide > 5.0).all()
    for _ in range(200):
        before = frame.reach.copy()
        frame.follow(SQUARE, NO_GRID, resting=False)
        assert (0.94 * before < frame.reach).all() and (frame.reach <= before).all()
    assert (frame.reach < 1.2).all()
    frame.follow(0.01 * SQUARE, NO_GRID, resting=True)
    assert (frame.reach < 0.02).all()


def test_all_points_are_seen_and_the_ends_are_those_of_the_pixels():
    frame = ViewFrame()
    points = np.array([[0.0, 100.0], [3.0, 101.0], [1.0, 100.5]])
    frame.follow(points, np.array([[-50.0, 0.0], [50.0, 500.0]]), resting=True)
    pixels = frame.pixels(points, CANVAS)
    assert ((pixels >= 0.0) & (pixels <= (300.0, 200.0))).all()
    (left, right), (low, top) = frame.seen(CANVAS, CANVAS)
    ends = frame.pixels(np.array([[left, low], [right, top]]), CANVAS)
    np.testing.assert_allclose(ends, [[0, 200], [300, 0]], atol=1e-9)


def test_points_at_one_place_far_from_0_have_a_picture():
    frame = ViewFrame()
    frame.follow(np.full((4, 2), 1e12), NO_GRID, resting=True)
    (left, right), _ = frame.seen(CANVAS, CANVAS)
    assert right > left
    np.testing.assert_allclose(frame.pixels(np.array([[1e12, 1e12]]), CANVAS), [[150.0, 100.0]])
