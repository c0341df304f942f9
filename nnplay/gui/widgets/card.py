"""A panel's frame: rounded, with a small title in capitals and room for controls beside it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import title_font
from nnplay.gui.theme.frames import paint_card
from nnplay.gui.theme.sizes import set_font, set_margins, set_minimum_height, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import PlainLabel

_MARGIN = 16
HEADER_HEIGHT = 35
"""Pixels, as high as the button that closes a dock: the titles of all panels stand on one line."""


class Card(Guarded, QWidget):
    """A rounded panel.

    Parameters
    ----------
    title
        What stands at the top; "" for a card without a header.
    panel
        The content; a widget that it has as attribute ``header`` stands at the right of the title.
    """

    def __init__(self, title: str = "", panel: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        set_margins(column, _MARGIN, 12, _MARGIN, _MARGIN)
        set_spacing(column, 8)
        if title:
            column.addLayout(_header_row(title, getattr(panel, "header", None)))
        if panel is not None:
            column.addWidget(panel, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        paint_card(self)


def _header_row(title: str, header: object) -> QHBoxLayout:
    """A title, and a panel's own controls at its right."""
    row = QHBoxLayout()
    set_margins(row, 0, 0, 0, 0)
    set_spacing(row, 8)
    label = SectionTitle(title)
    set_minimum_height(label, HEADER_HEIGHT)
    row.addWidget(label)
    row.addStretch(1)
    if isinstance(header, QWidget):
        row.addWidget(header, 0, Qt.AlignmentFlag.AlignVCenter)
    return row


class SectionTitle(PlainLabel):
    """Small quiet capitals above a group of controls."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        set_font(self, title_font)
        set_role(self, "title")
