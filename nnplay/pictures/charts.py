"""Curves and points over two axes, as SVG."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.pictures.colours import LINE, PANEL, TEXT
from nnplay.pictures.svg import drawing, element, label

Floats = NDArray[np.float64]
WIDTH, HEIGHT = 440.0, 280.0
LEFT, RIGHT, TOP, BOTTOM = 68.0, 14.0, 30.0, 40.0
TICKS = 5
MOST_NAMED, NAMED = 8, 12
"""Curves that have a key, and letters of a name in it."""


@dataclass(frozen=True)
class Series:
    """Points (n,) over (n,), as a line or as dots; what is not finite is left out."""

    name: str
    colour: str
    x: Floats
    y: Floats
    dots: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Axis:
    """From and to what is shown, what it is called, and whether it is logarithmic."""

    low: float
    high: float
    name: str
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """Where a value stands between the ends, 0 to 1."""
        low, high, value = (map(math.log10, (self.low, self.high, value)) if self.logarithmic
                            else (self.low, self.high, value))  # fmt: skip
        return (value - low) / (high - low)

    def ticks(self) -> list[float]:
        """Round numbers between the ends."""
        if self.logarithmic:
            first, last = math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9)
            powers = [10.0**power for power in range(first, last + 1, max(1, (last - first) // TICKS))]
            finer = [factor * 10.0**power for power in range(first - 1, last + 1) for factor in (1, 2, 5)]
            ticks = powers if len(powers) > 1 else [each for each in finer if self.low <= each <= self.high]
            if len(ticks) > 1:
                return ticks
        step = 10.0 ** math.floor(math.log10((self.high - self.low) / TICKS))
        step *= next(factor for factor in (1, 2, 5, 10) if (self.high - self.low) / (factor * step) <= TICKS + 1)
        first = math.ceil(self.low / step - 1e-9)
        return [place * step for place in range(first, math.floor(self.high / step + 1e-9) + 1)]


def axis_of(values: Iterable[Floats], name: str, *, logarithmic: bool = False) -> Axis:
    """An axis that all values lie on, logarithmic where it may be."""
    found = np.concatenate([np.asarray(each, np.float64).ravel() for each in values] or [np.empty(0)])
    found = found[np.isfinite(found)]
    if not len(found):
        return Axis(0.0, 1.0, name)
    low, high = float(found.min()), float(found.max())
    if logarithmic and low > 0.0 and high > low:
        return Axis(low, high, name, logarithmic=True)
    margin = 0.04 * (high - low) or 0.5 * abs(high) or 0.5
    return Axis(low - margin, high + margin, name)


def number(value: float) -> str:
    """A figure as it is to be read."""
    written = f"{value:,.6g}" if 1e-4 <= abs(value) < 1e6 or not value else f"{value:.3g}"
    return written.replace("-", "−")


def chart(
    curves: Sequence[Series], across: Axis, up: Axis, about: str, *, behind: str | None = None, size: float = HEIGHT
) -> str:
    """Curves and dots over two axes.

    Parameters
    ----------
    about
        What it shows, in words.
    behind
        The address of a picture that fills the axes.
    size
        Height of the whole.
    """
    right, bottom = WIDTH - RIGHT, size - BOTTOM

    def at_x(value: float) -> float:
        return LEFT + across.share(value) * (right - LEFT)

    def at_y(value: float) -> float:
        return bottom - up.share(value) * (bottom - TOP)

    parts = _frame(across, up, at_x, at_y, right, bottom, lines=behind is None)
    if behind is not None:
        image = element("image", href=behind, x=LEFT, y=TOP, width=right - LEFT, height=bottom - TOP,
                        preserveAspectRatio="none")  # fmt: skip
        parts.insert(0, image)
    for curve in curves:
        kept = np.isfinite(curve.x) & np.isfinite(curve.y) & ((curve.y > 0.0) | (not up.logarithmic))
        places = [(at_x(x), at_y(y)) for x, y in zip(curve.x[kept].tolist(), curve.y[kept].tolist(), strict=True)]
        parts.append(_dots(curve, places) if curve.dots else _line(curve, places))
    parts += _key([curve for curve in curves if curve.name])
    return drawing(WIDTH, size, parts, about)


Place = Callable[[float], float]


def _frame(across: Axis, up: Axis, at_x: Place, at_y: Place, right: float, bottom: float, *, lines: bool) -> list[str]:
    parts = []
    for value in up.ticks():
        if lines:
            parts.append(element("line", x1=LEFT, x2=right, y1=at_y(value), y2=at_y(value), stroke=LINE))
        parts.append(label(LEFT - 6, at_y(value) + 4, number(value), anchor="end", size=10))
    parts += [label(at_x(value), bottom + 15, number(value), size=10) for value in across.ticks()]
    parts.append(label((LEFT + right) / 2, bottom + 32, across.name))
    turned = f"rotate(-90 12 {(TOP + bottom) / 2:g})"
    return [*parts, label(12, (TOP + bottom) / 2, up.name, transform=turned)]


def _line(curve: Series, places: Sequence[tuple[float, float]]) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dashes = "5 4" if curve.dashed else None
    return element("polyline", points=points, fill="none", stroke=curve.colour, stroke_width=1.8,
                   stroke_dasharray=dashes, stroke_linejoin="round")  # fmt: skip


def _dots(curve: Series, places: Sequence[tuple[float, float]]) -> str:
    dots = (element("circle", cx=round(x, 1), cy=round(y, 1), r=2.8) for x, y in places)
    return element("g", *dots, fill=curve.colour, stroke=PANEL, stroke_width=0.6)


def _key(curves: Sequence[Series]) -> list[str]:
    """What the curves are called, in a row above the axes; nothing where there is but one."""
    parts, x = [], LEFT
    for curve in curves if 1 < len(curves) <= MOST_NAMED else ():
        dashes, y = "5 4" if curve.dashed else None, TOP - 14
        if curve.dots:
            parts.append(element("circle", cx=x + 5, cy=y - 4, r=4, fill=curve.colour))
        else:
            parts.append(element("line", x1=x, x2=x + 20, y1=y - 4, y2=y - 4, stroke=curve.colour, stroke_width=1.8,
                                 stroke_dasharray=dashes))  # fmt: skip
        shown = curve.name if len(curve.name) <= NAMED else f"{curve.name[: NAMED - 1]}…"
        x += 14 if curve.dots else 26
        parts.append(label(x, y, shown, anchor="start", colour=TEXT))
        x += 6.5 * len(shown) + 16
    return parts
