"""Frames: who isn't seen costs nothing, and a click on Pause is the end of them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.session import frames as frame_timer
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from nnplay.training.observer import Observer
from nnplay.training.probes.curves import CurvesProbe
from nnplay.training.probes.gradients import GradientsProbe
from nnplay.training.probes.maps import MapsProbe
from nnplay.training.probes.probe import Probes
from nnplay.training.run_control import RunControl
from nnplay.training.snapshot import Snapshot
from nnplay.training.trainer import Trainer
from tests.gui.window_hands import PATIENCE, Press, rests

CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=60, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"),)),
)
WindowMaker = Callable[[Experiment], MainWindow]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Probes]:
    """What running workers are asked for, frame by frame."""
    requests: list[Probes] = []
    open_gate = RunControl.open_gate

    def spy(control: RunControl, probes: Probes | None = None) -> None:
        if probes is not None:
            requests.append(probes)
        open_gate(control, probes)

    monkeypatch.setattr(RunControl, "open_gate", spy)
    return requests


def frames_of(viewer: QWidget, monkeypatch: pytest.MonkeyPatch) -> list[Snapshot]:
    """The snapshots that a viewer is given from now on."""
    frames: list[Snapshot] = []
    show = viewer.show_snapshot

    def spy(snapshot: Snapshot) -> None:
        frames.append(snapshot)
        show(snapshot)

    monkeypatch.setattr(viewer, "show_snapshot", spy)
    return frames


def more(qtbot: QtBot, things: list[object], count: int = 5) -> None:
    """Wait for so many more."""
    wanted = len(things) + count
    qtbot.waitUntil(lambda: len(things) >= wanted, timeout=PATIENCE)


class SlowControl:
    """A run whose snapshot isn't there yet when a frame asks for it first."""

    pausing = False

    def __init__(self, snapshot: Snapshot) -> None:
        self._answers: list[Snapshot | None] = [None, snapshot]

    def take_snapshot(self) -> Snapshot | None:
        return self._answers.pop(0) if self._answers else None

    def close_gate(self) -> None:
        pass

    def open_gate(self, _probes: Probes | None = None) -> None:
        pass


class Watcher(QWidget):
    """A viewer that counts its frames."""

    needs: Probes = frozenset()
    shown = 0

    def show_snapshot(self, _snapshot: Snapshot) -> None:
        self.shown += 1


