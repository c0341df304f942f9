"""An activation as a curve with its slope, over a range that holds the point that is looked at."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import ACTIVATIONS

Floats = NDArray[np.float64]
POINTS = 241
LEAST_REACH, ROOM = 4.0, 1.15
MARGIN = 0.08
"""Of the height, above and below the curves."""


@dataclass(frozen=True, eq=False)
class ActivationCurve:
    """f and f′ from −reach to reach.

    Attributes
    ----------
    z, f, slope
        (P,) each.
    low, high
        Of the vertical axis.
    """

    z: Floats
    f: Floats
    slope: Floats
    low: float
    high: float


def reach_of(z: float) -> float:
    """How far the axis goes to either side: 4, 8, 16 …, so that it seldom changes."""
    reach = LEAST_REACH
    while reach < ROOM * abs(z) and reach < 1e12:
        reach *= 2.0
    return reach


@lru_cache(maxsize=64)
def curve_of(name: str, reach: float) -> ActivationCurve:
    """The curve of an activation, by the code that training runs."""
    z = np.linspace(-reach, reach, POINTS)
    f, slope = np.empty_like(z), np.empty_like(z)
    activation = ACTIVATIONS[name]()
    with np.errstate(all="ignore"):
        activation.apply(z, f)
        activation.derivative(z, f, slope)
    low, high = float(min(f.min(), slope.min(), 0.0)), float(max(f.max(), slope.max()))
    room = MARGIN * (high - low)
    return ActivationCurve(z, f, slope, low - room, high + room)
