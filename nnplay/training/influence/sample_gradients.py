"""The gradient of each sample by itself, kept as what it is a product of: a layer's inputs and its deltas.

A batch's gradient of a dense layer is the sum over its samples of [xₙ 1]ᵀ δₙ. What is wanted of the N gradients is
their product with some vector, and that needs none of them: Σ (xₙ V) δₙ for each layer. Of a stack of networks the
arrays have a leading axis, … in shapes: K of them, or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NeuralNetwork
from nnplay.nn.parameters import ParameterLayout
from nnplay.nn.workspace import Workspace
from nnplay.training.prepared import Array

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SampleGradients:
    """Those of N samples by all parameters.

    Attributes
    ----------
    inputs, deltas
        (…, N, I) and (…, N, O) of each dense layer.
    normalized, norm_deltas
        (…, N, U) of each hidden layer with batch norm: what it makes of the pre-activations before it scales and shifts
        them, and the deltas of its output.
    """

    layout: ParameterLayout
    inputs: list[Array]
    deltas: list[Array]
    normalized: list[Array]
    norm_deltas: list[Array]

    def times(self, vector: Array) -> Floats:
        """The products (…, N) of each of them with a vector (…, P)."""
        views = self.layout.views(vector)
        total = np.zeros(self.deltas[0].shape[:-1])
        layers = zip(views.weights, views.biases, self.inputs, self.deltas, strict=True)
        for weights, biases, inputs, deltas in layers:
            total += _products(inputs @ weights + biases[..., None, :], deltas)
        norms = zip(views.gammas, views.betas, self.normalized, self.norm_deltas, strict=True)
        for gammas, betas, normalized, deltas in norms:
            total += _products(normalized * gammas[..., None, :] + betas[..., None, :], deltas)
        return total

    def one(self, n: int) -> Floats:
        """That of one sample, (…, P)."""
        gradient = np.empty((*self.deltas[0].shape[:-2], self.layout.size))
        views = self.layout.views(gradient)
        for weights, biases, inputs, deltas in zip(views.weights, views.biases, self.inputs, self.deltas, strict=True):
            biases[...] = deltas[..., n, :]
            weights[...] = inputs[..., n, :, None] * deltas[..., n, None, :]
        for gammas, betas, normalized, deltas in zip(
            views.gammas, views.betas, self.normalized, self.norm_deltas, strict=True
        ):
            betas[...] = deltas[..., n, :]
            gammas[...] = normalized[..., n, :] * deltas[..., n, :]
        return gradient


def stacked(gradients: Sequence[SampleGradients]) -> SampleGradients:
    """Those of several networks for the same samples, as of a stack of them."""
    first = gradients[0]
    inputs = [first.inputs[0], *(_together(gradients, "inputs", layer) for layer in range(1, len(first.inputs)))]
    rest = [
        [_together(gradients, kind, layer) for layer in range(len(getattr(first, kind)))]
        for kind in ("deltas", "normalized", "norm_deltas")
    ]
    return SampleGradients(first.layout, inputs, *rest)


def _together(gradients: Sequence[SampleGradients], kind: str, layer: int) -> Array:
    return np.stack([getattr(each, kind)[layer] for each in gradients])


def _products(one: Array, other: Array) -> Array:
    return np.asarray(np.einsum("...o,...o->...", one, other))


@np.errstate(all="ignore")
def gradients_of_losses(network: NeuralNetwork, X: Array, Y: Array, weights: Array | None = None) -> SampleGradients:
    """Those of wₙ ℓₙ, whose mean over the samples is the data loss; the network stays as it is.

    Without dropout, and with the running statistics of batch norm: a sample has no loss of its own where those of its
    batch count in its normalisation.
    """
    workspace = network.workspace(len(X))
    workspace.forward(X, training=False)
    workspace.measure(Y, weights)
    return _back(network, workspace, X, workspace.output.delta * len(X))


@np.errstate(all="ignore")
def gradients_of_outputs(network: NeuralNetwork, X: Array, output: int) -> SampleGradients:
    """Those of one of the network's outputs, in the same way."""
    workspace = network.workspace(len(X))
    workspace.forward(X, training=False)
    outputs = workspace.outputs()
    delta = np.zeros_like(outputs)
    kind = workspace.output_activation
    if kind == "softmax":
        delta -= outputs * outputs[..., [output]]
        delta[..., output] += outputs[..., output]
    else:
        own = outputs[..., output]
        delta[..., output] = own * (1.0 - own) if kind == "sigmoid" else 1.0
    return _back(network, workspace, X, delta)


def _back(network: NeuralNetwork, workspace: Workspace, X: Array, delta: Array) -> SampleGradients:
    """From the deltas of the logits back to those of every layer."""
    last = len(network.weights) - 1
    inputs: list[Array] = [X, *(layer.outputs.copy() for layer in workspace.hidden)]
    deltas: list[Array] = [delta]
    normalized: list[Array] = []
    norm_deltas: list[Array] = []
    for index in range(last - 1, -1, -1):
        layer = workspace.hidden[index]
        delta = delta @ np.swapaxes(network.weights[index + 1], -1, -2)
        if layer.mask is not None:
            delta *= layer.mask
        layer.activation.derivative(layer.activation_inputs, layer.a, layer.derivative)
        delta *= layer.derivative
        if layer.norm is not None:
            normalized.append(layer.norm.normalized.copy())
            norm_deltas.append(delta.copy())
            delta *= network.gammas[index][..., None, :] * layer.norm.inverse_standard_deviation
        deltas.append(delta.copy())
    return SampleGradients(network.layout, inputs, deltas[::-1], normalized[::-1], norm_deltas[::-1])
