"""The table of a gradient check: both gradients of each parameter, and how far they are from each other."""

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from nnplay.gui.files.gradients.names import Parameter, ParameterNames
from nnplay.gui.files.tables.text_table import NOWHERE, Index, TextTable
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import exponent_text, number_text
from nnplay.gui.widgets.plain_text import tip_text
from nnplay.nn import ACTIVATIONS
from nnplay.nn.gradient_check import AT_ZERO
from nnplay.texts import mark, tr
from nnplay.training.experiment import MAX_HIDDEN_LAYERS
from nnplay.training.gradient_check import TOLERANCE, GradientsChecked, kink_text

NAMES = (mark("Parameter"), mark("Backpropagation"), mark("Difference"), mark("Relative error"))
PARAMETER, GRADIENT, DIFFERENCE, ERROR = range(4)
FIGURES = 6


class GradientTable(TextTable):
    """Cells are made as they are looked at; a row whose error is too large is marked, one that was skipped says why."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names = tuple(map(tr, NAMES))
        self._found: GradientsChecked | None = None
        self._parameters: ParameterNames | None = None
        self._order = np.arange(0)

    @staticmethod
    def widest_reason() -> str:
        """The longest text of why a parameter was skipped."""
        reasons = (kink_text(layer, name) for layer in (AT_ZERO, MAX_HIDDEN_LAYERS - 1) for name in ACTIVATIONS)
        return max(map(_skipped, reasons), key=len)

    def show_check(self, found: GradientsChecked, parameters: ParameterNames) -> None:
        """Show this check, the worst first."""
        self.beginResetModel()
        self._found, self._parameters = found, parameters
        self._order = np.arange(len(found.comparison.places))
        self.endResetModel()

    def parameter(self, row: int) -> Parameter:
        """What stands in a row."""
        assert self._found is not None
        assert self._parameters is not None
        return self._parameters.of(int(self._found.comparison.places[self._order[row]]))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._order)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Called by Qt: by a column; those that were skipped stay behind the others. Without one, the worst first."""
        if self._found is None:
            return
        self.beginResetModel()
        comparison, rows = self._found.comparison, np.arange(len(self._order))
        if column >= 0:
            keys = (comparison.places, comparison.gradients, comparison.differences, comparison.errors)[column]
            sign = 1.0 if order is Qt.SortOrder.AscendingOrder else -1.0
            rows = np.lexsort((sign * np.nan_to_num(keys, nan=np.inf), ~comparison.compared))
        self._order = rows
        self.endResetModel()

    def figures(self, row: int) -> tuple[float, float, float]:
        """Both gradients and the relative error."""
        assert self._found is not None
        comparison, at = self._found.comparison, self._order[row]
        return float(comparison.gradients[at]), float(comparison.differences[at]), float(comparison.errors[at])

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        if column == PARAMETER:
            return self.parameter(row).name
        if reason := self._reason(row):
            return (number_text(self.figures(row)[0], FIGURES), "", _skipped(reason))[column - 1]
        value = self.figures(row)[column - 1]
        return exponent_text(value, 1) if column == ERROR else number_text(value, FIGURES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, tooltip, colour and side."""
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                whole = column in (GRADIENT, DIFFERENCE) and self.text(row, column)
                return tip_text(repr(self.figures(row)[column - 1]) if whole else self.text(row, column))
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(self._colour(row, column))
            case Qt.ItemDataRole.DecorationRole if column == ERROR and self._is_beyond(row):
                return QColor(self._theme.palette.alarm)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A column's name, at the side of its figures."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return super().headerData(section, orientation, role)

    def as_text(self) -> str:
        """All rows for a spreadsheet, numbers with all their figures."""
        lines = ["\t".join(self._names)]
        for row in range(self.rowCount()):
            gradient, *others = self.figures(row)
            reason = self._reason(row)
            cells = ["", reason] if reason else [repr(value) for value in others]
            lines.append("\t".join([self.parameter(row).name, repr(gradient), *cells]))
        return "\n".join(lines) + "\n"

    def _reason(self, row: int) -> str:
        assert self._found is not None
        return self._found.reason(int(self._order[row]))

    def _is_beyond(self, row: int) -> bool:
        return not self._reason(row) and not self.figures(row)[2] <= TOLERANCE

    def _colour(self, row: int, column: int) -> str:
        palette = self._theme.palette
        if self._reason(row):
            return palette.quiet
        return palette.alarm if column == ERROR and self._is_beyond(row) else palette.text


def _skipped(reason: str) -> str:
    return tr("skipped: {reason}", reason=reason)


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == PARAMETER else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
