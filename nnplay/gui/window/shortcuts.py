"""Every action and its key, read off the actions themselves, so that the list can't be wrong."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDockWidget,
    QHeaderView,
    QLineEdit,
    QMainWindow,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.scale import scale
from nnplay.gui.theme.sizes import set_indentation, set_margins, set_spacing
from nnplay.gui.widgets.plain_text import set_tip, tip_text
from nnplay.gui.widgets.screen_fit import size_dialog
from nnplay.gui.window.catalogue import PANELS
from nnplay.gui.window.keys import KEYS as WINDOW_KEYS
from nnplay.texts import tr

SIZE = (580, 680)
BESIDE = 76
"""Pixels beside the two columns: margins, frame and scroll bar."""


@dataclass(frozen=True)
class Shortcut:
    """What it is called, its keys as the system writes them, its sentence, and the action, where it is one."""

    text: str
    keys: str
    sentence: str = ""
    action: QAction | None = None


def collect(window: QMainWindow) -> dict[str, list[Shortcut]]:
    """All actions with a key, by the menu or else the panel that they belong to."""
    groups: dict[str, list[Shortcut]] = {}
    seen: set[QAction] = set()
    for top in window.menuBar().actions():
        for action, text in _leaves(top):
            seen.add(action)
            _put(groups, _plain(top.text()), text, action)
    for action in window.findChildren(QAction):
        if action not in seen:
            _put(groups, _panel_of(action), _plain(action.text()), action)
    groups[tr("Everywhere")] = _focus_keys(WINDOW_KEYS)
    for row in PANELS:
        groups[tr("{panel}, reached by keyboard", panel=tr(row.title))] = _focus_keys(row.keys)
    return {title: shortcuts for title, shortcuts in groups.items() if shortcuts}


class ShortcutsDialog(Guarded, QDialog):
    """The list, and a line to search it; Enter or a double click does what was found."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("shortcuts")
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search actions and keys"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Search actions and keys"))
        set_tip(self.search, tr("Only the actions with these words, or with this key"))
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Actions and their keys"))
        set_tip(self.tree, tr("Every action of the window and its key; Enter or a double click does it"))
        self.tree.setHeaderLabels([tr("Action"), tr("Key")])
        self.tree.setRootIsDecorated(False)
        set_indentation(self.tree, 12)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.SingleSelection)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.tree.header().setStretchLastSection(False)
        self.tree.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # its room is there all the time
        self._nothing = QTreeWidgetItem(self.tree, [tr("Nothing found")])
        self._nothing.setFirstColumnSpanned(True)
        self._nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        self._nothing.setHidden(True)
        self._actions: dict[int, QAction] = {}
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        for title, shortcuts in collect(window).items():
            self._add_group(title, shortcuts)
        self._fit()
        column = QVBoxLayout(self)
        set_margins(column, 20, 18, 20, 20)
        set_spacing(column, 12)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(lambda: self._do(self.tree.currentItem()))
        self.tree.itemActivated.connect(self._do)
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt; the arrows go through the list while the search is typed in."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            QApplication.sendEvent(self.tree, event)
        else:
            super().keyPressEvent(event)

    def _add_group(self, title: str, shortcuts: Sequence[Shortcut]) -> None:
        group = QTreeWidgetItem(self.tree, [title])
        font = group.font(0)
        font.setWeight(font.Weight.DemiBold)
        group.setFont(0, font)
        group.setFirstColumnSpanned(True)
        group.setExpanded(True)
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._groups.append((group, [self._add_row(group, shortcut) for shortcut in shortcuts]))

    def _add_row(self, group: QTreeWidgetItem, shortcut: Shortcut) -> QTreeWidgetItem:
        row = QTreeWidgetItem(group, [shortcut.text, shortcut.keys])
        for place in (0, 1):
            row.setToolTip(place, tip_text(shortcut.sentence or shortcut.text))
        action = shortcut.action
        if action is None:
            row.setFlags(Qt.ItemFlag.ItemIsEnabled)  # keys of a control: nothing that could be done from here
            return row
        self._actions[id(row)] = action
        if not action.isEnabled():
            row.setFlags(Qt.ItemFlag.NoItemFlags)
            row.setText(0, tr("{action} (not possible now)", action=shortcut.text))
        return row

    @Slot(QTreeWidgetItem)
    def _do(self, row: QTreeWidgetItem | None) -> None:
        """Close the list, and do what a row says."""
        action = None if row is None or row.isHidden() else self._actions.get(id(row))
        if action is not None and action.isEnabled():
            self.accept()
            QTimer.singleShot(0, action, action.trigger)  # the window has the keyboard again then

    def _fit(self) -> None:
        """The keys stay in one place whatever is found, and no action is cut."""
        action, key = (self.tree.sizeHintForColumn(column) for column in (0, 1))
        self.tree.header().resizeSection(1, key)
        size_dialog(self, (max(SIZE[0], (action + key) / scale() + BESIDE), SIZE[1]))

    @Slot(str)
    def _on_search(self, text: str) -> None:
        """Show the actions in whose text, key or sentence every word stands."""
        words = text.lower().split()
        for group, rows in self._groups:
            for row in rows:
                said = " ".join((group.text(0), row.text(0), row.text(1), row.toolTip(0))).lower()
                row.setHidden(not all(word in said for word in words))
            group.setHidden(all(row.isHidden() for row in rows))
        self._nothing.setHidden(not all(group.isHidden() for group, _ in self._groups))
        found = (row for _, rows in self._groups for row in rows if not row.isHidden() and id(row) in self._actions)
        first = next((row for row in found if row.flags() & Qt.ItemFlag.ItemIsEnabled), None)
        self.tree.setCurrentIndex(QModelIndex() if first is None else self.tree.indexFromItem(first))


def _leaves(action: QAction, inside: str = "") -> Iterator[tuple[QAction, str]]:
    """The actions of a menu and of those in it, the latter with the name of their menu before theirs."""
    menu = action.menu()
    if isinstance(menu, QMenu):
        for child in menu.actions():
            yield from _leaves(child, inside if child.menu() is None else _named(child, inside))
    else:
        yield action, _named(action, inside)


def _named(action: QAction, inside: str) -> str:
    """The name of an action, after that of the menu it is in; "" for the menu bar's own."""
    name = _plain(action.text())
    return tr("{menu}: {action}", menu=inside, action=name) if inside else name


def _focus_keys(keys: Sequence[tuple[str, str]]) -> list[Shortcut]:
    """Keys that are no actions: they belong to a drawing or a control while it has the focus."""
    return [Shortcut(tr(text), tr(key)) for key, text in keys]


def _put(groups: dict[str, list[Shortcut]], title: str, text: str, action: QAction) -> None:
    # beyond F12 are keys that few boards have
    usual = [key for key in action.shortcuts() if key[0].key() < Qt.Key.Key_F13]  # type: ignore[index]
    written = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in usual]
    keys = reduce(lambda first, other: tr("{first} or {other}", first=first, other=other), written or [""])
    if keys and not action.isSeparator():
        groups.setdefault(title, []).append(Shortcut(text, keys, action.statusTip(), action))


def _panel_of(action: QAction) -> str:
    parent: QObject | None = action.parent()
    while isinstance(parent, QWidget):
        if isinstance(parent, QDockWidget):
            return parent.windowTitle()
        parent = parent.parentWidget()
    return tr("Window")


def _plain(text: str) -> str:
    return re.sub("&(.?)", r"\1", text).rstrip("…")
