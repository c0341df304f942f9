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
    passed
        So many of them come before the moment that is seen, or are it; the others came later.
    downhill
        (2,) where the negative gradient points on it, or None.
    names
        Of the axes.
    moment, share
        Around which moment it is, and how much of the path lies in its plane, in words.
    """

    losses: Floats
    reach: tuple[float, float]
    origin: tuple[float, float]
    places: Floats
    passed: int
    downhill: Floats | None
    names: tuple[str, str]
    moment: str
    share: str

    @property
    def here(self) -> float:
        """The loss at the present weights."""
        middle = len(self.losses) // 2
        return float(self.losses[middle, middle])
