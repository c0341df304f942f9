"""Every act and its key, read off the actions themselves, so that the list can't be wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
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

from nnplay.gui.window.catalogue import PANELS
from nnplay.gui.window.keys import KEYS as WINDOW_KEYS

SIZE = (580, 680)
BESIDE = 76
"""Pixels beside the two columns: margins, frame and scroll bar."""
REST = "Window"
FOCUS_KEYS = (
    ("Everywhere", WINDOW_KEYS),
    *((f"{row.title}, reached by keyboard", row.keys) for row in PANELS if row.keys),
)
"""Keys that are no actions: they belong to a drawing or a control while it has the focus."""


@dataclass(frozen=True)
class Act:
    """What it is called, its keys as the system writes them, and its sentence."""

    text: str
    keys: str
    sentence: str = ""


def collect(window: QMainWindow) -> dict[str, list[Act]]:
    """All acts with a key, by the menu or else the panel that they belong to."""
    groups: dict[str, list[Act]] = {}
    seen: set[QAction] = set()
    for top in window.menuBar().actions():
        for action, text in _leaves(top):
            seen.add(action)
            _put(groups, _plain(top.text()), text, action)
    for action in window.findChildren(QAction):
        if action not in seen:
            _put(groups, _panel_of(action), _plain(action.text()), action)
    for title, keys in FOCUS_KEYS:
        groups[title] = [Act(text, key) for key, text in keys]
    return {title: acts for title, acts in groups.items() if acts}


class ShortcutsDialog(QDialog):
    """The list, and a line to search it."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("shortcuts")
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search acts and keys")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Search acts and keys")
        self.search.setToolTip("Only the acts with these words, or with this key")
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("Acts and their keys")
        self.tree.setToolTip("Every act of the window and its key")
        self.tree.setHeaderLabels(["Act", "Key"])
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(12)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.tree.header().setStretchLastSection(False)
        self.tree.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # its room is there all the time
        self._nothing = QTreeWidgetItem(self.tree, ["Nothing found"])
        self._nothing.setFirstColumnSpanned(True)
        self._nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        self._nothing.setHidden(True)
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        for title, acts in collect(window).items():
            self._add_group(title, acts)
        self._fit()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 20)
        column.setSpacing(12)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        self.search.textChanged.connect(self._on_search)
        self.search.setFocus()

    def _add_group(self, title: str, acts: Sequence[Act]) -> None:
        group = QTreeWidgetItem(self.tree, [title])
        font = group.font(0)
        font.setWeight(font.Weight.DemiBold)
        group.setFont(0, font)
        group.setFirstColumnSpanned(True)
        group.setExpanded(True)
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        rows = [QTreeWidgetItem(group, [act.text, act.keys]) for act in acts]
        for row, act in zip(rows, acts, strict=True):
            for place in (0, 1):
                row.setToolTip(place, act.sentence or act.text)
        self._groups.append((group, rows))

    def _fit(self) -> None:
        """The keys stay in one place whatever is found, and no act is cut."""
        act, key = (self.tree.sizeHintForColumn(column) for column in (0, 1))
        self.tree.header().resizeSection(1, key)
        self.resize(max(SIZE[0], act + key + BESIDE), SIZE[1])

    @Slot(str)
    def _on_search(self, text: str) -> None:
        """Show the acts in whose text, key or sentence every word stands."""
        words = text.lower().split()
        for group, rows in self._groups:
            for row in rows:
                said = " ".join((group.text(0), row.text(0), row.text(1), row.toolTip(0))).lower()
                row.setHidden(not all(word in said for word in words))
            group.setHidden(all(row.isHidden() for row in rows))
        self._nothing.setHidden(not all(group.isHidden() for group, _ in self._groups))


def _leaves(action: QAction, before: str = "") -> Iterator[tuple[QAction, str]]:
    """The acts of a menu and of those in it, the latter with the name of their menu before theirs."""
    menu = action.menu()
    if not isinstance(menu, QMenu):
        yield action, before + _plain(action.text())
        return
    for child in menu.actions():
        yield from _leaves(child, before if child.menu() is None else f"{before}{_plain(child.text())}: ")


def _put(groups: dict[str, list[Act]], title: str, text: str, action: QAction) -> None:
    # beyond F12 are keys that few boards have
    usual = [key for key in action.shortcuts() if key[0].key() < Qt.Key.Key_F13]  # type: ignore[index]
    keys = " or ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in usual)
    if keys and not action.isSeparator():
        groups.setdefault(title, []).append(Act(text, keys, action.statusTip()))


def _panel_of(action: QAction) -> str:
    parent: QObject | None = action.parent()
    while isinstance(parent, QWidget):
        if isinstance(parent, QDockWidget):
            return parent.windowTitle()
        parent = parent.parentWidget()
    return REST


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")
