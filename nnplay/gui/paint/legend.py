"""The figures of a plot in a line of their own, where they cover no curve; each keeps its place."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.theme.sizes import set_font
from nnplay.gui.theme.theme import Theme
from nnplay.texts import mark, tr

SIZE = 12
HEIGHT = 20
SAMPLE = 16
"""Pixels of the piece of line before a name."""
GAP = 6
WIDEST = "0.00e−0"
TRAINING, TEST = mark("training"), mark("test")
"""The names of the lines of the two sets."""


@dataclass(frozen=True)
class LegendRow:
    """One line's name and its value now; the room of a range where it may be one; a colour where it has its own."""

    name: str
    value: str
    dashed: bool
    is_range: bool = False
    colour: str = ""


class LineLegend(Guarded, QWidget):
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
        widths = (self._row_width(LegendRow(tr(name), "", False)) for name in (TRAINING, TEST))
        return QSize(round(sum(widths)) + 2 * px(GAP), px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.palette.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        widths = [self._row_width(row) for row in self._rows]
        rows = self._rows
        beyond = sum(widths) + 2 * px(GAP) * (len(widths) - 1) - self.width()
        if beyond > 0 and rows and rows[0].colour:  # a name that a person gave is as long as there is room
            rows = [self._shortened(rows[0], beyond), *rows[1:]]
            widths[0] = self._row_width(rows[0])
        named = sum(widths) + 2 * px(GAP) * (len(widths) - 1) <= self.width()
        x = 0.0
        for row, width in zip(rows, widths, strict=True):
            self._paint_row(painter, row if named else replace(row, name=""), x)
            x += width + 2 * px(GAP) if named else self.width() / len(widths)

    def _row_width(self, row: LegendRow) -> float:
        """With room for what is usually the widest value, so that none moves what is beside it."""
        measure = QFontMetricsF(self.font()).horizontalAdvance
        widest = f"{WIDEST} – {WIDEST}" if row.is_range else WIDEST
        return px(SAMPLE) + 2 * px(GAP) + measure(row.name) + max(measure(row.value), measure(widest))

    def _shortened(self, row: LegendRow, beyond: float) -> LegendRow:
        metrics = QFontMetricsF(self.font())
        room = metrics.horizontalAdvance(row.name) - beyond
        return replace(row, name=metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, max(room, 0.0)))

    def _paint_row(self, painter: QPainter, row: LegendRow, x: float) -> None:
        palette = self._theme.palette
        colour = QColor(row.colour or (palette.quiet if row.dashed else palette.text))
        style = Qt.PenStyle.DashLine if row.dashed else Qt.PenStyle.SolidLine
        middle, room = self.height() / 2, QRectF(self.rect())
        painter.setPen(QPen(colour, scaled(1.5), style))
        painter.drawLine(QPointF(x, middle), QPointF(x + px(SAMPLE), middle))
        painter.setPen(colour)
        x += px(SAMPLE) + px(GAP)
        for text in (row.name, row.value):
            if text:
                painter.drawText(room.translated(x, 0), _LEFT, text)
                x += QFontMetricsF(self.font()).horizontalAdvance(text) + px(GAP)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
