"""From where to where a picture goes that changes all the time: it widens at once, and narrows where it must."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

Floats = NDArray[np.float64]

ROOM = 0.08
"""Beside the points, as a share of how far they reach."""
GRID_ROOM = 0.2
"""So far beside the points the grid is shown at most, in the same measure: it goes far beyond them."""
NARROWING = 0.05
"""By how much of what is too far an end comes back at each picture, while it trains."""
MOST_STRETCH = 2.4
"""How many times as large one direction is drawn as the other at most, so that a wide view is filled."""
LEAST = 1e-9
"""Points nearer to each other than that are one place, far from 0 by this part of how far."""


@dataclass
class ViewFrame:
    """The middle and the half width and height of what is seen, (2,) each; None before there is anything."""

    middle: Floats | None = None
    reach: Floats | None = None

    def forget(self) -> None:
        """What comes next is another picture."""
        self.middle = self.reach = None

    def follow(self, points: Floats, grid: Floats, *, resting: bool) -> None:
        """Let points (n, 2) be seen, and of the grid (g, 2) what is near them."""
        low, high = points.min(axis=0), points.max(axis=0)
        middle, reach = 0.5 * (low + high), 0.5 * (high - low)
        reach = np.maximum(reach, np.maximum(max(float(reach.max()) * 0.05, LEAST), LEAST * np.abs(middle)))
        if len(grid):
            near = (1.0 + GRID_ROOM) * reach
            low = np.clip(np.minimum(low, grid.min(axis=0)), middle - near, high)
            high = np.clip(np.maximum(high, grid.max(axis=0)), low, middle + near)
            middle, reach = 0.5 * (low + high), np.maximum(0.5 * (high - low), reach)
        reach = reach * (1.0 + ROOM)
        if self.middle is None or self.reach is None or resting:
            self.middle, self.reach = middle, reach
            return
        low, high = self._approached(middle - reach, middle + reach)
        self.middle, self.reach = 0.5 * (low + high), 0.5 * (high - low)

    def _approached(self, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Beyond what was seen at once, back from it a little at a time."""
        assert self.middle is not None and self.reach is not None
        was_low, was_high = self.middle - self.reach, self.middle + self.reach
        low = np.minimum(low, was_low + NARROWING * (low - was_low))
        high = np.maximum(high, was_high + NARROWING * (high - was_high))
        return low, high

    def pixels(self, places: Floats, canvas: QRectF) -> Floats:
        """Places (…, 2) in pixels of a canvas."""
        assert self.middle is not None
        centre = np.array([canvas.center().x(), canvas.center().y()])
        pixels: Floats = centre + (places - self.middle) * self._scales(canvas) * (1.0, -1.0)
        return pixels

    def seen(self, canvas: QRectF, whole: QRectF) -> tuple[tuple[float, float], tuple[float, float]]:
        """From where to where the `whole` goes around a canvas, to the right and upwards."""
        assert self.middle is not None
        half = 0.5 * np.array([whole.width(), whole.height()]) / self._scales(canvas)
        (left, low), (right, top) = (self.middle - half).tolist(), (self.middle + half).tolist()
        return (left, right), (low, top)

    def _scales(self, canvas: QRectF) -> Floats:
        """(2,) pixels of 1 to the right and upwards."""
        assert self.reach is not None
        scales: Floats = 0.5 * np.array([canvas.width(), canvas.height()]) / self.reach
        scales[...] = np.minimum(scales, MOST_STRETCH * scales.min())
        return scales
