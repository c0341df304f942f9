"""A column of controls that scrolls where the panel is too low for it, without moving them to the side."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from nnplay.gui.theme.sizes import set_margins, set_spacing

MARGIN = 13
TOP, BOTTOM = 4, 0


class ScrollColumn(QScrollArea):
    """Scrolls up and down only.

    Attributes
    ----------
    column
        Where the controls go.
    """

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        self.column = QVBoxLayout(content)
        set_margins(self.column, MARGIN, TOP, MARGIN, BOTTOM)
        set_spacing(self.column, spacing)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the controls in it have it
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    @Slot(int, int)
    def _on_range_changed(self, low: int, high: int) -> None:
        """The scroll bar takes its room from the margin, so that nothing moves when it comes."""
        bar = self.verticalScrollBar().sizeHint().width() if high > low else 0
        set_margins(self.column, MARGIN, TOP, MARGIN - bar, BOTTOM)
