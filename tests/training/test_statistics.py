"""Statistics of the layers against plain NumPy, and the proof that a run that is watched is the run nobody watches."""

import math

import msgspec
import numpy as np
import pytest

from nnplay.experiments import read_document
from nnplay.nn import accuracy
from nnplay.resources import resource_path
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.observer import Observer
from nnplay.training.prepared import PreparedData
from nnplay.training.snapshot import SnapshotRequest
from nnplay.training.statistics import (
    BINS,
    MOST_SAMPLES,
    CalmEnd,
    RunStatistics,
    layer_activations,
    root_mean_square,
)
from nnplay.training.trainer import Trainer

replace = msgspec.structs.replace
EVERYTHING = SnapshotRequest(gradients=True, activations=True, confusion="test", test=True)
OF_THE_TRAINING_SET = SnapshotRequest(gradients=True, activations=True, confusion="training")
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=120, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=5, activation="tanh"), HiddenLayer(units=4, activation="relu"))),
    training=TrainingSpec(l1=0.002, l2=0.03, learning_rate=0.1, batch_size=15),
    seed=4,
)
WILD = replace(
    CIRCLES,
    model=replace(CIRCLES.model, batch_norm=True, dropout=0.4),
    training=replace(CIRCLES.training, optimizer="adam", learning_rate=0.01, clip_norm=0.5, batch_size=14),
)
REGRESSION = Experiment(data=DataSpec(kind="plane", samples=60), model=ModelSpec(loss="mean_squared_error"))


def preset(name: str) -> Experiment:
    return read_document(resource_path(f"presets/{name}.nnplay")).experiment


def plain_backpropagation(trainer: Trainer) -> list[np.ndarray]:
    """∂/∂W of the mean binary cross-entropy plus penalty for a tanh and a ReLU layer, written out."""
    (W1, W2, W3), (b1, b2, b3) = trainer.network.weights, trainer.network.biases
    X, Y = trainer.prepared.X_train, trainer.prepared.Y_train
    a1 = np.tanh(X @ W1 + b1)
    z2 = a1 @ W2 + b2
    a2 = np.maximum(z2, 0)
    delta3 = (1 / (1 + np.exp(-(a2 @ W3 + b3))) - Y) / len(X)
    delta2 = delta3 @ W3.T * (z2 > 0)
    delta1 = delta2 @ W2.T * (1 - a1**2)
    data = [X.T @ delta1, a1.T @ delta2, a2.T @ delta3]
    training = trainer.experiment.training
    pairs = zip(data, (W1, W2, W3), strict=True)
    return [gradient + training.l2 * W + training.l1 * np.sign(W) for gradient, W in pairs]


@pytest.mark.parametrize("experiment", [CIRCLES, WILD], ids=["plain", "dropout, batch norm, clipping, adam"])
def test_a_run_that_is_watched_is_the_one_that_is_not(experiment: Experiment):
    watched, alone = Trainer(experiment), Trainer(experiment)
    observer = Observer(watched)
    for number in range(60):
        watched.step()
        before = watched.network.gradient.copy()
        snapshot = observer.snapshot(EVERYTHING if number % 3 else OF_THE_TRAINING_SET)
        assert snapshot.gradients is not None
        assert snapshot.confusion is not None
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


def test_gradients_are_those_of_plain_backpropagation():
    trainer = Trainer(CIRCLES)
    for _ in range(3):
        trainer.run_epoch()
    found = RunStatistics(trainer).gradients()
    expected = [np.sqrt(np.mean(gradient**2)) for gradient in plain_backpropagation(trainer)]
    np.testing.assert_allclose(found.sizes, expected, rtol=1e-12)
    assert (found.samples, found.of) == (60, 60)


def test_ten_sigmoid_layers_let_the_gradient_vanish():
    sizes = RunStatistics(Trainer(preset("ten_sigmoid_layers"))).gradients().sizes
    assert len(sizes) == 11
    assert 0 < sizes[0] < 1e-4 * sizes[-1]


