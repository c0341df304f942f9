"""Two viewers that ask for different things of one kind get an answer each, at rest and while it trains."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.session.session import Session
from nnplay.training.experiment import DataSpec, Experiment
from nnplay.training.probes.confusion import ConfusionProbe
from nnplay.training.probes.outputs import SampleOutputsProbe
from nnplay.training.probes.probe import Probe, Probes
from nnplay.training.run_control import RunControl
from nnplay.training.snapshot import Snapshot
from tests.gui.window_hands import PATIENCE

CIRCLES = Experiment(data=DataSpec(kind="circles", samples=60, train_share=0.5))
SAMPLES = (SampleOutputsProbe((0.5, 1.0)), SampleOutputsProbe((-2.0, 0.25)))
MATRICES = (ConfusionProbe("training"), ConfusionProbe("test"))


class Watcher(QWidget):
    """A viewer of one probe."""

    def __init__(self, probe: Probe[object]) -> None:
        super().__init__()
        self.probe = probe
        self.needs: Probes = frozenset({probe})
        self.frames: list[Snapshot] = []

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.frames.append(snapshot)

    @property
    def answer(self) -> object:
        return self.frames[-1].answer(self.probe)


@pytest.fixture
def session(make_session: Callable[[Experiment], Session]) -> Session:
    return make_session(CIRCLES)


@pytest.fixture
def watch(qtbot: QtBot, session: Session) -> Callable[[tuple[Probe[object], ...]], list[Watcher]]:
    """Viewers of these probes, side by side."""

    def make(probes: tuple[Probe[object], ...]) -> list[Watcher]:
        viewers = [Watcher(probe) for probe in probes]
        for viewer in viewers:
            qtbot.addWidget(viewer)
            session.add_viewer(viewer)
            viewer.show()
        qtbot.waitUntil(lambda: all(viewer.frames for viewer in viewers), timeout=PATIENCE)
        return viewers

    return make


def test_two_samples(session: Session, watch: Callable[..., list[Watcher]]):
    for viewer in watch(SAMPLES):
        expected = session.trainer.network.forward([viewer.probe.sample])[0]
        np.testing.assert_array_equal(viewer.answer, expected)


def test_two_confusion_sets(watch: Callable[..., list[Watcher]]):
    assert [viewer.answer.sample_set for viewer in watch(MATRICES)] == ["training", "test"]


def test_while_it_trains(qtbot: QtBot, session: Session, watch: Callable[..., list[Watcher]]):
    viewers = watch((*SAMPLES, *MATRICES))
    for viewer in viewers:
        viewer.frames.clear()
    session.toggle_training()
    qtbot.waitUntil(lambda: all(len(viewer.frames) > 3 for viewer in viewers), timeout=PATIENCE)
    one, other, training, test = (viewer.answer for viewer in viewers)
    assert one is not None
    assert other is not None
    assert one != other
    assert [training.sample_set, test.sample_set] == ["training", "test"]


def test_what_two_viewers_need_is_measured_once(watch: Callable[..., list[Watcher]], monkeypatch: pytest.MonkeyPatch):
    asked: list[Probes] = []
    look = RunControl.look
    monkeypatch.setattr(RunControl, "look", lambda control, probes: asked.append(probes) or look(control, probes))
    one, other = watch((ConfusionProbe("test"), ConfusionProbe("test")))
    assert one.answer is other.answer
    assert asked[-1] == {ConfusionProbe("test")}


def test_at_rest_there_is_an_answer_at_once_and_none_from_under_a_worker(qtbot: QtBot, session: Session):
    probe = SAMPLES[0]
    seen = session.look(frozenset({probe}))
    assert seen is not None
    np.testing.assert_array_equal(seen.answer(probe), session.trainer.network.forward([probe.sample])[0])
    session.toggle_training()
    assert session.look(frozenset({probe})) is None
    session.pause()
    qtbot.waitUntil(lambda: not session.running, timeout=PATIENCE)
    assert session.look(frozenset({probe})) is not None
