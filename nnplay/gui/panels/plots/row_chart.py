"""A row for each layer below a line of headings: a name, a drawing, figures at the right, and a card under the pointer.

Everything fits into whatever height there is: rows become lower, then their text smaller, then only every second
row has text.
"""

from abc import abstractmethod
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.figure import Figure, paint_widget
from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.scale import px, scale, scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.hover_card import HoverCard

HEAD = 17
RIGHT = 12
HIGHEST_ROW = 52
TEXT_SIZES = (9, 12)
HEAD_SIZE = 11
LEAST_FOR_TEXT = 10
"""Pixels that a row with text takes at least."""
GAP = 10
ROOMY = 400

MIDDLE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MIDDLE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class CardText:
    """What the card under the pointer says: a title, the value, and what it means."""

    title: str
    value: str
    hint: str = ""


class RowChart(Guarded, QWidget):
    """The base of charts with a row a layer.

    Parameters
    ----------
    theme
        Its colours.
    name_width
        Pixels for the names of the rows, at the left.
    column_widths
        Pixels for each column of figures, at the right.
    narrow_widths
        The same where the chart is narrower than `ROOMY`; as they are where None.
    """

    def __init__(
        self,
        theme: Theme,
        name_width: int,
        column_widths: tuple[int, ...],
        parent: QWidget | None = None,
        *,
        narrow_widths: tuple[int, ...] | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name_width = name_width
        self._widths = (column_widths, narrow_widths or column_widths)
        self._sentence = ""
        self._pointer: QPointF | None = None
        self.card = HoverCard(self)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # ---- what a chart has of its own

    @property
    @abstractmethod
    def rows(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def paint_head(self, painter: QPainter, chart: QRectF) -> None:
        """Paint headings, and what lies behind the rows of `chart`."""

    @abstractmethod
    def paint_row(self, painter: QPainter, index: int, chart: QRectF) -> None:
        """Paint the drawing of a row into `chart`."""

    @abstractmethod
    def row_texts(self, index: int) -> tuple[str, ...]:
        """The name of a row, and a text for each column of figures."""

    @abstractmethod
    def card_text(self, index: int, place: float | None) -> CardText:
        """What is under the pointer: in a row, and in its drawing at `place` (0 to 1) or beside it (None)."""

    # ---- what all of them have

    def show_sentence(self, sentence: str) -> None:
        """Say why there are no rows."""
        self._sentence = sentence
        self.setAccessibleDescription(sentence)
        self.refresh()

    def refresh(self) -> None:
        """Paint anew, the card under the pointer too."""
        self._update_card()
        self.update()

    def figure(self, title: str) -> Figure:
        """The chart, with nothing pointed at."""

        def paint(painter: QPainter) -> None:
            pointer, self._pointer = self._pointer, None
            self.refresh()
            paint_widget(painter, self)
            self._pointer = pointer
            self.refresh()

        return Figure(title, QSizeF(self.size()), paint)

    def chart_rect(self) -> QRectF:
        """Where the drawings of all rows are."""
        left = scaled(self._name_width + GAP)
        width = self.width() - left - sum(self._column_widths) - scaled(RIGHT)
        return QRectF(left, scaled(HEAD), max(width, 1.0), self.rows * self._row_height())

    @property
    def _column_widths(self) -> tuple[float, ...]:
        return tuple(map(scaled, self._widths[self.width() < scaled(ROOMY)]))

    def row_rect(self, index: int) -> QRectF:
        """A whole row, from name to figures."""
        height = self._row_height()
        return QRectF(0, scaled(HEAD) + index * height, self.width() - scaled(RIGHT - 4), height)

    def column_rect(self, column: int, row: QRectF) -> QRectF:
        """Where a row, or the line of headings, has a column of figures."""
        widths = self._column_widths
        right = self.width() - scaled(RIGHT) - sum(widths[column + 1 :])
        return QRectF(right - widths[column], row.top(), widths[column], row.height())

    def head_rect(self) -> QRectF:
        """The line of headings."""
        return QRectF(0, 0, self.width() - scaled(RIGHT), scaled(HEAD - 3))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.rows:
            painter.setFont(label_font())
            painter.setPen(QColor(self._theme.palette.quiet))
            room = self.rect().adjusted(px(24), 0, -px(24), -px(8))
            painter.drawText(room, CENTRE | Qt.TextFlag.TextWordWrap, self._sentence)
            return
        pointed = self._row_at(self._pointer)
        if pointed is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.palette.hover))
            painter.drawRoundedRect(self.row_rect(pointed).adjusted(-scaled(4), 0, 0, 0), scaled(4), scaled(4))
        painter.setFont(figure_font(HEAD_SIZE))
        painter.setPen(QPen(QColor(self._theme.palette.quiet)))
        chart = self.chart_rect()
        self.paint_head(painter, chart)
        self._paint_rows(painter, chart)

    def _paint_rows(self, painter: QPainter, chart: QRectF) -> None:
        height = self._row_height() / scale()
        every = -(-LEAST_FOR_TEXT // max(int(height), 1))
        painter.setFont(figure_font(min(max(int(height) - 2, TEXT_SIZES[0]), TEXT_SIZES[1])))
        for index in range(self.rows):
            row = self.row_rect(index)
            self.paint_row(painter, index, QRectF(chart.left(), row.top(), chart.width(), row.height()))
            if (self.rows - 1 - index) % every:
                continue
            if every > 1:  # more room than the row has, so that no text is cut
                row.adjust(0, -scaled(4), 0, scaled(4))
            name, *figures = self.row_texts(index)
            painter.setPen(QColor(self._theme.palette.quiet))
            painter.drawText(QRectF(0, row.top(), scaled(self._name_width), row.height()), MIDDLE_LEFT, name)
            painter.setPen(QColor(self._theme.palette.text))
            for column, text in enumerate(figures):
                painter.drawText(self.column_rect(column, row), MIDDLE_RIGHT, text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        self._pointer = event.position()
        self.refresh()

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().leaveEvent(event)
        self._pointer = None
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._pointer = None
        self.refresh()

    def _row_height(self) -> float:
        return min(max((self.height() - scaled(HEAD)) / max(self.rows, 1), 1.0), scaled(HIGHEST_ROW))

    def _row_at(self, point: QPointF | None) -> int | None:
        if point is None or not self.rows:
            return None
        index = int((point.y() - scaled(HEAD)) // self._row_height())
        return index if 0 <= index < self.rows else None

    def _update_card(self) -> None:
        index = self._row_at(self._pointer)
        if index is None or self._pointer is None:
            self.card.hide()
            return
        chart = self.chart_rect()
        place = (self._pointer.x() - chart.left()) / chart.width()
        text = self.card_text(index, place if 0 <= place < 1 else None)
        self.card.show_text(text.title, text.value, text.hint)
        middle = QPointF(self._pointer.x(), self.row_rect(index).center().y())
        self.card.show_beside(middle.toPoint(), int(self._row_height() / 2))
