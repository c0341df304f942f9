"""The list of branches as a table: the hue, the name that can be edited, figures and changes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont

from nnplay.gui.files.past.figures import FIGURES, BranchFigures
from nnplay.gui.files.tables.text_table import NOWHERE, Index, TextTable
from nnplay.gui.paint.swatch import swatch
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import tip_text
from nnplay.texts import mark, tr
from nnplay.training.record import Branch

NAME, CHANGES = 0, 1 + len(FIGURES)
COLUMNS = (mark("Branch"), *FIGURES, mark("Changed in it"))


class BranchTable(TextTable):
    """Branches, the newest first.

    Parameters
    ----------
    rename
        Called with a branch and the name that a person typed.
    ratio
        Device pixels to one.
    """

    def __init__(
        self, theme: Theme, rename: Callable[[Branch, str], None], ratio: float, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._rename, self._ratio = theme, rename, ratio
        self._names = tuple(map(tr, COLUMNS))
        self.branches: Sequence[BranchFigures] = ()
        self._current: Branch | None = None

    def show_branches(self, branches: Sequence[BranchFigures], current: Branch | None) -> None:
        """Show these; a row stays in its place where the branches are the same ones."""
        same = [each.branch for each in branches] == [each.branch for each in self.branches] and len(branches) > 0
        if not same:
            self.beginResetModel()
        self.branches, self._current = branches, current
        if same:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        else:
            self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many branches there are."""
        return 0 if parent.isValid() else len(self.branches)

    def cell(self, row: int, column: int) -> str:
        """What stands in a cell."""
        branch = self.branches[row]
        return branch.name if column == NAME else branch.changes if column == CHANGES else branch.texts[column - 1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, hue, weight and side."""
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self.cell(row, column)
            case Qt.ItemDataRole.DecorationRole if column == NAME:
                return swatch(self._theme.palette.branch(self.branches[row].branch.key), self._ratio)
            case Qt.ItemDataRole.FontRole if column == NAME and self.branches[row].branch is self._current:
                font = QFont()
                font.setBold(True)
                return font
            case Qt.ItemDataRole.AccessibleTextRole if column == NAME and self.branches[row].branch is self._current:
                return tr("{branch}, on which the run is", branch=self.cell(row, column))
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return side(column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A column's name, at the side of its figures."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return side(section)
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names can be edited."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else flags

    def setData(self, index: Index, value: object, _role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A person typed a name."""
        self._rename(self.branches[index.row()].branch, str(value))
        return True

    def _tip(self, row: int, column: int) -> str:
        if column == NAME and self.branches[row].branch is self._current:
            return tip_text(tr("{branch}, on which the run is", branch=self.cell(row, column)))
        return tip_text(self.cell(row, column))


def side(column: int) -> Qt.AlignmentFlag:
    """Names at the left, figures at the right."""
    left = column in (NAME, CHANGES)
    return (Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight) | Qt.AlignmentFlag.AlignVCenter
