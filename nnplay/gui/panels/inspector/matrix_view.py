"""The table of a matrix: cells in the colours of their numbers, what is looked at framed; no widget for a cell."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.inspector.cell_colours import CellColours
from nnplay.gui.panels.inspector.matrices import Matrix
from nnplay.gui.panels.inspector.matrix_model import MatrixModel
from nnplay.gui.panels.inspector.step_names import StepNames
from nnplay.gui.session.selection import Address
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.theme.sizes import set_font, set_row_height
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import count_text
from nnplay.texts import mark, tr

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT, SIZE = 22, 12
BESIDE = 12
"""Pixels beside the widest number of a cell."""
FRAME = 2.0
MOST_COPIED = 1_000_000
"""Cells that are copied at once: a second's work, and as many as spreadsheets take well."""


class MatrixView(Guarded, QTableView):
    """Shows one matrix.

    Parameters
    ----------
    spend
        Is told the seconds that painting took.

    Signals
    -------
    pointed(address)
        The pointer, or the keyboard, is at a cell of this unit or weight; None when it leaves.
    chosen(address)
        Enter or a double click: inspect this one.
    refused(problem)
        Why cells were not copied.
    """

    pointed = Signal(object)
    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, theme: Theme, spend: Callable[[float], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spend = spend
        self.model_ = MatrixModel(self)
        self.marked: Address | None = None
        self.selected: Address | None = None
        self.sample: int | None = None
        self.colours = CellColours(theme)
        self.setModel(self.model_)
        self.setItemDelegate(_CellPainter(self))
        set_font(self, lambda: figure_font(SIZE))
        self.setAccessibleName(tr("Matrix"))
        self.setAccessibleDescription(tr("The numbers of one matrix of the layer in the coming step"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        set_row_height(self, ROW_HEIGHT)
        self.doubleClicked.connect(self._on_double_clicked)
        theme.changed.connect(self.viewport().update)

    def show_matrix(self, matrix: Matrix, names: StepNames) -> None:
        """Show its numbers; where only these are other ones, nothing but cells is painted."""
        self.colours.show(matrix)
        if self.model_.show_matrix(matrix, names):
            self._fit()
            self.verticalHeader().setVisible(bool(matrix.kind.rows))
        self.viewport().update()

    def set_digits(self, digits: int) -> None:
        """Write numbers with so many decimals."""
        if digits != self.model_.digits:
            self.model_.digits = digits
            self._fit()
            self.viewport().update()

    def mark(self, marked: Address | None, selected: Address | None, sample: int | None) -> None:
        """What is pointed at, what is inspected, and the row of the sample in the batch."""
        if (marked, selected, sample) != (self.marked, self.selected, self.sample):
            self.marked, self.selected, self.sample = marked, selected, sample
            self.viewport().update()

    def show_selected(self) -> None:
        """Scroll to the unit or weight that is inspected, and to the sample."""
        cells = self._cells(self.selected)
        row, column = cells or (None, None)
        if row is None and self._has_samples:
            row = self.sample
        if cells is not None or row is not None:
            self.scrollTo(self.model_.index(row or 0, column or 0), QAbstractItemView.ScrollHint.EnsureVisible)

    def lights(self, row: int, column: int) -> tuple[bool, bool]:
        """Whether a cell is pointed at, and whether it belongs to what is inspected."""
        return _within(self._marked_cells, row, column), _within(self._selected_cells, row, column)

    @property
    def selects_one(self) -> bool:
        """Whether it is a single cell that belongs to what is inspected, and no whole row or column."""
        return self._selected_cells is not None and None not in self._selected_cells

    def is_sample(self, row: int) -> bool:
        """Whether a row is that of the sample."""
        return self._sample_row == row

    def paintEvent(self, event: QPaintEvent) -> None:
        """Called by Qt; what is looked at is found once for all cells."""
        began = time.perf_counter()
        self._marked_cells, self._selected_cells = self._cells(self.marked), self._cells(self.selected)
        self._sample_row = self.sample if self._has_samples else None
        super().paintEvent(event)
        self._spend(time.perf_counter() - began)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        super().mouseMoveEvent(event)
        self._point_at(self.indexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Called by Qt; who goes by keys points with them."""
        super().currentChanged(current, previous)
        if self.hasFocus():
            self._point_at(current)

    def event(self, event: QEvent) -> bool:
        """Called by Qt; Ctrl+C is its own while it has the keyboard, and the window's elsewhere."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt; Ctrl+C copies what is selected, Enter inspects the cell's unit or weight."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_double_clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy_selected(self) -> None:
        """Copy the selected cells, or all where there are none, for a spreadsheet."""
        ranges = self.selectionModel().selection()
        if not ranges.count():
            self.copy_all()
            return
        first = ranges.first()
        self._copy(range(first.top(), first.bottom() + 1), range(first.left(), first.right() + 1))

    def copy_all(self) -> bool:
        """Copy the whole matrix for a spreadsheet; whether it could be."""
        matrix = self.model_.matrix
        return matrix is not None and self._copy(*map(range, matrix.values.shape))

    def _copy(self, rows: Sequence[int], columns: Sequence[int]) -> bool:
        count = len(rows) * len(columns)
        if count > MOST_COPIED:
            text = mark(
                "{n} cell is too many to be copied at once; allowed are up to {most}|"
                "{n} cells are too many to be copied at once; allowed are up to {most}"
            )
            self.refused.emit(tr(text, "", count, most=count_text(MOST_COPIED)))
            return False
        QGuiApplication.clipboard().setText(self.model_.as_text(rows, columns))
        return True

    @property
    def _has_samples(self) -> bool:
        return self.model_.matrix is not None and self.model_.matrix.kind.rows == "samples"

    def _cells(self, address: Address | None) -> tuple[int | None, int | None] | None:
        matrix = self.model_.matrix
        return None if matrix is None else matrix.kind.cells(matrix.layer, address)

    def _point_at(self, index: Index) -> None:
        self.pointed.emit(self._address(index))

    def _address(self, index: Index) -> Address | None:
        matrix = self.model_.matrix
        if matrix is None or not index.isValid():
            return None
        return matrix.kind.address(matrix.layer, index.row(), index.column())

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        address = self._address(index)
        if address is not None:
            self.chosen.emit(address)

    def _fit(self) -> None:
        """Columns of one width, for the widest number that there may be and for the heads."""
        matrix = self.model_.matrix
        if matrix is None:
            return
        metrics = self.fontMetrics()
        whole = max(len(str(int(min(matrix.largest, 1e7)))), 2)
        width = metrics.horizontalAdvance("−" + "0" * whole + "." + "0" * self.model_.digits)
        width = max(width, metrics.horizontalAdvance("−0.0e−10"))
        columns = matrix.values.shape[1]
        heads = [self.model_.head(column, across=True, short=True) for column in range(min(columns, 100))]
        width = max([width, *(min(metrics.horizontalAdvance(head), 2 * width) for head in heads)])
        self.horizontalHeader().setDefaultSectionSize(width + px(BESIDE))


class _CellPainter(Guarded, QStyledItemDelegate):
    """Paints a cell by itself: through a style sheet it takes ten times as long."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by Qt."""
        view, row, column = self._view, index.row(), index.column()
        place = QRect(option.rect)
        background, ink = view.colours.of(row, column)
        painter.fillRect(place, background)
        painter.setPen(ink)
        text = place.adjusted(0, 0, -px(BESIDE / 2), 0)
        painter.drawText(
            text, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), view.model_.text(row, column)
        )
        marked, selected = view.lights(row, column)
        if marked or selected or view.is_sample(row):
            self._frame(painter, place, marked, selected, view.is_sample(row), ink)
        if view.selectionModel().isSelected(index):
            painter.fillRect(place, view.colours.veil)

    def _frame(self, painter: QPainter, place: QRect, marked: bool, selected: bool, sample: bool, ink: QColor) -> None:
        """A frame around what is pointed at, lines beside what is inspected, and above and below the sample."""
        line = scaled(FRAME if marked else 1.0)
        painter.setPen(QPen(ink, line))
        half = round(line / 2)
        inner = place.adjusted(half, half, -half, -half)
        if marked or (selected and self._view.selects_one):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(inner)
            return
        if selected:
            painter.drawLine(inner.topLeft(), inner.bottomLeft())
            painter.drawLine(inner.topRight(), inner.bottomRight())
        if sample:
            painter.drawLine(inner.topLeft(), inner.topRight())
            painter.drawLine(inner.bottomLeft(), inner.bottomRight())


def _within(cells: tuple[int | None, int | None] | None, row: int, column: int) -> bool:
    if cells is None:
        return False
    return cells[0] in (None, row) and cells[1] in (None, column)
