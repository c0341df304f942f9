"""The loop of `NeuralNetwork.train`: epoch after epoch, batch after batch."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from nnplay.nn.arrays import Array, Loss
from nnplay.nn.batches import Batches
from nnplay.nn.optimizers import Optimizer
from nnplay.nn.stretch import Stretch, StretchOutcome

MOST_STEPS = 1 << 10
"""In one call of the compiled step, which nothing interrupts."""


class Trained(Protocol):
    """What the loop uses of a network."""

    generator: Generator
    stack: int | None

    def train_step(self, X: Array, Y: Array, optimizer: Optimizer, sample_weights: Array | None = None) -> Loss:
        """One update on one batch; the loss before it."""

    def evaluate(self, X: Array, Y: Array, sample_weights: Array | None = None) -> tuple[Loss, Array]:
        """The loss and the outputs."""

    def is_compiled(self, optimizer: Optimizer) -> bool:
        """Whether many steps are made in one call."""

    def train_batches(
        self, batches: Batches, optimizer: Optimizer, stretch: Stretch, *, or_raise: bool = False
    ) -> StretchOutcome:
        """Those."""


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
    if network.is_compiled(optimizer):
        factors = [1.0 if schedule is None else schedule(epoch) for epoch in range(epochs)]
        _train_compiled(network, batches, optimizer, np.multiply.outer(base_rate, factors), losses)
        return losses
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


def _train_compiled(
    network: Trained, batches: Batches, optimizer: Optimizer, rates: NDArray[np.float64], losses: NDArray[np.float64]
) -> None:
    """The same in as few calls as there may be; `rates` are (epochs,), or (K, epochs) of a stack."""
    X, Y, weights = batches.X, batches.Y, batches.weights
    full, epoch = batches.size == len(X), 0
    while epoch < len(losses):
        count = min(MOST_STEPS, len(losses) - epoch) if full else 1
        stretch = Stretch(count * batches.count, count, rates[..., epoch : epoch + count])
        if full:
            outcome = network.train_batches(batches, optimizer, stretch, or_raise=True)
            losses[epoch : epoch + count] = outcome.epoch_losses
        else:
            losses[epoch], _ = network.evaluate(X, Y, weights)
            network.train_batches(batches, optimizer, stretch, or_raise=True)
        epoch += count
