"""Each sample's gradient against the network's own, and its pushes against what the answers did."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnplay.nn import OPTIMIZERS, NeuralNetwork, make_optimizer
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.influence import Influence, SampleGradients, gradients_of_losses, gradients_of_outputs
from nnplay.training.influence.rates import rate_of
from nnplay.training.record import ExperimentEdit, MomentReader, Recording, UnitEdit
from nnplay.training.trainer import Trainer

N = 12
NETWORKS = [
    ([2, 5, 4, 1], "tanh", "binary_cross_entropy", "own"),
    ([3, 6, 1], "relu", "binary_cross_entropy", "own"),
    ([2, 4, 3], "gelu", "categorical_cross_entropy", "own"),
    ([2, 4, 1], "elu", "mean_squared_error", "own"),
    ([2, 4, 2], "tanh", "mean_squared_error", "sigmoid"),
    ([2, 4, 3], "tanh", "mean_squared_error", "softmax"),
    ([2, 1], "relu", "binary_cross_entropy", "own"),
]


def made(sizes: list[int], activation: str, loss: str, output: str, **more: Any) -> NeuralNetwork:
    network = NeuralNetwork(sizes, activation, loss, output=output, seed=4, **more)
    network.parameters[...] += 0.1 * np.random.default_rng(0).standard_normal(network.layout.size)
    return network


def samples_for(sizes: list[int], loss: str, output: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    generator = np.random.default_rng(1)
    X = generator.standard_normal((N, sizes[0]))
    if loss == "categorical_cross_entropy" or output == "softmax":
        return X, np.eye(sizes[-1])[generator.integers(0, sizes[-1], N)]
    return X, generator.integers(0, 2, (N, sizes[-1])).astype(float)


@pytest.mark.parametrize(("sizes", "activation", "loss", "output"), NETWORKS)
def test_each_samples_gradient_is_that_of_a_batch_of_it_alone(
    sizes: list[int], activation: str, loss: str, output: str
) -> None:
    network = made(sizes, activation, loss, output, dropout=0.0)
    X, Y = samples_for(sizes, loss, output)
    weights = np.random.default_rng(2).uniform(0.0, 2.0, N)
    if len(sizes) > 2:
        network.set_unit_enabled(0, 1, enabled=False)
    found = gradients_of_losses(network, X, Y, weights)
    probe = np.random.default_rng(3).standard_normal(network.layout.size)
    for n in range(N):
        network.gradients(X[n : n + 1], Y[n : n + 1], weights[n : n + 1])
        np.testing.assert_allclose(found.one(n), network.gradient, rtol=1e-12, atol=1e-15)
        assert found.times(probe)[n] == pytest.approx(network.gradient @ probe, rel=1e-10)
    network.gradients(X, Y, weights)
    mean = np.mean([found.one(n) for n in range(N)], axis=0)
    np.testing.assert_allclose(mean, network.gradient, rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("batch_norm", [False, True])
@pytest.mark.parametrize(("sizes", "activation", "loss", "output"), NETWORKS)
def test_the_gradients_are_slopes_also_with_batch_norm_held_by_its_running_statistics(
    sizes: list[int], activation: str, loss: str, output: str, batch_norm: bool
) -> None:
    """By differences of what the network computes for one sample, in the direction of a vector."""
    network = made(sizes, activation, loss, output, batch_norm=batch_norm, dropout=0.4)
    for mean, variance in zip(network.running_means, network.running_variances, strict=True):
        mean[...], variance[...] = 0.2, 1.7
    X, Y = samples_for(sizes, loss, output)
    start, last = network.parameters.copy(), sizes[-1] - 1
    state = network.generator.bit_generator.state
    direction = np.random.default_rng(5).standard_normal(len(start))
    losses, outputs = gradients_of_losses(network, X, Y), gradients_of_outputs(network, X, last)
    wanted = losses.times(direction), outputs.times(direction)
    assert network.generator.bit_generator.state == state
    step, ends = 1e-6, []
    for sign in (-1.0, 1.0):
        network.parameters[...] = start + sign * step * direction
        each = [network.evaluate(X[n : n + 1], Y[n : n + 1]) for n in range(N)]
        ends.append((np.array([loss for loss, _ in each]), np.array([found[0, last] for _, found in each])))
    for low, high, slopes in zip(*ends, wanted, strict=True):
        np.testing.assert_allclose((high - low) / (2.0 * step), slopes, rtol=1e-5, atol=1e-8)


MODEL = ModelSpec(hidden_layers=(HiddenLayer(units=6, activation="tanh"),))
MOONS = Experiment(
    data=DataSpec(kind="moons", samples=40, noise=0.1), model=MODEL, training=TrainingSpec(learning_rate=0.05)
)
PLACES = ((1.0, 0.5), (-1.0, 2.0), (0.0, -1.5))


def recorded(experiment: Experiment, epochs: int) -> Recording:
    record = Recording(Trainer(experiment))
    for _ in range(epochs):
        record.trainer.run_epoch()
    return record


def pushes_of(record: Recording) -> Influence:
    influence = Influence(MomentReader(record), record.trainer)
    while not influence.is_complete:
        influence.go_on(0.01)
    return influence


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"training.class_weights": "balanced"},
        {"training.batch_size": 10, "training.learning_rate": 0.001},
        {"model.loss": "categorical_cross_entropy"},
        {"training.optimizer": "momentum", "training.learning_rate": 0.0004},
        {"data.kind": "sine_ridge", "model.loss": "mean_squared_error", "data.standardize_target": True},
    ],
    ids=["plain", "balanced", "batches", "softmax", "momentum", "regression"],
)
def test_all_pushes_together_are_what_the_answer_changed(values: dict[str, object]) -> None:
    """Where steps are small; the error is one of first order in their size."""
    experiment = with_value(MOONS, "training.learning_rate", 0.004)
    for path, value in values.items():
        experiment = with_value(experiment, path, value)
    record = recorded(experiment, 200)
    influence, prepared = pushes_of(record), record.trainer.prepared
    for place in PLACES:
        found = influence.at(prepared.on_plane(np.array([place])))
        changed = found.after - found.before
        assert found.explained == pytest.approx(changed, abs=0.05 * max(abs(changed), 0.1))


@pytest.mark.parametrize("path, value", [("seed", 0), ("model.loss", "categorical_cross_entropy")])
def test_one_plain_step_is_told_to_first_order(path: str, value: object) -> None:
    """A tenth of the rate has a hundredth of the error, or less."""
    errors = []
    for rate in (0.1, 0.01):
        record = Recording(Trainer(with_value(with_value(MOONS, "training.learning_rate", rate), path, value)))
        record.trainer.step()
        found = pushes_of(record).at(record.trainer.prepared.on_plane(np.array([PLACES[0]])))
        assert found.after != found.before
        errors.append(abs(found.explained - (found.after - found.before)))
    assert errors[1] < errors[0] / 80


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_gradient_that_lasts_is_updated_by_this_rate(name: str) -> None:
    gradient = np.array([0.3, -2.0, 1e-3])
    optimizer = make_optimizer(name, learning_rate=0.01)
    first = rate_of(optimizer)
    assert (first is None) == (name in {"adagrad", "rmsprop", "adam", "adamw"})
    for _ in range(300):
        optimizer.update(np.zeros(3), gradient)
    rate = rate_of(optimizer)
    assert rate is not None
    np.testing.assert_allclose(optimizer.last_update, rate * gradient, rtol=1e-3)


def test_a_push_is_what_the_run_without_the_sample_lacks() -> None:
    """Of a short run, which a sample changes little: trained again with a weight of nothing for it."""
    record = recorded(MOONS, 20)
    trained = record.trainer
    data = trained.prepared
    X = data.on_plane(np.array([PLACES[0]]))
    found = pushes_of(record).at(X)
    lacking = []
    for left_out in range(0, len(data.X_train), 3):
        weights = np.ones(len(data.X_train))
        weights[left_out] = 0.0
        network = Trainer(MOONS).network
        network.train(data.X_train, data.Y_train, 20, learning_rate=0.05, sample_weights=weights)
        lacking.append(found.after - float(network.forward(X)[0, 0]))
    assert np.corrcoef(lacking, found.values[::3])[0, 1] > 0.95


def test_samples_are_known_again_after_the_points_were_edited() -> None:
    record = recorded(with_value(MOONS, "data.train_share", 1.0), 30)
    table, X = record.trainer.prepared.table, record.trainer.prepared.on_plane(np.array([PLACES[0]]))
    old = pushes_of(record).at(X)
    kept = np.arange(len(table))[:4:-1]  # without the first five, in another order
    own = DataSpec(kind="yours", table=table.select(kept), train_share=1.0)
    record.edit(ExperimentEdit(values={"data": own}), "points erased")
    new = pushes_of(record).at(X)
    assert len(new.values) == len(kept)
    np.testing.assert_allclose(new.values, old.values[kept], rtol=0.01)


def test_an_adaptive_run_has_pushes_from_its_start_on() -> None:
    record = recorded(with_value(MOONS, "training.optimizer", "adam"), 30)
    influence = Influence(MomentReader(record), record.trainer, moments=10)
    while not influence.share:
        influence.go_on(1e-9)
    assert 0.0 < influence.share < 1.0
    found = influence.at(record.trainer.prepared.on_plane(np.array([PLACES[1]])))
    assert not found.values.any()  # of one moment alone there is no way yet
    influence.go_on()
    found = influence.at(record.trainer.prepared.on_plane(np.array([PLACES[1]])))
    assert np.isfinite(found.values).all()
    assert found.values.any()


def test_moments_that_are_asked_together_are_each_what_it_is_alone() -> None:
    """With batch norm, a unit switched off on the way, and then points erased: three kinds of moments."""
    experiment = with_value(with_value(MOONS, "model.batch_norm", True), "training.optimizer", "adam")
    record = Recording(Trainer(with_value(experiment, "data.train_share", 1.0)))
    table = record.trainer.prepared.table
    edits = (
        UnitEdit(layer=0, unit=2, enabled=False),
        ExperimentEdit(values={"data": DataSpec(kind="yours", table=table.select(np.arange(35)), train_share=1.0)}),
    )
    for edit in (*edits, None):
        for _ in range(8):
            record.trainer.step()
        if edit is not None:
            record.edit(edit, "an edit")
    influence, reader = pushes_of(record), MomentReader(record)
    X = record.trainer.prepared.on_plane(np.array([PLACES[0]]))
    values, before, kinds = np.zeros(35), None, set()
    for step in influence.steps:
        run = reader.run_at(step)
        network, data = run.network.copy(), run.prepared
        kinds.add((len(data.X_train), network.disabled_units))
        gradients = gradients_of_losses(network, data.X_train, data.Y_train, run.sample_weights)
        wanted, rate = gradients_of_outputs(network, X, 0).one(0), rate_of(run.optimizer)

        def pushed(
            rate: Any, gradients: SampleGradients = gradients, wanted: NDArray[np.float64] = wanted
        ) -> NDArray[np.float64]:
            """By a step at this moment; the samples that there still are come first."""
            return -gradients.times(wanted * rate)[:35] / len(gradients.inputs[0])

        if before is not None:
            half = 0.5 * (step - before[0])
            lasting = rate if before[2] is None else before[2]  # an optimiser whose memory is empty has no rate yet
            values += half * (before[1](lasting) + pushed(lasting))
        before = (step, pushed, rate)
    assert len(kinds) == 3
    np.testing.assert_allclose(influence.at(X).values, values, rtol=1e-10, atol=1e-14)
    assert values.any()
