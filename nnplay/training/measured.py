"""The figures of a network at one moment, on the samples that train and on those that test."""

import math

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NeuralNetwork, accuracy
from nnplay.training.history import Figures, Metrics
from nnplay.training.prepared import PreparedData
from nnplay.training.regression_metrics import regression_metrics

Array = NDArray[np.floating]


def measured(
    network: NeuralNetwork,
    prepared: PreparedData,
    weights: tuple[Array | None, Array | None],
    epoch: int,
    fraction: float,
) -> Figures:
    """What it gives on all samples, which count by their weights, after so many epochs and a part of the next one."""
    train = _metrics(network, prepared, prepared.X_train, prepared.Y_train, weights[0]) or Metrics(math.nan, None)
    test = _metrics(network, prepared, prepared.X_test, prepared.Y_test, weights[1])
    # in the same unit as the loss, so that the two still add up to what training makes smaller
    penalty = network.penalty() * prepared.target_scale**2
    return Figures(epoch, train, test, penalty, fraction)


def _metrics(
    network: NeuralNetwork, prepared: PreparedData, X: Array, Y: Array, weights: Array | None
) -> Metrics | None:
    if len(X) == 0:
        return None
    loss, outputs = network.evaluate(X, Y, weights)
    if prepared.table.task == "classification":
        return Metrics(loss, accuracy(outputs, Y))
    return regression_metrics(loss, outputs, Y, prepared.target_scale)
