"""Ends of ranges that widen in steps of round numbers, so that what grows with the training doesn't make them creep."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

LARGEST = 1e300
"""No range ends beyond it: its margins and its length are finite."""
FEW_STEPS = (1.0, 2.0, 3.0, 5.0, 10.0)
"""Leading figures at which a range may end."""


def round_up(value: float, steps: Sequence[float] = FEW_STEPS) -> float:
    """The next round number that is not below `value`, up to 1e300; 0 for what is not above 0."""
    if value <= 0.0:
        return 0.0
    value = min(value, LARGEST)
    decade = 10.0 ** math.floor(math.log10(value))
    return next(step * decade for step in steps if step * decade >= value * (1 - 1e-9))


@dataclass
class GrowingEnd:
    """The upper end of a range that starts at zero.

    It widens as soon as it must, and narrows only when less than `narrow` of it is used.
    """

    end: float = 0.0
    narrow: float = 0.3
    steps: Sequence[float] = FEW_STEPS

    def fit(self, needed: float) -> float:
        """The end for numbers up to `needed`; what is not finite changes nothing."""
        if math.isfinite(needed) and not self.narrow * self.end <= min(needed, LARGEST) <= self.end:
            self.end = round_up(needed, self.steps)
        return self.end
