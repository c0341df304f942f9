"""What nobody looks at at first is made when somebody does, or wants something of it, and stands as if it had been."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.paint.line_plot import LinePlot
from nnplay.gui.panels.inspector.panel import InspectorPanel
from nnplay.gui.panels.output.digits.view import DigitsPanel
from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.panels.plots.confusion import ConfusionTab
from nnplay.gui.panels.plots.panel import PlotsPanel
from nnplay.gui.panels.plots.tabs import TABS
from nnplay.gui.panels.space.panel import SpacePanel
from nnplay.gui.panels.training.panel import TrainingPanel
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.diagnosis import Where
from nnplay.training.experiment import DataSpec, Experiment
from tests.gui.window_hands import step

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


def test_a_tab_of_the_plots_is_made_as_the_others_are_seen(
    qtbot: QtBot, make_window: Callable[[Experiment], MainWindow], press: Press
) -> None:
    window = make_window(Experiment(data=DataSpec(kind="circles", samples=40, train_share=0.5)))
    plots = window.panel("plots")
    assert isinstance(plots, PlotsPanel)
    assert window.panel("plots").findChildren(LinePlot) == [plots.tab.plot]
    step(qtbot, window, press, 4)
    window.session.timeline.look_at_epoch(2)
    window.session.network_edits.set_bias(0, 0, 0.5)
    step(qtbot, window, press, 1)
    plots.switches.epochs.click()
    assert plots.tab.plot is not None
    plots.tab.plot.zoom(0.5)
    least, first = plots.pages.minimumSize(), plots.tab.plot
    for index, kind in enumerate(TABS):
        if plots.tabs.isTabVisible(index):
            qtbot.mouseClick(plots.tabs, Qt.MouseButton.LeftButton, pos=plots.tabs.tabRect(index).center())
            assert type(plots.tab) is kind
            assert plots.pages.currentWidget() is plots.tab
            needed = plots.tab.minimumSizeHint().expandedTo(plots.tab.minimumSize())
            assert needed.boundedTo(least) == needed, "nothing moves when it is opened"
        if plots.tabs.isTabVisible(index) and (plot := plots.tab.plot) is not None:
            assert plot.epochs is first.epochs and plot.view_box.viewRange()[0] == first.view_box.viewRange()[0]
            assert [ghost.name for ghost in plot._ghosts.ghosts] == ["First run"]
            assert plot._epochs.tolist() == first._epochs.tolist()
    assert len(plots.findChildren(LinePlot)) == 2, "regression has the others"
    assert plots.findChild(ConfusionTab).sample_set == "test"


def test_the_pad_is_made_with_the_first_pictures(make_window: Callable[[Experiment], MainWindow], press: Press) -> None:
    window = make_window(Experiment())
    output = window.panel("output")
    assert isinstance(output, OutputPanel)
    press(window, "F11")
    assert not output.findChildren(DigitsPanel)
    window.file_dialogs.new("digits")
    assert output.digits.isVisible()
    assert not output.digits.clear.isVisible(), "before a class there is the pad alone"
    press(window, "F11")
    assert output.digits.clear.isVisible()
    assert output.digits.bars.isVisible()
    press(window, "Ctrl+Z")
    assert output.canvas.isVisible()
    assert not output.digits.isVisible()
