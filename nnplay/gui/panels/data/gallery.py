"""The data sets as small live pictures to choose from: those that are generated, and behind them one's own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.theme.sizes import set_grid_spacing, set_icon_size, set_margins
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import menu_text, set_tip
from nnplay.texts import mark, tr

SIDE = 46
"""Along a picture's side, its frame included."""
INSET = 3
CORNER = 8
COLUMNS = 4
GAP = 2
"""Between two names that are cut."""


def picture_side() -> int:
    """Pixels along the side of what stands in the frame."""
    return px(SIDE) - 2 * px(INSET)


@dataclass(frozen=True)
class GalleryEntry:
    """What can be chosen: its key, its title, a sentence, and whether it is one's own, to be renamed and deleted."""

    key: str
    title: str
    sentence: str
    own: bool = False


KEYS = (
    (mark("F2"), mark("Rename the data set of your own that is shown, or that was reached by Tab")),
    (mark("Delete"), mark("Delete the data set of your own that was reached by Tab; Undo brings it back")),
)
"""(keys, what they do), for the list of shortcuts; marked texts."""


class Tile(Guarded, QToolButton):
    """A picture with its name below, which has all of the tile's width; Qt would take the frame of the focus off it.

    Attributes
    ----------
    colours
        Of the name, and of that of the chosen one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colours = QColor(), QColor()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button without its name, and the name."""
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        painter.setPen(self.colours[self.isChecked()])
        below = self.rect().adjusted(0, self.iconSize().height(), 0, 0)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextHideMnemonic, self.text())


