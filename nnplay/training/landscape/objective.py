"""What a run makes smaller, as a function of the parameters alone: of many of them at once, by a stack of networks."""

from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NeuralNetwork
from nnplay.nn.workspace import values_per_sample
from nnplay.training.prepared import Array
from nnplay.training.trainer import Trainer

Floats = NDArray[np.float64]

MOST_SAMPLES = 2048
"""So many training samples are looked at, at most."""
MOST_STACKED = 64
MOST_VALUES, MOST_PARAMETERS = 1 << 18, 1 << 21
"""Numbers that the arrays of a stack have at most: those of its samples, which fit into a cache, and its parameters."""


class Objective:
    """The loss on the training samples, with the penalty, as a full batch has it without dropout.

    Batch norm takes the mean and the variance of these samples, as a training step does: the running ones belong to
    the weights that the run has now.

    Attributes
    ----------
    network
        A copy of the run's.
    samples, of
        How many training samples it is measured on, and how many there are.
    has_penalty, drops
        Whether weights cost something, and whether the run has dropout, which is left out here.
    """

    def __init__(self, network: NeuralNetwork, X: Array, Y: Array, weights: Array | None, unit: float = 1.0) -> None:
        self.network = network.copy()
        self.drops = bool(network.dropout)
        self.network.dropout = 0.0
        self.of = len(X)
        self._X, self._Y, self._weights = _some(X, Y, weights)
        self.samples, self._unit = len(self._X), unit
        self.has_penalty = bool(network.l1 or network.l2)

    @classmethod
    def of_run(cls, trainer: Trainer) -> Self:
        """That of a run between two steps, which may go on meanwhile."""
        data = trainer.prepared
        return cls(trainer.network, data.X_train, data.Y_train, trainer.sample_weights, data.target_scale**2)

    @cached_property
    def at_once(self) -> int:
        """Of how many parameters the loss is computed in one pass."""
        values = max(self.samples, 1) * values_per_sample(self.network.layer_sizes, self.network.batch_norm)
        return max(min(MOST_STACKED, MOST_VALUES // values, MOST_PARAMETERS // self.network.layout.size), 1)

    @cached_property
    def _stack(self) -> NeuralNetwork:
        """Made when it is needed first: to take an objective of a run that waits for it takes no time."""
        return self.network.copy(stack=self.at_once)

    def at(self, parameters: Floats) -> Floats:
        """The losses (M,) of parameters (M, P); infinite where they leave the finite numbers."""
        losses = np.empty(len(parameters))
        with np.errstate(all="ignore"):
            for start in range(0, len(parameters), self.at_once):
                some = parameters[start : start + self.at_once]
                self._stack.parameters[: len(some)] = some
                found = self._stack.objective(self._X, self._Y, self._weights)
                losses[start : start + len(some)] = found[: len(some)] * self._unit
        return np.where(np.isfinite(losses), losses, np.inf)

    def here(self) -> float:
        """The loss where the run stands."""
        return float(self.network.objective(self._X, self._Y, self._weights)) * self._unit

    def gradient(self) -> Floats:
        """Its gradient (P,) where the run stands."""
        self.network.training_loss(self._X, self._Y, self._weights)
        return self.network.gradient.astype(np.float64) * self._unit


def _some(X: Array, Y: Array, weights: Array | None) -> tuple[Array, Array, Array | None]:
    """All samples, or so many of them as are looked at, always the same ones."""
    if len(X) <= MOST_SAMPLES:
        return X, Y, weights
    places = np.sort(np.random.default_rng(0).choice(len(X), MOST_SAMPLES, replace=False))
    return X[places], Y[places], None if weights is None else weights[places]
