"""A table of texts on the screen: thousands of columns cost no more than those that are seen."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nnplay.errors import shortened
from nnplay.gui.guard import Guarded
from nnplay.gui.widgets.plain_text import tip_text
from nnplay.texts import one_line

Index = QModelIndex | QPersistentModelIndex
LONGEST = 200
"""Characters of a cell that are shown; what is longer is told in its tooltip up to `LONGEST_TIP`."""
LONGEST_TIP = 2000
NOWHERE = QModelIndex()


class TextTable(Guarded, QAbstractTableModel):
    """Rows of cells as they are written, each on one line and whole in its tooltip."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()

    def show_rows(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show another table.

        Parameters
        ----------
        names
            One name a column.
        rows
            As many cells each.
        """
        self.beginResetModel()
        self._names, self._rows = names, rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns are shown."""
        return 0 if parent.isValid() else len(self._names)

    def cell(self, row: int, column: int) -> str:
        """What is seen of a cell."""
        return shortened(one_line(self._rows[row][column]), LONGEST)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, and its tooltip."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(shortened(one_line(self._rows[index.row()][index.column()]), LONGEST_TIP))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A column's name, whole in its tooltip; a row's number."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return shortened(one_line(self._names[section]), LONGEST)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(shortened(one_line(self._names[section]), LONGEST_TIP))
        return None
