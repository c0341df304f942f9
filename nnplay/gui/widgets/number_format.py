"""Numbers as a person reads them, in named styles: a true minus and one form of exponents everywhere, 2.31e−5.

What is typed is written exactly, what is measured in figures that can be read off, an axis as short as it can be.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import DTypeLike

from nnplay.errors import InputError
from nnplay.texts import number, tr
from nnplay.training.reading import number_in

NONE = "–"
"""A number that there is not, or that overflowed."""
LARGE = 1e8
"""From here on a number with decimals has its power of ten: nobody counts so many digits."""
FIGURE_SPACE = "\u2007"
_ENDS = {"float64": "1.79e308", "float32": "3.4e38"}


def parameter_in(text: str, name: str, dtype: DTypeLike) -> float:
    """The weight or bias that a text says, as near as `dtype` (float64 or float32) can hold it.

    Raises
    ------
    InputError
        It says no number, or one that `dtype` can't hold.
    """
    kind = np.dtype(dtype)
    try:
        with np.errstate(over="ignore"):  # rounded first: the text of the largest number may lie a little above it
            value = float(np.asarray(number_in(text)).astype(kind))
        if not math.isfinite(value):
            raise ValueError(text)
    except ValueError:
        end = _ENDS[kind.name]
        raise InputError(name, text, tr("a number from −{end} to {end}", end=end)) from None
    return value


# what is typed


def exact_text(value: float, dtype: DTypeLike = np.float64) -> str:
    """The shortest text that reads back to the same number of this dtype: −0.1, 1e−8."""
    return _tidy(str(np.asarray(value, dtype)[()])) if math.isfinite(value) else NONE


def number_text(value: float | None, figures: int = 10) -> str:
    """The number in as few figures as it has, at most `figures`: 0.003, 1e−8, 1000000; "" for None."""
    if value is None:
        return ""
    return number(value, figures) if math.isfinite(value) else NONE


# what is measured


def figure_text(value: float) -> str:
    """A loss or the like: 0.0123, 4.37e−4."""
    return _measured_text(value, 4, below=1e4)


def glance_text(value: float) -> str:
    """A loss or the like in at most seven characters, for a place of one width: 0.0123, 123.46, 4.37e−4, 1e−300."""
    if not math.isfinite(value):
        return NONE
    size = abs(value)
    if value == 0 or 1e-3 <= size < 1e5:
        return decimal_text(value, min(4, 5 - len(str(int(size)))))
    texts = (exponent_text(value, decimals) for decimals in (2, 1, 0))
    return next((text for text in texts if len(text) <= 7), exponent_text(value, 0))


def parameter_text(value: float) -> str:
    """A weight or a bias: −0.482, 1.00e−5."""
    return _measured_text(value, 3, below=1e5)


def amount_text(value: float) -> str:
    """A number in the unit of the data, in four figures at least: 1,234,568, 12.35, 0.1235, 4.37e−4."""
    if not math.isfinite(value):
        return NONE
    size = float(f"{abs(value):.3e}")  # as it is read: 9.9999 is 10.00
    if size >= 1e7 or 0 < size < 1e-3:
        return exponent_text(value, 3)
    if size >= 1000:
        return f"{value:,.0f}".replace("-", "−")
    return decimal_text(value, 1 if size >= 100 else 2 if size >= 10 else 3 if size >= 1 else 4)


def r_squared_text(value: float) -> str:
    """R², at most 1: 0.932, −0.25; far below zero in its first figures."""
    return decimal_text(value, 3) if value > -10 else number_text(value, 3)


def statistic_text(value: float) -> str:
    """A figure of a narrow column: −0.013, 3.2e−5."""
    return _measured_text(value, 3, below=1e3, mantissa=1)


def exponent_text(value: float, decimals: int = 2) -> str:
    """A figure as digits and a power of ten, whatever its size: 2.31e−5; 0 is "0"."""
    if not math.isfinite(value):
        return NONE
    return "0" if value == 0 else _tidy(f"{value:.{decimals}e}")


def signed_text(value: float, decimals: int = 2) -> str:
    """A number with so many decimals, and room for a minus where it is positive."""
    text = decimal_text(value, decimals)
    return text if text.startswith("−") else FIGURE_SPACE + text


def decimal_text(value: float, decimals: int) -> str:
    """A number with so many decimals: −0.30; what rounds to zero has no sign, what is large its power of ten."""
    if not abs(value) < LARGE:
        return exponent_text(value)
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if not float(text) else text.replace("-", "−")


def percent_text(share: float, decimals: int = 1) -> str:
    """A share, 0 to 1, as 98.5 %."""
    return f"{decimal_text(100 * share, decimals)} %" if math.isfinite(share) else NONE


def count_text(count: int) -> str:
    """A count, with commas between thousands: 12,000."""
    return f"{count:,}".replace("-", "−")


def range_text(low: float, high: float, text: Callable[[float], str]) -> str:
    """From the lowest to the highest, each written by `text`: 0.0100 – 0.0300; one number where they look the same."""
    ends = text(low), text(high)
    return ends[0] if ends[0] == ends[1] else " – ".join(ends)


# axes: all ticks of one have one form


def tick_text(value: float) -> str:
    """A number as short as it can be: 12,000, 2.5M, 1e−5."""
    if not math.isfinite(value):
        return NONE
    if 1e6 <= abs(value) < 1e9:
        return f"{value / 1e6:g}M".replace("-", "−")
    plain = 1e-4 <= abs(value) < 1e7 or value == 0
    return f"{value:,.10g}".replace("-", "−") if plain else number_text(value, 3)


def tick_texts(values: Sequence[float]) -> list[str]:
    """Ticks' numbers with as many decimals as the longest of them needs: 0.0, 0.5, 1.0, or 0, 5e−6, 1e−5."""
    sizes = [abs(value) for value in values if value] or [1.0]
    if max(sizes) >= 1e9 or min(sizes) < 1e-4:
        return _exponent_texts(values)
    millions = max(sizes) >= 1e6
    texts = [f"{value / 1e6 if millions else value:.10g}" for value in values]
    decimals = max(len(text.partition(".")[2]) for text in texts)
    plain = [_plain(value / 1e6 if millions else value, decimals) for value in values]
    return [f"{text}M" if value else "0" for text, value in zip(plain, values, strict=True)] if millions else plain


