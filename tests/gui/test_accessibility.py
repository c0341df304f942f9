"""Every control of the real window has a name, a sentence and a way by keyboard, and shows that it has the focus."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.theme.theme import Mode
from nnplay.gui.window.focus import focus, go_to
from nnplay.gui.window.main_window import MainWindow
from nnplay.resources import resource_path
from nnplay.training.experiment import DataSpec, Experiment

WindowMaker = Callable[[Experiment], MainWindow]
KINDS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar)
EXPERIMENTS = {
    "circles": read_document(resource_path("presets/circles.nnplay")).experiment,
    "formula": Experiment(data=DataSpec(kind="formula", samples=100, train_share=0.5)),
    "regression": read_document(resource_path("presets/too_large_a_rate.nnplay")).experiment,
    "digits": read_document(resource_path("presets/digits.nnplay")).experiment,
}
FRONTS = ("data", "training")


def controls(window: MainWindow) -> Iterator[QWidget]:
    """Whatever a person can see and use."""
    for widget in window.findChildren(QWidget):
        part_of_a_box = isinstance(widget.parent(), QAbstractSpinBox | QComboBox | QLineEdit | QTabBar)
        used = widget.isVisible() and widget.focusProxy() is None and not isinstance(widget, QScrollBar)
        if used and not part_of_a_box and (isinstance(widget, KINDS) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus):
            yield widget


def told(widget: QWidget, what: QAccessible.Text) -> str:
    """What a screen reader is told."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(what).strip() if interface is not None else ""


def sentence_of(widget: QWidget) -> str:
    """What is said of it: over it, and for drawings, which say what is under the pointer, to a screen reader."""
    if isinstance(widget, QTabBar):
        return widget.tabToolTip(widget.currentIndex())
    return max(widget.toolTip(), widget.accessibleDescription(), key=len)


def what(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{told(widget, QAccessible.Text.Name)}” in {type(widget.parent()).__name__}"


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_control_has_a_name_a_sentence_and_a_way_by_keyboard(qtbot: QtBot, make_window: WindowMaker, name: str):
    """On several kinds of data, with each of the panels at the left in front."""
    window = make_window(EXPERIMENTS[name])
    for front in FRONTS:
        bring(qtbot, window, front)
        assert_all_is_told(window)
    for front in FRONTS:
        bring(qtbot, window, front)
        assert_shift_tab_goes_back(qtbot)
        window.centralWidget().setFocus()
        assert_the_order_is_that_of_reading(qtbot, window)
        window.centralWidget().setFocus()
        assert_tab_reaches_all(qtbot, window)


def bring(qtbot: QtBot, window: MainWindow, front: str) -> None:
    go_to(window.place(front))
    qtbot.waitUntil(window.panel(front).isVisible)
    window.centralWidget().setFocus()


def assert_all_is_told(window: MainWindow) -> None:
    found = list(controls(window))
    assert len(found) > 30
    assert [what(each) for each in found if not told(each, QAccessible.Text.Name)] == []
    assert [what(each) for each in found if len(sentence_of(each).split()) < 3] == []


def assert_tab_reaches_all(qtbot: QtBot, window: MainWindow) -> None:
    """And comes round."""
    reached: list[QWidget] = []
    for _ in range(300):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() in reached:
            break
        reached.append(QApplication.focusWidget())
    assert QApplication.focusWidget() is reached[0]
    wanted = [each for each in controls(window) if each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [what(each) for each in wanted if each not in reached] == []
    missed = [each for each in controls(window) if each.isEnabled() and each not in reached]
    assert [what(each) for each in missed if not by_arrows(each)] == []


def by_arrows(widget: QWidget) -> bool:
    """Whether it is one of several of which one is down: Tab reaches that one, arrow keys go from it to the others."""
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    return (group is not None and group.exclusive()) or widget.autoExclusive()


def assert_shift_tab_goes_back(qtbot: QtBot) -> None:
    there = []
    for _ in range(8):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        there.append(QApplication.focusWidget())
    back = [there[-1]]
    for _ in range(7):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        back.append(QApplication.focusWidget())
    assert back == there[::-1]


def assert_the_order_is_that_of_reading(qtbot: QtBot, window: MainWindow) -> None:
    parts = [
        window.transport,
        window.place("data"),
        window.place("training"),
        window.panel("network"),
        window.place("output"),
        window.place("plots"),
    ]
    order: list[QWidget] = []
    for _ in range(120):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        part = next((part for part in parts if part.isAncestorOf(QApplication.focusWidget())), None)
        if part is not None and (not order or order[-1] is not part):
            order.append(part)
        if len(order) == len(parts):
            break
    shown = [part for part in parts if part in order]
    assert order[: len(shown)] == shown


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_what_has_the_focus_shows_it(qtbot: QtBot, make_window: WindowMaker, mode: Mode):
    window = make_window(EXPERIMENTS["circles"])
    window.session.theme.set_mode(mode)
    for front in FRONTS:
        go_to(window.place(front))
        qtbot.waitUntil(window.panel(front).isVisible)
        QApplication.processEvents()
        reachable = [each for each in controls(window) if each.isEnabled()]
        blind = []
        for each in reachable:
            if not each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                continue
            focus(each, Qt.FocusReason.TabFocusReason)
            window.centralWidget().setFocus()
            before = pixels(window, each)
            each.setFocus(Qt.FocusReason.TabFocusReason)
            if np.array_equal(before, pixels(window, each)):
                blind.append(what(each))
        assert blind == []


def pixels(window: MainWindow, widget: QWidget) -> np.ndarray:
    """What is drawn where the widget stands."""
    place = widget.rect().translated(widget.mapTo(window, widget.rect().topLeft()))
    picture = window.grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.array(picture.constBits()).copy()
