"""Puts one point where a person clicks."""

from nnplay.data import drawing
from nnplay.gui.panels.output.tools.tool import Board, Press, Tool


class Put(Tool):
    """Left click puts the chosen class, right click the next one."""

    key = "put"
    title = "Point"
    tip = "Click to put a point; the right button puts the next class"
    icon = "pencil"
    shortcut = "P"

    def press(self, board: Board, press: Press) -> None:
        """Put it at once."""
        board.commit("Add point", drawing.add_points(board.table, [press.place], board.target(press.second)))