def whole_tick_texts(values: Sequence[float]) -> list[str]:
    """Ticks at whole numbers: 0, 500, 1,000, or 0, 0.5M, 1M where that takes two decimals at most."""
    largest = max(values, default=0.0)
    if largest >= 1e15:
        return _exponent_texts(values)
    if largest >= 1e6 and all(round(value / 1e4) * 1e4 == value or value < 1e4 for value in values):
        decimals = max(len(f"{value / 1e6:.10g}".partition(".")[2]) for value in values)
        if decimals <= 2:
            return [f"{value / 1e6:,.{decimals}f}M" if value else "0" for value in values]
    return [f"{value:,.0f}" for value in values]


def decade_texts(exponents: Sequence[int]) -> list[str]:
    """Powers of ten: 0.001, 0.1, 10 where all of them can be read so, else 1e−8, 1e−4, 1e0."""
    plain = all(-3 <= exponent <= 4 for exponent in exponents)
    return [f"{10.0**exponent:,g}" if plain else power_text(exponent) for exponent in exponents]


def power_text(exponent: int) -> str:
    """A power of ten: 1e−8."""
    return _tidy(f"1e{exponent}")


def _exponent_texts(values: Sequence[float]) -> list[str]:
    """All with their powers of ten and with equally many decimals."""
    mantissas = [f"{value:.10e}".partition("e")[0].rstrip("0").partition(".")[2] for value in values]
    decimals = min(max(map(len, mantissas), default=0), 3)
    parts = [f"{value:.{decimals}e}".partition("e") for value in values]
    texts = [f"{mantissa}e{int(exponent)}".replace("-", "−") for mantissa, _, exponent in parts]
    return [text if value else "0" for text, value in zip(texts, values, strict=True)]


def _plain(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".replace("-", "−")


def _measured_text(value: float, decimals: int, *, below: float, mantissa: int = 2) -> str:
    """With so many decimals where its size is from 0.001 to `below`, else with its power of ten."""
    if not math.isfinite(value):
        return NONE
    plain = value == 0 or 1e-3 <= abs(value) < below
    return decimal_text(value, decimals) if plain else exponent_text(value, mantissa)


def _tidy(text: str) -> str:
    mantissa, e, exponent = text.partition("e")
    mantissa = mantissa.removesuffix(".0")
    return (f"{mantissa}e{int(exponent)}" if e else mantissa).replace("-", "−")
