"""The example of a run is the step that it would make on the sample that is looked at."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.errors import InputError
from nnplay.experiments.worked.edits import with_loss, with_optimizer, with_sizes, with_target
from nnplay.experiments.worked.example import MOST_SAMPLES, TEACHERS, step_of
from nnplay.experiments.worked.from_run import example_of
from nnplay.nn import LOSSES, OPTIMIZERS
from nnplay.training.edits import with_units
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.trainer import Trainer


def trained(experiment: Experiment, steps: int = 3) -> Trainer:
    trainer = Trainer(experiment)
    for _ in range(steps):
        trainer.step()
    return trainer


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_small_batch_is_the_coming_step_to_the_last_bit(optimizer: str) -> None:
    training = TrainingSpec(optimizer=optimizer, learning_rate=0.05, l2=0.01, clip_norm=0.5)
    trainer = trained(Experiment(training=training))
    coming, trace = trainer.coming_step(), step_of(example_of(trainer)).trace
    assert trace.loss == coming.loss
    assert trace.step == coming.step
    np.testing.assert_array_equal(trace.parameters_after, coming.parameters_after)


def test_batch_norm_and_32_bits_too() -> None:
    trainer = trained(Experiment(model=ModelSpec(batch_norm=True, dtype="float32")))
    coming, trace = trainer.coming_step(), step_of(example_of(trainer)).trace
    np.testing.assert_array_equal(trace.parameters_after, coming.parameters_after)


def test_the_chosen_sample_alone_is_worked() -> None:
    trainer = trained(Experiment())
    example = example_of(trainer, (1.0, 0.0))
    assert example.inputs == ((1.0, 0.0),)
    assert example.targets == ((1.0,),)


def test_a_place_that_is_no_sample_leaves_the_batch() -> None:
    trainer = trained(Experiment())
    assert len(example_of(trainer, (0.3, 0.4)).inputs) == 4


def test_of_a_large_batch_it_is_the_first_sample() -> None:
    trainer = trained(Experiment(data=DataSpec(kind="circles", samples=100)))
    example = example_of(trainer)
    assert example.inputs == (tuple(trainer.prepared.X_train[0].tolist()),)
    with_norm = Experiment(data=DataSpec(kind="circles", samples=100), model=ModelSpec(batch_norm=True))
    assert len(example_of(trained(with_norm)).inputs) == 2


def test_with_batch_norm_the_chosen_sample_comes_with_another() -> None:
    example = example_of(trained(Experiment(model=ModelSpec(batch_norm=True))), (1.0, 1.0))
    assert example.inputs[0] == (1.0, 1.0)
    assert len(example.inputs) == 2
    step_of(example)


def test_a_regressions_target_is_the_standardised_one() -> None:
    table = Table(
        np.array([[1.0], [2.0], [3.0], [9.0], [7.0]]), np.array([10.0, 20.0, 30.0, 90.0, 70.0]), task="regression"
    )
    data = DataSpec(kind="yours", table=table, standardize_target=True, train_share=0.8, plane_inputs=(0, 0))
    trainer = Trainer(Experiment(data=data, model=ModelSpec(loss="mean_squared_error")))
    example = example_of(trainer, (9.0,))
    scale = trainer.prepared.target_standardizer
    assert scale is not None
    assert example.targets == pytest.approx(np.array([[(90.0 - scale.mean[0]) / scale.standard_deviation[0]]]))


def test_a_network_that_is_too_large_is_refused_in_a_sentence() -> None:
    wide = with_units(Experiment(), 0, 7)
    with pytest.raises(InputError, match="units of hidden layer 1 is 7; allowed is a whole number from 1 to 6"):
        example_of(Trainer(wide))
    digits = Experiment(data=DataSpec(kind="digits", samples=100), model=ModelSpec(loss="categorical_cross_entropy"))
    with pytest.raises(InputError, match="the number of inputs is 784"):
        example_of(Trainer(digits))


@pytest.mark.parametrize("sizes", [(1, 1), (3, 2, 1), (2, 4, 3, 2), (2, 1), (4, 6, 6, 6, 3), (2, 2, 2)])
@pytest.mark.parametrize("loss", LOSSES)
def test_every_size_and_loss_can_be_typed(sizes: tuple[int, ...], loss: str) -> None:
    example = with_loss(with_sizes(TEACHERS, sizes, MOST_SAMPLES), loss)
    assert example.sizes[:-1] == sizes[:-1]
    assert len(example.inputs) == MOST_SAMPLES
    assert np.isfinite(step_of(example).after.loss)


def test_what_fits_stays_when_sizes_change() -> None:
    example = with_sizes(TEACHERS, (2, 3, 1), 2)
    assert [row[:2] for row in example.weights[0]] == list(TEACHERS.weights[0])
    assert example.weights[1][:2] == TEACHERS.weights[1]
    assert example.inputs[0] == TEACHERS.inputs[0]
    assert with_sizes(example, TEACHERS.sizes, 1) == TEACHERS


def test_targets_of_classes_still_add_up_to_one() -> None:
    example = with_loss(with_sizes(TEACHERS, (2, 2, 3), 1), "categorical_cross_entropy")
    assert example.targets == ((1.0, 0.0, 0.0),)
    assert with_target(example, 0, 2, 1.0).targets == ((0.0, 0.0, 1.0),)
    assert sum(with_target(example, 0, 1, 0.25).targets[0]) == 1.0
    step_of(with_target(example, 0, 0, 0.0))


def test_another_optimiser_begins_anew() -> None:
    trainer = trained(Experiment(training=TrainingSpec(optimizer="adam", learning_rate=0.01)))
    example = example_of(trainer)
    assert example.steps == 3
    assert with_optimizer(example, "adam") == example
    other = with_optimizer(example, "rmsprop")
    assert (other.steps, other.memory) == (0, ())
    assert dict(other.numbers).keys() == {"rho", "epsilon"}


def test_a_layer_that_is_taken_out_leaves_the_others() -> None:
    deep = Experiment(model=ModelSpec(hidden_layers=(HiddenLayer(3, "tanh"), HiddenLayer(2, "sigmoid"))))
    example = example_of(Trainer(deep))
    shallow = with_sizes(example, (2, 3, 1), 4)
    assert shallow.activations == ("tanh",)
    assert shallow.weights[0] == example.weights[0]
