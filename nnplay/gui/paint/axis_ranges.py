"""Ranges of axes that widen in steps of round numbers, so that a growing curve doesn't make its axes creep."""

import math
from dataclasses import dataclass

STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Leading figures at which an axis may end."""
TICK_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
LOWEST_DECADE = -12
EMPTY_DECADES = (-2, 0)
BOTTOMS = (0.0, -0.1, -0.2, -0.5)
"""Where an axis of shares may begin, before its lowest place."""


@dataclass
class GrowingDecades:
    """Both ends of a logarithmic axis, as exponents of ten, whole decades.

    They widen as soon as they must, and narrow only when more than `slack` of the decades are empty.
    """

    low: int = EMPTY_DECADES[0]
    high: int = EMPTY_DECADES[1]
    slack: int = 1

    def fit(self, least: float, most: float) -> tuple[int, int]:
        """The decades around positive values from `least` to `most`."""
        if math.isfinite(least) and math.isfinite(most) and 0 < least <= most:
            low, high = decades_around(least, most)
            wide_low, wide_high = min(low, self.low), max(high, self.high)
            if wide_high - wide_low - (high - low) > self.slack:
                self.low, self.high = low, high
            else:
                self.low, self.high = wide_low, wide_high
        return self.low, self.high


def decades_around(least: float, most: float) -> tuple[int, int]:
    """Whole decades around positive numbers; those of an empty plot where they are none."""
    if not (math.isfinite(least) and math.isfinite(most) and 0 < least <= most):
        return EMPTY_DECADES
    low = max(math.floor(math.log10(least) + 1e-9), LOWEST_DECADE)
    return low, max(math.ceil(math.log10(most) - 1e-9), low + 1)


def ticks_between(low: float, top: float, most: int) -> list[float]:
    """Round places from `low` to `top`; at most `most` but at least two, since one alone tells no scale."""
    needed = (top - low) / max(most - 1, 1)
    decade = 10.0 ** math.floor(math.log10(needed))
    steps = [step * decade for step in TICK_STEPS]
    index = next(index for index, step in enumerate(steps) if step >= needed * (1 - 1e-9))
    for step in (*steps[index::-1], decade / 2):  # a wide one may have one multiple only
        first, last = math.ceil(low / step - 1e-9), math.floor(top / step + 1e-9)
        if last > first:
            break
    return [k * step for k in range(first, last + 1)]


def decade_ticks(low: int, high: int, most: int) -> list[int]:
    """Exponents from `low` to `high`, evenly thinned to at most `most`."""
    every = -(-(high - low + 1) // max(most, 1))
    return list(range(low, high + 1, every))


def bottom_for(least: float, lowest: float) -> float:
    """Where an axis begins for values from `least` on: at 0 where none is below it, at most as far down as `lowest`."""
    return next((bottom for bottom in BOTTOMS if bottom >= lowest and not least < bottom), lowest)
