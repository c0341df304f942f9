"""The two seeds of the data panel, typed as a person does."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyle, QStyleOptionSpinBox
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.widgets.scroll_column import MARGIN
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import MAX_SEED, DataSpec, Experiment

replace = msgspec.structs.replace
WindowMaker = Callable[[Experiment], MainWindow]
REFERENCE = Path(__file__).parents[3] / "reference"
CIRCLES = Experiment(data=DataSpec(kind="circles", samples=60, train_share=0.5, seed=3), seed=5)


def type_in(qtbot: QtBot, box: TypedBox, text: str) -> None:
    qtbot.mouseDClick(box.lineEdit(), Qt.MouseButton.LeftButton)
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def weights(window: MainWindow) -> np.ndarray:
    return window.session.trainer.network.parameters.copy()


def test_another_start_seed_gives_another_start_and_the_same_one_the_same_weights(
    qtbot: QtBot, make_window: WindowMaker
):
    window = make_window(CIRCLES)
    box, first = window.panel("data").numbers.seed, weights(window)
    points = window.session.prepared.table
    type_in(qtbot, box, "77")
    assert window.session.experiment.seed == 77
    assert window.statusBar().currentMessage() == "Start from seed 77: a fresh start"
    assert not np.array_equal(weights(window), first)
    type_in(qtbot, box, "5")
    np.testing.assert_array_equal(weights(window), first)
    assert window.session.prepared.table == points


def test_another_data_seed_gives_other_points_and_the_same_one_the_same(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    box, first, trainer = window.panel("data").numbers.data_seed, window.session.prepared.table, window.session.trainer
    type_in(qtbot, box, "78")
    assert window.session.experiment.data.seed == 78
    assert window.session.prepared.table != first
    assert window.session.trainer is trainer, "points are taken over at once"
    type_in(qtbot, box, "3")
    assert window.session.prepared.table == first


@pytest.mark.parametrize("name", ["data_seed", "seed"])
def test_every_seed_that_an_experiment_may_have_can_be_typed(qtbot: QtBot, make_window: WindowMaker, name: str):
    window = make_window(CIRCLES)
    for text, seed in [("1e3", 1000), ("4294967295", MAX_SEED), ("7", 7), ("4 294 967 295", MAX_SEED), ("0", 0)]:
        type_in(qtbot, getattr(window.panel("data").numbers, name), text)
        experiment = window.session.experiment
        assert (experiment.data.seed if name == "data_seed" else experiment.seed) == seed
        assert not window.session.running


@pytest.mark.parametrize("name", ["data_seed", "seed"])
def test_what_is_no_seed_is_refused_and_all_stays(qtbot: QtBot, make_window: WindowMaker, name: str):
    window = make_window(CIRCLES)
    box: TypedBox = getattr(window.panel("data").numbers, name)
    before = box.text()
    for text in ("2.5", "-5", "4294967296", "1,000", "1e400", "x"):
        type_in(qtbot, box, text)
        allowed = f"is {text!r}; allowed is a whole number from 0 to 4294967295"
        assert window.banner.sentence.text() == f"{box.accessibleName()} {allowed}"
        assert box.text() == before
        assert window.session.experiment == CIRCLES


def test_the_largest_seed_of_a_file_is_seen_whole(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(read_document(REFERENCE / "format_1.nnplay").experiment)
    box = window.panel("data").numbers.seed
    assert box.text() == "4294967295"
    option = QStyleOptionSpinBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_SpinBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, box).width()
    margins = box.lineEdit().textMargins()
    needed = box.lineEdit().fontMetrics().horizontalAdvance(box.text()) + margins.left() + margins.right()
    assert needed + 4 <= room


def test_arrows_lead_to_the_next_seed_as_one_act(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    box = window.panel("data").numbers.seed
    box.setFocus()
    for _ in range(3):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: window.session.experiment.seed == 8)
    assert window.session.undo_stack.count() == 1


def test_the_boxes_leave_the_panel_as_wide_as_it_was(make_window: WindowMaker):
    window = make_window(CIRCLES)
    numbers = window.panel("data").numbers
    assert numbers.minimumSizeHint().width() <= window.panel("data").minimumWidth() - 2 * MARGIN
