"""The unit that a person looks at, whoever says so."""

from collections.abc import Callable

import numpy as np
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.session.selection import Selection, UnitAddress
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment


def test_the_unit_under_the_pointer_comes_before_the_pinned_one(qtbot: QtBot):
    selection = Selection()
    assert selection.unit is None
    selection.pin(0, 2)
    assert selection.unit == selection.pinned == UnitAddress(0, 2)
    selection.hover(1, 0)
    assert (selection.unit, selection.pinned) == (UnitAddress(1, 0), UnitAddress(0, 2))
    selection.hover(-1, -1)
    assert selection.unit == UnitAddress(0, 2)
    selection.hover(-1, 1)
    assert selection.unit == UnitAddress(-1, 1), "an input is a unit, too"
    selection.pin(-1, -1)
    assert selection.unit is None


def test_only_another_selection_is_told(qtbot: QtBot):
    selection = Selection()
    with qtbot.waitSignal(selection.changed):
        selection.pin(0, 1)
    with qtbot.assertNotEmitted(selection.changed):
        selection.pin(0, 1)
        selection.hover(-1, -1)


def test_a_unit_that_somebody_else_pins_is_pinned_in_the_drawing_and_shown(
    qtbot: QtBot, make_window: Callable[[Experiment], MainWindow]
):
    window = make_window(Experiment())
    canvas = window.panel("network").canvas
    qtbot.waitUntil(lambda: canvas.layout_ is not None)
    window.session.selection.pin(0, 3)
    assert canvas.pinned == Unit(1, 3)
    assert window.panel("output").view.overlay.caption == "Unit 4 of layer 1"
    window.session.selection.pin(-1, -1)
    assert canvas.pinned is None
    assert window.panel("output").view.overlay.caption == ""


def test_a_slice_is_told_and_kept_as_long_as_its_samples(qtbot: QtBot):
    selection, told = Selection(), []
    selection.slice_changed.connect(lambda: told.append(selection.slice))
    samples = Table(np.ones((2, 3)), np.zeros(2))
    selection.keep_slice_of(samples)
    for point in ((1.0, 2.0, 3.0), (1.0, 2.0, 3.0), (4.0, 2.0, 3.0)):
        selection.set_slice(point)
    assert told == [(1.0, 2.0, 3.0), (4.0, 2.0, 3.0)]
    selection.keep_slice_of(Table(np.ones((2, 3)), np.zeros(2)))
    assert selection.slice == (4.0, 2.0, 3.0)
    selection.keep_slice_of(Table(np.zeros((2, 3)), np.zeros(2)))
    assert selection.slice is None
    assert len(told) == 2, "who shows the slice shows other data then, without being told of it"
