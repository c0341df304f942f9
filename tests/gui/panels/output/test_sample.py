"""The sample that is looked at: the place under the pointer, or under the keyboard's cross."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.panels.output.output_hands import BUMPS, CIRCLES, Opener, point_at, reach_by_keyboard, session_of
from tests.gui.panels.output.test_one_input import PRICES
from tests.gui.panels.output.test_slice import FLOWER


def test_the_point_under_the_pointer_is_the_sample_until_it_leaves(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    selection = session_of(panel).selection
    point_at(qtbot, panel, 1.0, -2.0)
    qtbot.waitUntil(lambda: selection.sample is not None)
    assert selection.sample == pytest.approx((1.0, -2.0), abs=0.05)
    QApplication.sendEvent(panel.view, QEvent(QEvent.Type.Leave))
    assert selection.sample is None


def test_the_other_inputs_are_those_of_the_slice(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    selection, prepared = session_of(panel).selection, session_of(panel).prepared
    left, right, low, high = panel.view.plane
    point_at(qtbot, panel, (left + right) / 2, (low + high) / 2)
    qtbot.waitUntil(lambda: selection.sample is not None)
    assert selection.sample is not None
    assert selection.sample[2:] == pytest.approx(prepared.usual_point[2:])
    selection.set_slice((*prepared.usual_point[:2], 6.0, 2.0))
    qtbot.waitUntil(lambda: selection.sample is not None and selection.sample[2:] == (6.0, 2.0))


def test_along_one_input_there_is_one_value(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(PRICES)
    left, right, low, high = panel.view.plane
    point_at(qtbot, panel, (left + right) / 2, (low + high) / 2)
    selection = session_of(panel).selection
    qtbot.waitUntil(lambda: selection.sample is not None)
    assert selection.sample == pytest.approx(((left + right) / 2,), rel=0.02)


def test_it_is_told_once_a_frame(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    selection = session_of(panel).selection
    told: list[object] = []
    selection.sample_changed.connect(lambda: told.append(selection.sample))
    for step in range(30):
        panel.view.moved.emit((step / 10, 0.0))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(2.9, 0.0)]


def test_the_cross_of_the_keyboard_is_a_sample_too(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    selection = session_of(panel).selection
    reach_by_keyboard(panel)
    qtbot.keyClick(panel.view, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: selection.sample == (0.5, 0.0))
    panel.strip.buttons["put"].setFocus()
    assert selection.sample is None


def test_a_point_that_is_put_leaves_the_sample_under_the_pointer(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    selection = session_of(panel).selection
    point_at(qtbot, panel, 1.0, -2.0)
    qtbot.waitUntil(lambda: selection.sample is not None)
    qtbot.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=panel.to_widget(QPointF(1.0, -2.0)))
    qtbot.waitUntil(lambda: selection.sample is not None)


def test_other_data_have_none_of_it(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    point_at(qtbot, panel, 1.0, -2.0)
    qtbot.waitUntil(lambda: session_of(panel).selection.sample is not None)
    qtbot.mouseMove(panel.canvas, QPoint(1, 1))
    session_of(panel).change("numbers", BUMPS)
    assert session_of(panel).selection.sample is None
