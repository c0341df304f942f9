"""A line of text that is cut with an ellipsis where there is no room, and never widens the window."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip


class ShortLabel(Guarded, PlainLabel):
    """A label of one line; its tooltip is the whole of it while it is cut.

    Parameters
    ----------
    name
        Accessible name.
    mode
        Where it is cut: at its end, or in its middle, as names do that differ at the end.
    """

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent=parent)
        self._mode = mode
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        set_tip(self, text)
        self.setAccessibleDescription(text)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the neighbours want."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
