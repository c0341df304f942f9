"""The plane [−6, 6]² on which generated and drawn points lie."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

PLANE_EDGE = 6.0
PLANE = (-PLANE_EDGE, PLANE_EDGE, -PLANE_EDGE, PLANE_EDGE)
"""(x₁ from, x₁ to, x₂ from, x₂ to), as in the web playground."""


def folded(points: ArrayLike, edge: float = PLANE_EDGE) -> Floats:
    """Bring points back into [−edge, edge] by mirroring them at the border they crossed.

    A clip would pile them up on the border; a point inside stays exactly where it is.
    """
    values = np.asarray(points, dtype=np.float64)
    mirrored = edge - np.abs((values - edge) % (4 * edge) - 2 * edge)
    return np.where(np.abs(values) <= edge, values, -mirrored)
