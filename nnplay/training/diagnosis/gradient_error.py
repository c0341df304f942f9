"""Whether backpropagation is right: some of the largest gradients of each layer beside central differences."""

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NeuralNetwork, compare_gradients

Array = NDArray[np.floating]

OF_EACH = 2
"""The largest gradients of each array of parameters, that are compared."""
MOST_SAMPLES = 20


def gradient_error(network: NeuralNetwork, X: Array, Y: Array, weights: Array | None) -> float | None:
    """The largest relative error of those, on some samples.

    Kinks are skipped; None where all are, or where numbers are so large that none can be compared.
    """
    some = np.linspace(0, len(X) - 1, min(MOST_SAMPLES, len(X))).astype(np.intp)
    X, Y, weights = X[some], Y[some], None if weights is None else weights[some]
    network.training_loss(X, Y, weights)
    places = network.layout.views(np.arange(float(network.parameters.size)))
    chosen: list[int] = []
    for arrays in (places.weights, places.biases, places.gammas, places.betas):
        for each in arrays:
            own = each.ravel().astype(np.intp)
            chosen += own[np.argsort(-np.abs(network.gradient[own]), kind="stable")[:OF_EACH]].tolist()
    found = compare_gradients(network, X, Y, parameters=chosen, sample_weights=weights)
    errors = found.errors[np.isfinite(found.errors)]
    return float(errors.max()) if len(errors) else None
