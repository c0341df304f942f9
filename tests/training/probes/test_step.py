"""The step that comes next and a sample in it, beside it, or anywhere else; the run stays as it is, to the bit."""

import msgspec
import numpy as np
import pytest

from nnplay.training.edits import with_data_set, with_units
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.moment import Moment
from nnplay.training.probes.outputs import SetOutputsProbe
from nnplay.training.probes.step import OwnStepProbe, SamplePlace, StepLook, StepProbe
from nnplay.training.run_control import Goal, RunControl
from nnplay.training.shadow import ProbedRun
from nnplay.training.trainer import Trainer

replace = msgspec.structs.replace
LAYERS = (HiddenLayer(units=4, activation="tanh"), HiddenLayer(units=3, activation="relu"))


def trainer_of(batch_size: int | None = None, *, precision: str = "float64", **model: object) -> Trainer:
    data = DataSpec(kind="circles", samples=60, features=("x1", "x2", "sin(x1)"), standardize=True, train_share=0.7)
    spec = ModelSpec(hidden_layers=LAYERS, dtype=precision, **model)
    training = TrainingSpec(batch_size=batch_size, optimizer="adam", l2=0.01, clip_norm=0.1)
    return Trainer(Experiment(data=data, model=spec, training=training))


def looked(trainer: Trainer) -> ProbedRun:
    run = ProbedRun(trainer)
    run.look(full_speed=False, running=False)
    return run


def sample(trainer: Trainer, index: int) -> tuple[float, ...]:
    return tuple(map(float, trainer.prepared.table.inputs[index]))


def look(trainer: Trainer, point: tuple[float, ...] | None) -> StepLook:
    answer = StepProbe(point).measure(looked(trainer))
    assert answer is not None
    return answer


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_a_sample_of_the_batch_has_its_row(precision: str) -> None:
    trainer = trainer_of(precision=precision)
    for place, index in enumerate(trainer.prepared.train):
        found = look(trainer, sample(trainer, index))
        assert (found.row, found.place) == (place, SamplePlace.IN_BATCH)
        assert found.sample == (found.batch, place)
        assert found.comes_back


@pytest.mark.parametrize("batch_size", [None, 7])
@pytest.mark.parametrize("model", [{}, {"batch_norm": True, "dropout": 0.4}])
def test_to_look_leaves_the_run_as_it_is_to_the_bit(batch_size: int | None, model: dict[str, object]) -> None:
    trainer, other = trainer_of(batch_size, **model), trainer_of(batch_size, **model)
    points = [None, (0.3, 0.4), *(sample(trainer, index) for index in range(0, 60, 7))]
    for point in points:
        trainer.step()
        other.step()
        run = looked(trainer)
        before = SetOutputsProbe("test").measure(run)
        step = StepProbe(point).measure(run)
        assert step is not None
        after = SetOutputsProbe("test").measure(run)
        np.testing.assert_array_equal(before, after)
        np.testing.assert_array_equal(run.network.parameters, trainer.network.parameters)
        OwnStepProbe(step.batch, point).measure(run)
    one, two = Moment.of(trainer), Moment.of(other)
    for mine, its in zip(one.arrays(), two.arrays(), strict=True):
        np.testing.assert_array_equal(mine, its)
    assert trainer.network.generator.bit_generator.state == other.network.generator.bit_generator.state


def test_the_step_is_the_one_that_comes() -> None:
    trainer = trainer_of(7, dropout=0.4)
    seen = look(trainer, None).batch
    made = trainer.trace_step()
    np.testing.assert_array_equal(seen.parameters_after, made.parameters_after)
    np.testing.assert_array_equal(seen.layers[0].mask, made.layers[0].mask)


