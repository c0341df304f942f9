"""Whatever can have the keyboard looks different when it has it, in both themes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme


def tabs() -> QTabBar:
    bar = QTabBar()
    bar.addTab("Loss")
    bar.addTab("Accuracy")
    return bar


def button(role: str) -> Callable[[], QWidget]:
    def make() -> QWidget:
        made = QToolButton()
        made.setText("+")
        set_role(made, role)
        return made

    return make


def flat_combo() -> QComboBox:
    combo = QComboBox()
    combo.addItem("tanh")
    set_role(combo, "flat")
    return combo


def checked(kind: type[QPushButton | QToolButton]) -> Callable[[], QWidget]:
    def make() -> QWidget:
        made = kind()
        made.setCheckable(True)
        made.setChecked(True)
        return made

    return make


CONTROLS: dict[str, Callable[[], QWidget]] = {
    "push button": lambda: QPushButton("Train"),
    "checked push button": checked(QPushButton),
    "checked tool button": checked(QToolButton),
    **{f"{role} button": button(role) for role in ("primary", "quiet", "round", "small", "chip")},
    "combo box": QComboBox,
    "flat combo box": flat_combo,
    "check box": lambda: QCheckBox("Discrete"),
    "slider": lambda: QSlider(Qt.Orientation.Horizontal),
    "line edit": QLineEdit,
    "spin box": QSpinBox,
    "tabs": tabs,
    "list": QListWidget,
}


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", CONTROLS)
def test_focus_can_be_seen(qtbot: QtBot, name: str, mode: str) -> None:
    theme = Theme(mode)
    window, control, other = QWidget(), CONTROLS[name](), QPushButton("other")
    column = QVBoxLayout(window)
    column.addWidget(control)
    column.addWidget(other)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before, size = control.grab().toImage(), control.sizeHint()
    control.setFocus()
    qtbot.waitUntil(control.hasFocus)
    after = control.grab().toImage()
    different = sum(
        before.pixel(x, y) != after.pixel(x, y) for x in range(before.width()) for y in range(before.height())
    )
    assert different >= 20
    assert control.sizeHint() == size, "focus must not move what stands beside it"
    theme.deleteLater()
