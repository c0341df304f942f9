"""The data sets as small live pictures to choose from."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QToolButton, QWidget

from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.sizes import set_grid_spacing, set_icon_size, set_margins
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import set_tip

SIDE = 56
"""Pixels along a picture's side, its frame included."""
INSET = 4
PICTURE = SIDE - 2 * INSET
"""Pixels along the side of what stands in the frame."""
CORNER = 8
COLUMNS = 3


class Gallery(QWidget):
    """A grid of pictures, one of which is chosen.

    Signals
    -------
    chosen(str)
        The person chose this key.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        set_margins(self._grid, 0, 0, 0, 0)
        set_grid_spacing(self._grid, 4, 0)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}

    def set_entries(self, entries: Iterable[tuple[str, str, str]]) -> None:
        """Show these data sets, as (key, title, sentence)."""
        for button in self._buttons.values():
            self._group.removeButton(button)
            button.deleteLater()
        self._buttons = {}
        for index, (key, title, sentence) in enumerate(entries):
            button = self._entry(key, title, sentence)
            self._grid.addWidget(button, index // COLUMNS, index % COLUMNS)
            self._buttons[key] = button

    def names(self) -> list[str]:
        """What can be chosen."""
        return list(self._buttons)

    def button(self, key: str) -> QToolButton:
        """The picture of one data set."""
        return self._buttons[key]

    def set_picture(self, key: str, picture: QPixmap, palette: Palette) -> None:
        """Show `picture`, of `PICTURE` logical pixels a side, for the data set."""
        icon = QIcon(_framed(picture, palette, chosen=False))
        icon.addPixmap(_framed(picture, palette, chosen=True), QIcon.Mode.Normal, QIcon.State.On)
        self._buttons[key].setIcon(icon)

    def set_chosen(self, key: str) -> None:
        """Frame this one; none where there is no such key."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)

    def _entry(self, key: str, title: str, sentence: str) -> QToolButton:
        button = QToolButton()
        set_role(button, "thumbnail")
        button.setText(title)
        button.setAccessibleName(title)
        button.setAccessibleDescription(sentence)
        set_tip(button, sentence)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        set_icon_size(button, SIDE)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setObjectName(key)
        button.clicked.connect(self._on_clicked)
        self._group.addButton(button)
        return button

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().objectName())


def _framed(picture: QPixmap, palette: Palette, *, chosen: bool) -> QPixmap:
    ratio = picture.devicePixelRatio()
    framed = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    framed.setDevicePixelRatio(ratio)
    framed.fill(Qt.GlobalColor.transparent)
    painter = QPainter(framed)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = 2.0 if chosen else 1.0
    painter.setPen(QPen(QColor(palette.accent if chosen else palette.line), width))
    painter.setBrush(QColor(palette.panel if chosen else palette.field))
    half = width / 2
    painter.drawRoundedRect(QRectF(half, half, SIDE - width, SIDE - width), CORNER, CORNER)
    painter.drawPixmap(INSET, INSET, picture)
    painter.end()
    return framed