def test_zero_weights_have_a_gradient_of_exactly_zero():
    sizes = RunStatistics(Trainer(preset("zeros_as_weights"))).gradients().sizes
    assert (sizes[:-1] == 0).all()


def test_many_samples_are_thinned_evenly():
    trainer = Trainer(replace(preset("digits"), data=replace(preset("digits").data, samples=1000)))
    found = RunStatistics(trainer).gradients()
    assert (found.samples, found.of) == (MOST_SAMPLES, len(trainer.prepared.X_train))
    places = np.linspace(0, found.of - 1, MOST_SAMPLES).astype(int)
    twin = trainer.network.copy()
    _, gradients, _ = twin.gradients(trainer.prepared.X_train[places], trainer.prepared.Y_train[places])
    np.testing.assert_allclose(found.sizes, [np.sqrt(np.mean(g**2)) for g in gradients], rtol=1e-10)


def test_what_is_measured_follows_the_network_and_nothing_else():
    trainer = Trainer(CIRCLES)
    statistics = RunStatistics(trainer)
    first = statistics.gradients()
    assert statistics.gradients() is first
    trainer.step()
    second = statistics.gradients()
    assert second is not first
    trainer.network.set_unit_enabled(0, 1, False)
    third = statistics.gradients()
    assert third.sizes[0] != second.sizes[0]
    trainer.network.l2 = 0.0
    assert statistics.gradients().sizes[0] != third.sizes[0]


@pytest.mark.parametrize("scale", [1e-200, 1e-170, 1.0, 1e200])
def test_the_root_mean_square_of_tiny_and_of_huge_numbers(scale: float):
    assert root_mean_square(scale * np.array([3.0, -4.0])) == pytest.approx(scale * math.sqrt(12.5), rel=1e-12)


def test_the_root_mean_square_of_no_number():
    assert root_mean_square(np.zeros(3)) == 0.0
    assert math.isnan(root_mean_square(np.array([1.0, math.nan])))
    assert root_mean_square(np.array([1.0, -math.inf])) == math.inf


def test_activations_against_plain_numpy():
    trainer = Trainer(CIRCLES)
    found = RunStatistics(trainer).activations()
    (W1, W2, _), (b1, b2, _) = trainer.network.weights, trainer.network.biases
    a1 = np.tanh(trainer.prepared.X_train @ W1 + b1)
    a2 = np.maximum(a1 @ W2 + b2, 0)
    first, second = found.layers
    assert (first.mean, first.deviation) == pytest.approx((a1.mean(), a1.std()), rel=1e-12)
    assert (second.mean, second.deviation) == pytest.approx((a2.mean(), a2.std()), rel=1e-12)
    assert first.saturated == np.mean(np.abs(a1) > 0.96)
    assert first.dead is None
    assert second.dead == int((a2 == 0).all(axis=0).sum())
    assert second.saturated is None
    for layer, answers in ((first, a1), (second, a2)):
        np.testing.assert_array_equal(layer.counts, np.histogram(answers, BINS, found.span)[0])
        assert layer.counts.sum() == answers.size


def test_units_that_are_off_do_not_count():
    trainer = Trainer(CIRCLES)
    trainer.network.set_unit_enabled(0, 2, False)
    layer = RunStatistics(trainer).activations().layers[0]
    assert layer.units == 4
    assert layer.counts.sum() == 4 * 60
    for unit in range(5):
        trainer.network.set_unit_enabled(0, unit, False)
    layer = RunStatistics(trainer).activations().layers[0]
    assert layer.units == 0
    assert math.isnan(layer.mean)


