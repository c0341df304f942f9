"""The figures of a plot in its corner, as wide as they will ever be, and transparent to the pointer."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.palette import Palette

SIZE = 12
ROW = 18
SAMPLE = 18
"""Pixels of the piece of line before a name."""
WIDEST = "0.00e−00"


@dataclass(frozen=True)
class LegendRow:
    """One line's name and its value now."""

    name: str
    value: str
    dashed: bool


class Legend(QWidget):
    """Names and values of lines, below an optional heading."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._palette = palette
        self._head = ""
        self._rows: list[LegendRow] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFont(figure_font(SIZE))
        self.setAccessibleName("Figures of the plot")

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self._palette = palette
        self.update()

    def show_rows(self, head: str, rows: list[LegendRow]) -> None:
        """Show these; only what has changed is painted."""
        if (head, rows) != (self._head, self._rows):
            self._head, self._rows = head, rows
            self.setAccessibleDescription(self.text())
            self.update()

    def text(self) -> str:
        """What it says, in one line."""
        return "  ".join([*([self._head] if self._head else []), *(f"{row.name} {row.value}" for row in self._rows)])

    def sizeHint(self) -> QSize:
        """Room for the widest value, and for the heading whether it is there or not."""
        metrics = QFontMetrics(self.font())
        width = SAMPLE + 8 + metrics.horizontalAdvance("training") + 10 + metrics.horizontalAdvance(WIDEST) + 8
        return QSize(width, ROW * 3 + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        lines = len(self._rows) + bool(self._head)
        if not lines:
            return
        ground = QColor(self._palette.panel)
        ground.setAlpha(215)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(0, 0, self.width(), lines * ROW + 4), 4, 4)
        y = 2.0
        for row in self._rows:
            self._paint_row(painter, row, y)
            y += ROW
        if self._head:
            painter.setPen(QColor(self._palette.quiet))
            painter.drawText(QRectF(0, y, self.width() - 4, ROW), _RIGHT, self._head)

    def _paint_row(self, painter: QPainter, row: LegendRow, y: float) -> None:
        colour = QColor(self._palette.quiet if row.dashed else self._palette.text)
        style = Qt.PenStyle.DashLine if row.dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, 1.5, style))
        painter.drawLine(QPointF(4, y + ROW / 2), QPointF(4 + SAMPLE, y + ROW / 2))
        painter.setPen(colour)
        painter.drawText(QRectF(SAMPLE + 10, y, self.width(), ROW), _LEFT, row.name)
        painter.drawText(QRectF(0, y, self.width() - 4, ROW), _RIGHT, row.value)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
