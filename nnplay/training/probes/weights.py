"""The weights and biases of every dense layer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.probes.probe import Probe
from nnplay.training.shadow import ProbedRun

Array = NDArray[np.floating]


@dataclass(frozen=True)
class Weights:
    """One array a dense layer, the first layer first.

    Attributes
    ----------
    weights, biases
        (I, O) and (O,).
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]


@dataclass(frozen=True)
class WeightsProbe(Probe[Weights]):
    """Asks for a copy of weights and biases."""

    def measure(self, run: ProbedRun) -> Weights:
        """The weights and biases now."""
        network = run.trainer.network
        return Weights(tuple(w.copy() for w in network.weights), tuple(b.copy() for b in network.biases))
