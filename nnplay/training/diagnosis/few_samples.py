"""Whether networks of a shape can learn 20 samples by heart, from any of some starts: else the shape is too small."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from nnplay.data.standardize import CONSTANT
from nnplay.nn import Adam, NeuralNetwork
from nnplay.nn.metrics import class_indices
from nnplay.training.prepared import PreparedData
from nnplay.training.trainer import Trainer

Array = NDArray[np.floating]
Floats = NDArray[np.float64]

FEW, STARTS, STEPS, RATE = 20, 5, 2000, 0.03
LOOK_EVERY = 100
MOST_PARAMETERS, MOST_LAYERS = 2000, 4
"""Larger networks fit 20 samples, and of deeper ones it is the depth that keeps them from it."""
LEFT = 0.15
"""The part of the targets' variance that a fit leaves at most; of classes every one has to be right."""
BENT_AT_0 = ("relu", "leaky_relu", "elu", "gelu", "silu", "softplus")


@np.errstate(all="ignore")  # a start may diverge, and then doesn't fit
def fits_few(trainer: Trainer) -> bool | None:
    """Whether it fits 20 of the training samples without a penalty and dropout, by Adam, all of them in each step.

    It is the shape that is asked about: inputs are standardised, and starts are drawn as fits the activations. It takes
    5 to 20 ms where they fit, and a tenth of a second where they don't. None of a network that is surely large enough,
    and where there are fewer samples that differ.
    """
    network, data = trainer.network, trainer.prepared
    if network.parameters.size > MOST_PARAMETERS or not 0 < len(network.hidden_layers) <= MOST_LAYERS:
        return None
    samples = _few_samples(data)
    if samples is None:
        return None
    X, Y = samples
    stack = NeuralNetwork(
        network.layer_sizes,
        activation=network.activations,
        loss=network.loss_name,
        output=network.output,
        initializer=fitting_initializer(network.activations),
        seed=trainer.experiment.seed,
        stack=STARTS,
    )
    optimizer, classes = Adam(RATE), data.table.task == "classification"
    for step in range(1, STEPS + 1):
        stack.train_step(X, Y, optimizer)
        if step % LOOK_EVERY == 0 and any(_is_fitted(each, Y, classes) for each in stack.evaluate(X, Y)[1]):
            return True
    return False


def fitting_initializer(activations: Collection[str]) -> str:
    """The initialiser that suits hidden layers with these activations."""
    return "he_normal" if set(activations) & set(BENT_AT_0) else "xavier_normal"


def _few_samples(data: PreparedData) -> tuple[Floats, Floats] | None:
    """Of those that differ, 20 that are spread evenly; None where there are fewer."""
    _, first = np.unique(data.X_train, axis=0, return_index=True)
    if len(first) < FEW:
        return None
    places = np.sort(first)[np.linspace(0, len(first) - 1, FEW).astype(np.intp)]
    X, Y = np.asarray(data.X_train[places], np.float64), np.asarray(data.Y_train[places], np.float64)
    return _standardized(X), Y if data.table.task == "classification" else _standardized(Y)


def _standardized(values: Floats) -> Floats:
    deviation = values.std(axis=0)
    scaled: Floats = (values - values.mean(axis=0)) / np.where(deviation > CONSTANT, deviation, 1.0)
    return scaled


def _is_fitted(outputs: Array, Y: Floats, classes: bool) -> bool:
    if classes:
        return bool((class_indices(outputs) == class_indices(Y)).all())
    return bool(np.square(outputs - Y).mean() < LEFT)
