"""The axis of the values of a plot: its ends depend on what is shown, and on nothing that was before."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.paint.axis_ranges import STEPS, bottom_for, decade_ticks, decades_around, ticks_between
from nnplay.gui.widgets.number_format import decade_texts, tick_texts
from nnplay.training.ranges import round_up

SMALL, LARGE = 1e-6, 1e6
"""Beyond these the axis is in units of its own top: Qt draws nothing that is scaled by some more powers of ten."""
NARROWEST = 2e-3
"""The part of the largest value that is seen at least: of less the figures of the axis would have too many digits."""
FROM_ZERO = 0.4
"""Where the lowest value is less than this part of the highest, a close look begins at 0 too."""
MARGIN = 0.02
"""Beyond an end, so that a line along it is seen as wide as it is."""

Floats = NDArray[np.float64]


class ValueAxis:
    """Where values stand, and how they are written.

    Parameters
    ----------
    top
        The upper end where there is nothing yet, and always where it doesn't grow.
    lowest
        How far below 0 it goes at most, but for a close look.
    grows
        Whether it goes as far up as there are values.

    Attributes
    ----------
    logarithmic
        Whether it has decades; what is not positive has no place on them.
    held
        Whether it stays as it is whatever is shown.
    low, high
        Where it begins and ends; exponents of ten where it is logarithmic.
    """

    def __init__(self, top: float, lowest: float, *, grows: bool) -> None:
        self.logarithmic = self.held = False
        self._top, self._lowest, self._grows = top, lowest, grows
        self.low, self.high = 0.0, top
        self._unit = 1.0

    @property
    def key(self) -> tuple[object, ...]:
        """What tells one state of the axis from another."""
        return self.logarithmic, self.low, self.high

    @property
    def ends(self) -> tuple[float, float]:
        """Where the view begins and ends, in the measure of `places`."""
        margin = 0.0 if self.logarithmic else MARGIN * (self.high - self.low)
        low = self.low - margin if self.low else 0.0
        return low / self._unit, (self.high + (margin or MARGIN * (self.high - self.low))) / self._unit

    def fit(self, values: Floats, *, closely: bool = False) -> None:
        """Reach around these, those that are finite; `closely` as near as they are, else from 0 on."""
        if self.held:
            return
        values = values[np.isfinite(values)]
        positive = values[values > 0]
        self._unit = 1.0
        if self.logarithmic:
            around = (float(positive.min()), float(positive.max())) if len(positive) else (math.nan, math.nan)
            self.low, self.high = map(float, decades_around(*around))
            return
        least, most = (float(values.min()), float(values.max())) if len(values) else (0.0, self._top)
        if closely and len(values):
            self.low, self.high = _close_ends(least, most)
            if not self._grows:
                self.high = min(self.high, self._top)
        else:
            self.low = bottom_for(least, self._lowest)
            self.high = (round_up(most, STEPS) or self._top) if self._grows else self._top
        largest = max(abs(self.low), abs(self.high))
        self._unit = 1.0 if SMALL < largest < LARGE else largest

    def places(self, values: Floats) -> Floats:
        """Where values stand."""
        if self.logarithmic:
            return np.log10(values, out=np.full(values.shape, np.nan), where=values > 0)
        return values / self._unit

    def ticks(self, most: int, text: Callable[[float], str] | None) -> list[tuple[float, str]]:
        """At most `most` round places with what is written there: by `text`, or where None all in one form."""
        if self.logarithmic:
            powers = decade_ticks(int(self.low), int(self.high), most)
            return list(zip(map(float, powers), decade_texts(powers), strict=True))
        places = [float(f"{y:.12g}") for y in ticks_between(self.low, self.high, most)]
        texts = tick_texts(places) if text is None else list(map(text, places))
        return [(y / self._unit, words) for y, words in zip(places, texts, strict=True)]


def _close_ends(least: float, most: float) -> tuple[float, float]:
    """Round ends near the lowest and the highest value."""
    if 0.0 <= least <= FROM_ZERO * most:
        return 0.0, round_up(most, STEPS)
    span = max(most - least, NARROWEST * max(abs(least), abs(most)), 1e-300)
    step = round_up(span / 8)
    low, high = math.floor((most + least - span) / 2 / step), math.ceil((most + least + span) / 2 / step)
    return low * step, high * step
