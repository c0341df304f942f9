"""Intervals: between which numbers a result must lie, when those that it is made from are known to some digits only."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

SAMPLES = 9
"""Points at which a function is looked at between the ends."""
DOUBLE = 2.0**-52


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both in."""

    low: float
    high: float

    @classmethod
    def around(cls, value: float, radius: float) -> "Interval":
        """A number that is known so well."""
        return cls(value - radius, value + radius)

    def widened(self, epsilon: float) -> "Interval":
        """With the rounding of a calculation in it."""
        return Interval(self.low - epsilon * abs(self.low), self.high + epsilon * abs(self.high))

    def meets(self, other: "Interval") -> bool:
        """Whether a number may be in both."""
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        corners = [0.0 if 0.0 in (a, b) else a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def __truediv__(self, other: "Interval") -> "Interval":
        if other.low <= 0.0 <= other.high:
            return Interval(-math.inf, math.inf)
        return self * Interval(1.0 / other.high, 1.0 / other.low)

    def __pow__(self, exponent: float) -> "Interval":
        corners = [abs(self.low) ** exponent, abs(self.high) ** exponent]
        assert exponent == 2 or self.low >= 0
        inside_zero = self.low <= 0.0 <= self.high
        return Interval(0.0 if inside_zero else min(corners), max(corners))

    def root(self) -> "Interval":
        """Of what is not below zero."""
        return Interval(math.sqrt(max(self.low, 0.0)), math.sqrt(max(self.high, 0.0)))

    def through(self, function: Callable[[float], float]) -> "Interval":
        """What a function gives between the ends, found by looking, a little wider than what was seen."""
        points = np.linspace(self.low, self.high, SAMPLES).tolist()
        if self.low <= 0.0 <= self.high:
            points += [0.0, min(self.high, 1e-300), max(self.low, -1e-300)]
        seen = [function(point) for point in points]
        slack = max(abs(a - b) for a, b in pairwise(seen)) if self.low < self.high else 0.0
        slack = slack if math.isfinite(slack) else 0.0
        return Interval(min(seen) - slack, max(seen) + slack).widened(4 * DOUBLE)


def total(intervals: Iterable[Interval]) -> Interval:
    """Their sum."""
    result = Interval(0.0, 0.0)
    for each in intervals:
        result += each
    return result
