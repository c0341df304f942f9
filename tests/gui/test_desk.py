"""The docks: one place for data and training, closed and brought back, remembered."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyle, QStyleOptionTab, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.focus import tab_order
from nnplay.gui.main_window import MainWindow
from nnplay.training.experiment import Experiment

WindowMaker = Callable[[Experiment], MainWindow]
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, make_window: WindowMaker) -> MainWindow:
    window = make_window(Experiment())
    qtbot.waitUntil(lambda: not window.training.panel.isVisible())
    return window


def tab_bars(window: MainWindow) -> list[QTabBar]:
    bars = [bar for bar in window.findChildren(QTabBar) if bar.accessibleName() == "Panels"]
    return [bar for bar in bars if not bar.visibleRegion().isEmpty()]


def is_tabs(control: QWidget) -> bool:
    return isinstance(control, QTabBar)


def titled(window: MainWindow) -> list[str]:
    return [dock.windowTitle() for dock in window.docks if dock.close_button.isVisible()]


def test_data_and_training_share_a_place_and_the_tab_is_their_title(window: MainWindow):
    (bar,) = tab_bars(window)
    assert [bar.tabText(index) for index in range(bar.count())] == ["Data", "Training"]
    assert bar.currentIndex() == 0
    assert titled(window) == ["Output", "Plots"]


def test_the_one_that_stays_has_its_title_again(qtbot: QtBot, window: MainWindow):
    qtbot.keyClick(window, Qt.Key.Key_1, ALT)
    qtbot.waitUntil(lambda: titled(window) == ["Training", "Output", "Plots"])
    assert window.training.panel.isVisible()
    qtbot.waitUntil(lambda: not tab_bars(window))
    assert all(
        not control.visibleRegion().isEmpty() for control in tab_order(window.centralWidget()) if is_tabs(control)
    )


def test_the_default_layout_brings_all_back(qtbot: QtBot, window: MainWindow):
    for number in range(4):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + number), ALT)
    assert not any(dock.isVisible() for dock in window.docks)
    qtbot.keyClick(window, Qt.Key.Key_0, CTRL)
    qtbot.waitUntil(lambda: window.data.panel.isVisible() and not window.training.panel.isVisible())
    qtbot.waitUntil(lambda: titled(window) == ["Output", "Plots"])
    assert len(tab_bars(window)) == 1


def test_which_one_stood_in_front_is_remembered(qtbot: QtBot, window: MainWindow, make_window: WindowMaker):
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: window.training.panel.isVisible())
    window.close()
    again = make_window(Experiment())
    qtbot.waitUntil(lambda: again.training.panel.isVisible() and not again.data.panel.isVisible())


def cut_tabs(window: MainWindow) -> list[str]:
    """Tabs whose text has less room than it needs."""
    (bar,) = tab_bars(window)
    cut = []
    for index in range(bar.count()):
        option = QStyleOptionTab()
        bar.initStyleOption(option, index)
        room = bar.style().subElementRect(QStyle.SubElement.SE_TabBarTabText, option, bar)
        if room.width() < bar.fontMetrics().horizontalAdvance(bar.tabText(index)) or option.text != bar.tabText(index):
            cut.append(bar.tabText(index))
    return cut


def test_tabs_are_as_wide_as_their_text_after_a_restart_and_in_the_default_layout(
    qtbot: QtBot, window: MainWindow, make_window: WindowMaker
):
    assert not cut_tabs(window)
    qtbot.keyClick(window, Qt.Key.Key_0, CTRL)
    qtbot.waitUntil(lambda: len(tab_bars(window)) == 1 and not cut_tabs(window))
    window.close()
    again = make_window(Experiment())
    qtbot.waitUntil(lambda: len(tab_bars(again)) == 1 and not cut_tabs(again))
