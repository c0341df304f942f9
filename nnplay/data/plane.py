"""The plane [−6, 6]² on which generated and drawn points lie."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Plane = tuple[float, float, float, float]
"""(x₁ from, x₁ to, x₂ from, x₂ to)"""

PLANE_EDGE = 6.0
PLANE: Plane = (-PLANE_EDGE, PLANE_EDGE, -PLANE_EDGE, PLANE_EDGE)
"""The web playground's."""


def folded(points: ArrayLike, plane: Plane = PLANE) -> Floats:
    """Bring points (N, 2) back into the plane by mirroring them at the border they crossed.

    A clip would pile them up on the border; a point inside stays exactly where it is.
    """
    values = np.asarray(points, dtype=np.float64)
    low, high = np.array(plane[0::2]), np.array(plane[1::2])
    span = high - low
    mirrored = low + span - np.abs((values - low) % (2 * span) - span)
    # rounding can leave a mirrored point a hair outside
    return np.where((low <= values) & (values <= high), values, np.clip(mirrored, low, high))


def inside(points: ArrayLike, plane: Plane = PLANE) -> NDArray[np.bool_]:
    """(N,) which of the points (N, 2) lie in the plane, its border included."""
    values = np.asarray(points, dtype=np.float64)
    within: NDArray[np.bool_] = np.all((values >= plane[0::2]) & (values <= plane[1::2]), axis=1)
    return within
