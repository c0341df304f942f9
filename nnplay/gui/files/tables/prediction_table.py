"""Predictions as a table on the screen: the rows' own cells, then what is predicted of them."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from nnplay.errors import shortened
from nnplay.gui.files.tables.text_table import LONGEST, LONGEST_TIP, NOWHERE, Index, TextTable
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import amount_text, percent_text
from nnplay.gui.widgets.plain_text import tip_text
from nnplay.texts import one_line
from nnplay.training.predictions import Predictions


class PredictionTable(TextTable):
    """Cells are made as they are looked at; why a row can't be predicted stands in place of what is."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._predictions: Predictions | None = None

    def show_predictions(self, predictions: Predictions) -> None:
        """Show these."""
        self.beginResetModel()
        self._predictions = predictions
        count = len(predictions.own) + (1 + len(predictions.classes))
        self._names = predictions.header[:count]  # without the column for problems
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() or self._predictions is None else len(self._predictions)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        predictions = self._predictions
        assert predictions is not None
        place = column - len(predictions.own)
        if place < 0:
            return one_line(predictions.own_text(row, column))
        if row in predictions.problems:
            return one_line(predictions.problems[row]) if place == 0 else ""
        likeliest = predictions.likeliest(row)
        if likeliest is None:
            return amount_text(float(predictions.values[row, place]))
        if place == 0:
            return one_line(predictions.classes[likeliest])
        return percent_text(float(predictions.values[row, place - 1]))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, tooltip, colour and side."""
        predictions, row, column = self._predictions, index.row(), index.column()
        if predictions is None:
            return None
        place = column - len(predictions.own)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shortened(self.text(row, column), LONGEST)
            case Qt.ItemDataRole.ToolTipRole:
                return tip_text(shortened(self.text(row, column), LONGEST_TIP))
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(self._colour(row, place))
            case Qt.ItemDataRole.DecorationRole if place == 0:
                likeliest = predictions.likeliest(row)
                return None if likeliest is None else QColor(class_colour(self._theme.palette, likeliest))
            case Qt.ItemDataRole.TextAlignmentRole:
                number = place > 0 or (place == 0 and not predictions.classes and row not in predictions.problems)
                side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _colour(self, row: int, place: int) -> str:
        palette, predictions = self._theme.palette, self._predictions
        assert predictions is not None
        if place < 0:
            return palette.quiet
        return palette.alarm if row in predictions.problems else palette.text
