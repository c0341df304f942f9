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

    def at(self, shares: Floats, which: Ints | slice = slice(None)) -> Floats:
        """(E, P, 2) points of the curves of `which` at the parameters `shares`, 0 to 1, (P,) or (E, P)."""
        t = np.atleast_2d(shares)[..., None]
        start, end = self.starts[which][:, None], self.ends[which][:, None]
        rise = t * t * (3 - 2 * t)
        x = (1 - t) ** 3 * start[..., :1] + t**3 * end[..., :1]
        x = x + 3 * t * (1 - t) * (start[..., :1] + end[..., :1]) / 2
        return np.concatenate([x, start[..., 1:] + rise * (end[..., 1:] - start[..., 1:])], axis=-1)


def distances(points: Floats, x: float, y: float) -> Floats:
    """(E,) distance of a point from each of the broken lines (E, P, 2)."""
    begin, step = points[:, :-1], np.diff(points, axis=1)
    to = np.array([x, y]) - begin
    share = np.clip((to * step).sum(-1) / np.maximum((step * step).sum(-1), 1e-12), 0.0, 1.0)
    result: Floats = np.sqrt(((to - share[..., None] * step) ** 2).sum(-1).min(-1))
    return result
