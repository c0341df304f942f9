"""What lies between the lowest and the highest values of intervals: an upright stroke in each column of pixels."""

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.scale import scaled

COLUMN = 2.0
"""Pixels of a stroke's width, which is that of the narrowest interval too: a spike of one epoch is seen."""
OPACITY = 0.5

Floats = NDArray[np.float64]


class Envelope(Guarded, pg.GraphicsObject):  # type: ignore[misc]
    """Upright strokes side by side, of which none lies over another.

    Attributes
    ----------
    strokes
        (columns, 4): x, lowest value, width, and how far up to the highest, of those that are drawn.
    """

    def __init__(self, view_box: pg.ViewBox) -> None:
        super().__init__()
        self._brush = QColor()
        self._width = COLUMN
        self._rectangles = PrimitiveArray(QRectF, 4)
        self.strokes: NDArray[np.float64] = np.zeros((0, 4))
        view_box.addItem(self, ignoreBounds=True)

    def set_colour(self, colour: str, ratio: float) -> None:
        """Paint in another colour, on a display with `ratio` device pixels to one."""
        self._width = max(round(scaled(COLUMN) * ratio), 1) / ratio
        self._brush = QColor(colour)
        self._brush.setAlphaF(OPACITY)
        self.update()

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
        wide, step, had = high > low, pixel * self._width, len(self.strokes)
        if wide.any():
            low, high = np.where(wide, low, np.nan), np.where(wide, high, np.nan)
            x, low, high = columns(edges, low, high, view, step)
            drawn = high > low
            sides = (x[drawn] - step / 2, low[drawn], np.full(np.count_nonzero(drawn), step), (high - low)[drawn])
            self.strokes = np.stack(sides, axis=1)
        else:
            self.strokes = np.zeros((0, 4))
        if had or len(self.strokes):
            self._rectangles.resize(len(self.strokes))
            self._rectangles.ndarray()[:] = self.strokes
            self.update()

    def boundingRect(self) -> QRectF:
        """Called by Qt; it never leaves its view."""
        view: QRectF | None = self.viewRect()
        return QRectF() if view is None else view

    def viewTransformChanged(self) -> None:
        """Called by pyqtgraph."""
        self.prepareGeometryChange()
        super().viewTransformChanged()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Called by Qt; sharp edges, so that those of neighbours meet."""
        if not len(self.strokes):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._brush)
        painter.drawRects(*self._rectangles.drawargs())


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
