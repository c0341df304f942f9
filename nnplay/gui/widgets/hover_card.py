"""A small card beside the pointer that says what is under it, and follows its numbers."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.beside import beside
from nnplay.gui.widgets.plain_text import PlainLabel

_GAP, _RIM = 8, 4
"""Pixels at the factor 1, beside what it speaks of and at the parent's border."""


class HoverCard(QFrame):
    """A title, a value in tabular figures, a hint and perhaps a picture; the pointer goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._below = parent
        set_role(self, "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.title, self.value, self.hint, self.picture = PlainLabel(), PlainLabel(), PlainLabel(), PlainLabel()
        set_font(self.title, lambda: label_font(12))
        set_font(self.value, lambda: figure_font(13, bold=True))
        set_font(self.hint, lambda: label_font(11))
        set_role(self.title, "quiet")
        set_role(self.hint, "quiet")
        column = QVBoxLayout(self)
        set_margins(column, 10, 7, 10, 8)
        set_spacing(column, 2)
        for label in (self.title, self.value, self.hint):
            column.addWidget(label)
        column.addWidget(self.picture)
        self.hide()

    def show_text(self, title: str, value: str, hint: str = "", picture: QPixmap | None = None) -> None:
        """Other texts, and a picture below them; it grows where it must, but doesn't shrink while it is shown."""
        self.title.setText(title)
        self.value.setText(value)
        self.value.setVisible(bool(value))
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        same_kind = self.isVisible() and self.picture.isVisible() == (picture is not None)
        self.picture.setPixmap(picture or QPixmap())
        self.picture.setVisible(picture is not None)
        wanted = self.sizeHint()
        self.resize(wanted.expandedTo(self.size()) if same_kind else wanted)

    def show_beside(self, place: QPoint, keep: int = 0) -> None:
        """Appear below a place of the parent, with so many pixels around it free, as `show_about`."""
        self.show_about([QRect(place - QPoint(keep, keep), place + QPoint(keep, keep))])

    def show_about(self, about: Sequence[QRect]) -> None:
        """Appear below the first of these rectangles of the parent, where there is no room above it, or beside it.

        It covers none of them. What a network has left and right of a unit are its edges, which stay in sight.
        """
        if not self.isVisible():
            self.resize(self.sizeHint())
        rim, room = px(_RIM), self._below.rect()
        self.move(beside(self.size(), room.adjusted(rim, rim, -rim, -rim), about, px(_GAP)))
        self.show()
        self.raise_()
