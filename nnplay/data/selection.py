"""Which points of the plane a pointer, a circle, a rectangle or a lasso picks.

Everywhere points are (N, 2), and what comes back are ascending indices into them.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


def nearest_index(points: ArrayLike, place: tuple[float, float], radius: float) -> int | None:
    """The point closest to `place`, if it is at most `radius` away; the later one of two at the same place."""
    distances = _distances(points, place)
    if not len(distances):
        return None
    best = len(distances) - 1 - int(np.argmin(distances[::-1]))
    return best if distances[best] <= radius else None


def nearest_segment(
    segments: Floats, place: tuple[float, float], pixel: tuple[float, float], reach: float
) -> int | None:
    """The straight piece (S, 2, 2) nearest to a place, at most `reach` pixels of this size away."""
    if not len(segments):
        return None
    start, end = ((segments[:, k] - place) / pixel for k in (0, 1))
    along = end - start
    lengths = np.maximum(np.square(along).sum(axis=1), np.finfo(np.float64).tiny)
    share = np.clip(-(start * along).sum(axis=1) / lengths, 0.0, 1.0)
    distances = np.hypot(*(start + share[:, None] * along).T)
    best = int(np.argmin(distances))
    return best if distances[best] <= reach else None


def indices_in_circle(points: ArrayLike, centre: tuple[float, float], radius: float) -> Indices:
    """The points at most `radius` away from `centre`."""
    return np.flatnonzero(_distances(points, centre) <= radius)


def indices_in_rectangle(points: ArrayLike, corner: tuple[float, float], opposite: tuple[float, float]) -> Indices:
    """The points in the rectangle between two opposite corners, its border included."""
    values = _plane_points(points)
    low, high = np.minimum(corner, opposite), np.maximum(corner, opposite)
    return np.flatnonzero(((values >= low) & (values <= high)).all(axis=1))


def indices_in_lasso(points: ArrayLike, outline: ArrayLike) -> Indices:
    """The points inside a closed outline.

    A point is inside where a ray from it crosses the outline an odd number of times (Shimrat, 1962), so the loop of
    an eight is inside and the overlap of a double turn is not.

    Parameters
    ----------
    points
        (N, 2).
    outline
        (M, 2) corners in order; the last joins the first. Fewer than three pick nothing.
    """
    values = _plane_points(points)
    corners = _plane_points(outline)
    crossed = np.zeros(len(values), dtype=np.bool_)
    if len(corners) < 3:
        return np.flatnonzero(crossed)
    x, y = values[:, 0], values[:, 1]
    for (x_from, y_from), (x_to, y_to) in zip(np.roll(corners, 1, axis=0), corners, strict=True):
        # half-open in y, so that a ray through a corner counts one of the two edges that meet there
        if y_from != y_to:
            beside = (y_from <= y) != (y_to <= y)
            crossed ^= beside & (x < x_from + (y - y_from) * ((x_to - x_from) / (y_to - y_from)))
    return np.flatnonzero(crossed)


def _distances(points: ArrayLike, place: tuple[float, float]) -> Floats:
    values = _plane_points(points)
    distances: Floats = np.hypot(values[:, 0] - place[0], values[:, 1] - place[1])
    return distances


def _plane_points(points: ArrayLike) -> Floats:
    return np.asarray(points, dtype=np.float64).reshape(-1, 2)
