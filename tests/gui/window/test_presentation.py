"""F11 shows to a class what it looks at, large, and nothing else; Escape or F11 brings all back as it was."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from nnplay.gui.files.experiment_files import PRESETS
from nnplay.gui.theme.scale import scale
from nnplay.gui.window.dock_area import RIGHT_WIDTH
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
Start = Callable[..., MainWindow]


def seen(window: MainWindow) -> set[str]:
    """What there is beside bar and network."""
    docks = {dock.objectName() for dock in window.docks if dock.isVisible() and not dock.visibleRegion().isEmpty()}
    bars = {"menus": window.menuBar(), "status": window.statusBar(), "tabs": window.panel("plots").tabs}
    closes = {f"close {dock.objectName()}" for dock in window.docks if dock.close_button.isVisible()}
    return docks | {name for name, bar in bars.items() if bar.isVisible()} | closes


def state(window: MainWindow) -> tuple[object, ...]:
    docks = [(dock.isVisible(), dock.isFloating(), dock.size().toTuple()) for dock in window.docks if dock.isVisible()]
    return window.size().toTuple(), scale(), seen(window), docks, window.panel("plots").tabs.currentIndex()


def test_it_shows_four_things_and_brings_all_back(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    window.resize(1700, 1000)
    press(window, "Ctrl+2")
    press(window, "Ctrl++")
    window.panel("plots").tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: window.panel("training").isVisible() and scale() == 1.1)
    qtbot.waitUntil(lambda: window.place("output").width() == round(1.1 * RIGHT_WIDTH))
    before = state(window)
    for key in ("Escape", "F11"):
        press(window, "F11")
        qtbot.waitUntil(lambda: seen(window) == {"output", "plots"})
        assert window.isFullScreen()
        assert scale() == pytest.approx(1.65)
        assert window.panel("plots").tabs.currentIndex() == 0
        assert not window.actions_.default_layout.isEnabled()
        press(window, key)
        qtbot.waitUntil(lambda: not window.isFullScreen())
        qtbot.waitUntil(lambda: state(window) == before)
        assert window.actions_.default_layout.isEnabled()


def test_it_is_no_larger_than_twice(make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    window.session.theme.set_scale(1.75)
    press(window, "F11")
    assert scale() == 2.0
    press(window, "Escape")
    assert scale() == 1.75


def test_its_size_is_not_the_persons(qtbot: QtBot, start: Start, press: Press):
    window = start()
    press(window, "F11")
    press(window, "Ctrl+-")
    assert scale() == 1.25
    press(window, "Ctrl+0")
    assert scale() == 1.5
    layout = window.presentation.before
    assert layout is not None
    window.close()
    window.session.theme.set_scale(1.0)
    again = start()
    assert scale() == 1.0
    assert not again.isFullScreen()
    qtbot.waitUntil(lambda: {"menus", "status", "tabs", "data", "output", "plots"} <= seen(again))


def test_escape_frees_the_unit_first(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    press(window, "F11")
    press(window, "Ctrl+3")
    window.panel("network").canvas.setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    for _ in range(3):
        assert window.presentation.active or window.session.selection.unit is None
        qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.presentation.active)


def test_what_had_the_keyboard_may_be_gone(make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    control = QLineEdit(window)
    control.show()
    control.setFocus()
    press(window, "F11")
    delete(control)
    press(window, "F11")
    assert not window.presentation.active


def test_a_panel_that_is_wanted_brings_all_back(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    press(window, "F11")
    window.session.requests.panel.emit("training")
    assert not window.presentation.active
    qtbot.waitUntil(window.panel("training").isVisible)


def test_a_window_that_leaves_the_full_screen_ends_it(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    press(window, "F11")
    window.showNormal()
    qtbot.waitUntil(lambda: not window.presentation.active)
    assert scale() == 1.0
    qtbot.waitUntil(window.menuBar().isVisible)


def test_a_projector_of_1280_by_720_has_room_for_all(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    press(window, "F11")
    window.setGeometry(0, 0, 1280, 720)
    area = window.findChild(QScrollArea)
    assert area is not None
    output, plots = window.place("output"), window.place("plots")
    heads = ["a", "b", "with a long name", "d", "class"]
    rows = [[*(str(row * (column + 1) % 7) for column in range(4)), "red" if row % 2 else "blue"] for row in range(20)]
    table = "\n".join("\t".join(row) for row in [heads, *rows])

    def fits() -> bool:
        within = area.widget().rect() == area.viewport().rect()
        return within and scale() == 1.5 and output.geometry().bottom() < plots.geometry().top()

    for preset in PRESETS:
        window.files.new(preset)
        qtbot.waitUntil(fits)
        QGuiApplication.clipboard().setText(table)  # more than two inputs: where slices are chosen otherwise
        press(window, "Ctrl+V")
        qtbot.waitUntil(lambda: window.session.prepared.table.inputs.shape[1] == 4)
        qtbot.waitUntil(fits)
