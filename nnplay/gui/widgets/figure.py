"""A number that changes many times a second and never moves what stands beside it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import LABEL_SIZE, figure_font
from nnplay.gui.theme.sizes import set_font
from nnplay.gui.widgets.plain_text import PlainLabel


class Figure(Guarded, PlainLabel):
    """Text in tabular figures, as wide as its widest value from the start.

    Parameters
    ----------
    widest
        The widest text it will show, such as ``"000,000"``; shown until `show_text` says otherwise.
    name
        Accessible name.
    size
        Pixels of the font.
    """

    def __init__(
        self,
        widest: str,
        name: str,
        *,
        size: int = LABEL_SIZE,
        bold: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(widest, parent)
        self._widest = widest
        self.setAccessibleName(name)
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        set_font(self, lambda: figure_font(size, bold=bold))
        self._fix()

    def show_text(self, text: str) -> None:
        """Show another number; a text wider than planned widens the label for good."""
        if text == self.text():
            return
        if len(text) > len(self._widest):
            self._widest = text
            self._fix()
        self.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another width."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_widest"):
            self._fix()

    def _fix(self) -> None:
        metrics = QFontMetrics(self.font())
        self.setFixedSize(metrics.horizontalAdvance(self._widest) + 2, metrics.height())
