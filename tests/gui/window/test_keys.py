"""Space trains wherever one is, except where a control that was reached by keyboard uses it itself."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSlider, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.gui.window.keys import KeyPriority
from nnplay.training.reading import number_in


class DockArea(QWidget):
    """A window with the two shortcuts that matter, and the controls that want the same keys."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        for keys in ("Space", "Right", "R"):
            action = QAction(keys, self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, name=keys: self.done.append(name))
            self.addAction(action)
        self.box, self.line, self.slider = QCheckBox("box"), QLineEdit(), QSlider(Qt.Orientation.Horizontal)
        column = QVBoxLayout(self)
        for control in (self.box, self.line, self.slider):
            column.addWidget(control)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[DockArea]:
    desk = DockArea()
    KeyPriority(desk)
    qtbot.addWidget(desk)
    desk.show()
    desk.activateWindow()
    with qtbot.waitActive(desk):
        pass
    yield desk


def test_in_the_window_keys_are_shortcuts(qtbot: QtBot, desk: DockArea):
    desk.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_R):
        qtbot.keyClick(desk, key)
    assert desk.done == ["Space", "Right", "R"]


def test_a_focused_check_box_keeps_space(qtbot: QtBot, desk: DockArea):
    desk.box.setFocus()
    qtbot.keyClick(desk.box, Qt.Key.Key_Space)
    assert desk.box.isChecked()
    assert desk.done == []
    qtbot.keyClick(desk.box, Qt.Key.Key_R)
    assert desk.done == ["R"]


def test_a_focused_slider_keeps_its_arrows(qtbot: QtBot, desk: DockArea):
    desk.slider.setFocus()
    qtbot.keyClick(desk.slider, Qt.Key.Key_Right)
    assert desk.slider.value() == 1
    qtbot.keyClick(desk.slider, Qt.Key.Key_Space)
    assert desk.done == ["Space"]


def test_text_is_typed_and_not_obeyed(qtbot: QtBot, desk: DockArea):
    desk.line.setFocus()
    qtbot.keyClicks(desk.line, "R 2")
    assert desk.line.text() == "R 2"
    assert desk.done == []


def test_space_trains_from_a_box_of_numbers(qtbot: QtBot, desk: DockArea):
    box = QSpinBox(desk)
    box.show()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert desk.done == ["Space"]
    assert box.value() == 1


def test_a_space_in_a_number_that_is_being_typed_is_typed(qtbot: QtBot, desk: DockArea):
    box = TypedBox("Number", number_in, (1.0, 2.0))
    box.setParent(desk)
    box.set_value(1.0)
    box.show()
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "1 000")
    assert desk.done == []
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == 1000
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert desk.done == ["Space"], "the number is taken: nothing is being typed any more"
