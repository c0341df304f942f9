"""Other data come while a person is choosing something of those there are: an import ends, a preset is opened."""

from collections.abc import Callable
from itertools import product

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.widgets.labelled_slider import LabelledSlider
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_data_set, with_table
from nnplay.training.experiment import Experiment

Press = Callable[[MainWindow, str], None]
WindowMaker = Callable[[Experiment], MainWindow]
BLOBS = with_data_set(Experiment(), "blobs")


def at(slider: LabelledSlider, share: float) -> QPoint:
    handle = slider.slider
    return QPoint(round(8 + share * (handle.width() - 16)), handle.height() // 2)


def drag(qtbot: QtBot, slider: LabelledSlider) -> None:
    handle = slider.slider.value() / slider.slider.maximum()
    qtbot.mousePress(slider.slider, Qt.MouseButton.LeftButton, pos=at(slider, handle))
    qtbot.mouseMove(slider.slider, at(slider, 0.9))
    assert slider.slider.isSliderDown()
    assert slider.value() != slider.values()[round(handle * slider.slider.maximum())]


def key(qtbot: QtBot, slider: LabelledSlider) -> None:
    slider.slider.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(slider.slider, Qt.Key.Key_Right)


def let_go(slider: LabelledSlider) -> None:
    """Wherever the pointer is by now."""
    QTest.mouseRelease(
        slider.slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, slider.slider.rect().center()
    )


def ten_classes() -> Table:
    inputs = np.random.default_rng(0).uniform(-3, 3, (40, 2))
    return Table(inputs, np.arange(40.0) % 10, "classification", (), tuple("abcdefghij"))


CHOSEN = ("classes", "samples", "noise")
"""What a slider chooses of blobs, and none of an import or of XOR."""


def take_all_back(window: MainWindow) -> None:
    while window.session.undo_stack.canUndo():
        window.session.undo_stack.undo()
    assert window.session.experiment == BLOBS


def test_an_import_ends_while_a_number_is_being_chosen(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(BLOBS)
    for name, way in product(CHOSEN, (drag, key)):
        slider = getattr(window.panel("data"), name)
        way(qtbot, slider)
        window.session.change("Import", with_table(window.session.experiment, ten_classes(), (0, 1)))
        imported = window.session.experiment
        assert not slider.isVisible()
        assert not slider.being_changed
        let_go(slider)
        assert window.session.experiment == imported
        assert window.session.undo_stack.undoText() == "Import"
        take_all_back(window)


def test_a_preset_without_that_choice_is_opened_while_it_settles(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(BLOBS)
    for name in CHOSEN:
        slider = getattr(window.panel("data"), name)
        key(qtbot, slider)
        press(window, "Ctrl+N")
        assert window.session.experiment.data.kind == "xor"
        press(window, "Ctrl+Z")
        assert not slider.being_changed
        assert slider.isVisible()
        drag(qtbot, slider)
        let_go(slider)
        assert window.session.experiment != BLOBS
        take_all_back(window)


def test_fewer_values_while_one_is_dragged(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(BLOBS)
    samples = window.panel("data").samples
    drag(qtbot, samples)
    window.session.change("Digits", with_data_set(window.session.experiment, "digits"))
    digits = window.session.experiment
    assert samples.value() == digits.data.samples
    assert samples.figure.text() == f"{digits.data.samples:,}"
    let_go(samples)
    assert window.session.experiment == digits


def test_a_formula_that_is_being_typed_belongs_to_its_data(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(with_data_set(Experiment(), "formula"))
    field = window.panel("data").formula.edit
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.keyClicks(field, " + 1")
    said: list[str] = []
    window.session.message.connect(said.append)
    window.session.change("Moons", with_data_set(window.session.experiment, "moons"))
    assert said[-1] == "Moons: a fresh start"
    assert not window.session.experiment.data.formula
