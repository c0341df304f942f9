"""Batches of one sample are refused where there is batch norm; what holds goes on, and the controls show it."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.session.session import Session
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_value
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.run_control import RunState
from tests.gui.window_hands import PATIENCE, Press

replace = msgspec.structs.replace
WindowMaker = Callable[[Experiment], MainWindow]
REFUSAL = "Batch size is 1; allowed is 2 samples and more with batch norm, which compares the samples of a batch"
NORMED = Experiment(
    data=DataSpec(kind="circles", samples=60),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"),), batch_norm=True),
    training=TrainingSpec(learning_rate=0.01, batch_size=10),
)


def test_the_slider_stays_where_it_was_and_training_goes_on(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(NORMED)
    session, batch = window.session, window.panel("data").batch
    press(window, "Space")
    qtbot.waitUntil(lambda: session.trainer.epoch > 2, timeout=PATIENCE)
    batch.setFocus()
    qtbot.keyClick(batch.slider, Qt.Key.Key_Home)
    qtbot.keyClick(batch.slider, Qt.Key.Key_Right)
    qtbot.keyClick(batch.slider, Qt.Key.Key_Return)
    assert window.banner.sentence.text() == REFUSAL
    assert session.experiment == NORMED
    assert batch.value() == 10
    assert session.undo_stack.count() == 0
    epoch = session.trainer.epoch
    qtbot.waitUntil(lambda: session.trainer.epoch > epoch, timeout=PATIENCE)


def test_batch_norm_is_not_ticked_beside_a_batch_of_one(qtbot: QtBot, make_window: WindowMaker):
    plain = replace(with_value(NORMED, "training.batch_size", 1), model=replace(NORMED.model, batch_norm=False))
    window = make_window(plain)
    box = window.panel("training").batch_norm
    box.click()
    assert window.banner.sentence.text() == REFUSAL
    assert window.session.experiment == plain
    assert not box.isChecked()


def test_a_file_with_both_is_refused_in_a_sentence(make_window: WindowMaker, read_refusal: Callable[[], list[str]]):
    window = make_window(NORMED)
    said = read_refusal()
    window.file_dialogs.open_path(Path(__file__).parents[2] / "reference" / "inputs" / "bn_batch_one.nnplay")
    assert "training.batch_size is 1; allowed is 2 samples and more with batch norm" in said[0]
    assert window.session.experiment == NORMED


@pytest.mark.parametrize("samples", [0, 1])
def test_too_few_points_are_drawn_all_the_same_and_training_says_so(
    make_session: Callable[[Experiment], Session], samples: int
):
    table = Table(np.zeros((samples, 2)), np.zeros(samples))
    session = make_session(replace(NORMED, data=DataSpec(kind=YOURS, table=table)))
    said: list[str] = []
    session.refused.connect(said.append)
    session.toggle_training()
    assert session.state is RunState.PAUSED
    assert said == [
        "One point is too few for batch norm, which compares points: draw more of them"
        if samples
        else "There is no point to train on yet: draw some, or choose a data set"
    ]
