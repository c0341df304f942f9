"""The first rows of a sheet with what its columns are used as: the model of the import page's table."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from nnplay.data.tables.choice import Choice, Use
from nnplay.data.tables.sheet import Sheet
from nnplay.errors import shortened
from nnplay.gui.files.tables.text_table import LONGEST_TIP, NOWHERE, Index, TextTable
from nnplay.gui.files.tables.words import reason_of, taken_for
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import tip_text
from nnplay.texts import one_line, tr

NO_CHOICE = Choice(())


class SheetTable(TextTable):
    """Cells of columns that are left out are greyed; numbers stand at the right."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choice = NO_CHOICE
        self._numeric: tuple[bool, ...] = ()
        self._missing: tuple[int, ...] = ()

    def show_sheet(self, sheet: Sheet, missing: tuple[int, ...], choice: Choice) -> None:
        """Show another sheet, with how many cells of each column are missing."""
        self._choice = choice
        self._numeric = tuple(column.kind == "number" for column in sheet.columns)
        self._missing = missing
        self.show_rows([column.name for column in sheet.columns], sheet.first_rows)

    def show_choice(self, choice: Choice) -> None:
        """Show what the columns of the same sheet are used as now."""
        self._choice = choice
        last = self.columnCount() - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount(NOWHERE) - 1, last))

    def use(self, column: int) -> Use:
        """What a column is used as."""
        return self._choice.uses[column]

    def reason(self, column: int) -> str:
        """Why it is used so, and how many of its cells are missing."""
        return reason_of(self.use(column), self._missing[column])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, tooltip, colour and side."""
        if role == Qt.ItemDataRole.ForegroundRole:
            left_out = self.use(index.column()).role == "left_out"
            palette: Palette = self._theme.palette
            return QColor(palette.disabled if left_out else palette.text)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self._numeric[index.column()] else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return super().data(index, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A column's name; all that is said of it in its tooltip, and to screen readers."""
        if orientation == Qt.Orientation.Horizontal and role in (
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            told = self._told(section)
            return tip_text(told) if role == Qt.ItemDataRole.ToolTipRole else told
        return super().headerData(section, orientation, role)

    def _told(self, column: int) -> str:
        """All that is said of a column."""
        name = shortened(one_line(self._names[column]), LONGEST_TIP)
        taken, reason = taken_for(self.use(column)), self.reason(column)
        if not reason:
            return tr("{name}: {taken_for}", name=name, taken_for=taken)
        return tr("{name}: {taken_for} ({reason})", name=name, taken_for=taken, reason=reason)
