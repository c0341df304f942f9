"""A matrix as Qt's views ask for it: texts of its cells and heads; nothing is made for a cell that nobody sees."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.inspector.matrices import INPUTS, ONE, OUTPUTS, Matrix
from nnplay.gui.panels.inspector.step_names import StepNames
from nnplay.gui.session.selection import UnitAddress
from nnplay.gui.widgets.number_format import decimal_text, exact_text, exponent_text
from nnplay.gui.widgets.plain_text import tip_text
from nnplay.texts import tr

Index = QModelIndex | QPersistentModelIndex
LEAST = 0.5
"""Of the last decimal shown: a smaller number is written with its power of ten."""


class MatrixModel(Guarded, QAbstractTableModel):
    """The numbers of one matrix; other numbers of the same shape take the place of these without a jump."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix: Matrix | None = None
        self.names: StepNames | None = None
        self.digits = 4

    def show_matrix(self, matrix: Matrix, names: StepNames) -> bool:
        """Show it; whether it is of another shape or kind than the one before."""
        before, same_names = self.matrix, self.names is not None and self.names.prepared is names.prepared
        same = (
            before is not None
            and same_names
            and (before.kind, before.layer, before.values.shape) == (matrix.kind, matrix.layer, matrix.values.shape)
        )
        if same:
            self.matrix = matrix
            return False
        self.beginResetModel()
        self.matrix, self.names = matrix, names
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """Called by Qt."""
        return 0 if parent.isValid() or self.matrix is None else len(self.matrix.values)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """Called by Qt."""
        return 0 if parent.isValid() or self.matrix is None else self.matrix.values.shape[1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Called by Qt."""
        if self.matrix is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return tip_text(self.told(index.row(), index.column()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Called by Qt."""
        if self.matrix is None:
            return None
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head(section, across=across, short=True)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return tip_text(self.head(section, across=across, short=False))
        return None

    def text(self, row: int, column: int) -> str:
        """A cell's number with the digits shown."""
        assert self.matrix is not None
        return cell_text(float(self.matrix.values[row, column]), self.digits)

    def told(self, row: int, column: int) -> str:
        """All that is said of a cell, its number with all 17 digits."""
        assert self.matrix is not None
        value = exact_text(float(self.matrix.values[row, column]), np.float64)
        heads = [self.head(column, across=True, short=False)]
        if self.matrix.kind.rows != ONE:
            heads.insert(0, self.head(row, across=False, short=False))
        return tr("{place}: {value}", place=", ".join(heads), value=value)

    def head(self, section: int, *, across: bool, short: bool) -> str:
        """What a column or a row is called."""
        assert self.matrix is not None
        assert self.names is not None
        side = self.matrix.kind.columns if across else self.matrix.kind.rows
        if side not in (INPUTS, OUTPUTS):
            return (
                (str(section + 1) if short else tr("Sample {number} of the batch", number=section + 1)) if side else ""
            )
        unit = UnitAddress(self.matrix.layer - (side == INPUTS), section)
        return self.names.short(unit) if short else self.names.parts.unit(unit)

    def as_text(self, rows: Sequence[int], columns: Sequence[int]) -> str:
        """These cells for a spreadsheet: tabs between columns, all digits, and C's own minus and point."""
        assert self.matrix is not None
        part = self.matrix.values[np.ix_(rows, columns)]
        return "\n".join("\t".join(map(str, row)) for row in part.tolist())


def cell_text(value: float, digits: int) -> str:
    """A number with so many decimals; what would look like zero and is none has its power of ten."""
    if value != 0 and abs(value) < LEAST * 10.0**-digits:
        return exponent_text(value, max(digits - 3, 0))
    return decimal_text(value, digits)
