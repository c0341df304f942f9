"""How a person chooses from a list: by pointer, or by keys on the closed box."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton


def row_of(combo: QComboBox, text: str) -> int:
    """Where the entry with this text stands."""
    return next(row for row in range(combo.count()) if combo.itemText(row).split() == text.split())


def click_entry(qtbot: QtBot, combo: QComboBox, text: str) -> None:
    """Open the list by a click, and click the entry with this text."""
    open_list(qtbot, combo)
    view = combo.view()
    place = view.visualRect(combo.model().index(row_of(combo, text), 0)).center()
    qtbot.mouseMove(
        view.viewport(), place - QPoint(0, 12)
    )  # Qt takes the release of a hand at rest for the first click's
    qtbot.mouseMove(view.viewport(), place)
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)


def open_list(qtbot: QtBot, combo: QComboBox) -> None:
    """Open the list by a click."""
    qtbot.mouseClick(combo, LEFT)
    qtbot.waitUntil(combo.view().isVisible)


def press_to(qtbot: QtBot, combo: QComboBox, text: str) -> None:
    """Go to the entry with this text by arrow keys, the list closed; each entry on the way is chosen too."""
    combo.setFocus(Qt.FocusReason.TabFocusReason)
    while combo.currentText().split() != text.split():
        before = combo.currentText()
        qtbot.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < row_of(combo, text) else Qt.Key.Key_Up)
        assert combo.currentText() != before
