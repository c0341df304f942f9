"""What is said under the canvas while the pointer is elsewhere: what a click does, or what the selected points can."""

from nnplay.gui.paint.marks import target_title
from nnplay.gui.panels.output.readout import COLOUR_MARK
from nnplay.gui.panels.output.tools.drawing_board import DrawingBoard
from nnplay.gui.panels.output.tools.put import Put
from nnplay.texts import tr


def hint_of(board: DrawingBoard) -> tuple[str, tuple[float, ...]]:
    """The hint, and the targets in whose colours its marks are painted."""
    if board.why_not:
        return board.why_not, ()
    if len(board.selection):
        return _selected_hint(board), ()
    if not isinstance(board.tool, Put):
        return tr(board.tool.tip), ()
    if not board.has_targets:
        return tr("Click puts a point; its height is the target"), ()
    targets = (board.target(), board.target(second=True))
    first, second = (COLOUR_MARK + target_title(board.table, target).replace(COLOUR_MARK, "•") for target in targets)
    return tr("Click puts {first}, right click puts {second}", first=first, second=second), targets


def _selected_hint(board: DrawingBoard) -> str:
    """What can be done with the selected points."""
    count = len(board.selection)
    if not board.has_targets:
        return tr("{n} selected: drag to move, Delete|{n} selected: drag to move, Delete", "points", count)
    if board.table.task == "regression":
        return tr(
            "{n} selected: drag to move, Delete, 1–6 to change value|"
            "{n} selected: drag to move, Delete, 1–6 to change value",
            "points",
            count,
        )
    return tr(
        "{n} selected: drag to move, Delete, 1–6 to change class|"
        "{n} selected: drag to move, Delete, 1–6 to change class",
        "points",
        count,
    )