@pytest.mark.parametrize("which", ["train", "test"])
def test_a_sample_of_another_batch_or_of_the_test_set_has_a_step_of_its_own(which: str) -> None:
    trainer = trainer_of(7, dropout=0.4)
    trainer.step()
    batch = look(trainer, None).batch
    indices = getattr(trainer.prepared, which)
    X = trainer.prepared.as_seen(trainer.prepared.table.inputs[indices])
    index = next(i for i, x in enumerate(X) if not (batch.inputs == x).all(axis=1).any())
    found = look(trainer, sample(trainer, indices[index]))
    assert found.place is (SamplePlace.OTHER_BATCH if which == "train" else SamplePlace.TEST)
    assert found.row is None
    assert found.comes_back
    own, row = found.sample or (found.batch, 0)
    assert (len(own.inputs), row) == (1, 0)
    np.testing.assert_array_equal(own.inputs[0], X[index])
    assert all(layer.mask is None for layer in own.layers), "without dropout"
    copy = trainer.network.copy()
    copy.dropout = 0.0
    Y = getattr(trainer.prepared, f"Y_{which}")[index : index + 1]
    loss, weights, _ = copy.gradients(X[index : index + 1], Y)
    assert own.loss == pytest.approx(loss)
    np.testing.assert_allclose(own.layers[0].inputs.T @ own.layers[0].delta, copy_data_gradient(copy, X, Y, index))
    assert weights[0].shape == own.layers[0].weight_gradient.shape


def copy_data_gradient(copy: object, X: np.ndarray, Y: np.ndarray, index: int) -> np.ndarray:
    """∂ℓ/∂W of the first layer without penalty."""
    copy.l2, copy.clip_norm = 0.0, None
    return copy.gradients(X[index : index + 1], Y)[1][0]


@pytest.mark.parametrize("batch_norm", [False, True])
def test_a_free_place_has_a_way_forward_only(batch_norm: bool) -> None:
    trainer = trainer_of(20, batch_norm=batch_norm, dropout=0.4)
    for _ in range(5):
        trainer.step()
    found = look(trainer, (0.25, -0.5))
    assert found.place is SamplePlace.FREE
    assert not found.comes_back
    own, _ = found.sample or (found.batch, 0)
    outputs = trainer.network.forward(trainer.prepared.as_seen(np.array([[0.25, -0.5]])))
    np.testing.assert_array_equal(own.outputs, outputs)
    for layer, nxt in zip(own.layers, own.layers[1:], strict=False):
        z = layer.z if layer.norm is None else layer.norm.output
        np.testing.assert_allclose(layer.derivative, {"tanh": 1 - layer.a**2, "relu": z > 0}[layer.activation])
        np.testing.assert_array_equal(layer.outputs, nxt.inputs)
        if layer.norm is not None:
            centred = (layer.z - layer.norm.mean) / np.sqrt(layer.norm.variance + 1e-5)
            np.testing.assert_allclose(layer.norm.normalized, centred)
    assert np.isnan(own.layers[0].delta).all()


def test_with_batch_norm_a_sample_beside_the_batch_goes_forward_with_the_running_statistics() -> None:
    trainer = trainer_of(20, batch_norm=True)
    trainer.step()
    found = look(trainer, sample(trainer, int(trainer.prepared.test[0])))
    assert found.place is SamplePlace.TEST
    assert not found.comes_back
    own, _ = found.sample or (found.batch, 0)
    np.testing.assert_array_equal(own.layers[0].norm.mean, trainer.network.running_means[0])


def test_a_walk_s_step_stays_the_one_that_is_shown_when_it_is_made() -> None:
    trainer = trainer_of(7)
    batch = trainer.coming_step()
    point = sample(trainer, int(trainer.prepared.test[0]))
    probe = OwnStepProbe(batch, point)
    before = probe.measure(looked(trainer))
    assert before is not None
    assert before.batch is batch
    assert before.own is not None
    trainer.step()
    after = probe.measure(looked(trainer))
    assert after is not None
    assert (after.batch, after.own) == (batch, None), "the network is another one now"


def test_samples_of_other_data_and_none_at_all() -> None:
    trainer = trainer_of()
    assert look(trainer, (1.0, 2.0, 3.0)).sample is None
    assert look(trainer, None).place is SamplePlace.NONE


def test_a_paused_run_is_looked_at_with_the_bits_of_its_step() -> None:
    """Products of this size are shared by several threads where nobody keeps them from it, and round otherwise."""
    experiment = with_units(with_data_set(Experiment(), "digits"), 0, 128)
    control = RunControl(Trainer(replace(experiment, training=replace(experiment.training, batch_size=None))))
    looked_at = control.look(frozenset({StepProbe()})).answer(StepProbe())
    assert looked_at is not None
    control.run(Goal.BATCH)
    np.testing.assert_array_equal(looked_at.batch.parameters_after, control.trainer.network.parameters)
