"""The table of the import page: the first rows, and above each column its role, to be changed by a click or a key."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from nnplay.data.tables.choice import Kind, Role
from nnplay.data.tables.sheet import Sheet
from nnplay.gui.files.tables.column_header import ColumnHeader
from nnplay.gui.files.tables.look import SheetLook, no_target, used_as
from nnplay.gui.files.tables.sheet_table import SheetTable
from nnplay.gui.guard import Guarded
from nnplay.gui.theme.sizes import set_row_height
from nnplay.gui.theme.theme import Theme
from nnplay.texts import mark, tr

ROW_HEIGHT = 26
CHOICES: tuple[tuple[Role, Kind | None, str], ...] = (
    ("input", "number", mark("Input: a number")),
    ("input", "categories", mark("Input: categories, 0 or 1 each")),
    ("target", "class", mark("Target: a class")),
    ("target", "number", mark("Target: a number")),
    ("left_out", None, mark("Left out")),
)
"""(role, kind, text) of the menu; marked texts."""


class SheetView(Guarded, QTableView):
    """The first rows of a sheet with the heads of its columns.

    Signals
    -------
    corrected(correction)
        A person wants a column to be something else.
    """

    corrected = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self.table = SheetTable(theme, self)
        self.header = ColumnHeader(theme, self)
        self.setHorizontalHeader(self.header)
        self.setModel(self.table)
        self.setAccessibleName(tr("First rows"))
        self.setAccessibleDescription(tr("What the file begins with, and what its columns are used as"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        set_row_height(self, ROW_HEIGHT)
        self.header.ticked.connect(self._tick)
        self.header.ringed.connect(self._ring)
        self.header.asked.connect(self._ask)
        self._add_key(tr("Input, or left out"), "Space", self._tick)
        self._add_key(tr("Target"), "T", self._ring)

    def show_look(self, look: SheetLook) -> None:
        """Show a sheet, and what its columns are used as."""
        sheet, choice = look.sheet, look.choice
        if sheet is self._sheet:
            self.table.show_choice(choice)
            self.header.viewport().update()
            return
        self._sheet = sheet
        self.table.show_sheet(sheet, look.missing, choice)
        self.header.fit_columns()
        self.setCurrentIndex(self.table.index(0, choice.target or 0))
        self.horizontalScrollBar().setValue(0)  # the first columns are seen, wherever the target is

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask what the column under the pointer is, or the current one where the keyboard asks."""
        by_keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        column = self.currentIndex().column() if by_keyboard else self.columnAt(event.pos().x())
        if column >= 0:
            place = QPoint(self.columnViewportPosition(column), 0)
            self._ask(column, self.viewport().mapToGlobal(place) if by_keyboard else event.globalPos())

    def menu_of(self, column: int) -> QMenu:
        """All that a column can be."""
        assert self._sheet is not None
        menu, use, each = QMenu(self), self.table.use(column), self._sheet.columns[column]
        for role, kind, text in CHOICES:
            action = menu.addAction(tr(text))
            action.setCheckable(True)
            action.setChecked(use.role == role and kind in (None, use.kind))
            action.setEnabled(kind != "number" or each.kind == "number")
            action.triggered.connect(partial(self._choose, column, role, kind))
        return menu

    def _add_key(self, text: str, keys: str, do: Callable[[int], None]) -> None:
        """Do this with the current column by a key."""
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: do(self.currentIndex().column()))
        self.addAction(action)

    @Slot(int)
    def _tick(self, column: int) -> None:
        """From input to left out; anything else becomes an input."""
        wanted: Role = "left_out" if self.table.use(column).role == "input" else "input"
        self._choose(column, wanted)

    @Slot(int)
    def _ring(self, column: int) -> None:
        """Let it be the target; the target becomes what it was before."""
        if self.table.use(column).role == "target":
            self.corrected.emit(no_target)
        else:
            self._choose(column, "target")

    @Slot(int, QPoint)
    def _ask(self, column: int, place: QPoint) -> None:
        self.selectColumn(column)
        menu = self.menu_of(column)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _choose(self, column: int, role: Role, kind: Kind | None = None) -> None:
        if column < 0 or self._sheet is None:
            return
        self.selectColumn(column)
        self.corrected.emit(used_as(self._sheet.columns[column].name, role, kind))