def test_a_frame_whose_snapshot_is_late_is_not_left_out(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    watcher, regular = Watcher(), list[bool]()
    qtbot.addWidget(watcher)
    watcher.show()
    monkeypatch.setattr(frame_timer, "FRAME_MS", 500)
    timer = frame_timer.FrameTimer(SlowControl(Observer(Trainer(CIRCLES)).snapshot(frozenset())), watcher)
    timer._timer.timeout.connect(lambda: regular.append(True))
    timer.add(watcher)
    timer.start()
    qtbot.waitUntil(lambda: watcher.shown > 0, timeout=PATIENCE)
    assert len(regular) == 1
    timer._timer.stop()
    timer._late.stop()


def test_figures_are_of_one_moment_wherever_they_stand(
    qtbot: QtBot, make_window: WindowMaker, press: Press, monkeypatch: pytest.MonkeyPatch
):
    window = make_window(CIRCLES)
    figures = [frames_of(v, monkeypatch) for v in (window.transport, window.statusBar(), window.panel("plots"))]
    output = frames_of(window.panel("output"), monkeypatch)
    press(window, "Space")
    more(qtbot, output, 12)
    press(window, "Space")
    qtbot.waitUntil(lambda: rests(window), timeout=PATIENCE)
    qtbot.waitUntil(lambda: all(shown[-1] is output[-1] for shown in figures))
    moments = [[id(snapshot) for snapshot in shown] for shown in figures]
    assert moments[0] == moments[1] == moments[2]
    assert len(moments[0]) < len(output)


def test_closed_docks_cost_nothing(
    qtbot: QtBot,
    make_window: WindowMaker,
    press: Press,
    monkeypatch: pytest.MonkeyPatch,
    asked: list[Probes],
):
    window = make_window(CIRCLES)
    output, plots = (frames_of(panel, monkeypatch) for panel in (window.panel("output"), window.panel("plots")))
    others = frames_of(window.panel("network"), monkeypatch)
    press(window, "Space")
    more(qtbot, output)
    more(qtbot, plots)
    assert any(CurvesProbe() in probes for probes in asked)
    press(window, "Alt+4")
    press(window, "Alt+5")
    press(window, "Alt+7")
    qtbot.waitUntil(lambda: not window.panel("output").isVisible() and not window.panel("plots").isVisible())
    seen, requests = (len(output), len(plots)), len(asked)
    more(qtbot, others)
    assert (len(output), len(plots)) == seen
    assert len(asked) > requests
    assert not any(CurvesProbe() in probes for probes in asked[requests + 1 :])
    press(window, "Alt+5")
    more(qtbot, plots)
    assert any(CurvesProbe() in probes for probes in asked[-2:]), "curves are drawn at every second frame"
    assert len(output) == seen[0]


def test_what_only_a_closed_plot_needs_is_not_measured(
    qtbot: QtBot, make_window: WindowMaker, press: Press, asked: list[Probes]
):
    window = make_window(CIRCLES)
    tabs = window.panel("plots").tabs
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(5).center())
    press(window, "Space")
    qtbot.waitUntil(lambda: any(GradientsProbe() in probes for probes in asked), timeout=PATIENCE)
    press(window, "Alt+5")
    requests = len(asked)
    more(qtbot, asked, 20)
    assert not any(GradientsProbe() in probes for probes in asked[requests + 1 :])


@pytest.mark.parametrize("leave", [QWidget.hide, QWidget.showMinimized], ids=["hidden", "minimised"])
def test_a_window_that_is_not_seen_is_asked_for_nothing_and_trains_on(
    qtbot: QtBot,
    make_window: WindowMaker,
    press: Press,
    monkeypatch: pytest.MonkeyPatch,
    asked: list[Probes],
    leave: Callable[[QWidget], None],
):
    window = make_window(CIRCLES)
    panels = (window.panel("output"), window.panel("plots"), window.transport, window.statusBar())
    frames = [frames_of(panel, monkeypatch) for panel in panels]
    press(window, "Space")
    more(qtbot, frames[0])
    leave(window)
    seen, requests, epoch = [len(each) for each in frames], len(asked), window.session.trainer.epoch
    more(qtbot, asked)
    qtbot.waitUntil(lambda: window.session.trainer.epoch > epoch + 5, timeout=PATIENCE)
    assert [len(each) for each in frames] == seen
    assert all(probes == frozenset() for probes in asked[requests + 1 :])
    window.showNormal()
    more(qtbot, frames[0])
    assert MapsProbe() in asked[-1]


def test_after_pause_there_is_one_more_frame(
    qtbot: QtBot, make_window: WindowMaker, press: Press, monkeypatch: pytest.MonkeyPatch
):
    window = make_window(CIRCLES)
    frames = frames_of(window.panel("network"), monkeypatch)
    press(window, "Space")
    more(qtbot, frames)
    shown = len(frames)
    qtbot.mouseClick(window.transport.train, Qt.MouseButton.LeftButton)
    clicked = len(frames)
    assert clicked - shown <= 1, "a click draws nothing by itself"
    qtbot.waitUntil(lambda: rests(window) and frames[-1].figures.epoch == window.session.trainer.epoch)
    with qtbot.waitSignal(window.session.message):  # whatever was still under way comes before this
        press(window, "R")
    before_reset = [frame for frame in frames[clicked:] if frame.figures.epoch]
    assert len(before_reset) <= 1
