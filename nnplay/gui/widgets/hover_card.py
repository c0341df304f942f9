"""A small card beside the pointer that says what is under it, and follows its numbers."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.style import set_role

_GAP = 14


class HoverCard(QFrame):
    """A title, a value in tabular figures and a hint; the pointer goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        set_role(self, "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.title, self.value, self.hint = QLabel(), QLabel(), QLabel()
        self.title.setFont(label_font(12))
        self.value.setFont(figure_font(13, bold=True))
        self.hint.setFont(label_font(11))
        set_role(self.title, "quiet")
        set_role(self.hint, "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 7, 10, 8)
        column.setSpacing(2)
        for label in (self.title, self.value, self.hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.hide()

    def show_text(self, title: str, value: str, hint: str = "") -> None:
        """Other texts; it grows where it must, but doesn't shrink while it is shown."""
        self.title.setText(title)
        self.value.setText(value)
        self.value.setVisible(bool(value))
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        wanted = self.sizeHint()
        self.resize(wanted.expandedTo(self.size()) if self.isVisible() else wanted)

    def show_beside(self, place: QPoint, keep: int = 0) -> None:
        """Appear right of a place of the parent, at the left where the right has no room.

        Parameters
        ----------
        place
            In the parent's pixels.
        keep
            Pixels around the place that stay free.
        """
        if not self.isVisible():
            self.resize(self.sizeHint())
        room = self._ground.rect()
        x = place.x() + keep + _GAP
        if x + self.width() > room.right() - 4:
            x = place.x() - keep - _GAP - self.width()
        y = min(max(place.y() - self.height() // 2, 4), room.bottom() - self.height() - 4)
        self.move(max(x, 4), y)
        self.show()
        self.raise_()
