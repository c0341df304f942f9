"""Two directions from which the outputs of a layer are seen: two of its units, or those along which they vary most.

Main directions are known but for their signs, and of equal ones not even which is which: drawn as they are computed, a
picture would turn over from one frame to the next. So the two are turned within the plane that they span, as near as
can be to a picture of the same points that is known: the one before, or that of the inputs (Schönemann 1966).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NOTHING = 1e-9
"""What is so small a part of the largest is what rounding left of 0."""


@dataclass(frozen=True)
class SeenFrom:
    """A flat picture of U numbers.

    Attributes
    ----------
    middle
        (U,) the mean of the points, through which what isn't seen of the plane goes.
    base
        (U,) the place that is drawn at (0, 0).
    axes
        (U, 2) the directions to the right and upwards, of length 1; the second one is 0 for one unit alone.
    share
        How much of the points' variance is seen, 0 to 1.
    """

    middle: Floats
    base: Floats
    axes: Floats
    share: float

    def places(self, values: Floats) -> Floats:
        """Where numbers (…, U) are drawn, (…, 2)."""
        places: Floats = (values - self.base) @ self.axes
        return places


def two_units(values: Floats, across: int, up: int) -> SeenFrom:
    """The outputs of two units; all others are what they are in the mean."""
    middle = values.mean(axis=0)
    axes = np.zeros((values.shape[1], 2))
    axes[across, 0] = 1.0
    if up != across:
        axes[up, 1] = 1.0
    base = middle.copy()
    base[[across, up]] = 0.0
    return SeenFrom(middle, base, axes, _share(values - middle, axes))


def main_directions(values: Floats) -> SeenFrom:
    """The two directions along which numbers (N, U) of two units or more vary most. Pearson, 1901."""
    middle = values.mean(axis=0)
    away = values - middle
    count, units = away.shape
    if count == 1:  # which varies in no direction
        axes = np.eye(units)[:, :2]
    elif units <= count:
        _, directions = np.linalg.eigh(away.T @ away)
        axes = directions[:, :-3:-1]
    else:
        squares, among = np.linalg.eigh(away @ away.T)
        axes = away.T @ among[:, :-3:-1]
        axes /= np.sqrt(np.maximum(squares[:-3:-1], np.finfo(np.float64).tiny))
        axes, _ = np.linalg.qr(axes)
    largest = np.abs(axes).argmax(axis=0)
    axes = axes * np.where(axes[largest, [0, 1]] < 0.0, -1.0, 1.0)
    return SeenFrom(middle, middle, axes, _share(away, axes))


def turned(seen: SeenFrom, values: Floats, like: Floats) -> SeenFrom:
    """The same plane, turned or turned over so that the numbers' picture is as near as can be to `like`, (N, 2)."""
    left, sizes, right = np.linalg.svd(seen.places(values).T @ (like - like.mean(axis=0)))
    if sizes[0] == 0.0:
        return seen
    if sizes[1] <= NOTHING * sizes[0] and np.linalg.det(left @ right) < 0.0:
        left[:, 1] *= -1.0  # both ways are as near: what rounding would choose
    return replace(seen, axes=seen.axes @ left @ right)


def spread_of(drawn: Floats, share: float) -> tuple[tuple[float, float], Floats]:
    """The share of all variance that each main direction of a picture (n, 2) holds, and (2, 2) both, one a row.

    A picture that was turned has them anywhere in it; `share` is what they hold together.
    """
    away = drawn - drawn.mean(axis=0)
    sizes, ways = np.linalg.eigh(away.T @ away)
    whole = max(float(sizes.sum()), np.finfo(np.float64).tiny)
    first, second = (share * max(float(size), 0.0) / whole for size in sizes[::-1])
    return (first, second), ways.T[::-1]


def _share(away: Floats, axes: Floats) -> float:
    whole = float(np.square(away).sum())
    return float(np.square(away @ axes).sum()) / whole if whole > 0.0 else 1.0
