"""A scale that follows a run slowly, so that a picture of changing numbers doesn't flicker; at rest it is theirs."""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import ACTIVATIONS

RISE = 0.2
FALL = 0.06
BAND = 0.7
"""As long as the largest number is between this part of the scale and all of it, the scale stays."""


class SmoothedScale:
    """The number that counts as full strength.

    Parameters
    ----------
    floor
        It never falls below this: small numbers stay pale.
    """

    def __init__(self, floor: float = 1e-9) -> None:
        self.floor = floor
        self.value: float | None = None

    def follow(self, largest: float, *, resting: bool = False) -> float:
        """Take the next moment's largest number, and return the scale: at once at first, slowly from then on.

        Where no run goes on the scale rests at this moment's own: the same numbers look the same, however they came.
        """
        if not math.isfinite(largest):
            if resting:
                self.value = None
            return self.floor if self.value is None else self.value
        target = max(largest, self.floor)
        if self.value is None or resting:
            self.value = target
        elif target > self.value:
            self.value += RISE * (target - self.value)
        elif target < BAND * self.value:
            self.value += FALL * (target - self.value)
        return self.value

    def forget(self) -> None:
        """The next number is the first again."""
        self.value = None


def nearly_largest(values: NDArray[np.floating], share: float) -> float:
    """The size that this share of the values stays within, 0 for none: that at its rank.

    `np.quantile`, which looks between two ranks, takes thirty times as long.
    """
    sizes = np.abs(values).ravel()
    rank = round(share * (len(sizes) - 1))
    return float(np.partition(sizes, rank)[rank]) if len(sizes) else 0.0


def stays_within_one(activation: str) -> bool:
    """Whether an activation's outputs all lie from −1 to 1: then these are the ends of its colours."""
    limits = ACTIVATIONS[activation].limits
    return limits is not None and max(map(abs, limits)) <= 1.0


@cache
def falls_below_zero(activation: str) -> bool:
    """Whether any of an activation's outputs is negative: else half of the colours stay unused."""
    z = np.linspace(-10.0, 10.0, 201)
    a = np.empty_like(z)
    ACTIVATIONS[activation]().apply(z, a)
    return bool(a.min() < 0.0)
