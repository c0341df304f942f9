"""A small grid of numbers to be typed into, with names above and beside; it pastes what a spreadsheet copies."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from nnplay.errors import InputError, a_finite_number
from nnplay.experiments.worked.example import Matrix
from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import follow_scale, px
from nnplay.gui.theme.sizes import set_font, set_row_height
from nnplay.gui.widgets.number_format import exact_text, number_text
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.limits import MOST_NUMBER
from nnplay.texts import tr
from nnplay.training.reading import number_in

ROW, COLUMN, FRAME = 28, 74, 8
"""Pixels of a row, of a column, and of the frame around."""
FIGURES = 6


class NumberGrid(Guarded, QTableWidget):
    """Rows of numbers.

    Signals
    -------
    typed(row, column, value)
        A person typed another number.
    refused(problem)
        What was typed is none; the number that holds stands there again.
    """

    typed = Signal(int, int, float)
    refused = Signal(str)

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._values: Matrix = ()
        self.setAccessibleName(name)
        self.setAccessibleDescription(tip)
        set_tip(self, tip)
        set_font(self, figure_font)
        set_row_height(self, ROW)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
        self.itemChanged.connect(self._on_item)

    def show_values(self, values: Matrix, rows: Sequence[str], columns: Sequence[str]) -> None:
        """Show numbers under these names."""
        self._values = values
        self.blockSignals(True)
        if (self.rowCount(), self.columnCount()) != (len(rows), len(columns)):
            self.setRowCount(len(rows))
            self.setColumnCount(len(columns))
        self.setVerticalHeaderLabels(list(rows))
        self.setHorizontalHeaderLabels(list(columns))
        for row, numbers in enumerate(values):
            for column, number in enumerate(numbers):
                self._write(row, column, number)
        self.blockSignals(False)
        follow_scale(self, NumberGrid._fit, "grid")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes cells, from the current one on."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
            event.accept()
        else:
            super().keyPressEvent(event)

    def _paste(self, text: str) -> None:
        top, left = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        for row, line in enumerate(text.splitlines(), top):
            for column, cell in enumerate(line.split("\t"), left):
                item = self.item(row, column)
                if item is not None:
                    item.setText(cell)

    def _write(self, row: int, column: int, number: float) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, column, item)
        item.setText(number_text(number, FIGURES))
        set_tip(item, exact_text(number))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, self._cell_name(row, column))

    @Slot(QTableWidgetItem)
    def _on_item(self, item: QTableWidgetItem) -> None:
        row, column = item.row(), item.column()
        before, text = self._values[row][column], item.text()
        if text == number_text(before, FIGURES):
            return
        try:
            value = number_in(text)
            if not abs(value) <= MOST_NUMBER:
                raise ValueError(text)
        except ValueError:
            self.blockSignals(True)
            self._write(row, column, before)
            self.blockSignals(False)
            self.refused.emit(str(InputError(self._cell_name(row, column), text, a_finite_number())))
            return
        self.typed.emit(row, column, value)

    def _cell_name(self, row: int, column: int) -> str:
        down, across = self.verticalHeaderItem(row), self.horizontalHeaderItem(column)
        names = {"grid": self._name, "row": down.text() if down else "", "column": across.text() if across else ""}
        return tr("{grid}: {row}, {column}", **names)

    def _fit(self) -> None:
        """As high as its rows."""
        self.horizontalHeader().setDefaultSectionSize(px(COLUMN))
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(px(ROW) * self.rowCount() + header + px(FRAME))
