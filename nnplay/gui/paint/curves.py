"""One line of a plot, drawn with no more points than its pixels can show."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.scale import scale, scaled

WIDTH = 1.6
DASH, GAP = 6.0, 4.0
"""Pixels of the axis of epochs; not of the line, so that dashes stay where they are while the line moves."""
STEEP = 1.0
"""Pixels that a line rises or falls along one of the axis, from which on it has no gaps: they would hide a spike."""
COLUMN = 2.0
"""Device pixels along the axis for which a line has at most two points."""
FEW_POINTS = 200
"""Up to here the whole line is stroked at once, which joins its corners more finely."""

Floats = NDArray[np.float64]


class Curve:
    """A line in a view box; peaks survive the thinning, gaps stand where a value is not finite.

    Qt strokes a wide antialiased line as one area, which takes a hundred times longer for a noisy one
    than its pieces do one by one; so a line of many points is drawn in pieces. Dashes are pieces left out.
    """

    def __init__(self, view_box: pg.ViewBox, *, dashed: bool = False) -> None:
        self._dashed = dashed
        self._ratio = 1.0
        self.item = CurveItem()
        view_box.addItem(self.item, ignoreBounds=True)

    def set_pen(self, colour: str, ratio: float = 1.0) -> None:
        """Paint in another colour, on a display with `ratio` device pixels to one."""
        self._ratio = ratio
        pen = pg.mkPen(colour, width=scaled(WIDTH) * ratio)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if self._dashed else Qt.PenCapStyle.RoundCap)
        self.item.setPen(pen)

    def show_values(self, x: Floats, y: Floats, pixel: float, along: float = 1.0) -> None:
        """Draw (rows,) places.

        Parameters
        ----------
        x
            Rising.
        y
            NaN where there is no value.
        pixel, along
            How much of x, and how much of y, one pixel is; the latter counts for dashes only.
        """
        x, y = thinned(x, y, pixel * COLUMN / self._ratio)
        dash = pixel * scale()
        if self._dashed:
            x, y = with_dash_ends(x, y, dash)
        finite = np.isfinite(y)
        connected = finite[:-1] & finite[1:]
        if self._dashed:
            middle = (x[:-1] + x[1:]) / 2 / dash
            steep = np.abs(np.diff(np.where(finite, y, 0.0))) / along > STEEP * np.diff(x) / pixel
            connected &= (middle % (DASH + GAP) < DASH) | steep
        self.item.setVisible(bool(connected.any()))
        if connected.any():
            self.item.opts["segmentedLineMode"] = "on" if len(x) > FEW_POINTS else "off"
            self.item.setData(x=x, y=np.where(finite, y, 0.0), connect=np.append(connected, False))


class CurveItem(Guarded, pg.PlotCurveItem):  # type: ignore[misc]
    """A line that never leaves its view: Qt needn't be told its bounds anew with every value."""

    def __init__(self) -> None:
        super().__init__(antialias=True)

    def boundingRect(self) -> QRectF:
        """Called by Qt."""
        view: QRectF | None = self.viewRect()
        return QRectF(super().boundingRect()) if view is None else view

    def viewTransformChanged(self) -> None:
        """Called by pyqtgraph, which forgets the view's old rectangle for other items only."""
        pg.GraphicsObject.viewTransformChanged(self)
        super().viewTransformChanged()


def thinned(x: Floats, y: Floats, width: float) -> tuple[Floats, Floats]:
    """The line's lowest and highest point in each column of this width, in the order in which they come."""
    columns = np.floor(x / width).astype(np.intp)
    starts = np.flatnonzero(np.diff(columns, prepend=columns[:1] - 1))
    if len(x) <= 2 * len(starts):
        return x, y
    ends = np.append(starts[1:], len(x)) - 1
    low, high = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    falling = y[starts] > y[ends]
    first, second = np.where(falling, high, low), np.where(falling, low, high)
    return np.stack([x[starts], x[ends]], axis=1).ravel(), np.stack([first, second], axis=1).ravel()


def with_dash_ends(x: Floats, y: Floats, pixel: float) -> tuple[Floats, Floats]:
    """The same line with a point at each place where a dash begins or ends."""
    if len(x) < 2:
        return x, y
    period = (DASH + GAP) * pixel
    begins = np.arange(np.floor(x[0] / period), np.ceil(x[-1] / period) + 1) * period
    ends = np.sort(np.concatenate([begins, begins + DASH * pixel]))
    ends = ends[(ends > x[0]) & (ends < x[-1])]
    places = np.searchsorted(x, ends)
    return np.insert(x, places, ends), np.insert(y, places, np.interp(ends, x, y))
