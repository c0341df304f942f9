"""The curves of a strip: one in the ink of the text, or one a class in the class's colour."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from nnplay.gui.paint.curves import Curve
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.theme import Theme

FARTHEST = 20.0
"""So many heights of the strip a curve is drawn at most beside it: Qt can't reckon with what lies further out."""
ABOVE = 5
"""In the stack of what is drawn: above the background, below the points."""

Floats = NDArray[np.float64]


class CurveLayer:
    """Draws curves on the unit square of a view."""

    def __init__(self, view_box: pg.ViewBox, theme: Theme) -> None:
        self._view_box, self._theme = view_box, theme
        self._curves: list[Curve] = []
        self._ratio, self._width = 1.0, 400.0
        self._shown: tuple[Floats, Floats, bool] = (np.empty(0), np.empty((0, 0)), False)

    def show(self, x: Floats, heights: Floats, *, classes: bool = False) -> None:
        """Draw (C, R) heights over (R,) places, all from 0 to 1 within the strip; a curve a class, or a single one."""
        self._shown = (x, np.clip(heights, -FARTHEST, 1 + FARTHEST), classes)
        self.redraw()

    def show_nothing(self) -> None:
        """Take them out."""
        self.show(np.empty(0), np.empty((0, 0)))

    def set_ratio(self, ratio: float) -> None:
        """Paint for a display with so many device pixels to one."""
        if ratio != self._ratio:
            self._ratio = ratio
            self.redraw()

    def set_width(self, pixels: float) -> None:
        """The strip is so wide."""
        self._width = max(pixels, 1.0)
        self.redraw()

    def redraw(self) -> None:
        """Draw them again, in the colours that hold now."""
        x, heights, classes = self._shown
        while len(self._curves) < len(heights):
            self._curves.append(Curve(self._view_box))
            self._curves[-1].item.setZValue(ABOVE)
        for index, curve in enumerate(self._curves):
            if index >= len(heights):
                curve.item.setVisible(False)
                continue
            palette = self._theme.palette
            curve.set_pen(class_colour(palette, index) if classes else palette.text, self._ratio * scaled(1.25))
            curve.show_values(x, heights[index], 1.0 / self._width)
