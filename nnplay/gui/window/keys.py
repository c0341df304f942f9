"""Who gets a key that is both a shortcut of the window and something a focused control knows.

Space trains and → steps wherever one is, except in a control that was reached by keyboard and uses
the key itself: a button is pressed by Space, a slider moved by →, and 1 000 is typed with a space in it.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from nnplay.gui.guard import Guarded
from nnplay.texts import mark

_ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
_ENDS = {Qt.Key.Key_Home, Qt.Key.Key_End}
_OWN_KEYS: tuple[tuple[type, set[Qt.Key]], ...] = (
    (QAbstractButton, {Qt.Key.Key_Space}),
    (QAbstractSlider, _ARROWS | _ENDS),
    (QComboBox, {Qt.Key.Key_Up, Qt.Key.Key_Down}),  # Space stays Train; F4 opens the list
    (QTabBar, _ARROWS | _ENDS),
    (QAbstractItemView, _ARROWS | _ENDS),
)
_TEXTS = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
"""Where Ctrl+→ goes from word to word; anywhere else it steps by phase."""

KEYS = (
    (mark("Tab, Shift+Tab"), mark("To the next control, or the one before")),
    (mark("Alt with a letter"), mark("Open a menu, or do what a message suggests")),
    (
        mark("Space"),
        mark("Press the button that was reached by Tab; a space in what is being typed; Train anywhere else"),
    ),
    (
        mark("Arrows"),
        mark("Move the slider, or change the number, choice or place in a list, that was reached by Tab"),
    ),
    (mark("Ctrl+Left, Ctrl+Right"), mark("From word to word in what is being typed; by phase anywhere else")),
    (mark("F4, Alt+Down"), mark("Open the list of a choice")),
    (
        mark("Holding a number's label or a slider's handle"),
        mark("See ahead what other values would do: let go on one to take it, elsewhere to take none"),
    ),
    (mark("Enter"), mark("Take what was typed")),
    (mark("Escape"), mark("Leave what was typed, and all as it was")),
)
"""(keys, what they do), for the list of shortcuts; marked texts."""


class KeyPriority(Guarded, QObject):
    """Event filter of whatever has the focus, as long as its parent lives: controls keep the keys that they use.

    A filter of the application would do too, but each event of each widget would go through Python.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)
        self._on_focus_changed(None, application.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt before `watched` sees `event`."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        untouched = isinstance(watched, QAbstractSpinBox) and not watched.lineEdit().isModified()
        if untouched and event.key() == Qt.Key.Key_Space:
            event.ignore()  # no number begins with a space: Space stays Train until something has been typed
            return True
        if steps_by_phase(event) and not isinstance(watched, _TEXTS):
            event.ignore()  # also where a control would take any arrow
            return True
        if keeps(watched, event):
            event.accept()
            return True
        return False

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            now.installEventFilter(self)  # again is as good as once


def steps_by_phase(event: QKeyEvent) -> bool:
    """Whether a key is Ctrl+→ or Ctrl+←."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return modifiers == Qt.KeyboardModifier.ControlModifier and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)


def keeps(control: QObject, event: QKeyEvent) -> bool:
    """Whether the focused `control` uses this key itself."""
    if isinstance(control, (QLineEdit, QAbstractSpinBox)):
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        return plain and (bool(event.text()) or event.key() in _ARROWS | _ENDS)
    if event.modifiers() != Qt.KeyboardModifier.NoModifier:
        return False
    return any(isinstance(control, kind) and event.key() in keys for kind, keys in _OWN_KEYS)
