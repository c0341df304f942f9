"""What is inspected, and behind it, quieter, for which sample: cut at its end where there is no room."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.theme.sizes import set_font
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.texts import tr

SIZE, GAP = 12, 8


class SubjectLabel(Guarded, PlainLabel):
    """Two texts on one line, of which the first is cut last."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self.title, self.sample = "", ""
        set_font(self, lambda: figure_font(SIZE))
        theme.changed.connect(self.update)
        self.setAccessibleName(tr("What is inspected"))

    def show_texts(self, title: str, sample: str) -> None:
        """Show other texts."""
        if (title, sample) == (self.title, self.sample):
            return
        self.title, self.sample = title, sample
        whole = tr("{unit}, {sample}", unit=title, sample=sample) if title and sample else title or sample
        self.setText(whole)
        self.setAccessibleDescription(whole)
        set_tip(self, whole)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the neighbours want."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """It takes what room there is."""
        return QSize(px(80), super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        palette = self._theme.palette
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        left = 0.0
        for text, font, colour in (
            (self.title, figure_font(SIZE, bold=True), palette.text),
            (self.sample, figure_font(SIZE), palette.quiet),
        ):
            metrics, room = QFontMetricsF(font), self.width() - left
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0.0))
            painter.drawText(QRectF(left, 0, room, self.height()), flags, shown)
            left += metrics.horizontalAdvance(shown) + (scaled(GAP) if text else 0.0)
        painter.end()
