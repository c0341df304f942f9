"""Puts one point where a person clicks."""

from nnplay.data import drawing
from nnplay.gui.panels.output.tools.tool import Board, Press, Tool
from nnplay.texts import mark, tr


class Put(Tool):
    """Left click puts the chosen class, right click the next one."""

    key = "put"
    title = mark("Point")
    tip = mark("Click to put a point, the right button puts the next class; a click on a point chooses it")
    icon = "pencil"
    shortcut = "P"
    chooses = "instead"

    def press(self, board: Board, press: Press) -> None:
        """Put it at once."""
        points = drawing.add_points(board.table, [press.place], board.target(press.second))
        board.commit(tr("Add point"), points)
