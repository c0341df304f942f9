"""Numbers as a person reads them: a true minus, no more figures than are needed."""

import math

import numpy as np
from numpy.typing import DTypeLike

from nnplay.errors import InputError
from nnplay.training.reading import number_in

_LARGE = 10_000.0
"""From here on a figure is written with its power of ten."""
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
            number = float(np.asarray(number_in(text)).astype(kind))
        if not math.isfinite(number):
            raise ValueError(text)
    except ValueError:
        end = _ENDS[kind.name]
        raise InputError(name, text, f"a number from −{end} to {end}") from None
    return number


def exact_text(value: float, dtype: DTypeLike = np.float64) -> str:
    """The shortest text that reads back to the same number of this dtype: −0.1, 1e−8."""
    return _tidy(str(np.asarray(value, dtype)[()]))


def number_text(value: float | None, figures: int = 10) -> str:
    """The number in as few figures as it has, at most `figures`: 0.003, 1e−8, 1000000; "" for None."""
    return "" if value is None else _tidy(f"{value:.{figures}g}")


def figure_text(value: float) -> str:
    """A measured figure, 0.0123 or 4.37e−04, as wide as others of its size; – for one that there is not."""
    if math.isnan(value):
        return "–"
    plain = value == 0 or 1e-3 <= abs(value) < _LARGE
    return f"{value:.4f}" if plain else f"{value:.2e}".replace("-", "−").replace("e+", "e")


def _tidy(text: str) -> str:
    mantissa, e, exponent = text.partition("e")
    mantissa = mantissa.removesuffix(".0")
    return (f"{mantissa}e{int(exponent)}" if e else mantissa).replace("-", "−")
