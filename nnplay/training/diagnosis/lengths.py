"""How long gradients are: that of the data, and that of the penalty."""

import math

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NeuralNetwork
from nnplay.nn.penalties import add_penalty_gradient
from nnplay.training.probes.gradients import root_mean_square

Array = NDArray[np.floating]


def length(vector: Array) -> float:
    """√Σ v²; squares of huge numbers stay numbers."""
    return root_mean_square(vector) * math.sqrt(vector.size)


def penalty_gradient(network: NeuralNetwork) -> Array:
    """(P,) the gradient of the penalty alone."""
    mask = np.zeros_like(network.parameters)
    for weights in network.layout.views(mask).weights:
        weights.fill(1.0)
    gradient = np.zeros_like(network.parameters)
    add_penalty_gradient(gradient, network.parameters, mask, network.l1, network.l2)
    return gradient
