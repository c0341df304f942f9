"""The check on a run: its network as it is, the batch that comes next, and the run left to the bit as it was."""

import numpy as np
import pytest

from nnplay.data.drawing import empty_drawing
from nnplay.errors import InputError
from nnplay.nn import NeuralNetwork
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.gradient_check import MOST, check_step, places_to_check, step_to_check
from nnplay.training.moment import Moment
from nnplay.training.step_walk import StepWalk
from nnplay.training.trainer import Trainer

EXPERIMENTS = {
    "XOR": Experiment(seed=42),
    "batch norm, penalties, dropout": Experiment(
        data=DataSpec(kind="circles", samples=40),
        model=ModelSpec(
            hidden_layers=(HiddenLayer(units=4, activation="tanh"), HiddenLayer(units=3, activation="relu")),
            batch_norm=True,
            dropout=0.4,
        ),
        training=TrainingSpec(batch_size=8, l1=0.01, l2=0.02, clip_norm=0.1, optimizer="adam", learning_rate=0.01),
    ),
    "32 bits, balanced": Experiment(
        data=DataSpec(kind="circles", samples=40),
        model=ModelSpec(hidden_layers=(HiddenLayer(units=4, activation="tanh"),), dtype="float32"),
        training=TrainingSpec(batch_size=8, class_weights="balanced"),
    ),
}


def trained(name: str, steps: int = 7) -> Trainer:
    trainer = Trainer(EXPERIMENTS[name])
    for _ in range(steps):
        trainer.step()
    return trainer


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_gradient_is_right_and_the_run_goes_on_as_if_nobody_had_looked(name: str) -> None:
    trainer, other = trained(name), trained(name)
    found = check_step(step_to_check(trainer))
    assert found.beyond == 0
    assert found.comparison.compared.sum() > len(found.comparison.places) // 2
    assert found.verdict.startswith("Backpropagation is right: the largest relative error is ")
    for each in (trainer, other):
        each.step()
    np.testing.assert_array_equal(trainer.network.parameters, other.network.parameters)
    assert trainer.network.generator.bit_generator.state == other.network.generator.bit_generator.state
    assert Moment.of(trainer).epoch == Moment.of(other).epoch


def test_the_worst_is_first_and_what_was_skipped_is_last() -> None:
    comparison = check_step(step_to_check(trained("XOR", 0))).comparison
    compared = int(comparison.compared.sum())
    assert 0 < compared < 17
    assert comparison.compared[:compared].all()
    assert (np.diff(comparison.errors[:compared]) <= 0).all()


def test_the_batch_is_that_of_the_next_step() -> None:
    trainer = trained("batch norm, penalties, dropout")
    step = step_to_check(trainer)
    trace = trainer.trace_step()
    np.testing.assert_array_equal(step.X, trace.inputs)
    np.testing.assert_array_equal(step.network.parameters, trace.parameters_before)


@pytest.mark.parametrize("through", [False, True])
def test_in_a_walk_it_is_the_step_that_is_walked_through(through: bool) -> None:
    trainer = trained("batch norm, penalties, dropout")
    walk = StepWalk(trainer)
    if through:
        walk.go_to(len(walk.phases) - 1)
    step = step_to_check(trainer, walk.trace)
    np.testing.assert_array_equal(step.X, walk.trace.inputs)
    np.testing.assert_array_equal(step.network.parameters, walk.trace.parameters_before)
    found = check_step(step)
    assert found.beyond == 0
    assert "The step is the one that is walked through" in found.scope


def test_what_is_told_of_it() -> None:
    first = check_step(step_to_check(trained("XOR", 0)))
    assert first.scope == [
        "13 of 17 parameters, each moved by ±1e−5, on a batch of 4 samples",
        "4 are skipped, since a kink lies in between",
        "The step is the one that comes after 0 epochs",
    ]
    assert {first.reason(row) for row in range(17)} == {"", "kink of ReLU in layer 1"}
    noisy = check_step(step_to_check(trained("batch norm, penalties, dropout")))
    assert "Dropout is left out, which would be another draw each time" in noisy.scope


def test_a_wrong_gradient_is_told_and_stands_first(monkeypatch: pytest.MonkeyPatch) -> None:
    fill = NeuralNetwork.training_loss

    def wrong(self: NeuralNetwork, X: np.ndarray, Y: np.ndarray, weights: np.ndarray | None = None) -> object:
        loss = fill(self, X, Y, weights)
        self.gradient_views.weights[1][2, 0] += 1e-3
        return loss

    step = step_to_check(trained("XOR", 3))
    monkeypatch.setattr(NeuralNetwork, "training_loss", wrong)
    found = check_step(step)
    assert found.beyond == 1
    assert found.verdict.startswith("1 gradient is further off than 1e−6: the largest relative error is 0.")
    assert step.network.layout.name(int(found.comparison.places[0])) == "weights[1][2, 0]"


def test_of_a_large_network_a_part_of_each_array_is_checked() -> None:
    trainer = Trainer(
        Experiment(
            data=DataSpec(kind="digits", samples=100, classes=10),
            model=ModelSpec(hidden_layers=(HiddenLayer(units=32),), loss="categorical_cross_entropy"),
            training=TrainingSpec(batch_size=16, learning_rate=0.01),
        )
    )
    step = step_to_check(trainer)
    places = places_to_check(step)
    size, network = trainer.network.parameters.size, step.network
    assert 100 < len(places) <= MOST < size
    assert len(set(places.tolist())) == len(places)
    parts = [network.layout.parts(int(place)) for place in places]
    kinds = {(part.kind, part.layer) for part in parts}
    assert kinds == {("weights", 0), ("biases", 0), ("weights", 1), ("biases", 1)}
    network.gradients(step.X, step.Y)
    assert int(np.argmax(np.abs(network.gradient))) in places.tolist()
    found = check_step(step)
    assert found.beyond == 0
    assert found.scope[1] == "These are the largest gradients of each layer and others spread over it"


def test_where_there_is_nothing_to_train_on_it_is_said() -> None:
    with pytest.raises(InputError, match="no training samples"):
        step_to_check(Trainer(Experiment(data=DataSpec(kind=YOURS, table=empty_drawing()))))