class Gallery(Guarded, QWidget):
    """A grid of pictures, one of which is chosen.

    Signals
    -------
    chosen(str)
        The person chose this key.
    rename_wanted(str), delete_wanted(str)
        What a person wants of one of their own.
    """

    chosen = Signal(str)
    rename_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        set_margins(self._grid, 0, 0, 0, 0)
        set_grid_spacing(self._grid, 0, 0)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Tile] = {}
        self._entries: dict[str, GalleryEntry] = {}
        self._asked = ""
        self.more = Tile(self)
        self.more_menu = QMenu(self)
        self._set_up_more()
        self.rename = QAction(tr("Rename…"), self)
        self.rename.setShortcut(Qt.Key.Key_F2)
        self.addAction(self.rename)
        self.delete = QAction(tr("Delete"), self)  # its key by `keyPressEvent`: on the output it belongs to points
        self.rename.triggered.connect(lambda: self._ask(self.rename_wanted.emit, self._chosen()))
        self.delete.triggered.connect(lambda: self._ask(self.delete_wanted.emit))

    def set_entries(self, entries: Sequence[GalleryEntry], rows: int, needed: str = "") -> None:
        """Show these data sets, and those that there is no room for as a list.

        Parameters
        ----------
        rows
            At most so many rows of pictures are shown.
        needed
            The key of one that is shown in any case.
        """
        places = rows * COLUMNS
        shown, hidden = _with_room(entries, places, needed)
        focused = next((key for key, button in self._buttons.items() if button.hasFocus()), "")
        before = list(self._buttons)
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._grid.removeWidget(self.more)
        self._entries = {entry.key: entry for entry in entries}
        self._buttons = {entry.key: self._button(entry) for entry in shown}
        for index, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, index // COLUMNS, index % COLUMNS)
            button.show()  # at once, so that it can have the keyboard
        self.more.setVisible(bool(hidden))
        if hidden:
            self._grid.addWidget(self.more, rows - 1, COLUMNS - 1)
        self._fill_more(hidden)
        self._write_names()
        if focused:
            near = list(self._buttons)[min(before.index(focused), len(self._buttons) - 1)]
            self._buttons[focused if focused in self._buttons else near].setFocus(Qt.FocusReason.TabFocusReason)

    def names(self) -> list[str]:
        """The keys of what is shown as a picture."""
        return list(self._buttons)

    def button(self, key: str) -> QToolButton:
        """The picture of one data set."""
        return self._buttons[key]

    def set_picture(self, key: str, picture: QPixmap, palette: Palette) -> None:
        """Show `picture`, of `picture_side` logical pixels a side, for the data set."""
        icon = QIcon(_framed(picture, palette, chosen=False))
        icon.addPixmap(_framed(picture, palette, chosen=True), QIcon.Mode.Normal, QIcon.State.On)
        self._buttons[key].setIcon(icon)
        self._buttons[key].colours = QColor(palette.quiet), QColor(palette.text)

    def set_more_picture(self, picture: QPixmap, palette: Palette) -> None:
        """Show `picture` for the list of the rest."""
        self.more.setIcon(QIcon(_framed(picture, palette, chosen=False)))
        self.more.colours = QColor(palette.quiet), QColor(palette.text)

    def set_chosen(self, key: str) -> None:
        """Frame this one; none where there is no such key."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete, which a picture leaves to the gallery."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete.trigger()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names have another room."""
        super().resizeEvent(event)
        self._write_names()

    def changeEvent(self, event: QEvent) -> None:
        """Names may be in another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._write_names()

    def _set_up_more(self) -> None:
        self.more.setText(tr("More"))
        self.more.setAccessibleName(tr("More data sets of your own"))
        set_tip(self.more, tr("The other data sets of your own, the newest first"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self.more_menu)
        self._style(self.more)
        self.more.hide()

    def _fill_more(self, hidden: Sequence[GalleryEntry]) -> None:
        self.more_menu.clear()
        for entry in hidden:
            action = self.more_menu.addAction(menu_text(entry.title))
            set_tip(action, entry.sentence)
            action.triggered.connect(lambda _=False, key=entry.key: self.chosen.emit(key))

    def _button(self, entry: GalleryEntry) -> Tile:
        button = Tile()
        button.setAccessibleName(entry.title)
        button.setAccessibleDescription(entry.sentence)
        set_tip(
            button,
            tr("{title}: {sentence}", title=entry.title, sentence=entry.sentence) if entry.own else entry.sentence,
        )
        button.setCheckable(True)
        self._style(button)
        button.setObjectName(entry.key)
        button.clicked.connect(self._on_clicked)
        if entry.own:
            button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            button.customContextMenuRequested.connect(self._on_menu_wanted)
        self._group.addButton(button)
        return button

    @staticmethod
    def _style(button: QToolButton) -> None:
        set_role(button, "thumbnail")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        set_icon_size(button, SIDE)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _write_names(self) -> None:
        """Cut one's own in their middle: what tells them apart often stands at the end."""
        room = self.width() // COLUMNS - px(GAP)
        for key, button in self._buttons.items():
            button.ensurePolished()
            entry = self._entries[key]
            cut = entry.own and room > 0  # there is room for the names of the others
            title = (
                button.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideMiddle, room) if cut else entry.title
            )
            button.setText(menu_text(title))

    def _chosen(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def _ask(self, ask: Callable[[str], object], otherwise: str = "") -> None:
        """For the data set whose menu is open, else for the one that has the keyboard, or for another one."""
        focused = next((key for key, button in self._buttons.items() if button.hasFocus()), otherwise)
        key = self._asked or focused
        if key in self._entries and self._entries[key].own:
            ask(key)

    @Slot(QPoint)
    def _on_menu_wanted(self, place: QPoint) -> None:
        button = self.sender()
        assert isinstance(button, QToolButton)
        self._asked = button.objectName()
        menu = QMenu(self)
        menu.addActions([self.rename, self.delete])
        menu.exec(button.mapToGlobal(place))
        menu.deleteLater()
        self._asked = ""

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().objectName())


def _with_room(
    entries: Sequence[GalleryEntry], places: int, needed: str
) -> tuple[list[GalleryEntry], list[GalleryEntry]]:
    """Those that are shown, and those that there is no place for: the last place is the list's then."""
    if len(entries) <= places:
        return list(entries), []
    shown, hidden = list(entries[: places - 1]), list(entries[places - 1 :])
    for index, entry in enumerate(hidden):
        if entry.key == needed:
            shown[-1], hidden[index] = entry, shown[-1]
    return shown, hidden


def _framed(picture: QPixmap, palette: Palette, *, chosen: bool) -> QPixmap:
    ratio, side = picture.devicePixelRatio(), px(SIDE)
    framed = QPixmap(round(side * ratio), round(side * ratio))
    framed.setDevicePixelRatio(ratio)
    framed.fill(Qt.GlobalColor.transparent)
    painter = QPainter(framed)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = scaled(2.0) if chosen else 1.0
    painter.setPen(QPen(QColor(palette.accent if chosen else palette.line), width))
    painter.setBrush(QColor(palette.panel if chosen else palette.field))
    half = width / 2
    painter.drawRoundedRect(QRectF(half, half, side - width, side - width), scaled(CORNER), scaled(CORNER))
    painter.drawPixmap(px(INSET), px(INSET), picture)
    painter.end()
    return framed
