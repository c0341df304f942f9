"""The dock below the network: closed at first, opened by keys and by what is selected, remembered."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from nnplay.gui.session.selection import WeightAddress
from nnplay.gui.window.dock_area import BOTTOM_HEIGHT
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.panel_dock import PanelDock
from nnplay.training.experiment import Experiment

WindowMaker = Callable[[Experiment], MainWindow]
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, make_window: WindowMaker) -> MainWindow:
    window = make_window(Experiment())
    qtbot.waitUntil(lambda: not window.panel("training").isVisible())
    return window


def open_it(qtbot: QtBot, window: MainWindow, least: int = 200) -> PanelDock:
    dock = window.place("inspector")
    assert isinstance(dock, PanelDock)
    window.session.requests.panel.emit("inspector")
    qtbot.waitUntil(lambda: dock.isVisible() and dock.height() > least)
    return dock


def test_it_is_closed_at_first_and_in_the_default_layout(qtbot: QtBot, window: MainWindow):
    assert window.place("inspector").isHidden()
    open_it(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(window.place("inspector").isHidden)


def test_its_keys_and_its_button_open_and_close_it(qtbot: QtBot, window: MainWindow):
    dock = window.place("inspector")
    qtbot.keyClick(window, Qt.Key.Key_6, CTRL)
    qtbot.waitUntil(dock.isVisible)
    assert dock.isAncestorOf(window.focusWidget()), "the keyboard is in it"
    qtbot.mouseClick(dock.close_button, Qt.MouseButton.LeftButton)
    assert dock.isHidden()
    qtbot.keyClick(window, Qt.Key.Key_6, ALT)
    qtbot.waitUntil(dock.isVisible)
    qtbot.keyClick(window, Qt.Key.Key_6, ALT)
    assert dock.isHidden()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1100, 700)])
def test_it_stands_below_the_network_and_leaves_it_room(qtbot: QtBot, window: MainWindow, width: int, height: int):
    window.resize(width, height)
    qtbot.waitUntil(lambda: window.size() == QSize(width, height))
    network = window.panel("network")
    before = network.height()
    dock = open_it(qtbot, window, 200 if height > 760 else 160)
    qtbot.waitUntil(lambda: network.height() < before)
    middle = network.mapTo(window, network.rect().bottomLeft()).y()
    assert dock.mapTo(window, dock.rect().topLeft()).y() > middle
    qtbot.waitUntil(lambda: network.height() > 200)
    assert dock.height() <= BOTTOM_HEIGHT
    assert window.size() == QSize(width, height), "the window doesn't grow"
    output = window.place("output")
    assert dock.mapTo(window, dock.rect().topRight()).x() < output.mapTo(window, output.rect().topLeft()).x()


def test_a_height_that_a_person_gave_it_comes_back(qtbot: QtBot, window: MainWindow, make_window: WindowMaker):
    dock = open_it(qtbot, window)
    area = window._dock_area
    area.resizeDocks([dock], [330], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: dock.height() == 330)
    dock.close()
    window.session.requests.panel.emit("inspector")
    qtbot.waitUntil(lambda: dock.height() == 330)
    window.close()
    again = make_window(Experiment())
    qtbot.waitUntil(lambda: again.place("inspector").isVisible() and again.place("inspector").height() == 330)


def test_that_it_was_closed_is_remembered_too(qtbot: QtBot, window: MainWindow, make_window: WindowMaker):
    open_it(qtbot, window).close()
    window.close()
    again = make_window(Experiment())
    qtbot.waitUntil(lambda: again.panel("data").isVisible())
    assert again.place("inspector").isHidden()


def test_an_older_layout_without_it_is_restored_with_it_closed(qtbot: QtBot, make_window: WindowMaker):
    first = make_window(Experiment())
    qtbot.waitUntil(lambda: not first.panel("training").isVisible())
    area = first._dock_area
    area.removeDockWidget(first.place("inspector"))
    first.place("inspector").setParent(None)
    area.resizeDocks([first.place("output")], [430], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: first.place("output").width() == 430)
    first.close()
    again = make_window(Experiment())
    qtbot.waitUntil(lambda: again.place("output").isVisible() and again.place("output").width() == 430)
    dock = again.place("inspector")
    assert dock.isHidden()
    open_it(qtbot, again)
    assert again._dock_area.dockWidgetArea(dock) == Qt.DockWidgetArea.BottomDockWidgetArea
    assert not dock.isFloating()


def test_before_a_class_it_isn_t_there_and_comes_back_as_it_was(qtbot: QtBot, window: MainWindow):
    dock = open_it(qtbot, window)
    height = dock.height()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(dock.isHidden)
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: dock.isVisible() and dock.height() == height)


def test_as_a_window_of_its_own_and_back_it_keeps_its_height(qtbot: QtBot, window: MainWindow):
    dock = open_it(qtbot, window)
    height = dock.height()
    dock.setFloating(True)
    qtbot.waitUntil(dock.isFloating)
    assert dock.isVisible()
    dock.setFloating(False)
    qtbot.waitUntil(lambda: not dock.isFloating() and dock.height() == height)


def test_a_walk_beside_it_needs_no_scrolling(qtbot: QtBot, window: MainWindow):
    window.resize(1100, 700)
    dock = open_it(qtbot, window)
    panel = window.panel("network")
    window.session.step_phase()
    for _phase in window.session.walk.walk.phases:
        qtbot.waitUntil(lambda: panel.canvas.height() >= panel.canvas.minimumSizeHint().height())
        assert panel.caption.height() < panel.caption.sizeHint().height()
        assert dock.mapTo(window, dock.rect().bottomLeft()).y() < window.height()
        assert panel.caption.forward.isVisible()
        assert panel.caption.sentence.height() + panel.caption.lines.height() < panel.caption.height()
        window.session.step_phase()
    qtbot.mouseClick(dock.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.caption.numpy.isVisible)


def test_escape_in_it_lets_go_of_what_is_inspected_and_then_of_the_sample(qtbot: QtBot, window: MainWindow):
    selection = window.session.selection
    selection.choose_sample((0.0, 1.0))
    selection.pin(0, 2)
    selection.inspect(WeightAddress(0, 1, 2))
    dock = open_it(qtbot, window)
    assert dock.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert selection.inspected is None
    assert selection.chosen_sample == (0.0, 1.0)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert selection.chosen_sample is None
    assert dock.isVisible()
