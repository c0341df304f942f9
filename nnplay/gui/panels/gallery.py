"""The data sets as small live pictures to choose from."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QToolButton, QWidget

from nnplay.gui.theme.style import set_role

SIDE = 48
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
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
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

    def set_picture(self, key: str, picture: QPixmap) -> None:
        """Show `picture` for the data set."""
        self._buttons[key].setIcon(QIcon(picture))

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
        button.setToolTip(sentence)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(SIDE, SIDE))
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setObjectName(key)
        button.clicked.connect(self._on_clicked)
        self._group.addButton(button)
        return button

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().objectName())
