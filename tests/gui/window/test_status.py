"""What the status line says, suggests and counts."""

from collections.abc import Callable
from dataclasses import replace as replaced

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.widgets.number_format import glance_text
from nnplay.gui.window.layout import DEFAULT_SIZE, SMALLEST_SIZE
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.status import StatusLine, misclassified_text
from nnplay.resources import resource_path
from nnplay.training.experiment import DataSpec, Experiment
from nnplay.training.history import Figures, Metrics
from nnplay.training.prepared import prepare
from nnplay.training.run_control import RunState

replace = msgspec.structs.replace
WindowMaker = Callable[[Experiment], MainWindow]
PATIENCE = 30_000


PREPARED = prepare(Experiment(data=DataSpec(kind="circles", samples=250, train_share=0.8)))


def test_what_is_misclassified_is_counted():
    figures = Figures(3, Metrics(0.25, 0.985), Metrics(0.5, 0.9), 0.125)
    assert misclassified_text(figures, PREPARED) == "3 of 200 misclassified · test 5 of 50"
    assert misclassified_text(replaced(figures, test=None), PREPARED) == "3 of 200 misclassified"


def test_of_numbers_none_is_misclassified():
    assert misclassified_text(Figures(0, Metrics(1.0, None, 0.5), None, 0.0), PREPARED) == ""


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


def test_a_run_that_diverges_suggests_a_tenth_of_its_rate_which_learns(qtbot: QtBot, diverged: MainWindow):
    session, bar = diverged.session, line(diverged)
    epoch = session.trainer.epoch
    sentence = f"Diverged at epoch {epoch}: the learning rate 3 is too large for this network"
    assert bar.currentMessage() == sentence
    assert bar.suggestion_button.isVisible()
    assert bar.suggestion_button.accessibleName() == "Go back and use 0.3"
    qtbot.mouseClick(bar.suggestion_button, Qt.MouseButton.LeftButton)
    assert session.experiment.training.learning_rate == 0.3
    assert not bar.suggestion_button.isVisible()
    qtbot.waitUntil(lambda: session.trainer.epoch > epoch, timeout=PATIENCE)
    assert session.running
    qtbot.waitUntil(lambda: session.trainer.figures.train.loss < 0.05, timeout=PATIENCE)


def test_going_back_is_one_step_that_can_be_undone(qtbot: QtBot, diverged: MainWindow):
    session = diverged.session
    weights, epoch = session.trainer.network.parameters.copy(), session.trainer.epoch
    qtbot.mouseClick(line(diverged).suggestion_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(diverged, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    assert session.undo_stack.count() == 1
    qtbot.keyClick(diverged, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.experiment.training.learning_rate == 3.0
    assert session.trainer.epoch == epoch
    np.testing.assert_array_equal(session.trainer.network.parameters, weights)


@pytest.mark.parametrize("button", ["reset", "new_start", "step"])
def test_the_suggestion_is_gone_once_anything_else_happens(qtbot: QtBot, diverged: MainWindow, button: str):
    qtbot.mouseClick(getattr(diverged.transport, button), Qt.MouseButton.LeftButton)
    assert not line(diverged).suggestion_button.isVisible()


def test_a_suggestion_is_taken_by_its_key(qtbot: QtBot, diverged: MainWindow):
    qtbot.keyClick(diverged, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: diverged.session.experiment.training.learning_rate == 0.3, timeout=PATIENCE)


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


@pytest.fixture
def small(make_window: WindowMaker) -> MainWindow:
    """The smallest window, with the training panel in front."""
    window = make_window(read_document(resource_path("presets/circles.nnplay")).experiment)
    window.resize(*SMALLEST_SIZE)
    window.place("training").raise_()
    return window


def type_rate(qtbot: QtBot, window: MainWindow, text: str) -> None:
    box = window.panel("training").boxes["learning_rate"]
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def colour_of(window: MainWindow) -> str:
    return line(window).sentence.palette().windowText().color().name().upper()


def test_a_refusal_is_read_to_its_end_in_the_smallest_window(qtbot: QtBot, small: MainWindow):
    sentence, usual = line(small).sentence, colour_of(small)
    type_rate(qtbot, small, "1e400")
    whole = "Learning rate is '1e400'; allowed is a number above 0 and at most 1000"
    assert sentence.text() == sentence.toolTip() == sentence.accessibleDescription() == whole
    qtbot.waitUntil(lambda: sentence.width() >= sentence.fontMetrics().horizontalAdvance(whole))
    assert colour_of(small) == small.session.theme.palette.alarm.upper() != usual


def test_after_a_refusal_the_figures_come_back(qtbot: QtBot, small: MainWindow):
    bar, usual = line(small), colour_of(small)
    type_rate(qtbot, small, "fast")
    assert not bar._state.isVisible()
    bar._read.timeout.emit()  # its seconds are over
    assert bar._state.isVisible()
    type_rate(qtbot, small, "slow")
    assert not bar._state.isVisible()
    type_rate(qtbot, small, "0.25")
    assert bar._state.isVisible()
    assert colour_of(small) == usual
    assert bar.currentMessage() == "Learning rate 0.25: applied at once"


def test_after_a_divergence_the_last_finite_figures_stay(qtbot: QtBot, diverged: MainWindow):
    session = diverged.session
    qtbot.waitUntil(lambda: line(diverged)._state.text() == "Diverged")  # of a regression nothing is misclassified
    assert diverged.transport.loss.train.text() == glance_text(session.trainer.figures.train.loss)


@pytest.mark.parametrize("size", [SMALLEST_SIZE, DEFAULT_SIZE])
def test_what_is_suggested_is_not_cut_by_the_figures(qtbot: QtBot, make_window: WindowMaker, size: tuple[int, int]):
    circles = read_document(resource_path("presets/circles.nnplay")).experiment
    training = replace(circles.training, learning_rate=1000.0, l2=1000.0)
    window = make_window(replace(circles, training=training))
    window.resize(*size)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: line(window).suggestion_button.isVisible(), timeout=PATIENCE)
    sentence, state = line(window).sentence, line(window)._state
    qtbot.waitUntil(lambda: sentence.width() >= sentence.fontMetrics().horizontalAdvance(sentence.text()))
    assert "misclassified" in state.text()


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
