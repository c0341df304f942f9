"""The docks: one place for data and training, closed and brought back, remembered."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QStyle, QStyleOptionTab, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.catalogue import Area
from nnplay.gui.window.dock_area import BOTTOM_HEIGHT, NARROW_RIGHT, RIGHT_WIDTH, DockArea
from nnplay.gui.window.focus import tab_order
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.panel_dock import PanelDock
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec

WindowMaker = Callable[[Experiment], MainWindow]
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, make_window: WindowMaker) -> MainWindow:
    window = make_window(Experiment())
    qtbot.waitUntil(lambda: not window.panel("training").isVisible())
    return window


def tab_bars(window: MainWindow) -> list[QTabBar]:
    bars = [bar for bar in window.findChildren(QTabBar) if bar.accessibleName() == "Panels"]
    return [bar for bar in bars if not bar.visibleRegion().isEmpty()]


def is_tabs(control: QWidget) -> bool:
    return isinstance(control, QTabBar)


def titled(window: MainWindow) -> list[str]:
    return [dock.windowTitle() for dock in window.docks if dock.close_button.isVisible()]


def test_data_training_and_why_share_a_place_and_the_tab_is_their_title(window: MainWindow):
    (bar,) = tab_bars(window)
    assert [bar.tabText(index) for index in range(bar.count())] == ["Data", "Training", "Why"]
    assert bar.currentIndex() == 0
    assert titled(window) == ["Output", "Plots"]


def test_one_that_is_put_back_stands_in_front(qtbot: QtBot, window: MainWindow):
    data = window.place("data")
    data.setFloating(True)
    qtbot.waitUntil(window.panel("training").isVisible)
    data.setFloating(False)
    qtbot.waitUntil(lambda: bool(tab_bars(window)) and window.panel("data").isVisible())
    (bar,) = tab_bars(window)
    qtbot.waitUntil(lambda: bar.tabText(bar.currentIndex()) == "Data")
    assert not window.panel("training").isVisible()


def test_the_one_that_stays_has_its_title_again(qtbot: QtBot, window: MainWindow):
    qtbot.keyClick(window, Qt.Key.Key_8, ALT)
    qtbot.keyClick(window, Qt.Key.Key_1, ALT)
    qtbot.waitUntil(lambda: titled(window) == ["Training", "Output", "Plots"])
    assert window.panel("training").isVisible()
    qtbot.waitUntil(lambda: not tab_bars(window))
    assert all(
        not control.visibleRegion().isEmpty() for control in tab_order(window.centralWidget()) if is_tabs(control)
    )


def test_the_default_layout_brings_all_back(qtbot: QtBot, window: MainWindow):
    sizes = [dock.size() for dock in window.docks]
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_8):
        qtbot.keyClick(window, key, ALT)
    assert not any(dock.isVisible() for dock in window.docks)
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL_SHIFT)
    qtbot.waitUntil(lambda: window.panel("data").isVisible() and not window.panel("training").isVisible())
    qtbot.waitUntil(lambda: titled(window) == ["Output", "Plots"])
    assert len(tab_bars(window)) == 1
    qtbot.waitUntil(lambda: [dock.size() for dock in window.docks] == sizes)


def test_which_one_stood_in_front_is_remembered(qtbot: QtBot, window: MainWindow, make_window: WindowMaker):
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: window.panel("training").isVisible())
    window.close()
    again = make_window(Experiment())
    qtbot.waitUntil(lambda: again.panel("training").isVisible() and not again.panel("data").isVisible())


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
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL_SHIFT)
    qtbot.waitUntil(lambda: len(tab_bars(window)) == 1 and not cut_tabs(window))
    window.close()
    again = make_window(Experiment())
    qtbot.waitUntil(lambda: len(tab_bars(again)) == 1 and not cut_tabs(again))


def resize(qtbot: QtBot, window: MainWindow, width: int, height: int) -> None:
    window.resize(width, height)
    qtbot.waitUntil(lambda: window.size().toTuple() == (width, height))


def drag_the_right_edge(qtbot: QtBot, window: MainWindow, by: int) -> None:
    """Move the edge between the network and the right column."""
    desk = window.centralWidget().findChild(DockArea)
    place = QPoint(window.place("output").x() - 6, window.place("output").geometry().center().y())
    assert desk.isSeparator(place)
    qtbot.mousePress(desk, Qt.MouseButton.LeftButton, pos=place)
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        place + QPoint(by, 0),
        desk.mapToGlobal(place + QPoint(by, 0)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    width = window.place("output").width()
    QApplication.sendEvent(desk, move)
    qtbot.waitUntil(lambda: window.place("output").width() != width)
    qtbot.mouseRelease(desk, Qt.MouseButton.LeftButton, pos=place + QPoint(by, 0))


def test_a_narrow_window_leaves_the_network_its_room(qtbot: QtBot, window: MainWindow, make_window: WindowMaker):
    resize(qtbot, window, 1100, 700)
    qtbot.waitUntil(lambda: window.place("output").width() == NARROW_RIGHT)
    assert window.place("plots").width() == NARROW_RIGHT
    assert window.panel("network").width() >= 390
    window.close()
    again = make_window(Experiment())
    assert again.place("output").width() == NARROW_RIGHT
    resize(qtbot, again, 1440, 900)
    qtbot.waitUntil(lambda: again.place("output").width() == RIGHT_WIDTH)
    resize(qtbot, again, 1100, 700)
    qtbot.waitUntil(lambda: again.place("output").width() == NARROW_RIGHT)


def test_nothing_is_cut_in_the_narrow_column(qtbot: QtBot, window: MainWindow):
    resize(qtbot, window, 1100, 700)
    qtbot.waitUntil(lambda: window.place("output").width() == NARROW_RIGHT)
    checks = window.panel("output").checks
    boxes = checks.findChildren(QCheckBox)
    names = ["Discrete", "Test points", "Misclassified", "Shapes", "Folds", "Influence"]
    assert [box.text() for box in boxes] == [box.accessibleName() for box in boxes] == names
    strip = window.panel("output").strip
    for width, height, right, columns in ((1100, 700, NARROW_RIGHT, 2), (1440, 900, RIGHT_WIDTH, 1)):
        resize(qtbot, window, width, height)
        qtbot.waitUntil(lambda right=right: window.place("output").width() == right)
        assert all(box.width() >= box.sizeHint().width() for box in boxes)
        assert all(box.geometry().right() < checks.width() for box in boxes)
        buttons = [button.geometry() for button in strip.buttons.values()]
        assert len({place.x() for place in buttons}) == columns
        assert all(strip.rect().contains(place) for place in buttons)
        assert strip.geometry().bottom() < strip.parentWidget().height()


def test_two_layers_keep_their_buttons_in_the_smallest_window(qtbot: QtBot, make_window: WindowMaker):
    layers = (HiddenLayer(units=4), HiddenLayer(units=2))
    window = make_window(Experiment(data=DataSpec(kind="circles", samples=60), model=ModelSpec(hidden_layers=layers)))
    resize(qtbot, window, 1100, 700)
    qtbot.waitUntil(lambda: all(footer.controls.more.isVisible() for footer in window.panel("network").under.footers))


def test_digits_leave_the_plots_where_they_are(qtbot: QtBot, window: MainWindow):
    resize(qtbot, window, 1100, 700)
    qtbot.waitUntil(lambda: window.place("output").width() == NARROW_RIGHT)
    top = window.place("plots").y()
    gallery = window.panel("data").gallery
    qtbot.mouseClick(gallery.button("digits"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.panel("output").digits.pad.isVisible)
    assert window.place("plots").y() == top
    qtbot.mouseClick(gallery.button("xor"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.panel("output").view.isVisible)
    assert window.place("plots").y() == top


def test_a_width_that_a_person_chose_stays(qtbot: QtBot, window: MainWindow, make_window: WindowMaker):
    drag_the_right_edge(qtbot, window, 60)
    assert window.place("output").width() == RIGHT_WIDTH - 60
    for size in ((1100, 700), (1440, 900)):
        resize(qtbot, window, *size)
        assert window.place("output").width() == RIGHT_WIDTH - 60
    window.close()
    again = make_window(Experiment())
    resize(qtbot, again, 1100, 700)
    assert again.place("output").width() == RIGHT_WIDTH - 60
    qtbot.keyClick(again, Qt.Key.Key_L, CTRL_SHIFT)
    qtbot.waitUntil(lambda: again.place("output").width() == NARROW_RIGHT)


@pytest.mark.parametrize("again", ["45", "54"])
def test_closed_docks_come_back_as_large_as_they_were(qtbot: QtBot, window: MainWindow, again: str):
    docks = (window.place("output"), window.place("plots"))
    sizes = [dock.size() for dock in docks]
    for number in "45":
        qtbot.keyClick(window, number, ALT)
    qtbot.waitUntil(lambda: not any(dock.isVisible() for dock in docks))
    for number in again:
        qtbot.keyClick(window, number, ALT)
        qtbot.waitUntil(lambda: any(dock.isVisible() for dock in docks))
    qtbot.waitUntil(lambda: [dock.size() for dock in docks] == sizes)


def test_an_undocked_panel_is_as_large_as_it_was(qtbot: QtBot, window: MainWindow):
    size = window.place("output").size()
    qtbot.mouseDClick(window.place("output").titleBarWidget(), Qt.MouseButton.LeftButton, pos=QPoint(40, 20))
    qtbot.waitUntil(window.place("output").isFloating)
    qtbot.waitUntil(lambda: window.place("output").size() == size)


@pytest.fixture
def area(qtbot: QtBot, theme: Theme) -> DockArea:
    """An area with docks on all sides, two of them at the bottom."""
    docks = {
        side: [PanelDock(f"{side.name} {number}", f"{side.name} {number}", QWidget, theme) for number in range(2)]
        for side in (Area.LEFT, Area.RIGHT, Area.BOTTOM)
    }
    area = DockArea(QWidget(), docks)
    qtbot.addWidget(area)
    area.resize(1400, 800)
    area.show()
    qtbot.waitExposed(area)
    return area


def named(area: DockArea, name: str) -> PanelDock:
    return next(dock for dock in area.docks if dock.windowTitle() == name)


def test_the_bottom_is_below_the_middle_and_between_the_sides(area: DockArea):
    first, second = named(area, "BOTTOM 0"), named(area, "BOTTOM 1")
    assert first.y() == second.y() >= area.centralWidget().geometry().bottom()
    assert first.geometry().right() < second.x()
    assert second.geometry().right() < named(area, "RIGHT 0").x()
    assert named(area, "RIGHT 1").geometry().bottom() == first.geometry().bottom(), "the right goes down all the way"
    assert abs(first.height() - BOTTOM_HEIGHT) <= 1


def test_a_dock_at_the_bottom_comes_back_as_high_as_it_was(qtbot: QtBot, area: DockArea):
    docks = [named(area, f"BOTTOM {number}") for number in range(2)]
    area.resizeDocks(docks, [BOTTOM_HEIGHT + 80] * 2, Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: docks[0].height() > BOTTOM_HEIGHT + 40)
    height = docks[0].height()
    for dock in docks:
        dock.close()
    for dock in docks:
        dock.show()
    qtbot.waitUntil(lambda: docks[0].height() == height)
    area.reset()
    qtbot.waitUntil(lambda: abs(docks[0].height() - BOTTOM_HEIGHT) <= 1)


def test_an_area_may_be_empty(qtbot: QtBot, theme: Theme):
    area = DockArea(QWidget(), {Area.BOTTOM: [PanelDock("one", "One", QWidget, theme)]})
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    area.reset()
    assert [dock.isVisible() for dock in area.docks] == [True]


def test_a_panel_keeps_its_size_as_a_window_of_its_own_and_gets_its_height_back(qtbot: QtBot, window: MainWindow):
    output, plots = window.place("output"), window.place("plots")
    docked, below = output.size(), plots.size()
    for _ in range(2):  # the second time as the first
        output.setFloating(True)
        qtbot.waitUntil(lambda: output.size() == docked)
        output.setFloating(False)
        qtbot.waitUntil(lambda: output.size() == docked and plots.size() == below)


def test_a_layout_of_a_time_without_a_panel_is_restored_and_the_panel_stands_where_it_does_at_first(
    qtbot: QtBot, theme: Theme
):
    def area(keys: list[str]) -> DockArea:
        left = [PanelDock(key, key, QWidget, theme) for key in keys]
        docks = DockArea(QWidget(), {Area.LEFT: left, Area.RIGHT: [PanelDock("output", "output", QWidget, theme)]})
        qtbot.addWidget(docks)
        docks.show()
        return docks

    old, new = area(["data", "training"]), area(["data", "training", "why"])
    old.docks[1].raise_()
    new.restore(old.save(), 1.0)
    data, training, why, _ = new.docks
    qtbot.waitUntil(lambda: not training.visibleRegion().isEmpty())
    assert set(new.tabifiedDockWidgets(data)) == {training, why}
    assert not why.isHidden() and not why.isFloating()
