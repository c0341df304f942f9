"""A number that changes many times a second and never moves what stands beside it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import LABEL_SIZE, figure_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font
from nnplay.gui.widgets.plain_text import PlainLabel

_SPARE = 2
"""Pixels beside the widest text."""


class NumberLabel(Guarded, PlainLabel):
    """Text in tabular figures, as wide as its widest value from the start.

    Parameters
    ----------
    widest
        The widest text it will show, such as ``"000,000"``; shown until `show_text` says otherwise.
    name
        Accessible name.
    size
        Pixels of the font.
    grows
        Whether a text wider than planned widens the label for good; else it is written smaller, on the same baseline.
    """

    def __init__(
        self,
        widest: str,
        name: str,
        *,
        size: int = LABEL_SIZE,
        bold: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        grows: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(widest, parent)
        self._widest, self._size, self._bold, self._grows = widest, size, bold, grows
        self.setAccessibleName(name)
        self.setAlignment(align | (Qt.AlignmentFlag.AlignVCenter if grows else Qt.AlignmentFlag.AlignBottom))
        self._set_font()
        self._fix()

    def show_text(self, text: str) -> None:
        """Show another number."""
        if text == self.text():
            return
        other_length = len(text) != len(self.text())
        if self._grows and len(text) > len(self._widest):
            self._widest = text
            self._fix()
        self.setText(text)
        if other_length and not self._grows:
            self._set_font()

    def plan(self, widest: str, size: int) -> None:
        """Make room for another widest text, in a font of `size` pixels."""
        if (widest, size) != (self._widest, self._size):
            self._widest, self._size = widest, size
            self._set_font()
            self._fix()

    def baseline(self) -> int:
        """Pixels from its top to the line that the text stands on."""
        return self.height() - QFontMetrics(figure_font(self._size, bold=self._bold)).descent()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another width."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_grows"):
            self._fix()

    def _set_font(self) -> None:
        def make() -> QFont:
            font = figure_font(self._size, bold=self._bold)
            room, needed = (QFontMetrics(font).horizontalAdvance(text) for text in (self._widest, self.text()))
            if not self._grows and needed > room:
                font.setPixelSize(max(1, int(font.pixelSize() * room / needed)))
            return font

        set_font(self, make)

    def _fix(self) -> None:
        metrics = QFontMetrics(figure_font(self._size, bold=self._bold))
        self.setFixedSize(metrics.horizontalAdvance(self._widest) + px(_SPARE), metrics.height())
