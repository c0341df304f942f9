"""What the status line says, offers and counts."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.data.shipped import resource_path
from nnplay.experiments import read_document
from nnplay.gui.main_window import MainWindow
from nnplay.gui.panels.status import StatusLine, figures_text
from nnplay.training.experiment import Experiment
from nnplay.training.history import Figures, Metrics
from nnplay.training.run_control import RunState

WindowMaker = Callable[[Experiment], MainWindow]
PATIENCE = 30_000


def test_loss_penalty_and_accuracy_stand_beside_each_other():
    figures = Figures(3, Metrics(0.25, 0.955), Metrics(0.5, 0.9), 0.125)
    assert (
        figures_text(figures)
        == "loss 0.2500 · penalty 0.1250 · accuracy 95.5 % · test loss 0.5000 · test accuracy 90.0 %"
    )


def test_a_regression_without_a_test_set_has_no_accuracy():
    assert figures_text(Figures(0, Metrics(1.0, None), None, 0.0)) == "loss 1.0000 · penalty 0.0000"


def test_small_figures_are_not_written_as_nothing():
    text = figures_text(Figures(9, Metrics(1.45e-5, 1.0), Metrics(2.5e7, 0.5), 3.21e-4))
    assert text == "loss 1.45e−05 · penalty 3.21e−04 · accuracy 100.0 % · test loss 2.50e07 · test accuracy 50.0 %"


@pytest.fixture
def diverged(qtbot: QtBot, make_window: WindowMaker) -> MainWindow:
    """The window after a run with a learning rate of 3 has diverged."""
    window = make_window(read_document(resource_path("presets/too_large_a_rate.nnplay")).experiment)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.state is RunState.DIVERGED, timeout=PATIENCE)
    return window


def line(window: MainWindow) -> StatusLine:
    bar = window.statusBar()
    assert isinstance(bar, StatusLine)
    return bar


def test_a_run_that_diverges_offers_a_tenth_of_its_rate_which_learns(qtbot: QtBot, diverged: MainWindow):
    session, bar = diverged.session, line(diverged)
    epoch = session.trainer.epoch
    sentence = f"Diverged at epoch {epoch}: the learning rate 3 is too large for this network"
    assert bar.currentMessage() == sentence
    assert bar.offer.isVisible()
    assert bar.offer.accessibleName() == "Go back and use 0.3"
    qtbot.mouseClick(bar.offer, Qt.MouseButton.LeftButton)
    assert session.experiment.training.learning_rate == 0.3
    assert not bar.offer.isVisible()
    qtbot.waitUntil(lambda: session.trainer.epoch > epoch, timeout=PATIENCE)
    assert session.running
    qtbot.waitUntil(lambda: session.trainer.figures.train.loss < 0.05, timeout=PATIENCE)


def test_going_back_is_one_step_that_can_be_undone(qtbot: QtBot, diverged: MainWindow):
    session = diverged.session
    weights, epoch = session.trainer.network.parameters.copy(), session.trainer.epoch
    qtbot.mouseClick(line(diverged).offer, Qt.MouseButton.LeftButton)
    qtbot.keyClick(diverged, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    assert session.undo_stack.count() == 1
    qtbot.keyClick(diverged, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.experiment.training.learning_rate == 3.0
    assert session.trainer.epoch == epoch
    np.testing.assert_array_equal(session.trainer.network.parameters, weights)


@pytest.mark.parametrize("act", ["reset", "new_start", "step"])
def test_the_offer_is_gone_once_anything_else_happens(qtbot: QtBot, diverged: MainWindow, act: str):
    button = getattr(diverged.transport, act)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not line(diverged).offer.isVisible()


def test_an_offer_is_taken_by_its_key(qtbot: QtBot, diverged: MainWindow):
    qtbot.keyClick(diverged, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: diverged.session.experiment.training.learning_rate == 0.3, timeout=PATIENCE)


def test_what_was_taken_back_or_done_again_is_said(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    window.file_dialogs.new("zeros_as_weights")
    assert line(window).currentMessage() == "New: Zeros as weights"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line(window).currentMessage() == "Taken back: New: Zeros as weights"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert line(window).currentMessage() == "Done again: New: Zeros as weights"


def test_a_long_sentence_is_cut_and_widens_nothing(make_window: WindowMaker):
    window = make_window(Experiment())
    window.resize(window.minimumSize())
    width = window.width()
    line(window).say("a sentence that goes on " * 30)
    window.layout().activate()
    assert window.width() == width
    assert window.minimumSizeHint().width() <= width
    assert line(window).sentence.width() < width


def test_without_a_point_there_is_no_loss_to_name(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    qtbot.mouseClick(window.data.panel.draw, Qt.MouseButton.LeftButton)
    status = window.statusBar()
    assert isinstance(status, StatusLine)
    qtbot.waitUntil(lambda: "loss – " in status._state.text())
    assert "nan" not in status._state.text()
