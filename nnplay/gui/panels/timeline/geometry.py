"""Where things are in the strip: epochs from left to right, the loss upwards."""

from dataclasses import dataclass

import numpy as np
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtGui import QPolygonF

from nnplay.gui.panels.timeline.contents import StripCurve
from nnplay.gui.theme.scale import px, scale, scaled

SIDE, TOP, BOTTOM = 10, 4, 6
REACH = 7
"""Pixels: how near the pointer is to what it points at."""
WORDS_SIZE = 11


@dataclass(frozen=True)
class Geometry:
    """The places of a strip.

    Attributes
    ----------
    width, height
        Of the strip, in pixels.
    end
        The epoch at its right end.
    highest
        The loss at its upper edge.
    """

    width: int
    height: int
    end: float
    highest: float

    @property
    def room(self) -> float:
        """Pixels from the start to the end."""
        return max(self.width - 2 * px(SIDE), 1)

    @property
    def top(self) -> float:
        """Where lines begin."""
        return scaled(TOP)

    @property
    def low(self) -> float:
        """Where the loss is 0."""
        return self.height - scaled(BOTTOM)

    def x_of(self, epochs: float) -> float:
        """The place of a moment."""
        return px(SIDE) + epochs / self.end * self.room

    def epochs_at(self, x: float, last: float) -> float:
        """The moment at a place, up to the last one; where epochs are narrow a whole one."""
        epochs = min(max((x - px(SIDE)) / self.room * self.end, 0.0), last)
        return epochs if self.room / self.end > 2 * REACH else round(epochs)

    def line_of(self, curve: StripCurve) -> QPolygonF:
        """A curve as it is painted; it stays the same while other moments of a run are seen."""
        return curve.line.of((self, scale()), lambda: self._line_of(curve))

    def _line_of(self, curve: StripCurve) -> QPolygonF:
        if not len(curve.epochs):
            return QPolygonF()
        high = scaled(TOP + WORDS_SIZE)
        x = px(SIDE) + curve.epochs / self.end * self.room
        # the root, so that what is small beside the beginning can still be seen
        y = self.low - np.sqrt(np.maximum(curve.losses, 0.0) / (self.highest or 1.0)) * (self.low - high)
        line: QPolygonF = arrayToQPolygonF(x, y)
        return line
