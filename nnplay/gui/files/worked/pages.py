"""The pages of the sheet: what is given, and a page for each of its sections, made when it is first looked at."""

from collections.abc import Iterator

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from nnplay.experiments.worked.drawing import Colours, drawing_of, drawing_svg
from nnplay.experiments.worked.example import WorkedExample
from nnplay.experiments.worked.given import Cell, GivenTable
from nnplay.experiments.worked.sheet import Section, SheetLine, WorkedSheet
from nnplay.gui.files.worked.answers import Answers
from nnplay.gui.files.worked.blank_field import BlankField
from nnplay.gui.files.worked.formula_line import SIZE, FormulaLine
from nnplay.gui.guard import Guarded
from nnplay.gui.paint.formula.line import result_width
from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.theme.sizes import add_spacing, set_font, set_grid_spacing, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.plain_text import PlainLabel
from nnplay.limits import USUAL_DIGITS
from nnplay.texts import tr
from nnplay.training.arithmetic.expression import Number, Symbol
from nnplay.training.arithmetic.shown import shown
from nnplay.training.arithmetic.text import symbol_text

MARGIN = 12
AT_ONCE = 24
"""Lines that are made before the window is painted again."""
MOST_BESIDE = 3
"""Layers of a network that is drawn beside the tables; a wider one stands above them."""


