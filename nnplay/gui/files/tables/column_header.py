"""What stands above each column of the import page: its name, what it is taken for and why, a tick and a ring.

The tick makes it an input or leaves it out, the ring makes it the target; a click elsewhere asks for the menu.
"""

from enum import Enum, auto

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from nnplay.data.tables.choice import Use
from nnplay.gui.files.tables.sheet_table import SheetTable
from nnplay.gui.files.tables.words import taken_for
from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import mix
from nnplay.gui.theme.scale import follow_scale, px, scaled
from nnplay.gui.theme.theme import Theme
from nnplay.texts import tr

MARGIN = 8
MARK = 15
"""Pixels of the tick and the ring."""
LINES = 3
USUAL_WIDTH = 132
SMALLEST_WIDTH = 72
NARROWEST, WIDEST = 112, 232
"""Pixels between which a column's first width lies."""
MEASURED_COLUMNS, MEASURED_ROWS = 40, 10
"""Whose names and cells are measured; the other columns get the usual width."""
TICK = ((0.24, 0.52), (0.43, 0.7), (0.76, 0.32))
"""The corners of a tick, in parts of its box."""


class HeadPart(Enum):
    """What of a column's head is pressed."""

    TICK = auto()
    RING = auto()
    REST = auto()


class ColumnHeader(Guarded, QHeaderView):
    """The heads of all columns.

    Signals
    -------
    ticked(column)
        Input or left out: the other one is wanted.
    ringed(column)
        It shall be the target.
    asked(column, place)
        All choices are wanted, at a place of the screen.
    """

    ticked = Signal(int)
    ringed = Signal(int)
    asked = Signal(int, QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._pressed = QPoint()
        self._under: tuple[int, HeadPart] | None = None
        self.setAccessibleName(tr("Columns"))
        self.setAccessibleDescription(tr("What each column is used as"))
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        follow_scale(self, ColumnHeader._size_sections)
        self.setMouseTracking(True)
        self.sectionClicked.connect(self._on_clicked)

    def _size_sections(self) -> None:
        self.setMinimumSectionSize(px(SMALLEST_WIDTH))
        self.setDefaultSectionSize(px(USUAL_WIDTH))

    def fit_columns(self) -> None:
        """Give each column the width that its name and first cells want, within bounds."""
        table = self._table()
        bold, plain = (self._metrics(font) for font in (self._name_font(), label_font()))
        for column in range(min(table.columnCount(), MEASURED_COLUMNS)):
            cells = (table.cell(row, column) for row in range(min(table.rowCount(), MEASURED_ROWS)))
            name = bold.horizontalAdvance(self._name(column)) + 2 * px(MARK + MARGIN)
            said = taken_for(table.use(column)), table.reason(column), *cells
            below = (plain.horizontalAdvance(text) for text in said)
            wanted = max(name, *below) + 2 * px(MARGIN) + 2
            self.resizeSection(column, min(max(wanted, px(NARROWEST)), px(WIDEST)))

    def tick_of(self, column: int) -> QRect:
        """Where the tick of a column is."""
        return QRect(self.sectionViewportPosition(column) + px(MARGIN), px(MARGIN), px(MARK), px(MARK))

    def ring_of(self, column: int) -> QRect:
        """Where the ring of a column is."""
        right = self.sectionViewportPosition(column) + self.sectionSize(column)
        return QRect(right - px(MARGIN) - px(MARK), px(MARGIN), px(MARK), px(MARK))

    def sizeHint(self) -> QSize:
        """As high as three lines; how wide it would be, which Qt asks every column for, nobody wants to know."""
        return QSize(px(USUAL_WIDTH), LINES * self._line() + 2 * px(MARGIN) + 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note which part is pressed."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer."""
        place = event.position().toPoint()
        column = self.logicalIndexAt(place)
        self._hover(None if column < 0 else (column, self._part(column, place)))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._hover(None)
        super().leaveEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw the head of one column."""
        use, palette = self._table().use(logicalIndex), self._theme.palette
        painter.save()
        is_target, is_out = use.role == "target", use.role == "left_out"
        background = mix(palette.panel, palette.accent, 0.1) if is_target else palette.panel
        if self._under == (logicalIndex, HeadPart.REST):
            background = mix(background, palette.accent, 0.05)
        painter.fillRect(rect, QColor(background))
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), QColor(palette.line))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(palette.line))
        if is_target:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), px(3)), QColor(palette.accent))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_tick(painter, logicalIndex, use)
        self._paint_ring(painter, logicalIndex, use)
        self._paint_words(painter, rect, logicalIndex, use, palette.disabled if is_out else palette.text)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, column: int, use: Use, ink: str) -> None:
        line, beside, margin = self._line(), px(MARK + MARGIN) - 1, px(MARGIN)
        inner = rect.adjusted(margin, margin, -margin, 0)
        rows = (
            (self._name_font(), ink, self._name(column), inner.adjusted(beside, 0, -beside, 0)),
            (label_font(), ink, taken_for(use), inner.translated(0, line)),
            (label_font(), self._theme.palette.quiet, self._table().reason(column), inner.translated(0, 2 * line)),
        )
        for font, colour, text, place in rows:
            painter.setFont(font)
            painter.setPen(QColor(colour))
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
            painter.drawText(QRect(place.left(), place.top(), place.width(), line - 1), flags, cut)

    def _paint_tick(self, painter: QPainter, column: int, use: Use) -> None:
        box = QRectF(self.tick_of(column)).adjusted(0.5, 0.5, -0.5, -0.5)
        ticked = use.role == "input"
        self._take_colours(painter, self._under == (column, HeadPart.TICK), ticked)
        painter.drawRoundedRect(box, scaled(4), scaled(4))
        if ticked:
            ink = QColor(self._theme.palette.on_accent)
            painter.setPen(QPen(ink, scaled(1.8), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            corners = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in TICK]
            painter.drawPolyline(QPolygonF(corners))

    def _paint_ring(self, painter: QPainter, column: int, use: Use) -> None:
        ring = QRectF(self.ring_of(column)).adjusted(0.5, 0.5, -0.5, -0.5)
        is_target = use.role == "target"
        self._take_colours(painter, self._under == (column, HeadPart.RING), is_target)
        painter.drawEllipse(ring)
        if is_target:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.palette.on_accent))
            painter.drawEllipse(ring.center(), scaled(2.8), scaled(2.8))

    def _take_colours(self, painter: QPainter, hovered: bool, chosen: bool) -> None:
        """Of a mark."""
        palette = self._theme.palette
        painter.setPen(QPen(QColor(palette.accent if chosen else palette.quiet if hovered else palette.focus), 1.0))
        painter.setBrush(QColor(palette.accent if chosen else palette.hover if hovered else palette.panel))

    def _table(self) -> SheetTable:
        model = self.model()
        assert isinstance(model, SheetTable)
        return model

    def _name(self, column: int) -> str:
        return str(self._table().headerData(column, Qt.Orientation.Horizontal))

    def _part(self, column: int, place: QPoint) -> HeadPart:
        """What of a column's head is at a place, with a little room around the marks."""
        margin = px(MARGIN)
        around = (-margin // 2, -margin, margin // 2, margin // 2)
        if self.tick_of(column).adjusted(*around).contains(place):
            return HeadPart.TICK
        return HeadPart.RING if self.ring_of(column).adjusted(*around).contains(place) else HeadPart.REST

    def _hover(self, under: tuple[int, HeadPart] | None) -> None:
        if under != self._under:
            self._under = under
            self.viewport().update()

    @Slot(int)
    def _on_clicked(self, column: int) -> None:
        part = self._part(column, self._pressed)
        if part is HeadPart.TICK:
            self.ticked.emit(column)
        elif part is HeadPart.RING:
            self.ringed.emit(column)
        else:
            below = QPoint(self.sectionViewportPosition(column), self.height())
            self.asked.emit(column, self.viewport().mapToGlobal(below))

    def _line(self) -> int:
        return self._metrics(label_font()).height() + px(2)

    @staticmethod
    def _name_font() -> QFont:
        return label_font(bold=True)

    @staticmethod
    def _metrics(font: QFont) -> QFontMetrics:
        return QFontMetrics(font)
