"""The look at a run: it changes nothing, takes little of the run's time, and is new where the run is another."""

import numpy as np
import pytest

from nnplay.training.diagnosis import findings, probe
from nnplay.training.diagnosis.probe import EvidenceProbe, FloorProbe
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from nnplay.training.observer import Observer
from nnplay.training.trainer import Trainer
from tests.training.diagnosis.runs import HEALTHY, SGD, changed, on
from tests.training.same_run import assert_same

ASKED = frozenset({EvidenceProbe()})


class Clock:
    """A time that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(probe, "time", clock)
    return clock


@pytest.mark.parametrize("experiment", [HEALTHY, changed(SGD, model__dropout=0.3, model__batch_norm=True)])
def test_a_run_that_is_looked_at_takes_the_same_steps(experiment: Experiment) -> None:
    watched, alone = Trainer(experiment), Trainer(experiment)
    observer = Observer(watched)
    for _ in range(8):
        watched.run_epoch()
        alone.run_epoch()
        assert observer.snapshot(ASKED).answer(EvidenceProbe()) is not None
    watched.finish()
    alone.finish()
    assert_same(watched, alone)


def test_a_run_that_goes_on_is_measured_twice_a_second_at_most(clock: Clock) -> None:
    trainer = Trainer(HEALTHY)
    observer = Observer(trainer)

    def looked_at() -> int:
        trainer.run_epoch()
        evidence = observer.snapshot(ASKED, epochs_per_second=100.0).answer(EvidenceProbe())
        assert evidence is not None
        return evidence.epoch

    assert looked_at() == 1
    clock.now += 0.3
    assert looked_at() == 1
    clock.now += 0.3
    assert looked_at() == 3


def test_a_look_that_takes_long_is_made_seldom(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    trainer, measure = Trainer(HEALTHY), probe.measure
    observer = Observer(trainer)

    def slowly(run: object) -> object:
        clock.now += 0.1
        return measure(run)  # type: ignore[arg-type]

    monkeypatch.setattr(probe, "measure", slowly)
    epochs = set()
    for _ in range(20):
        trainer.run_epoch()
        clock.now += 0.6
        evidence = observer.snapshot(ASKED, epochs_per_second=100.0).answer(EvidenceProbe())
        assert evidence is not None
        epochs.add(evidence.epoch)
    assert len(epochs) <= 1 + 20 * 0.6 * probe.SHARE / 0.1


def test_a_paused_run_is_measured_where_it_is_another_one(clock: Clock) -> None:
    trainer = Trainer(SGD)
    observer = Observer(trainer)

    def seen() -> object:
        return observer.snapshot(ASKED).answer(EvidenceProbe())

    first = seen()
    assert seen() is first
    trainer.run_epoch()
    second = seen()
    assert second is not first
    trainer.apply(with_value(SGD, "training.learning_rate", 0.2), trainer.prepared)
    third = seen()
    assert third is not second
    trainer.network.weights[0][0, 0] += 1.0
    assert seen() is not third


def test_the_floor_can_be_asked_for_at_any_time() -> None:
    trainer = Trainer(HEALTHY)
    trainer.run_epoch()
    observer, asked = Observer(trainer), frozenset({FloorProbe()})
    found = observer.snapshot(asked).answer(FloorProbe())
    assert found is not None and found.epochs == 1.0
    assert 0.0 < found.facts.floor < trainer.figures.train.loss
    squared = changed(HEALTHY, model__loss="mean_squared_error", model__output="sigmoid")
    assert Observer(Trainer(squared)).snapshot(asked).answer(FloorProbe()) is None
    empty = Trainer(on(np.empty((0, 2)), np.empty(0)))
    assert Observer(empty).snapshot(asked).answer(FloorProbe()) is None


def test_without_points_there_is_nothing_to_say() -> None:
    observer = Observer(Trainer(on(np.empty((0, 2)), np.empty(0))))
    assert observer.snapshot(ASKED).answer(EvidenceProbe()) is None


def test_a_run_with_numbers_of_any_size_is_measured() -> None:
    trainer = Trainer(HEALTHY)
    trainer.run_epoch()
    for factor in (1e150, 1e150):
        trainer.network.parameters[...] *= factor
        trainer.measure()
        evidence = Observer(trainer).snapshot(ASKED).answer(EvidenceProbe())
        assert evidence is not None
        assert isinstance(findings(evidence), tuple)