class SheetPage(Guarded, QScrollArea):
    """A page that scrolls; `column` is what is on it, `words` a sentence of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ""
        self.content = QWidget()
        self.column = QVBoxLayout(self.content)
        set_margins(self.column, MARGIN, 16, MARGIN, MARGIN)
        set_spacing(self.column, 4)
        self.setWidget(self.content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrow keys scroll
        self.viewport().setAutoFillBackground(False)
        self.content.setAutoFillBackground(False)

    def add_heading(self, text: str, words: str = "") -> None:
        """What the page is about."""
        title = PlainLabel(text)
        set_font(title, lambda: label_font(19, bold=True))
        self.column.addWidget(title)
        self.setAccessibleName(text)
        self.words = words
        if words:
            self.add_words(words)
        add_spacing(self.column, 6)

    def add_words(self, words: str) -> None:
        """A sentence that explains."""
        label = PlainLabel(words)
        label.setWordWrap(True)
        set_role(label, "quiet")
        self.column.addWidget(label)


class SectionPage(SheetPage):
    """The lines of a section.

    Signals
    -------
    focused(field)
        A blank has the keyboard.
    """

    focused = Signal(object)

    def __init__(
        self, number: int, section: Section, closing: str, example: WorkedExample, answers: Answers, theme: Theme
    ) -> None:
        super().__init__()
        self._section, self._closing, self._digits = section, closing, 4
        self._parts = example, answers, theme
        self.lines: list[FormulaLine] = []
        self._coming: Iterator[None] | None = None
        self._room: float | None = None
        self._adding = QTimer(self, singleShot=True, interval=0)
        self._adding.timeout.connect(self._add_some)
        self.add_heading(tr("{number}  {title}", number=number, title=section.title), section.words)

    def fill(self) -> None:
        """Make the lines when somebody looks at them: the first ones now, hundreds of others bit by bit."""
        if self._coming is None:
            self._coming = self._items()
            self._add_some()

    @Slot()
    def _add_some(self) -> None:
        """Make the next lines."""
        assert self._coming is not None
        first = len(self.lines)
        more = any(len(self.lines) >= first + AT_ONCE for _ in self._coming)
        left = self._left()
        for line in self.lines[first:]:
            self._lay_out_line(line, left)
            line.judge()
        if more:
            self._adding.start()

    def _items(self) -> Iterator[None]:
        """Put one thing after the other into the column."""
        for group in self._section.groups:
            if group.title:
                add_spacing(self.column, 6)
                self.column.addWidget(SectionTitle(group.title))
            words = ""
            for each in group.lines:
                self._add_line(each, each.line.words if each.line.words != words else "")
                words = each.line.words
                yield
        if self._closing:
            add_spacing(self.column, 8)
            label = PlainLabel(self._closing)
            label.setWordWrap(True)
            set_font(label, lambda: label_font(15, bold=True))
            self.column.addWidget(label)
        self.column.addStretch(1)

    def _add_line(self, each: SheetLine, words: str) -> None:
        line = FormulaLine(each, words, *self._parts)
        before: QWidget = next((field for other in reversed(self.lines) for field in reversed(other.fields)), self)
        self.lines.append(line)
        self.column.addWidget(line)
        for field in line.fields:
            field.focused.connect(self.focused)
            QWidget.setTabOrder(before, field)
            before = field

    @property
    def fields(self) -> Iterator[BlankField]:
        """All blanks in their order."""
        for line in self.lines:
            yield from line.fields

    def show_digits(self, digits: int) -> None:
        """Write numbers with so many decimals."""
        self._digits = digits
        self.lay_out()
        self.judge()

    def judge(self) -> None:
        """Say of each blank whether it is right."""
        for line in self.lines:
            line.judge()

    def relay(self) -> None:
        """Lay out again when it is looked at: letters may have another size."""
        self._room = None
        for line in self.lines:
            line.relay()

    def lay_out(self) -> None:
        """Fit all lines into the width that there is."""
        left = self._left()
        for line in self.lines:
            self._lay_out_line(line, left)

    def _lay_out_line(self, line: FormulaLine, left: float) -> None:
        line.lay_out(self.viewport().width() - 2 * px(MARGIN), self._digits, left)

    def _left(self) -> float:
        """The room for what the lines compute, all of them, so that their relations stand below each other."""
        if self._room is None:
            lines = (each.line for group in self._section.groups for each in group.lines)
            self._room = max((result_width(line, scaled(SIZE)) for line in lines), default=0.0)
        return self._room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        if self.isVisible():
            self.lay_out()


class GivenPage(SheetPage):
    """The network drawn, and tables of all numbers that one begins with."""

    def __init__(self, sheet: WorkedSheet, theme: Theme) -> None:
        super().__init__()
        self._sheet, self._digits = sheet, 4
        self._labels: list[tuple[PlainLabel, Number]] = []
        self.add_heading(tr("Given"), sheet.summary)
        self.drawing = WorkedDrawing(sheet.example, theme)
        tables = QVBoxLayout()
        set_spacing(tables, 4)
        beside = len(sheet.example.sizes) <= MOST_BESIDE
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        set_spacing(row, 20)
        row.addWidget(self.drawing, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(tables, 1)
        self.column.addLayout(row)
        for table in sheet.given:
            self._add_table(table, tables)
        tables.addStretch(1)
        self.column.addStretch(1)

    def show_digits(self, digits: int) -> None:
        """Write numbers with so many decimals."""
        self._digits = digits
        self.drawing.show_digits(digits)
        for label, number in self._labels:
            label.setText(_cell_text(number, digits))

    def _add_table(self, table: GivenTable, column: QVBoxLayout) -> None:
        if column.count():
            add_spacing(column, 8)
        column.addWidget(SectionTitle(table.title))
        whole = QWidget()
        grid = QGridLayout(whole)
        set_margins(grid, 0, 0, 0, 0)
        set_grid_spacing(grid, 28, 5)
        rows = [table.head, *table.rows] if any(table.head) else list(table.rows)
        for row, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                grid.addWidget(self._cell(cell, head=cells is table.head), row, place)
        grid.setColumnStretch(len(table.head), 1)
        column.addWidget(whole)

    def _cell(self, cell: Cell, *, head: bool) -> PlainLabel:
        label = PlainLabel(_cell_text(cell, self._digits))
        if isinstance(cell, Number):
            self._labels.append((label, cell))
            set_font(label, lambda: figure_font(14))
        else:
            set_font(label, lambda: label_font(14))
            set_role(label, "quiet")
        if head or isinstance(cell, Number):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        return label


class WorkedDrawing(Guarded, QWidget):
    """The network with its weights, in the colours of the theme."""

    def __init__(self, example: WorkedExample, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._example, self._theme, self._digits = example, theme, USUAL_DIGITS
        self._picture: bytes | None = None
        self.setAccessibleName(tr("Drawing of the network"))
        theme.changed.connect(self._draw_again)
        self._fit()

    def show_digits(self, digits: int) -> None:
        """Write weights with so many decimals."""
        self._digits = digits
        self._draw_again()

    def sizeHint(self) -> QSize:
        """As large as it is drawn."""
        drawing = drawing_of(self._example, self._digits)
        return QSize(round(scaled(drawing.width)), round(scaled(drawing.height)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        from PySide6.QtSvg import QSvgRenderer  # rarely wanted: not at the start

        if self._picture is None:
            palette = self._theme.palette
            colours = Colours(palette.text, palette.quiet, palette.panel, palette.positive, palette.negative)
            self._picture = drawing_svg(self._example, self._digits, colours).encode()
        painter = QPainter(self)
        QSvgRenderer(QByteArray(self._picture)).render(painter, QRectF(0, 0, self.width(), self.height()))
        painter.end()

    def _draw_again(self) -> None:
        self._picture = None
        self._fit()
        self.update()

    def _fit(self) -> None:
        self.setFixedSize(self.sizeHint())


def _cell_text(cell: Cell, digits: int) -> str:
    if isinstance(cell, Number):
        return shown(cell.number, digits, exact=cell.exact).short
    return symbol_text(cell) if isinstance(cell, Symbol) else cell
