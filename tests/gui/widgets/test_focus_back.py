"""What had the keyboard gets it back, unless it is gone or can't be seen."""

from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from nnplay.gui.widgets.focus_back import give_back


def test_it_is_given_to_what_is_there(qtbot: QtBot):
    window = QWidget()
    qtbot.addWidget(window)
    first, second = QLineEdit(window), QLineEdit(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    second.setFocus()
    assert give_back(first)
    assert first.hasFocus()
    first.hide()
    assert not give_back(first)
    delete(second)
    assert not give_back(second)
    assert not give_back(None)
