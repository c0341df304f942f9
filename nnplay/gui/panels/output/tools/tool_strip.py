"""The vertical strip at the right of the canvas: the tools, and the edits that need none."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup, QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QSizePolicy, QWidget
from shiboken6 import isValid

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.output.tools.drawing_board import DrawingBoard
from nnplay.gui.panels.output.tools.stroke_options import StrokeOptions
from nnplay.gui.panels.output.tools.strokes import Stroke
from nnplay.gui.panels.output.tools.tool import Tool
from nnplay.gui.session.undo_stack import UndoStack
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_grid_spacing, set_margins
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr

WIDTH = 34
SMALLEST, LARGEST = 18, 34
"""Heights of a button: they shrink together where the canvas is low, and stand in two columns where it is too low."""
GAP = 4
ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class ToolStrip(Guarded, QFrame):
    """One button a tool, then jitter, undo and clear; each is an action with a key."""

    def __init__(self, board: DrawingBoard, theme: Theme, undo_stack: UndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board, self._theme = board, theme
        self.setAccessibleName(tr("Drawing tools"))
        self._grid = QGridLayout(self)
        set_margins(self._grid, 0, 0, 0, 0)
        set_grid_spacing(self._grid, GAP, GAP)
        self._columns = 0
        self.buttons: dict[str, IconButton] = {}
        self._tips: dict[str, str] = {}
        self._group = QActionGroup(self)
        self._tool_buttons = QButtonGroup(self)  # one of them is down, and a second click leaves it so
        for tool in board.tools:
            self._add_tool(tool)
        tip = tr("Shake the selected points, or all of them, a little")
        self._add_edit("jitter", tr("Jitter"), tip, "J", board.jitter)
        self._add_undo(undo_stack)
        tip = tr("Take out every point of the canvas")
        self._add_edit("clear", tr("Clear"), tip, "Ctrl+Shift+Backspace", board.clear)
        self._options = StrokeOptions(board, self)
        board.tool_changed.connect(self._on_tool_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_tool_changed(board.tool)
        self.fit(self.height())

    @property
    def least(self) -> int:
        """The height that its buttons need in two columns, where they are low."""
        return -(-len(self.buttons) // 2) * px(SMALLEST + GAP)

    def width_in(self, height: int) -> int:
        """Its width where it is so high: in one column, or two."""
        return px(WIDTH) if self._fits(height) else px(2 * WIDTH + GAP)

    def set_drawable(self, why_not: str) -> None:
        """Whether there is anything to draw on, or why there isn't; Undo stays in any case."""
        for action in self.actions():
            action.setEnabled(not why_not)
        for key, button in self.buttons.items():
            if key != "undo":
                button.setEnabled(not why_not)
                set_tip(button, why_not or self._tips[key])

    def fit(self, height: int) -> None:
        """Make the buttons as high as they can be in `height` pixels."""
        columns = 1 if self._fits(height) else 2
        if columns != self._columns:
            self._columns = columns
            self._arrange()
        count = -(-len(self.buttons) // columns)
        side = min(max((height - px(GAP) * count) // count, px(SMALLEST)), px(LARGEST))
        for button in self.buttons.values():
            button.setFixedSize(px(WIDTH), side)
        self._grid.activate()

    def _fits(self, height: int) -> bool:
        return height >= len(self.buttons) * px(SMALLEST + GAP)

    def _arrange(self) -> None:
        """Tools above and edits below, a stretch between them; in two columns one behind the other."""
        tools = len(self._board.tools)
        self._grid.setRowStretch(tools, 1)
        for place, button in enumerate(self.buttons.values()):
            row, column = divmod(place, 2) if self._columns == 2 else (place + (place >= tools), 0)
            self._grid.addWidget(button, row, column, Qt.AlignmentFlag.AlignHCenter)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A second click on the chosen tool, or a right click, opens its options; arrow keys go from tool to tool."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in ARROWS:
            event.accept()
            return True
        tool = next((tool for tool in self._board.tools if self.buttons.get(tool.key) is watched), None)
        if not isinstance(tool, Stroke):
            return False
        again = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease
        if isinstance(event, QContextMenuEvent) or (again and tool is self._board.tool):
            self._open_options(tool)
        return False

    def _open_options(self, tool: Stroke) -> None:
        if self._board.tool is not tool:
            self._board.set_tool(tool)
        button = self.buttons[tool.key]
        self._options.open_for(tool, button.mapToGlobal(QPoint(-px(GAP), 0)))

    def _add_tool(self, tool: Tool) -> None:
        tip = tr(tool.tip)
        if isinstance(tool, Stroke):
            tip = tr("{tip}; click again for its options", tip=tip)
        action = self._action(tr(tool.title), tip, tool.shortcut)
        action.setCheckable(True)
        self._group.addAction(action)
        action.triggered.connect(lambda: self._board.set_tool(tool))
        button = self._button(tool.key, tool.icon, action)
        button.setCheckable(True)
        button.installEventFilter(self)
        self._tool_buttons.addButton(button)

    def _add_edit(self, key: str, title: str, tip: str, shortcut: str, edit: Callable[[], None]) -> None:
        action = self._action(title, tip, shortcut)
        action.triggered.connect(lambda: edit())
        self._button(key, {"clear": "trash"}.get(key, key), action)

    def _add_undo(self, stack: UndoStack) -> None:
        # not the stack's own action, in whose text an & of a name would be a key
        self._stack, self._undo = stack, QAction(tr("Undo"), self)
        self._undo.setEnabled(stack.canUndo())
        self._undo.triggered.connect(stack.undo)
        stack.canUndoChanged.connect(self._undo.setEnabled)
        stack.undoTextChanged.connect(self._show_undo)
        button = self._button("undo", "undo", self._undo)
        button.setAccessibleName(tr("Undo"))
        button.setAccessibleDescription(tr("Undo the last change to points, network or training"))
        self._show_undo()

    def _show_undo(self) -> None:
        if not isValid(self._undo) or not isValid(self._stack):
            return  # the action's last word, while the window goes
        button, change = self.buttons["undo"], self._stack.undoText()
        keys = QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
        button.setEnabled(self._undo.isEnabled())
        set_tip(
            button, tr("Undo {change} ({keys})", change=change, keys=keys) if change else tr("Undo ({keys})", keys=keys)
        )

    def _action(self, title: str, tip: str, shortcut: str) -> QAction:
        action = QAction(title, self)
        action.setShortcut(QKeySequence(shortcut))
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        set_tip(action, tr("{tip} ({keys})", tip=tip, keys=keys))
        action.setStatusTip(tip)
        self.addAction(action)
        return action

    def _button(self, key: str, icon: str, action: QAction) -> IconButton:
        button = IconButton(self._theme, icon, action.text(), action.toolTip(), role="tool")
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(action.trigger)
        self.buttons[key] = button
        self._tips[key] = action.toolTip()
        return button

    def _on_theme_changed(self) -> None:
        self.fit(self.height())  # a new style sheet brings its own heights

    def _on_tool_changed(self, now: Tool) -> None:
        for tool, action in zip(self._board.tools, self._group.actions(), strict=True):
            action.setChecked(tool is now)
            self.buttons[tool.key].setChecked(tool is now)
