"""Facts of a run for the rules: its losses so far, its data, its layers and their units."""

import math

import numpy as np
from numpy.typing import NDArray

from nnplay.data.standardize import CONSTANT
from nnplay.nn import ACTIVATIONS, NeuralNetwork
from nnplay.nn.losses import LossFunction
from nnplay.training.diagnosis.evidence import Course, DataFacts, LayerFacts, UnitsFacts
from nnplay.training.diagnosis.merged import cost, least_loss_of_data, merged_groups
from nnplay.training.diagnosis.steps import sample_squares
from nnplay.training.history import COLUMNS, EPOCH, FIRST, HIGHEST, TRAIN_LOSS
from nnplay.training.parts import network_of
from nnplay.training.probes.activations import DEAD_BELOW
from nnplay.training.probes.gradients import root_mean_square
from nnplay.training.trainer import Trainer

Array = NDArray[np.floating]
Floats = NDArray[np.float64]

TEST_LOSS = COLUMNS.index("test_loss")
SATURATED = 5.0
"""|z| from which sigmoid and tanh are flat: 0.7 % and 0.02 % are left of their slope there."""
MOST_TOLD = 200
"""Samples of a group that are named."""
AS_GOOD_AS_NOTHING = 1e-12
"""Of the loss of outputs that know nothing: where the best constant answer costs less, all targets are the same."""


def course_of(trainer: Trainer, since: float = 0.0) -> Course:
    """The figures that the history keeps, and those of now behind them; see `Course`."""
    rows, figures = trainer.history.rows(), trainer.figures
    first, highest = rows[:, FIRST], rows[:, HIGHEST, TRAIN_LOSS]
    now = figures.epoch + figures.fraction
    first, highest = first[first[:, EPOCH] < now], highest[first[:, EPOCH] < now]
    last = np.array(figures.row())
    return Course(
        epochs=np.append(first[:, EPOCH], now),
        train=np.append(first[:, TRAIN_LOSS], last[TRAIN_LOSS]),
        test=np.append(first[:, TEST_LOSS], last[TEST_LOSS]),
        highest=np.append(highest, last[TRAIN_LOSS]),
        since=since,
        steps=trainer.batches,
    )


def data_facts(trainer: Trainer) -> DataFacts:
    """What the training samples are, whatever the network is."""
    prepared, loss = trainer.prepared, trainer.network.loss_function
    X, Y, weights = prepared.X_train, prepared.Y_train, trainer.sample_weights
    unit = prepared.target_scale**2
    groups = merged_groups(X, Y, tolerance=0.0)
    least = least_loss_of_data(X, Y, loss, weights) * unit if groups else 0.0
    classes = prepared.table.task == "classification"
    labels = prepared.table.labels[prepared.train] if classes else np.empty(0, np.intp)
    guess, unlearnt = loss_of_guess(Y, loss, weights), loss_of_nothing(Y, loss)
    guess = guess if guess > AS_GOOD_AS_NOTHING * unlearnt else 0.0
    return DataFacts(
        guess=guess * unit,
        scale=(guess or unlearnt or 1.0) * unit,
        least=least,
        contradictory=tuple(rows_of(prepared.train, group) for group in groups),
        class_sizes=tuple(np.bincount(labels, minlength=prepared.table.classes).tolist()) if classes else (),
        scales=tuple(_deviations(X).tolist()),
        samples=len(X),
        test_samples=len(prepared.X_test),
    )


def loss_of_guess(Y: Array, loss: LossFunction, weights: Array | None) -> float:
    """The loss of the best constant answer to all samples, H."""
    targets = np.asarray(Y, np.float64)
    counts = np.ones(len(targets)) if weights is None else np.asarray(weights, np.float64)
    answer = (counts @ targets) / counts.sum()
    return float((counts * cost(np.broadcast_to(answer, targets.shape), targets, loss)).mean())


def loss_of_nothing(Y: Array, loss: LossFunction) -> float:
    """The mean loss of logits of 0, as a network has them that has learnt nothing."""
    targets = np.asarray(Y, np.float64)
    outputs = np.zeros_like(targets)
    loss.outputs(outputs.copy(), outputs)
    return float(cost(outputs, targets, loss).mean())


def _deviations(X: Array) -> Floats:
    """(F,) standard deviations; of a feature that is as good as constant 0."""
    values = np.asarray(X, np.float64)
    largest = np.abs(values).max(axis=0, initial=0.0)
    scale = np.where(largest > 0.0, largest, 1.0)
    deviation = (values / scale).std(axis=0)
    return np.where(deviation > CONSTANT, deviation * scale, 0.0)


def layer_facts(trainer: Trainer, network: NeuralNetwork, samples: int) -> tuple[LayerFacts, ...]:
    """Each dense layer of a network whose gradient was just measured on so many samples."""
    last, layout = trainer.optimizer.last_update, network.layout
    updates = layout.views(last).weights if last.shape == network.parameters.shape else [None] * len(network.weights)
    return tuple(
        LayerFacts(
            weights=root_mean_square(weights),
            gradient=root_mean_square(gradient),
            of_samples=float(np.sqrt(squares.mean() / (weights.size + weights.shape[1]))),
            update=None if update is None else root_mean_square(update),
            spread=float(weights.std(axis=1).max(initial=0.0)) if weights.shape[1] > 1 else None,
        )
        for weights, gradient, update, squares in zip(
            network.weights, network.gradient_views.weights, updates, sample_squares(network, samples), strict=True
        )
    )


def start_size(trainer: Trainer) -> float:
    """How large the starting weights were, beside those that keep the size of what goes through; see `Measures`."""
    start = network_of(trainer.experiment, trainer.prepared)
    return max(root_mean_square(weights) * math.sqrt(len(weights)) for weights in start.weights)


def units_facts(network: NeuralNetwork, samples: int) -> tuple[UnitsFacts, ...]:
    """Each hidden layer of a network that has just answered so many samples."""
    layers = zip(network.workspace(samples).hidden, network.hidden_layers, strict=True)
    return tuple(
        _units(layer.activation_inputs, layer.a, units.enabled, units.activation.name) for layer, units in layers
    )


def _units(z: Array, a: Array, enabled: Array, activation: str) -> UnitsFacts:
    kind, on = ACTIVATIONS[activation], np.flatnonzero(enabled)
    dead = on[np.abs(a[:, on]).max(axis=0, initial=0.0) < DEAD_BELOW] if kind.can_die else on[:0]
    far = dead[z[:, dead].max(axis=0, initial=-np.inf) < -SATURATED]
    silent = tuple(dead.tolist()), tuple(far.tolist())
    if kind.bounds is None or not len(on):
        return UnitsFacts(activation, len(on), *silent, None, ())
    flat = z[:, on] < -SATURATED
    if kind.limits is not None:
        flat |= z[:, on] > SATURATED
    shares = flat.mean(axis=0)
    return UnitsFacts(activation, len(on), *silent, float(shares.mean()), tuple(on[shares > 0.5].tolist()))


def rows_of(rows: NDArray[np.intp], places: NDArray[np.intp]) -> tuple[int, ...]:
    """The rows of the table of samples at these places, as many as are told."""
    return tuple(rows[places[:MOST_TOLD]].tolist())
