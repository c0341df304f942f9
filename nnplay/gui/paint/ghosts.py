"""Lines behind a run's own: its other branches, each in its own hue, training solid and test dashed, and its floor."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from nnplay.gui.paint.curves import thinned
from nnplay.gui.paint.epoch_axis import EpochAxis
from nnplay.gui.paint.value_axis import ValueAxis
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import px, scaled

WIDTH, POINTED_WIDTH = 1.2, 2.2
BEHIND = 0.8
"""How opaque they are: the run's own lines are before them."""
COLUMN = 1.0
"""Pixels along the axis for which a line has at most two points."""
DASHES, DOTS = (4.0, 3.0), (1.5, 2.5)
DOT = 2.6
MEASURED, APART = 1.8, 10
"""Of the dots where something is measured now and then, and the pixels for each of them, else there are none."""
NAME_SIZE, NAME_GAP, NAME_PLACE = 11, 4, 0.06
"""Of the name of a dotted one: pixels, pixels to its line, and where along the axis, as a part of it."""
REACH = 6
"""Pixels: how near the pointer is to a line that it is on."""
TALLEST = 2.0
"""Times as high as the run's own values the axis goes for a ghost at most: one that diverged leaves the plot."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ghost:
    """The figures of another branch, or a curve of the run itself that is measured now and then.

    Attributes
    ----------
    key
        The number of the branch, which has its hue; None for the run itself, whose curve is dotted.
    name
        What it is called.
    epochs
        (rows,) of them.
    lines
        (rows,) values of the training set and of the test set; NaN where there are none.
    """

    key: int | None
    name: str
    epochs: Floats
    lines: tuple[Floats, Floats]

    def colour(self, palette: Palette) -> str:
        """Its hue."""
        return palette.quiet if self.key is None else palette.branch(self.key)

    def at(self, epoch: float) -> tuple[float, float, float]:
        """The epoch, and the values of the training set and of the test set, of the last row up to an epoch.

        Of what is measured now and then it is the row that is nearest: there is no value between two of them.
        """
        row = max(int(np.searchsorted(self.epochs, epoch, "right")) - 1, 0)
        if self.key is None:
            epoch = float(self.epochs[row := int(np.abs(self.epochs - epoch).argmin())])
        return epoch, float(self.lines[0][row]), float(self.lines[1][row])


class GhostLines:
    """Where the ghosts of a plot are."""

    def __init__(self, epochs: EpochAxis, axis: ValueAxis) -> None:
        self.epochs, self._axis = epochs, axis
        self.ghosts: Sequence[Ghost] = ()
        self._ends: tuple[object, Floats] = (None, np.zeros(0))

    @property
    def last(self) -> float:
        """The last epoch of all of them."""
        return max((float(ghost.epochs[-1]) for ghost in self.ghosts if len(ghost.epochs)), default=0.0)

    def values(self, own: Floats) -> Floats:
        """What the axis is to reach around, beside the run's own values."""
        seen = (self.epochs.seen, self.ghosts)
        if self._ends[0] != seen:
            self._ends = seen, self._lowest_and_highest(*self.epochs.seen)
        ends, finite = self._ends[1], own[np.isfinite(own)]
        if not len(ends) or not len(finite) or self._axis.logarithmic:
            return ends
        return np.minimum(ends, TALLEST * max(float(finite.max()), 0.0))

    def paint(self, painter: QPainter, canvas: QRectF, palette: Palette) -> None:
        """All of them, the newest last."""
        painter.save()
        painter.setClipRect(canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for ghost in self.ghosts:
            self._paint(painter, canvas, palette, ghost, WIDTH)
        painter.restore()

    def paint_pointed(self, painter: QPainter, canvas: QRectF, palette: Palette, ghost: Ghost) -> None:
        """One of them, to be seen before all others."""
        painter.save()
        painter.setClipRect(canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, canvas, palette, ghost, POINTED_WIDTH)
        painter.restore()

    def at(self, place: QPointF, canvas: QRectF) -> Ghost | None:
        """The one whose line is there."""
        nearest, found = float(px(REACH)), None
        for ghost in self.ghosts:
            x = self._x(ghost, canvas)
            if not len(x) or not x[0] - nearest <= place.x() <= x[-1] + nearest:
                continue
            for values in ghost.lines:
                distance = _distance(x, self._y(values, canvas), place)
                if distance < nearest:
                    nearest, found = distance, ghost
        return found

    def _paint(self, painter: QPainter, canvas: QRectF, palette: Palette, ghost: Ghost, width: float) -> None:
        colour, x = QColor(ghost.colour(palette)), self._x(ghost, canvas)
        colour.setAlphaF(BEHIND if width == WIDTH else 1.0)
        for values, dashed in zip(ghost.lines, (False, True), strict=True):
            pen = QPen(colour, scaled(width))
            if dashed or ghost.key is None:
                pen.setDashPattern([length / width for length in (DASHES if dashed else DOTS)])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            y = self._y(values, canvas)
            for piece in _pieces(*thinned(x, y, COLUMN) if len(x) > 1 else (x, y)):
                painter.drawPolyline(piece)
            if not dashed and len(y) and math.isfinite(y[-1]):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(QPointF(x[-1], y[-1]), scaled(DOT), scaled(DOT))
                if ghost.key is None:
                    if len(x) * scaled(APART) < canvas.width():
                        for place, height in zip(x.tolist(), y.tolist(), strict=True):
                            painter.drawEllipse(QPointF(place, height), scaled(MEASURED), scaled(MEASURED))
                    _write_name(painter, canvas, x, y, ghost.name, palette)

    def _x(self, ghost: Ghost, canvas: QRectF) -> Floats:
        low, high = self.epochs.ends
        return canvas.left() + (self.epochs.places(ghost.epochs) - low) / (high - low) * canvas.width()

    def _y(self, values: Floats, canvas: QRectF) -> Floats:
        low, high = self._axis.ends
        y = canvas.bottom() - (self._axis.places(values) - low) / (high - low) * canvas.height()
        return np.clip(y, canvas.top() - canvas.height(), canvas.bottom() + canvas.height())

    def _lowest_and_highest(self, left: float, right: float) -> Floats:
        ends = []
        for ghost in self.ghosts:
            seen = slice(*np.searchsorted(ghost.epochs, [left, right], "left").tolist())
            values = np.concatenate([line[seen] for line in ghost.lines])
            values = values[np.isfinite(values)]
            positive = values[values > 0]
            ends += [values.min(), values.max()] if len(values) else []
            ends += [positive.min()] if len(positive) else []
        return np.array(ends, np.float64)


def _write_name(painter: QPainter, canvas: QRectF, x: Floats, y: Floats, name: str, palette: Palette) -> None:
    """What no list of branches names is named near its beginning: below it, or above where there is no room."""
    painter.setFont(label_font(NAME_SIZE))
    metrics = QFontMetricsF(painter.font())
    gap, left = scaled(NAME_GAP), canvas.left() + NAME_PLACE * canvas.width()
    line = float(np.interp(left + metrics.horizontalAdvance(name) / 2, x, y))
    below = line + gap + metrics.ascent()
    over = below + metrics.descent() > canvas.bottom()
    painter.setPen(QColor(palette.quiet))
    painter.drawText(QPointF(left, line - gap - metrics.descent() if over else below), name)


def _pieces(x: Floats, y: Floats) -> list[QPolygonF]:
    """The line between its gaps."""
    finite = np.flatnonzero(np.isfinite(y))
    runs = np.split(finite, np.flatnonzero(np.diff(finite) > 1) + 1)
    return [QPolygonF([QPointF(a, b) for a, b in zip(x[run].tolist(), y[run].tolist(), strict=True)]) for run in runs]


def _distance(x: Floats, y: Floats, place: QPointF) -> float:
    """How far a line is from a place: up or down, or along where it is steep."""
    near = np.abs(x - place.x()) <= px(REACH)
    there = [float(np.interp(place.x(), x, y))]
    corners = np.hypot(x[near] - place.x(), y[near] - place.y())
    distances = [abs(each - place.y()) for each in there if math.isfinite(each)]
    distances += corners[np.isfinite(corners)].tolist()
    return min(distances, default=math.inf)
