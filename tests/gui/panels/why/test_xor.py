"""XOR from a start that fails: diagnosed, explained, shown, and solved by the button that the window offers."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.window.main_window import MainWindow
from nnplay.resources import resource_path
from nnplay.training.edits import with_new_start
from nnplay.training.experiment import Experiment

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
PATIENCE = 30_000


def test_a_failing_start_is_solved(qtbot: QtBot, make_window: WindowMaker, press: Press):
    xor = with_new_start(read_document(resource_path("presets/xor.nnplay")).experiment, 5)
    window = make_window(xor)
    session, banner = window.session, window.banner
    press(window, "Space")
    qtbot.waitUntil(lambda: banner.isVisible(), timeout=PATIENCE)
    print(banner.sentence.text(), banner.button.accessibleName())
    qtbot.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.ask(lambda t: t.figures.train.loss).result() < 0.05, timeout=PATIENCE)
    print(session.undo_stack.count())
    qtbot.waitUntil(lambda: not banner.isVisible(), timeout=PATIENCE)
