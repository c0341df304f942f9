"""Keys of the canvas that belong to no button: classes by number, Delete, and Select All."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from nnplay.data.drawing import MAX_DRAWN_CLASSES
from nnplay.gui.panels.output.tools.drawing_board import DrawingBoard


def add_canvas_acts(panel: QWidget, canvas: QWidget, board: DrawingBoard) -> None:
    """Add them as actions: the numbers work in the whole window, the others while the canvas has the focus."""
    for index in range(MAX_DRAWN_CLASSES):
        action = _action(f"Draw Class {index + 1}", str(index + 1), partial(board.choose, index))
        panel.addAction(action)
        action.setParent(panel)
    for text, keys, act in (
        ("Delete Selected Points", ("Delete", "Backspace"), board.delete),
        ("Select All Points", ("Ctrl+A",), board.select_all),
    ):
        action = _action(text, "", act)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        canvas.addAction(action)
        action.setParent(canvas)


def _action(text: str, keys: str, act: Callable[[], None]) -> QAction:
    action = QAction(text)
    action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda: act())
    return action
