"""What is painted of a slice through the loss."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ShownSlice:
    """A slice at a moment.

    Attributes
    ----------
    losses
        (n, n) the second coordinate rising by row.
    reach, origin
        How far it goes to either side, and what the axes say at the place of the run, along each of the two.
    places
        (M, 2) the path of the run, the start first.
    downhill
        (2,) where the negative gradient points on it, or None.
    names
        Of the axes.
    moment, unit
        Around which moment it is, and what its heights are, in words.
    shares
        How much of the path lies in its plane, in many words and in few; none where there is no path.
    """

    losses: Floats
    reach: tuple[float, float]
    origin: tuple[float, float]
    places: Floats
    downhill: Floats | None
    names: tuple[str, str]
    moment: str
    unit: str
    shares: tuple[str, ...]

    @property
    def here(self) -> float:
        """The loss at the present weights."""
        middle = len(self.losses) // 2
        return float(self.losses[middle, middle])
