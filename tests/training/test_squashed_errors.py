"""Squared errors of squashed outputs as a choice of an experiment."""

import pytest

from nnplay.errors import InputError
from nnplay.experiments.worked.edits import with_loss
from nnplay.experiments.worked.from_run import example_of
from nnplay.training.edits import with_data_set, with_value
from nnplay.training.effects import Effect, effect_of
from nnplay.training.experiment import Experiment
from nnplay.training.prepared import prepare
from nnplay.training.trainer import Trainer


def squared(output: str) -> Experiment:
    return with_value(with_value(Experiment(seed=1), "model.loss", "mean_squared_error"), "model.output", output)


@pytest.mark.parametrize(("output", "outputs"), [("own", 1), ("sigmoid", 1), ("softmax", 2)])
def test_the_tutorials_network_learns_xor_with_it(output: str, outputs: int) -> None:
    experiment = with_value(squared(output), "training.learning_rate", 0.5 if output == "own" else 3.0)
    trainer = Trainer(experiment)
    assert experiment.layer_sizes == trainer.network.layer_sizes == (2, 4, outputs)
    for _ in range(1500):
        trainer.run_epoch()
    assert trainer.figures.train.accuracy == 1.0
    assert trainer.figures.train.loss < 0.02


def test_another_output_is_a_fresh_start() -> None:
    before, after = squared("own"), squared("softmax")
    assert effect_of(before, after, prepare(before), prepare(after)) is Effect.FRESH_START


def test_a_number_as_a_target_has_none_and_the_other_losses_have_their_own() -> None:
    plane = with_value(with_data_set(squared("sigmoid"), "plane"), "model.output", "sigmoid")
    with pytest.raises(InputError, match=r"model\.output"):
        prepare(plane)
    assert with_data_set(squared("sigmoid"), "plane").model.output == "own"
    own = with_value(Experiment(), "model.output", "softmax")
    assert Trainer(own).network.layer_sizes == (2, 4, 1)
    with pytest.raises(InputError, match="output"):
        with_value(Experiment(), "model.output", "tanh")


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_a_step_of_it_is_worked_by_hand(output: str) -> None:
    trainer = Trainer(squared(output))
    example = example_of(trainer)
    trace = example.network().trace_step(example.inputs, example.targets, example.make_optimizer())
    assert trace.loss == pytest.approx(trainer.coming_step().loss)
    assert with_loss(example, "mean_squared_error").output == "own"
