"""Keys of the canvas that belong to no button: classes by number, Delete, and Select All."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from nnplay.data.drawing import MAX_DRAWN_CLASSES
from nnplay.gui.panels.output.tools.drawing_board import DrawingBoard
from nnplay.texts import tr


def add_canvas_actions(panel: QWidget, canvas: QWidget, board: DrawingBoard) -> list[QAction]:
    """Add them as actions: the numbers work in the whole window, the others while the canvas has the focus.

    Returns
    -------
    list of QAction
        Those of the numbers, whose texts are to name the classes.
    """
    numbers = [_action("", str(index + 1), partial(board.choose, index)) for index in range(MAX_DRAWN_CLASSES)]
    for action in numbers:
        panel.addAction(action)
        action.setParent(panel)
    for text, keys, do in (
        (tr("Delete Selected Points"), ("Delete", "Backspace"), board.delete),
        (tr("Select All Points"), ("Ctrl+A",), board.select_all),
    ):
        action = _action(text, "", do)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        canvas.addAction(action)
        action.setParent(canvas)
    return numbers


def _action(text: str, keys: str, do: Callable[[], None]) -> QAction:
    action = QAction(text)
    action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda: do())
    return action