@pytest.mark.parametrize(
    ("activation", "answers", "saturated", "dead"),
    [
        ("sigmoid", [[0.01, 0.5], [0.99, 0.979]], 0.5, None),
        ("tanh", [[-0.97, 0.0], [0.95, 0.99]], 0.5, None),
        ("elu", [[-0.99, 5.0], [-0.5, 80.0]], 0.25, None),
        ("relu", [[0.0, 0.0], [0.0, 2.0]], None, 1),
        ("silu", [[-1e-9, -0.2], [0.0, 2.0]], None, 1),
        ("leaky_relu", [[-0.01, 0.0], [0.0, 0.0]], None, None),
        ("identity", [[0.0, 0.0], [0.0, 0.0]], None, None),
    ],
)
def test_what_counts_as_saturated_and_as_dead(
    activation: str, answers: list[list[float]], saturated: float | None, dead: int | None
):
    layer = layer_activations(activation, np.array(answers), (-1.0, 1.0))
    assert (layer.saturated, layer.dead) == (saturated, dead)
    assert layer.counts.sum() == 4


def test_the_span_is_the_bounds_where_there_are_two_and_rests_otherwise():
    tanh = replace(CIRCLES, model=replace(CIRCLES.model, hidden_layers=(HiddenLayer(units=3, activation="tanh"),)))
    assert RunStatistics(Trainer(tanh)).activations().span == (-1.0, 1.0)
    end = CalmEnd()
    assert [end.fit(needed) for needed in (0.7, 0.9, 1.1, 0.8, 2.5, 0.5, math.inf, 0.0)] == [1, 1, 2, 2, 3, 0.5, 0.5, 0]


def test_no_hidden_layer_has_no_activations():
    flat = replace(CIRCLES, model=replace(CIRCLES.model, hidden_layers=()))
    assert RunStatistics(Trainer(flat)).activations().layers == ()


@pytest.mark.parametrize("sample_set", ["training", "test"])
@pytest.mark.parametrize("name", ["circles", "spirals"])
def test_confusion_by_counting(name: str, sample_set: str):
    experiment = preset(name)
    if name == "spirals":
        data = replace(experiment.data, classes=4, train_share=0.7)
        experiment = replace(experiment, data=data, model=replace(experiment.model, loss="categorical_cross_entropy"))
    trainer = Trainer(experiment)
    for _ in range(5):
        trainer.run_epoch()
    found = RunStatistics(trainer).confusion(sample_set)
    prepared = trainer.prepared
    indices = prepared.train if sample_set == "training" else prepared.test
    X = prepared.X_train if sample_set == "training" else prepared.X_test
    outputs = trainer.network.forward(X)
    answers = outputs.argmax(axis=1) if outputs.shape[1] > 1 else (outputs[:, 0] > 0.5).astype(int)
    labels = prepared.table.labels[indices]
    expected = np.zeros_like(found.counts)
    for label, answer in zip(labels, answers, strict=True):
        expected[label, answer] += 1
    np.testing.assert_array_equal(found.counts, expected)
    assert found.samples == found.of == len(indices)


def test_the_diagonal_is_the_accuracy():
    trainer = Trainer(CIRCLES)
    trainer.run_epoch()
    found = RunStatistics(trainer).confusion("test")
    prepared: PreparedData = trainer.prepared
    right = accuracy(trainer.network.forward(prepared.X_test), prepared.Y_test)
    assert found.counts.trace() / found.samples == right


def test_what_can_not_be_measured_is_none():
    assert RunStatistics(Trainer(REGRESSION)).confusion("training") is None
    everything_trains = replace(CIRCLES, data=replace(CIRCLES.data, train_share=1.0))
    assert RunStatistics(Trainer(everything_trains)).confusion("test") is None


def test_nothing_is_measured_unasked(monkeypatch: pytest.MonkeyPatch):
    trainer = Trainer(CIRCLES)
    observer = Observer(trainer)
    monkeypatch.setattr(RunStatistics, "_follow", lambda _: pytest.fail("it was measured"))
    snapshot = observer.snapshot(SnapshotRequest())
    assert (snapshot.gradients, snapshot.activations, snapshot.confusion) == (None, None, None)
