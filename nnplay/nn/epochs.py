"""The loop of `NeuralNetwork.train`: epoch after epoch, batch after batch."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from nnplay.nn.arrays import Array, Loss
from nnplay.nn.batches import Batches
from nnplay.nn.optimizers import Optimizer


class Trained(Protocol):
    """What the loop uses of a network."""

    generator: Generator
    stack: int | None

    def train_step(self, X: Array, Y: Array, optimizer: Optimizer, sample_weights: Array | None = None) -> Loss:
        """One update on one batch; the loss before it."""

    def evaluate(self, X: Array, Y: Array, sample_weights: Array | None = None) -> tuple[Loss, Array]:
        """The loss and the outputs."""


def train_epochs(
    network: Trained,
    batches: Batches,
    epochs: int,
    optimizer: Optimizer,
    schedule: Callable[[int], float] | None,
) -> NDArray[np.float64]:
    """The losses (epochs,), or (epochs, K) of a stack, before each epoch's updates."""
    X, Y, weights = batches.X, batches.Y, batches.weights
    full, base_rate = batches.size == len(X), optimizer.learning_rate
    losses = np.empty((epochs,) if network.stack is None else (epochs, network.stack))
    try:
        for epoch in range(epochs):
            if schedule is not None:
                optimizer.learning_rate = base_rate * schedule(epoch)
            if full:
                losses[epoch] = network.train_step(X, Y, optimizer, weights)
                continue
            losses[epoch], _ = network.evaluate(X, Y, weights)
            for batch in batches.epoch(network.generator):
                network.train_step(*batch, optimizer, batches.current_weights())
    finally:
        optimizer.learning_rate = base_rate
    return losses
