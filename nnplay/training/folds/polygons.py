"""Convex polygons, many at once, cut by a straight line each.

P polygons are an array (P, V, 2) of their corners in order; one with fewer than V repeats its last corner. A line is
(a, b, c), the places where a + b u + c v is 0; that number is a place's height over the line.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]

NEGLIGIBLE = 1e-15
"""Of the largest height over a plane from −1 to 1: what is nearer to the line than that may be rounding alone."""


@dataclass(frozen=True)
class Polygons:
    """Convex polygons.

    Attributes
    ----------
    corners
        (P, V, 2) of a plane from −1 to 1 both ways.
    counts
        (P,) how many corners each of them has.
    """

    corners: Floats
    counts: Indices

    @classmethod
    def whole(cls) -> "Polygons":
        """The one polygon that is the whole plane."""
        return cls(np.array([[[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]]), np.array([4], np.intp))

    def __len__(self) -> int:
        return len(self.corners)

    def areas(self) -> Floats:
        """(P,) the area of each."""
        u, v = self.corners[..., 0], self.corners[..., 1]
        twice: Floats = (u * np.roll(v, -1, axis=1) - np.roll(u, -1, axis=1) * v).sum(axis=1)
        return 0.5 * np.abs(twice)

    def heights(self, lines: Floats) -> Floats:
        """(P, V) of each polygon's corners over its own line (P, 3)."""
        a, b, c = (lines[:, k, None] for k in range(3))
        heights: Floats = a + b * self.corners[..., 0] + c * self.corners[..., 1]
        return heights


@dataclass(frozen=True)
class Cut:
    """What cutting made of polygons.

    Attributes
    ----------
    polygons
        Q of them.
    parents
        (Q,) the polygon that each is of.
    above
        (Q,) whether it lies above the line.
    """

    polygons: Polygons
    parents: Indices
    above: Flags


def cut(polygons: Polygons, lines: Floats) -> Cut:
    """Cut each polygon by its own line (P, 3); one that the line doesn't meet stays whole."""
    heights = polygons.heights(lines)
    top, bottom = heights.max(axis=1), heights.min(axis=1)
    least = NEGLIGIBLE * np.abs(lines).sum(axis=1)
    met = (top > least) & (bottom < -least)
    above = top > -bottom
    if not met.any():
        return Cut(polygons, np.arange(len(polygons)), above)
    whole, halved = np.flatnonzero(~met), np.flatnonzero(met)
    upper, lower = _halves(Polygons(polygons.corners[met], polygons.counts[met]), heights[met])
    sides = np.repeat([True, False], len(halved))
    return Cut(
        _together(Polygons(polygons.corners[whole], polygons.counts[whole]), upper, lower),
        np.concatenate([whole, halved, halved]),
        np.concatenate([above[whole], sides]),
    )


def crossings(polygons: Polygons, lines: Floats) -> tuple[Floats, Indices, Indices]:
    """Where lines (P, 3, U) run through their polygons.

    Returns
    -------
    segments, polygon, line
        (S, 2, 2) from border to border, and (S,) through which polygon and of which of its U lines each is.
    """
    corners = polygons.corners
    heights = lines[:, None, 0] + corners[..., :1] * lines[:, None, 1] + corners[..., 1:] * lines[:, None, 2]
    over = heights > 0.0
    crossed = over != np.roll(over, -1, axis=1)
    polygon, line = np.nonzero(crossed.any(axis=1))
    here = crossed[polygon, :, line]
    first, last = here.argmax(axis=1), here.shape[1] - 1 - here[:, ::-1].argmax(axis=1)
    ends = [_between(corners[polygon], heights[polygon, :, line], edge) for edge in (first, last)]
    return np.stack(ends, axis=1), polygon, line


def _between(corners: Floats, heights: Floats, edges: Indices) -> Floats:
    """(S, 2) where the height is 0 on one edge, by its first corner, of each polygon (S, V, 2)."""
    rows, following = np.arange(len(corners)), (edges + 1) % max(corners.shape[1], 1)
    start, end = corners[rows, edges], corners[rows, following]
    from_, to = heights[rows, edges], heights[rows, following]
    points: Floats = start + (from_ / (from_ - to))[:, None] * (end - start)
    return points


def _halves(polygons: Polygons, heights: Floats) -> tuple[Polygons, Polygons]:
    """What lies above and what below height 0 of polygons that have both."""
    corners, over = polygons.corners, heights > 0.0
    crossed = over != np.roll(over, -1, axis=1)
    rise = heights - np.roll(heights, -1, axis=1)
    shares = np.divide(heights, rise, out=np.zeros_like(heights), where=crossed)
    points = corners + shares[..., None] * (np.roll(corners, -1, axis=1) - corners)
    count, most = heights.shape
    around = np.stack([corners, points], axis=2).reshape(count, 2 * most, 2)
    own = np.arange(most) < polygons.counts[:, None]  # not what the last corner repeats
    upper, lower = (np.stack([own & side, crossed], axis=2).reshape(count, 2 * most) for side in (over, ~over))
    return _chosen(around, upper), _chosen(around, lower)


def _chosen(corners: Floats, chosen: Flags) -> Polygons:
    """The polygons with those corners alone."""
    counts = chosen.sum(axis=1)
    order = np.argsort(~chosen, axis=1, kind="stable")
    places = np.minimum(np.arange(counts.max()), counts[:, None] - 1)
    order = np.take_along_axis(order, places, axis=1)
    return Polygons(np.take_along_axis(corners, order[..., None], axis=1), counts)


def _together(*parts: Polygons) -> Polygons:
    most = max(part.corners.shape[1] for part in parts)
    padded = []
    for part in parts:
        missing = most - part.corners.shape[1]
        padded.append(np.concatenate([part.corners, np.repeat(part.corners[:, -1:], missing, axis=1)], axis=1))
    return Polygons(np.concatenate(padded), np.concatenate([part.counts for part in parts]))
