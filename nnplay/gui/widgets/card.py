"""A panel's frame: rounded, with a small title in capitals and room for controls beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnplay.gui.theme.fonts import title_font
from nnplay.gui.theme.style import set_role

_MARGIN = 16
HEADER_HEIGHT = 28


class Card(QFrame):
    """A rounded panel.

    Parameters
    ----------
    title
        What stands at the top; "" for a card without a header.
    panel
        The content; a widget that it has as attribute ``header`` stands at the right of the title.

    Attributes
    ----------
    title_label
        The title.
    header
        The row of the title; widgets added to it stand at its right.
    body
        The column below, for the panel's own widgets.
    """

    def __init__(self, title: str = "", panel: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, _MARGIN)
        column.setSpacing(8)
        self.title_label = SectionTitle(title)
        self.header = QHBoxLayout()
        self.header.setContentsMargins(0, 0, 0, 0)
        self.header.setSpacing(8)
        if title:
            self.title_label.setMinimumHeight(HEADER_HEIGHT)
            self.header.addWidget(self.title_label)
            self.header.addStretch(1)
            column.addLayout(self.header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        column.addLayout(self.body, 1)
        if panel is not None:
            self.body.addWidget(panel)
            header = getattr(panel, "header", None)
            if isinstance(header, QWidget):
                self.add_header(header)

    def add_header(self, widget: QWidget) -> None:
        """Put a control at the right of the title."""
        self.header.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_title(self, title: str) -> None:
        """Another title."""
        self.title_label.setText(title)


class SectionTitle(QLabel):
    """Small quiet capitals above a group of controls."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFont(title_font())
        set_role(self, "title")
