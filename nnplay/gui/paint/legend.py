"""The figures of a plot in a line of their own, where they cover no curve; each keeps its place."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.sizes import set_font
from nnplay.gui.theme.theme import Theme
from nnplay.texts import mark, tr

SIZE = 12
HEIGHT = 20
SAMPLE = 18
"""Pixels of the piece of line before a name."""
GAP = 6
WIDEST = "0.00e−000"
TRAINING, TEST = mark("training"), mark("test")
"""The names of the lines of the two sets."""


@dataclass(frozen=True)
class LegendRow:
    """One line's name and its value now."""

    name: str
    value: str
    dashed: bool


class Legend(Guarded, QWidget):
    """Names and values of lines, side by side."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._head = ""
        self._rows: list[LegendRow] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else the plot below is painted with it
        set_font(self, lambda: figure_font(SIZE))
        self.setAccessibleName(tr("Figures of the plot"))
        theme.changed.connect(self.update)

    def show_rows(self, head: str, rows: list[LegendRow]) -> None:
        """Show these; `head`, which says what the values belong to, is only told to those who can't see the plot."""
        if (head, rows) != (self._head, self._rows):
            self._head, self._rows = head, rows
            self.setAccessibleDescription(self.text())
            self.update()

    def text(self) -> str:
        """What it says, in one line."""
        return "  ".join([*([self._head] if self._head else []), *(f"{row.name} {row.value}" for row in self._rows)])

    def sizeHint(self) -> QSize:
        """Room for the widest values, whatever they are now."""
        return QSize(round(sum(self._width(name) for name in (tr(TRAINING), tr(TEST)))) + 2 * GAP, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.palette.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        x = 0.0
        for row in self._rows:
            self._paint_row(painter, row, x)
            x += self._width(row.name) + 2 * GAP

    def _width(self, name: str) -> float:
        metrics = QFontMetricsF(self.font())
        return SAMPLE + GAP + metrics.horizontalAdvance(name) + GAP + metrics.horizontalAdvance(WIDEST)

    def _paint_row(self, painter: QPainter, row: LegendRow, x: float) -> None:
        colour = QColor(self._theme.palette.quiet if row.dashed else self._theme.palette.text)
        style = Qt.PenStyle.DashLine if row.dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, 1.5, style))
        painter.drawLine(QPointF(x, HEIGHT / 2), QPointF(x + SAMPLE, HEIGHT / 2))
        painter.setPen(colour)
        x += SAMPLE + GAP
        painter.drawText(QRectF(x, 0, self.width(), HEIGHT), _LEFT, row.name)
        x += QFontMetricsF(self.font()).horizontalAdvance(row.name) + GAP
        painter.drawText(QRectF(x, 0, self.width(), HEIGHT), _LEFT, row.value)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
