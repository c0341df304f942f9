"""Ranges of axes that widen in steps of round numbers, so that a growing curve doesn't make its axes creep."""

import math
from dataclasses import dataclass

from nnplay.training.ranges import GrowingEnd

STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Leading figures at which an axis may end."""
TICK_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
LOWEST_DECADE = -12
BOTTOMS = (0.0, -0.1, -0.2, -0.5)
"""Where an axis of shares may begin, before its lowest place."""


class GrowingTop(GrowingEnd):
    """The upper end of an axis that starts at zero and has some length always."""

    def __init__(self, end: float) -> None:
        super().__init__(end, narrow=0.35, steps=STEPS)

    def fit(self, needed: float) -> float:
        """The end for values up to `needed`; what is not a positive finite number changes nothing."""
        return super().fit(needed) if needed > 0 else self.end


@dataclass
class GrowingDecades:
    """Both ends of a logarithmic axis, as exponents of ten, whole decades.

    They widen as soon as they must, and narrow only when more than `slack` of the decades are empty.
    """

    low: int = -2
    high: int = 0
    slack: int = 1

    def fit(self, least: float, most: float) -> tuple[int, int]:
        """The decades around positive values from `least` to `most`."""
        if math.isfinite(least) and math.isfinite(most) and 0 < least <= most:
            low = max(math.floor(math.log10(least) + 1e-9), LOWEST_DECADE)
            high = max(math.ceil(math.log10(most) - 1e-9), low + 1)
            wide_low, wide_high = min(low, self.low), max(high, self.high)
            if wide_high - wide_low - (high - low) > self.slack:
                self.low, self.high = low, high
            else:
                self.low, self.high = wide_low, wide_high
        return self.low, self.high


def ticks_up_to(top: float, most: int, low: float = 0.0) -> list[float]:
    """Round places from `low`, at most 0, to `top`; at most `most` but at least two, since one alone tells no scale."""
    step = (top - low) / max(most - 1, 1)
    decade = 10.0 ** math.floor(math.log10(step))
    steps = [s * decade for s in TICK_STEPS if s * decade <= top * (1 + 1e-9)]
    step = next((s for s in steps if s >= step * (1 - 1e-9)), steps[-1])
    return [k * step for k in range(-int(-low / step + 1e-9), int(top / step + 1e-9) + 1)]


def decade_ticks(low: int, high: int, most: int) -> list[int]:
    """Exponents from `low` to `high`, evenly thinned to at most `most`."""
    every = -(-(high - low + 1) // max(most, 1))
    return list(range(low, high + 1, every))


def bottom_for(least: float, lowest: float) -> float:
    """Where an axis begins for values from `least` on: at 0 where none is below it, at most as far down as `lowest`."""
    return next((bottom for bottom in BOTTOMS if bottom >= lowest and not least < bottom), lowest)
