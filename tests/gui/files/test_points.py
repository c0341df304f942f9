"""Points that go out of the window, and come back as they were."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_table
from nnplay.training.experiment import Experiment

WindowMaker = Callable[[Experiment], MainWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier
ONE_CLASS = Table([[0.5, 1.0], [2.0, -1.5], [1.0, 0.25]], [0.0, 0.0, 0.0])
NUMBERS = Table([[0.5, 1.0], [2.0, -1.5], [1.0, 0.25]], [0.125, 3.5, 7.0], "regression")
EXPERIMENTS = {
    "xor": Experiment(seed=42),
    "one class": with_table(Experiment(), ONE_CLASS, (0, 1)),
    "numbers": with_table(Experiment(), NUMBERS, (0, 1)),
}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_points_go_to_a_spreadsheet_and_come_back(qtbot: QtBot, make_window: WindowMaker, name: str):
    window = make_window(EXPERIMENTS[name])
    qtbot.keyClick(window, Qt.Key.Key_C, CONTROL)
    before = window.session.prepared.table
    rows = QGuiApplication.clipboard().text().splitlines()
    assert len(rows) == len(before) + 1
    qtbot.keyClick(window, Qt.Key.Key_V, CONTROL)
    after = window.session.prepared.table
    assert window.session.experiment.data.kind == "yours"
    assert (after.task, after.input_names, after.class_names) == (before.task, before.input_names, before.class_names)
    np.testing.assert_array_equal(after.inputs, before.inputs)
    np.testing.assert_array_equal(after.targets, before.targets)
