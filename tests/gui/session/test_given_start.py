"""The tutorial's own run: its weights are the start of its preset, and the window shows the numbers that it prints."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_units
from nnplay.training.experiment import Experiment
from tests.gui.window_hands import PATIENCE, Press

WindowMaker = Callable[[Experiment], MainWindow]
LEFT = Qt.MouseButton.LeftButton
REFERENCE = json.loads((Path(__file__).parents[2] / "reference" / "article_xor.json").read_text())


@pytest.fixture
def window(make_window: WindowMaker) -> MainWindow:
    made = make_window(Experiment(seed=5))
    made.files.new("xor")
    return made


def tutorials_weights(window: MainWindow) -> bool:
    network = window.session.trainer.network
    pairs = zip(network.weights, REFERENCE["initial_weights"], strict=True)
    return all(np.array_equal(mine, theirs) for mine, theirs in pairs) and not any(b.any() for b in network.biases)


def shown_loss(window: MainWindow) -> str:
    return window.transport.loss.train.text()


def run_to(qtbot: QtBot, window: MainWindow, press: Press, epoch: int) -> None:
    """By the key at the end; most of the way without it, since each key is a frame."""
    session = window.session
    while session.trainer.epoch < epoch - 5:
        session.trainer.run_epoch()
    while session.trainer.epoch < epoch:
        press(window, "Right")
        qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)


def test_the_losses_that_the_tutorial_prints_are_on_the_screen(qtbot: QtBot, window: MainWindow, press: Press):
    assert tutorials_weights(window)
    losses = {int(epoch): f"{loss:.4f}" for epoch, loss in REFERENCE["loss_at_epoch"].items()}
    for epoch in (0, 1, 10, 100, 500):
        run_to(qtbot, window, press, epoch)
        qtbot.waitUntil(lambda epoch=epoch: shown_loss(window) == losses[epoch], timeout=PATIENCE)
    assert [losses[epoch] for epoch in (0, 1, 500)] == ["0.8147", "0.7253", "0.0132"]


def test_reset_comes_back_to_them_and_undo_to_the_run(qtbot: QtBot, window: MainWindow, press: Press):
    run_to(qtbot, window, press, 3)
    trained = window.session.trainer.network.parameters.copy()
    with qtbot.waitSignal(window.session.message) as told:
        press(window, "R")
    assert told.args[0] == "Back to the starting weights that the experiment brings"
    assert tutorials_weights(window)
    assert window.session.trainer.epoch == 0
    press(window, "Ctrl+Z")
    np.testing.assert_array_equal(window.session.trainer.network.parameters, trained)


def test_a_new_start_draws_others_and_undo_brings_them_back(qtbot: QtBot, window: MainWindow, press: Press):
    panel = window.panel("training")
    window.session.requests.panel.emit("training")
    assert panel.given.isVisibleTo(panel)
    press(window, "Shift+R")
    assert window.session.experiment.model.start is None
    assert not tutorials_weights(window)
    assert not panel.given.isVisibleTo(panel)
    press(window, "R")
    assert not tutorials_weights(window)
    press(window, "Ctrl+Z")
    press(window, "Ctrl+Z")
    assert tutorials_weights(window)
    press(window, "R")
    assert tutorials_weights(window)


def test_one_unit_more_draws_others_and_undo_brings_them_back(window: MainWindow, press: Press):
    session = window.session
    wider = with_units(session.experiment, 0, 5)
    assert wider is not None
    session.change("five units", wider)
    assert session.experiment.model.start is None
    press(window, "Ctrl+Z")
    assert tutorials_weights(window)


def test_points_drawn_into_it_train_on(qtbot: QtBot, window: MainWindow, press: Press):
    run_to(qtbot, window, press, 2)
    before = window.session.trainer
    output = window.panel("output")
    qtbot.waitUntil(lambda: output._shown.answer is not None, timeout=PATIENCE)
    qtbot.mouseClick(output.canvas, LEFT, pos=output.canvas.rect().center())
    assert len(window.session.prepared.table) == 5
    assert window.session.trainer is before
    assert before.epoch == 2


def test_what_is_saved_comes_back_to_them_too(window: MainWindow, press: Press, tmp_path: Path):
    window.files.save(tmp_path / "mine.nnplay")
    window.files.new("circles")
    window.files.open(tmp_path / "mine.nnplay")
    assert read_document(tmp_path / "mine.nnplay").experiment.model.start is not None
    press(window, "R")
    assert tutorials_weights(window)
