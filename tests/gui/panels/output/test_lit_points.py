"""The threads between points that are one to the network."""

import math

import pytest
from PySide6.QtCore import QPointF

from nnplay.gui.panels.output.lit_points import MOST_TIED, marks_path, threads_path


@pytest.mark.parametrize(("points", "threads"), [(1, 0), (2, 2), (3, 3), (MOST_TIED, MOST_TIED), (MOST_TIED + 1, 0)])
def test_a_group_is_tied_where_its_threads_leave_the_plane_to_be_seen(points: int, threads: int):
    group = [QPointF(90.0 * math.cos(angle), 90.0 * math.sin(angle)) for angle in range(points)]
    assert threads_path([group], 8.0).elementCount() == 2 * threads
    assert marks_path([group], 8.0).elementCount() == 13 * points
