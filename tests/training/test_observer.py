"""A snapshot answers what was asked, each question for itself, and looking changes nothing of the run."""

from dataclasses import dataclass

import numpy as np
import pytest

from nnplay.nn import NeuralNetwork
from nnplay.training.experiment import Experiment
from nnplay.training.observer import Observer
from nnplay.training.prepared import prepare
from nnplay.training.probes.activations import ActivationsProbe
from nnplay.training.probes.confusion import ConfusionProbe
from nnplay.training.probes.curves import CurvesProbe
from nnplay.training.probes.gradients import GradientSizes, GradientsProbe
from nnplay.training.probes.maps import MapsProbe
from nnplay.training.probes.outputs import SampleOutputsProbe, SetOutputsProbe
from nnplay.training.probes.place import PlaceProbe
from nnplay.training.probes.probe import Probe, Probes
from nnplay.training.probes.weights import WeightsProbe
from nnplay.training.shadow import ProbedRun
from nnplay.training.trainer import Trainer
from tests.training.probes.runs import CIRCLES, WILD, replace, trained

OF_BOTH_SETS: Probes = frozenset(
    {
        MapsProbe(),
        CurvesProbe(),
        WeightsProbe(),
        GradientsProbe(),
        ActivationsProbe(),
        SampleOutputsProbe((0.5, -1.0)),
        PlaceProbe(0.5, -1.0),
        SetOutputsProbe("test"),
    }
)
EVERYTHING = OF_BOTH_SETS | {ConfusionProbe("test")}
OF_THE_TRAINING_SET = OF_BOTH_SETS | {ConfusionProbe("training")}


@pytest.mark.parametrize("experiment", [CIRCLES, WILD], ids=["plain", "dropout, batch norm, clipping, adam"])
def test_a_run_that_is_watched_is_the_one_that_is_not(experiment: Experiment):
    watched, alone = Trainer(experiment), Trainer(experiment)
    observer = Observer(watched)
    for number in range(60):
        watched.step()
        before = watched.network.gradient.copy()
        probes = EVERYTHING if number % 3 else OF_THE_TRAINING_SET
        snapshot = observer.snapshot(probes)
        assert all(snapshot.answer(probe) is not None for probe in probes)
        np.testing.assert_array_equal(watched.network.gradient, before)
        alone.step()
    np.testing.assert_array_equal(watched.network.parameters, alone.network.parameters)
    np.testing.assert_array_equal(watched.history.rows(), alone.history.rows())
    states = [trainer.network.state() for trainer in (watched, alone)]
    assert states[0].generator == states[1].generator
    for one, other in zip(states[0].running_means, states[1].running_means, strict=True):
        np.testing.assert_array_equal(one, other)
    for one, other in zip(states[0].running_variances, states[1].running_variances, strict=True):
        np.testing.assert_array_equal(one, other)
    memories = [trainer.optimizer.snapshot().arrays for trainer in (watched, alone)]
    for name, array in memories[0].items():
        np.testing.assert_array_equal(array, memories[1][name])


def test_two_samples_have_two_answers_and_two_sets_two_matrices():
    trainer = trained(CIRCLES)
    samples = [SampleOutputsProbe((0.5, 1.0)), SampleOutputsProbe((-2.0, 0.25))]
    matrices = [ConfusionProbe("training"), ConfusionProbe("test")]
    snapshot = Observer(trainer).snapshot(frozenset({*samples, *matrices}))
    for probe in samples:
        np.testing.assert_array_equal(snapshot.answer(probe), trainer.network.forward([probe.sample])[0])
    assert [snapshot.answer(probe).sample_set for probe in matrices] == ["training", "test"]


def test_the_same_question_is_one_probe():
    snapshot = Observer(Trainer(CIRCLES)).snapshot(frozenset({SampleOutputsProbe((0.5, 1.0)), MapsProbe()}))
    assert snapshot.answer(SampleOutputsProbe((0.5, 1.0))) is not None
    assert snapshot.answer(SampleOutputsProbe((0.5, 1.5))) is None
    assert len(frozenset({MapsProbe()}) | {MapsProbe()} | {CurvesProbe()}) == 2


def gradients_of(observer: Observer) -> GradientSizes:
    sizes = observer.snapshot(frozenset({GradientsProbe(), MapsProbe()})).answer(GradientsProbe())
    assert sizes is not None
    return sizes


def test_what_is_measured_follows_the_network_and_nothing_else():
    trainer = Trainer(CIRCLES)
    observer = Observer(trainer)
    first = gradients_of(observer)
    assert gradients_of(observer) is first
    trainer.step()
    observer.snapshot(frozenset({MapsProbe(), WeightsProbe()}))
    second = gradients_of(observer)
    assert second is not first
    trainer.network.set_unit_enabled(0, 1, False)
    third = gradients_of(observer)
    assert third.sizes[0] != second.sizes[0]
    trainer.network.l2 = 0.0
    assert gradients_of(observer).sizes[0] != third.sizes[0]


def test_what_is_measured_follows_the_data():
    trainer = Trainer(CIRCLES)
    observer = Observer(trainer)
    first = gradients_of(observer)
    other = replace(CIRCLES, data=replace(CIRCLES.data, seed=9))
    trainer.apply(other, prepare(other))
    assert gradients_of(observer).sizes[0] != first.sizes[0]


def test_nothing_is_measured_unasked(monkeypatch: pytest.MonkeyPatch):
    trainer = Trainer(CIRCLES)
    for way in ("copy", "forward", "layer_outputs", "evaluate", "training_loss"):
        monkeypatch.setattr(NeuralNetwork, way, lambda *_, **__: pytest.fail("it was measured"))
    monkeypatch.setattr(trainer.history, "rows", lambda: pytest.fail("the history was copied"))
    snapshot = Observer(trainer).snapshot(frozenset())
    assert snapshot.figures.epoch == 0
    assert snapshot.answers == {}
    assert snapshot.answer(GradientsProbe()) is None


@dataclass(frozen=True)
class LargestWeight(Probe[float]):
    """A probe that nobody else knows."""

    layer: int

    def measure(self, run: ProbedRun) -> float:
        return float(np.abs(run.trainer.network.weights[self.layer]).max())


def test_a_probe_of_ones_own_is_answered_too():
    trainer = Trainer(CIRCLES)
    snapshot = Observer(trainer).snapshot(frozenset({LargestWeight(0), LargestWeight(2)}))
    for layer in (0, 2):
        assert snapshot.answer(LargestWeight(layer)) == np.abs(trainer.network.weights[layer]).max()
