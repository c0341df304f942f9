"""The key of a matrix's colours: from its largest number below zero to the largest above."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.inspector.cell_colours import colours
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.theme.sizes import set_font
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import statistic_text
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr

BAR, HEIGHT, GAP, SIZE = 72, 8, 6, 11
STOPS = 16
WIDEST = "−0.0e−10"


class MatrixKey(Guarded, QWidget):
    """A bar with a number at each end, of one width whatever the numbers are."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._largest, self._back = theme, 0.0, False
        set_font(self, lambda: figure_font(SIZE))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Meaning of the colours"))
        theme.changed.connect(self.update)

    def show_largest(self, largest: float, *, back: bool) -> None:
        """The magnitude at both ends, and whether the colours are those of the way back."""
        if (largest, back) != (self._largest, self._back):
            self._largest, self._back = largest, back
            text = tr("From −{end} to {end}: one scale for the whole matrix", end=statistic_text(largest))
            set_tip(self, text)
            self.setAccessibleDescription(text)
            self.update()

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        beside = self.fontMetrics().horizontalAdvance(WIDEST)
        return QSize(2 * (beside + px(GAP)) + px(BAR), max(self.fontMetrics().height(), px(HEIGHT)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(0, 0, scaled(BAR), scaled(HEIGHT))
        bar.moveCenter(QRectF(self.rect()).center())
        table = colours(self._theme.palette, back=self._back)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for stop in range(STOPS + 1):
            gradient.setColorAt(stop / STOPS, table[min(stop * 256 // STOPS, 255)][0])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        painter.setPen(self.palette().color(self.foregroundRole()))
        end, gap = statistic_text(self._largest), scaled(GAP)
        left = QRectF(0, 0, bar.left() - gap, self.height())
        right = QRectF(bar.right() + gap, 0, self.width() - bar.right() - gap, self.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(left, middle | Qt.AlignmentFlag.AlignRight, f"−{end}")
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignLeft, end)
        painter.end()
