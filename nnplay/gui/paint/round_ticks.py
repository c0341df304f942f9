"""Round places on an axis of any size and place: 0.2, 0.4, 0.6; with one power of ten for all where they need one."""

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from nnplay.gui.widgets.number_format import number_text, power_text

LEAST_PLAIN, MOST_PLAIN = -3, 6
"""Powers of ten: the largest number of an axis is written as it is from the one up to below the other."""
LEAST = 3
COMMAS = 4
"""From this power of ten on thousands are parted; years are not."""
LONGEST = 6
"""Decimals; where more are needed to tell ticks apart, all but the first say how far from it they are."""
_EXACT = Context(prec=800)
"""Enough for every digit of every float."""


@dataclass(frozen=True)
class RoundTicks:
    """Ticks of an axis.

    Attributes
    ----------
    places, texts
        Where they stand, and what is written there.
    power
        Of ten, by which what is written is to be multiplied; 0 where it is written as it is.
    """

    places: tuple[float, ...]
    texts: tuple[str, ...]
    power: int = 0

    @property
    def unit(self) -> str:
        """``"×10⁻⁵"``; empty where numbers are written as they are."""
        return f"×{power_text(self.power)}" if self.power else ""


def round_ticks(low: float, high: float, most: int) -> RoundTicks:
    """Multiples of 1, 2 or 5 times a power of ten from `low` to `high`, about `most` of them and at least three.

    Of a range of no length there is one.
    """
    if not low < high:  # there is nothing to divide
        return RoundTicks((low,), (number_text(low),))
    values: list[Decimal] = []
    while len(values) < LEAST:
        step, values = _multiples(Decimal(low), Decimal(high), most)
        most += 1
    places = tuple(float(value) for value in values)
    size = max((value.adjusted() for value in values if value), default=0)
    power = 0 if LEAST_PLAIN <= size < MOST_PLAIN else size
    decimals = max(power - step.adjusted(), 0)
    if decimals > LONGEST:
        return RoundTicks(places, _as_differences(values))
    commas = not power and size >= COMMAS
    texts = tuple(_text(value.scaleb(-power, _EXACT), decimals, commas=commas) for value in values)
    return RoundTicks(places, texts, power)


def place_text(value: float, low: float, high: float) -> str:
    """A place on an axis from `low` to `high`, to about a thousandth of its length: 1.42, 0.0312, 2.31e−5."""
    span, size = high - low, max(abs(low), abs(high))
    if not (math.isfinite(value) and math.isfinite(span)) or not 1e-4 <= size < 1e8:
        return number_text(float(f"{value:.4g}"))
    decimals = min(max(3 - math.floor(math.log10(span)), 0), 12) if span else 3
    return _text(Decimal(value), decimals, commas=size >= 10**COMMAS)


def _multiples(start: Decimal, end: Decimal, most: int) -> tuple[Decimal, list[Decimal]]:
    step = _round_step(_EXACT.divide(_EXACT.subtract(end, start), Decimal(max(most, 1))))
    first = int(_EXACT.divide(start, step).to_integral_value(ROUND_CEILING))
    last = int(_EXACT.divide(end, step).to_integral_value(ROUND_FLOOR))
    return step, [_EXACT.multiply(step, Decimal(k)) for k in range(first, last + 1)]


def _round_step(least: Decimal) -> Decimal:
    decade = Decimal(1).scaleb(least.adjusted(), _EXACT)
    return next(step for k in (1, 2, 5, 10) if (step := _EXACT.multiply(decade, Decimal(k))) >= least)


def _text(value: Decimal, decimals: int, *, commas: bool) -> str:
    text = f"{value:,.{decimals}f}" if commas else f"{value:.{decimals}f}"
    return text.lstrip("-") if not float(text.replace(",", "")) else text.replace("-", "−")


def _as_differences(values: list[Decimal]) -> tuple[str, ...]:
    if not values:
        return ()
    first = values[0]
    return (number_text(float(first), 17), *("+" + number_text(float(value - first), 6) for value in values[1:]))
