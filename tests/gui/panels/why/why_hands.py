"""What tests of the diagnosis in the window do with their hands."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.why.panel import WhyPanel
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment
from nnplay.training.trainer import Trainer

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
PATIENCE = 30_000
LEFT = Qt.MouseButton.LeftButton
XOR = Experiment(seed=5)
"""[2, 4, 1] of ReLU, whose hidden layer gives three of the four points the same outputs."""


def told(window: MainWindow) -> str:
    """The rule whose finding the window tells; "" where it tells none."""
    finding = window.session.findings.told
    return "" if finding is None else finding.rule


def found(window: MainWindow) -> list[str]:
    """The rules that find something."""
    return [finding.rule for finding in window.session.findings.found]


def panel_of(window: MainWindow) -> WhyPanel:
    """The panel, brought to the front."""
    window.place("why").raise_()
    return window.panel("why")


def asked(window: MainWindow, question: Callable[[Trainer], object]) -> object:
    """What the run says between two steps."""
    return window.session.ask(question).result()


def loss(window: MainWindow) -> float:
    """Of the training set."""
    return float(asked(window, lambda trainer: trainer.figures.train.loss))  # type: ignore[arg-type]


def train_until_told(qtbot: QtBot, press: Press, window: MainWindow, rule: str) -> None:
    """Press Space, and wait for the finding of a rule to be told."""
    press(window, "Space")
    qtbot.waitUntil(lambda: told(window) == rule, timeout=PATIENCE)
    qtbot.waitUntil(window.banner.isVisible, timeout=PATIENCE)


def pause(qtbot: QtBot, press: Press, window: MainWindow) -> None:
    """Press Space, and wait until the run rests."""
    press(window, "Space")
    qtbot.waitUntil(lambda: not window.session.running, timeout=PATIENCE)
