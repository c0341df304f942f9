"""Panels that nobody looks at at first: they are made when somebody does, or wants something of them."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.inspector.panel import InspectorPanel
from nnplay.gui.panels.space.panel import SpacePanel
from nnplay.gui.panels.training.panel import TrainingPanel
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.diagnosis import Where
from nnplay.training.experiment import Experiment

Press = Callable[[MainWindow, str], None]


def made(window: MainWindow) -> set[type[QWidget]]:
    """Which of these panels are there."""
    return {kind for kind in (TrainingPanel, InspectorPanel, SpacePanel) if window.findChildren(kind)}


def test_each_is_made_when_it_is_opened(
    qtbot: QtBot, make_window: Callable[[Experiment], MainWindow], press: Press
) -> None:
    window = make_window(Experiment())
    assert made(window) == set()
    with qtbot.waitSignal(window.session.refused) as refused:
        window.pictures.export("space")
    assert refused.args == ["Hidden space is closed: the View menu brings it back"]
    press(window, "Alt+6")
    qtbot.waitUntil(lambda: made(window) == {InspectorPanel} and window.panel("inspector").isVisible())
    window.place("training").raise_()
    qtbot.waitUntil(lambda: made(window) == {InspectorPanel, TrainingPanel} and window.panel("training").isVisible())


def test_what_is_wanted_of_them_reaches_them(qtbot: QtBot, make_window: Callable[[Experiment], MainWindow]) -> None:
    window = make_window(Experiment())
    window.session.requests.option.emit("training.learning_rate")
    panel = window.panel("training")
    assert isinstance(panel, TrainingPanel)
    qtbot.waitUntil(panel.boxes["learning_rate"].hasFocus)
    assert not window.panel("inspector").isVisible()
    window = make_window(Experiment())
    window.session.requests.proof.emit(Where.SPACE)
    qtbot.waitUntil(lambda: bool(window.findChildren(SpacePanel)) and window.panel("space").isVisible())
