"""The lines of folds on the unit square of a view: all of them thin, one unit's in its hue, and a region's border."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from nnplay.gui.paint.points import Plane, in_unit_square
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.theme import Theme

Floats = NDArray[np.float64]

ALL, REGION, HALO, OWN = 6.0, 6.1, 6.2, 6.3
"""In the stack of what is drawn: above the curves, below the points."""
WIDTHS = {ALL: 1.0, REGION: 2.0, HALO: 4.6, OWN: 2.4}
"""Pixels of each. Lines that are no wider than a pixel take Qt a third of the time."""


class FoldLayer:
    """Draws lines and a region; nothing is made again that stays the same."""

    def __init__(self, view_box: pg.ViewBox, theme: Theme) -> None:
        self._theme, self._ratio = theme, 1.0
        self._hue = theme.palette.text
        self._items = {height: QGraphicsPathItem() for height in WIDTHS}
        for height, item in self._items.items():
            item.setZValue(height)
            item.setVisible(False)
            view_box.addItem(item, ignoreBounds=True)
        self.redraw()

    def show_lines(self, segments: Floats, plane: Plane) -> None:
        """All lines, (S, 2, 2) on a plane."""
        self._put(ALL, _path(segments, plane))

    def show_own(self, segments: Floats, plane: Plane, hue: str) -> None:
        """Those of the unit that is looked at."""
        path = _path(segments, plane)
        self._put(HALO, path)
        self._put(OWN, path)
        if hue != self._hue:
            self._hue = hue
            self.redraw()

    def show_region(self, corners: Floats, plane: Plane) -> None:
        """The region with these corners (V, 2); none where there are no corners."""
        path = QPainterPath()
        if len(corners):
            closed = in_unit_square(np.concatenate([corners, corners[:1]]), plane)
            path = pg.arrayToQPath(closed[:, 0], closed[:, 1])
        self._put(REGION, path)

    def show_nothing(self) -> None:
        """Take all of it out."""
        for height in self._items:
            self._put(height, QPainterPath())

    def set_ratio(self, ratio: float) -> None:
        """Paint for a display with so many device pixels to one."""
        if ratio != self._ratio:
            self._ratio = ratio
            self.redraw()

    def redraw(self) -> None:
        """Paint in the colours and the size that hold now."""
        palette = self._theme.palette
        for height, (colour, alpha) in {
            ALL: (palette.text, 150),
            REGION: (palette.text, 255),
            HALO: (palette.panel, 200),
            OWN: (self._hue, 255),
        }.items():
            self._items[height].setPen(self._pen(colour, alpha, WIDTHS[height]))
        tint = QColor(palette.text)
        tint.setAlpha(26)
        self._items[REGION].setBrush(QBrush(tint))

    def _pen(self, colour: str, alpha: int, width: float) -> QPen:
        shown = QColor(colour)
        shown.setAlpha(alpha)
        pen = QPen(shown, self._ratio * scaled(width))
        pen.setCosmetic(True)  # its width counts in device pixels
        return pen

    def _put(self, height: float, path: QPainterPath) -> None:
        item = self._items[height]
        if not path.isEmpty():
            item.setPath(path)
        item.setVisible(not path.isEmpty())


def _path(segments: Floats, plane: Plane) -> QPainterPath:
    """Pieces of lines as one path."""
    if not len(segments):
        return QPainterPath()
    ends = in_unit_square(segments.reshape(-1, 2), plane)
    path: QPainterPath = pg.arrayToQPath(ends[:, 0], ends[:, 1], connect="pairs")
    return path
