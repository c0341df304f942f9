"""Names for widgets and actions that hold from one play to the next, so that a sequence can be replayed."""

from collections.abc import Iterator

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from nnplay.gui.window.main_window import MainWindow


def widgets(root: QWidget) -> dict[str, QWidget]:
    """Every widget that a person can reach, by kind, name and number: ``QSlider Noise 0``."""
    found: dict[str, QWidget] = {}
    counts: dict[str, int] = {}
    for widget in (root, *root.findChildren(QWidget)):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            name = f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}".strip()
            number = counts[name] = counts.get(name, -1) + 1
            found[f"{name} {number}"] = widget
    return found


def front(window: MainWindow) -> QWidget:
    """What a person's clicks reach: a list that is open, else a dialog, else the window."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget() or window


def actions(window: MainWindow) -> dict[str, QAction]:
    """Every entry of the menus by its place in them: ``1/0`` for the first of the second menu."""
    places: dict[str, QAction] = {}
    for number, entry in enumerate(window.menuBar().actions()):
        menu = entry.menu()
        if isinstance(menu, QMenu):
            places.update(_entries(menu, str(number)))
    return places


def _entries(menu: QMenu, before: str) -> Iterator[tuple[str, QAction]]:
    for number, entry in enumerate(menu.actions()):
        place, below = f"{before}/{number}", entry.menu()
        if isinstance(below, QMenu):
            yield from _entries(below, place)
        elif not entry.isSeparator():
            yield place, entry
