"""The edges between two neighbouring columns of a network drawing, as curves."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

CURVE_POINTS = 25


@dataclass(frozen=True)
class EdgeBundle:
    """The edges drawn between two neighbouring columns, E of them.

    Attributes
    ----------
    sources, targets
        (E,) indices of the units that they join, in their columns.
    rows
        (E,) row of the weight matrix: the source, or −1 where one edge stands for all the weights of a unit.
    starts, ends
        (E, 2) where they leave and arrive.
    """

    sources: Ints
    targets: Ints
    rows: Ints
    starts: Floats
    ends: Floats

    @cached_property
    def points(self) -> Floats:
        """(E, P, 2) points along the curves."""
        return self.at(np.linspace(0.0, 1.0, CURVE_POINTS))

    @cached_property
    def lengths(self) -> Floats:
        """(E,) how long the curves are."""
        steps = np.diff(self.points, axis=1)
        lengths: Floats = np.hypot(steps[..., 0], steps[..., 1]).sum(axis=1)
        return lengths

    def at(self, shares: Floats) -> Floats:
        """(E, P, 2) points of the curves at the parameters `shares`, 0 to 1, (P,) or (E, P)."""
        return curve_points(self.starts, self.ends, shares)


def curve_points(starts: Floats, ends: Floats, shares: Floats) -> Floats:
    """(E, P, 2) points of the curves from `starts` to `ends`, (E, 2), at the parameters `shares`, (P,) or (E, P)."""
    t = np.atleast_2d(shares)[..., None]
    start, end = starts[:, None], ends[:, None]
    left, squared = 1 - t, t * t
    rise, middle = squared * (3 - 2 * t), 1.5 * t * left
    x = (left * left * left + middle) * start[..., :1] + (squared * t + middle) * end[..., :1]
    return np.concatenate([x, start[..., 1:] + rise * (end[..., 1:] - start[..., 1:])], axis=-1)


def distances(points: Floats, x: float, y: float) -> Floats:
    """(E,) distance of a point from each of the broken lines (E, P, 2)."""
    begin, step = points[:, :-1], np.diff(points, axis=1)
    to = np.array([x, y]) - begin
    share = np.clip((to * step).sum(-1) / np.maximum((step * step).sum(-1), 1e-12), 0.0, 1.0)
    result: Floats = np.sqrt(((to - share[..., None] * step) ** 2).sum(-1).min(-1))
    return result
