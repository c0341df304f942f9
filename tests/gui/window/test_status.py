"""What the status line says, suggests and counts."""

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.status import StatusLine, figures_text
from nnplay.resources import resource_path
from nnplay.training.experiment import Experiment
from nnplay.training.history import Figures, Metrics
from nnplay.training.run_control import RunState
from tests.gui.window_hands import step

replace = msgspec.structs.replace
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
    assert text == "loss 1.45e−5 · penalty 3.21e−4 · accuracy 100.0 % · test loss 2.50e7 · test accuracy 50.0 %"


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


def test_what_was_undone_or_redone_is_said(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    window.file_dialogs.new("zeros_as_weights")
    assert line(window).currentMessage() == "New: Zeros as weights"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line(window).currentMessage() == "Undo: New: Zeros as weights"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert line(window).currentMessage() == "Redo: New: Zeros as weights"


def test_a_long_sentence_is_cut_and_widens_nothing(make_window: WindowMaker):
    window = make_window(Experiment())
    window.resize(window.minimumSize())
    width = window.width()
    line(window).say("a sentence that goes on " * 30)
    window.layout().activate()
    assert window.width() == width
    assert window.minimumSizeHint().width() <= width
    assert line(window).sentence.width() < width


def test_after_a_divergence_the_last_finite_figures_stay(qtbot: QtBot, diverged: MainWindow):
    figures = diverged.session.trainer.figures
    qtbot.waitUntil(lambda: line(diverged)._state.text().endswith(figures_text(figures)))
    assert line(diverged)._state.text().startswith("Diverged")
    assert "inf" not in line(diverged)._state.text()


def test_loss_penalty_and_accuracy_of_a_run_with_l2_are_read_off(
    qtbot: QtBot, make_window: WindowMaker, press: Callable[[MainWindow, str], None]
):
    circles = read_document(resource_path("presets/circles.nnplay")).experiment
    window = make_window(replace(circles, training=replace(circles.training, l2=0.01)))
    step(qtbot, window, press, 5)
    prepared, network = window.session.prepared, window.session.trainer.network
    penalty = 0.5 * 0.01 * sum(float((weights**2).sum()) for weights in network.weights)
    loss, outputs = network.evaluate(prepared.X_train, prepared.Y_train)
    hit = float(np.mean((outputs > 0.5) == (prepared.Y_train > 0.5)))
    wanted = f"loss {loss:.4f} · penalty {penalty:.4f} · accuracy {100 * hit:.1f} %"
    assert penalty > 0.001
    qtbot.waitUntil(lambda: wanted in line(window)._state.text())


def test_without_a_point_there_is_no_loss_to_name(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    qtbot.mouseClick(window.panel("data").draw, Qt.MouseButton.LeftButton)
    status = window.statusBar()
    assert isinstance(status, StatusLine)
    qtbot.waitUntil(lambda: "loss – " in status._state.text())
    assert "nan" not in status._state.text()


def test_figures_that_change_do_not_lay_the_line_out_again(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(read_document(resource_path("presets/circles.nnplay")).experiment)
    state = line(window)._state
    texts: set[str] = set()
    widths: set[int] = set()

    def seen() -> int:
        texts.add(state.text())
        widths.add(state.width())
        return len(texts)

    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: state.text().startswith("Training ·"), timeout=PATIENCE)
    qtbot.waitUntil(lambda: seen() >= 20, timeout=PATIENCE)
    assert len(widths) <= 4, "room that grows and shrinks in steps"
    qtbot.keyClick(window, Qt.Key.Key_Space)
