"""What lies between the lowest and the highest values of intervals: an upright stroke in each column of pixels."""

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from nnplay.gui.paint.curves import Line

COLUMN = 2.0
"""Pixels of a stroke's width, which is that of the narrowest interval too: a spike of one epoch is seen."""
OPACITY = 0.42

Floats = NDArray[np.float64]


class Envelope:
    """Upright strokes side by side, of which none lies over another."""

    def __init__(self, view_box: pg.ViewBox) -> None:
        self._width = COLUMN
        self._ratio = 1.0
        self.item = Line(antialias=False)
        view_box.addItem(self.item, ignoreBounds=True)

    def set_pen(self, colour: str, ratio: float, scale: float) -> None:
        """Paint in another colour, on a display with `ratio` device pixels to one."""
        self._ratio, self._width = ratio, max(round(COLUMN * scale * ratio), 1)
        strokes = QColor(colour)
        strokes.setAlphaF(OPACITY)
        pen = pg.mkPen(strokes, width=self._width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.item.setPen(pen)

    def show_values(self, edges: Floats, low: Floats, high: Floats, view: tuple[float, float], pixel: float) -> None:
        """Draw what is between `low` and `high` (rows,).

        Parameters
        ----------
        edges
            (rows + 1,) where each row begins, and where the last one ends.
        low, high
            NaN where there is no value.
        view
            From where to where the axis is seen.
        pixel
            How much of the axis one pixel is.
        """
        wide = high > low
        if wide.any():
            low, high = np.where(wide, low, np.nan), np.where(wide, high, np.nan)
            x, low, high = columns(edges, low, high, view, pixel * self._width / self._ratio)
            wide = high > low
        self.item.setVisible(bool(wide.any()))
        if wide.any():
            self.item.opts["segmentedLineMode"] = "on"
            ends = np.stack([low[wide], high[wide]], axis=1).ravel()
            self.item.setData(x=np.repeat(x[wide], 2), y=ends, connect="pairs")


def columns(
    edges: Floats, low: Floats, high: Floats, view: tuple[float, float], step: float
) -> tuple[Floats, Floats, Floats]:
    """The middle of each column of width `step`, with the lowest and the highest of all rows that reach into it."""
    count = max(math.ceil((view[1] - view[0]) / step), 1)
    starts = view[0] + step * np.arange(count)
    first = np.maximum(np.searchsorted(edges, starts, "right") - 1, 0)
    end = np.searchsorted(edges[:-1], starts + step, "left")
    inside = (first < end) & (edges[-1] > starts)
    parts = np.stack([first[inside], end[inside]], axis=1).ravel()
    if not len(parts):
        return starts[inside], starts[inside], starts[inside]
    lowest = np.fmin.reduceat(np.append(low, np.nan), parts)[::2]
    highest = np.fmax.reduceat(np.append(high, np.nan), parts)[::2]
    return starts[inside] + step / 2, lowest, highest
