"""Tools that work along a stroke: the brush scatters points, the eraser takes them out. A stroke is one edit."""

import math

import numpy as np
from numpy.typing import NDArray

from nnplay.data import Table, drawing
from nnplay.data.selection import indices_in_circle
from nnplay.gui.panels.output.tools.tool import Board, Place, Press, Preview, Tool, from_units, in_units
from nnplay.texts import mark, tr

SMALLEST, LARGEST = 0.25, 3.0
"""Radii in twelfths of the canvas."""
MOST_DABS = 200
"""In one movement of the pointer, so that a leap across the canvas stays quick."""


class Stroke(Tool):
    """Calls `_dab` at the press and then each time the pointer has gone a part of the radius."""

    spacing = 0.5
    """From one dab to the next, in radii."""

    def __init__(self, radius: float) -> None:
        self.radius = radius
        self._last: Place | None = None

    def press(self, board: Board, press: Press) -> None:
        """The first dab."""
        self._begin(board, press)
        self._last = _to_units(press.place, board)
        self._dab(board, self._last)
        self._show(board)

    def move(self, board: Board, place: Place) -> None:
        """As many dabs as the way is long."""
        if self._last is None:
            return
        to = _to_units(place, board)
        way = math.dist(self._last, to)
        dabs = min(int(way / (self.spacing * self.radius)), MOST_DABS)
        start = self._last
        for k in range(1, dabs + 1):
            share = k * self.spacing * self.radius / way
            self._last = (start[0] + share * (to[0] - start[0]), start[1] + share * (to[1] - start[1]))
            self._dab(board, self._last)
        if dabs:
            self._show(board)

    def release(self, board: Board, place: Place) -> None:
        """Do what the stroke has come to."""
        if self._last is None:
            return
        self.move(board, place)
        self._last = None
        board.preview(Preview())
        self._end(board)

    def cancel(self, board: Board) -> None:
        """Forget the stroke."""
        self._last = None
        super().cancel(board)

    def _begin(self, board: Board, press: Press) -> None:
        raise NotImplementedError

    def _dab(self, board: Board, middle: Place) -> None:
        raise NotImplementedError

    def _show(self, board: Board) -> None:
        raise NotImplementedError

    def _end(self, board: Board) -> None:
        raise NotImplementedError


class Brush(Stroke):
    """Scatters `density` points a dab over its circle."""

    key = "brush"
    title = mark("Brush")
    tip = mark("Press and draw to scatter points; the wheel sizes it")
    icon = "brush"
    shortcut = "B"

    def __init__(self) -> None:
        super().__init__(radius=0.8)
        self.density = 3
        self._target = 0.0
        self._drawn: Table = drawing.empty_drawing()

    def _begin(self, board: Board, press: Press) -> None:
        self._target = board.target(press.second)
        self._drawn = drawing.clear(board.table)

    def _dab(self, board: Board, middle: Place) -> None:
        # on a canvas of its own, so that the circle is round to the eye whatever the plane
        dab = drawing.brush(
            drawing.empty_drawing(), middle, 0.0, board.generator, radius=self.radius, count=self.density
        )
        self._drawn = drawing.add_points(self._drawn, from_units(dab.inputs, board.plane), self._target)

    def _show(self, board: Board) -> None:
        board.preview(Preview(points=self._drawn.inputs, targets=self._drawn.targets))

    def _end(self, board: Board) -> None:
        points = self._drawn.inputs
        text = tr("Brush {n} point|Brush {n} points", "", len(points))
        board.commit(text, drawing.add_points(board.table, points, self._target))


class Eraser(Stroke):
    """Takes out every point that its circle touches."""

    key = "erase"
    title = mark("Eraser")
    tip = mark("Press and draw to take points out; the wheel sizes it")
    icon = "eraser"
    shortcut = "E"

    def __init__(self) -> None:
        super().__init__(radius=0.5)
        self._erased: NDArray[np.bool_] = np.empty(0, np.bool_)
        self._points = np.empty((0, 2))

    def _begin(self, board: Board, _press: Press) -> None:
        self._erased = np.zeros(len(board.table), dtype=np.bool_)
        self._points = in_units(board.table.inputs, board.plane)

    def _dab(self, _board: Board, middle: Place) -> None:
        self._erased[indices_in_circle(self._points, middle, self.radius)] = True

    def _show(self, board: Board) -> None:
        board.preview(Preview(hidden=self._erased.copy()))

    def _end(self, board: Board) -> None:
        erased = np.flatnonzero(self._erased)
        if len(erased):
            text = tr("Erase {n} point|Erase {n} points", "", len(erased))
            board.commit(text, drawing.delete(board.table, erased))


def _to_units(place: Place, board: Board) -> Place:
    x, y = in_units(np.array(place), board.plane)
    return float(x), float(y)
