"""Tools that select points by a rectangle or a lasso, and then move them."""

import numpy as np

from nnplay.data import drawing
from nnplay.data.selection import indices_in_lasso, indices_in_rectangle, nearest_index
from nnplay.gui.panels.output.tools.tool import NOTHING, Board, Indices, Place, Press, Preview, Tool
from nnplay.texts import mark, tr


class Select(Tool):
    """Drag around points to select them; drag a selected point to move them all.

    A click selects the point under it, a click beside all points selects none; Shift adds. What is clicked is the
    sample that is looked at, too.
    """

    drags = True
    chooses = "also"

    def __init__(self) -> None:
        self._way: list[Place] = []
        self._moves = False
        self._kept: Indices = NOTHING

    def press(self, board: Board, press: Press) -> None:
        """Begin to select, or to move where a selected point is under the pointer."""
        under = _under(board, press.place)
        self._way = [press.place]
        self._moves = under is not None and not press.adding
        self._kept = board.selection if press.adding else NOTHING
        if self._moves and under not in board.selection:
            board.select(np.array([under], dtype=np.intp))

    def move(self, board: Board, place: Place) -> None:
        """Show the outline, or the points where they would come to lie."""
        if not self._way:
            return
        self._way.append(place)
        if self._moves:
            board.preview(self._moved_preview(board, place))
        else:
            board.preview(Preview(outline=tuple(self._outline())))

    def release(self, board: Board, place: Place) -> None:
        """Select, or move."""
        if not self._way:
            return
        if place != self._way[-1]:
            self._way.append(place)
        board.preview(Preview())
        if self._moves:
            self._move(board, place)
        else:
            self._select(board)
        self._way = []

    def cancel(self, board: Board) -> None:
        """Leave points and selection as they are."""
        self._way = []
        super().cancel(board)

    def _outline(self) -> list[Place]:
        raise NotImplementedError

    def _caught(self, board: Board) -> Indices:
        raise NotImplementedError

    def _select(self, board: Board) -> None:
        caught = NOTHING if len(self._way) == 1 else self._caught(board)
        if len(self._way) == 1 and (under := _under(board, self._way[0])) is not None:
            caught = np.array([under], dtype=np.intp)
        board.select(np.union1d(self._kept, caught).astype(np.intp))

    def _move(self, board: Board, place: Place) -> None:
        offset = self._offset(place)
        if offset == (0.0, 0.0):
            return
        chosen = board.selection
        moved = drawing.move(board.table, chosen, offset, board.plane)
        board.commit(tr("Move {n} point|Move {n} points", "", len(chosen)), moved, keep_selection=True)

    def _moved_preview(self, board: Board, place: Place) -> Preview:
        table, chosen = board.table, board.selection
        moved = drawing.move(table, chosen, self._offset(place), board.plane)
        hidden = np.zeros(len(table), dtype=np.bool_)
        hidden[chosen] = True
        return Preview(hidden=hidden, points=moved.inputs[chosen], targets=table.targets[chosen])

    def _offset(self, place: Place) -> Place:
        return place[0] - self._way[0][0], place[1] - self._way[0][1]


class SelectRectangle(Select):
    """Selects by a rectangle."""

    key = "rectangle"
    title = mark("Select")
    tip = mark("Drag a rectangle around points to select them")
    icon = "select"
    shortcut = "S"

    def _outline(self) -> list[Place]:
        (x_from, y_from), (x_to, y_to) = self._way[0], self._way[-1]
        return [(x_from, y_from), (x_to, y_from), (x_to, y_to), (x_from, y_to)]

    def _caught(self, board: Board) -> Indices:
        return indices_in_rectangle(board.table.inputs, self._way[0], self._way[-1])


class SelectLasso(Select):
    """Selects by a line drawn freely around points."""

    key = "lasso"
    title = mark("Lasso")
    tip = mark("Draw a line around points to select them")
    icon = "lasso"
    shortcut = "L"

    def _outline(self) -> list[Place]:
        return self._way

    def _caught(self, board: Board) -> Indices:
        return indices_in_lasso(board.table.inputs, self._way)


def _under(board: Board, place: Place) -> int | None:
    """The point under the pointer, if there is one."""
    across, along = board.reach()
    near = np.asarray(board.table.inputs) / (across, along)
    return nearest_index(near, (place[0] / across, place[1] / along), 1.0)
