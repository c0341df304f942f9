"""What the status line says, suggests and counts."""

from collections.abc import Callable
from dataclasses import replace as replaced

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.widgets.number_format import glance_text
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


def test_a_count_moves_nothing_beside_it_while_a_run_goes_on():
    few, many = (
        Figures(3, Metrics(0.25, 0.985), Metrics(0.5, 0.9), 0.0),
        Figures(3, Metrics(2.0, 0.0), Metrics(2.0, 0.0), 0.0),
    )
    texts = {misclassified_text(figures, PREPARED, steady=True) for figures in (few, many)}
    assert len(texts) == 2
    assert len(set(map(len, texts))) == 1  # figures and figure spaces are equally wide


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


def test_what_was_undone_or_redone_is_said(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    window.file_dialogs.new("zeros_as_weights")
    assert line(window).currentMessage().startswith("New: Zeros as weights. ")
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
    session = diverged.session
    qtbot.waitUntil(lambda: line(diverged)._state.text() == "Diverged")  # of a regression nothing is misclassified
    assert diverged.transport.loss.train.text() == glance_text(session.trainer.figures.train.loss)


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
