"""How a number of a formula is written: the one way for text, HTML and LaTeX."""

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from nnplay.limits import LEAST_DIGITS, MOST_DIGITS

LARGE, SMALL = 1e6, 1e-3
RAISED = str.maketrans("0123456789-−()+nt", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁽⁾⁺ⁿᵗ")
"""What stands above the line in Unicode."""


@dataclass(frozen=True)
class ShownNumber:
    """A number as it is shown.

    Attributes
    ----------
    negative
        Whether a minus stands before it.
    digits
        The digits without sign: ``0.64``, ``1.2``, ``∞``.
    exponent
        The power of ten that they are multiplied by; None for none.
    """

    negative: bool
    digits: str
    exponent: int | None = None

    @property
    def text(self) -> str:
        """With a true minus, and the power of ten written out: −1.2 × 10⁻⁵."""
        power = "" if self.exponent is None else f" × 10{str(self.exponent).translate(RAISED)}"
        return f"{'−' if self.negative else ''}{self.digits}{power}"

    @property
    def short(self) -> str:
        """With a true minus, and e for the power of ten, as in tables: −1.2e−5."""
        power = "" if self.exponent is None else f"e{self.exponent}".replace("-", "−")
        return f"{'−' if self.negative else ''}{self.digits}{power}"

    @cached_property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Between which numbers lies what is shown so: half of the last digit to either side."""
        value = Decimal(self.digits).scaleb(self.exponent or 0)
        _, _, last = value.as_tuple()
        half = Decimal(5).scaleb(int(last) - 1)
        value = -value if self.negative else value
        return value - half, value + half


@lru_cache(maxsize=4096)  # a line is written several times, and many lines have the same numbers
def shown(value: float, digits: int, *, exact: bool = False) -> ShownNumber:
    """The number with so many decimals, 2 to 10, and two figures at least: 0.64, 0.013, 1.2 × 10⁻⁵; 0 is 0.00.

    An exact one, which a person chose, is written in as few figures as it has: 0.5, 0.999.
    """
    size, negative = abs(value), value < 0
    if not math.isfinite(value):
        return ShownNumber(negative, "∞" if math.isinf(value) else "?")
    if exact:
        text = f"{size:.{MOST_DIGITS}g}"
        mantissa, e, exponent = text.partition("e")
        return ShownNumber(negative, mantissa, int(exponent) if e else None)
    if size == 0 or SMALL <= size < LARGE:
        order = int(f"{size:.{LEAST_DIGITS - 1}e}".partition("e")[2])  # of the rounded number: 0.0999 is 0.10
        return ShownNumber(negative, f"{size:.{max(digits, LEAST_DIGITS - 1 - order)}f}")
    mantissa, _, exponent = f"{size:.{max(digits - 1, 1)}e}".partition("e")
    return ShownNumber(negative, mantissa, int(exponent))
