"""The whole network on batches of one size: from inputs to the loss, and back to the gradient."""

from collections.abc import Callable, Sequence

import numpy as np

from nnplay.nn.arrays import Array, Loss, matrix_product
from nnplay.nn.layers import DenseWorkspace, HiddenWorkspace
from nnplay.nn.structure import NetworkStructure

MOST_EVALUATED = 1 << 22
"""Numbers that the arrays for an evaluation have at most; many samples are evaluated one part after the other."""

KEPT_BATCH_SIZES = 8
"""For so many batch sizes a network keeps the arrays, those that were used last."""


def evaluated_at_once(layer_sizes: Sequence[int], batch_norm: bool, stack: int = 1) -> int:
    """Of how many samples, from 1, an evaluation of so many networks makes arrays at most."""
    return max(MOST_EVALUATED // (stack * values_per_sample(layer_sizes, batch_norm)), 1)


def evaluate_in_pieces(
    evaluate: Callable[[Array, Array, Array | None], tuple[Loss, Array]],
    X: Array,
    Y: Array,
    weights: Array | None,
    size: int,
) -> tuple[Loss, Array]:
    """The loss and the outputs (…, N, O) of many samples, `size` of them at a time."""
    total: Loss = 0.0
    parts = []
    for start in range(0, len(X), size):
        samples = slice(start, start + size)
        loss, outputs = evaluate(X[samples], Y[samples], None if weights is None else weights[samples])
        total = total + loss * (outputs.shape[-2] / len(X))
        parts.append(outputs)
    return total, np.concatenate(parts, axis=-2)


def values_per_sample(layer_sizes: Sequence[int], batch_norm: bool) -> int:
    """How many numbers the arrays of a workspace have for each sample."""
    inputs, *hidden, outputs = layer_sizes
    # a hidden layer: z, its delta, a, f'(z), ∂L/∂a, the mask, and the outputs with a one beside them; its batch norm:
    # x̂, y, ∂L/∂y and scratch
    of_unit = 11 if batch_norm else 7
    # the output: z, its delta, the outputs, the loss's terms, what the loss works with, the weights of the mean
    return inputs + 1 + sum(of_unit * units + 1 for units in hidden) + 6 * outputs


class Workspace:
    """All arrays that a network needs for N samples, made once, and the passes through them.

    Attributes
    ----------
    inputs, targets
        (N, I) and (N, O) in the network's precision, after `forward` and `measure`; the targets are the caller's.
    hidden
        The hidden layers, in order.
    output
        The last dense layer, whose pre-activations are the logits.
    output_activation
        The name of what makes outputs of them.
    """

    def __init__(self, structure: NetworkStructure, samples: int) -> None:
        sizes, vector = structure.layer_sizes, structure.vector
        dtype = vector.values.dtype
        lead = () if structure.stack is None else (structure.stack,)
        product = matrix_product(structure.stack)
        # the inputs are shared by all networks of a stack, hence no `lead`
        shapes = [(samples, sizes[0] + 1)] + [(*lead, samples, units + 1) for units in sizes[1:-1]]
        extended = [np.ones(shape, dtype) for shape in shapes]
        self.inputs = extended[0][:, :-1]
        self._loss = structure.loss_function
        self.output_activation = self._loss.output_activation
        self.hidden: list[HiddenWorkspace] = []
        inputs_gradient: Array | None = None
        for layer in range(len(sizes) - 1):
            z = np.empty((*lead, samples, sizes[layer + 1]), dtype)
            weights, gradient = (views.augmented_weights[layer] for views in (vector.views, vector.gradient_views))
            dense = DenseWorkspace(extended[layer], weights, gradient, inputs_gradient, z, product)
            if layer == len(sizes) - 2:
                break
            outputs = extended[layer + 1][..., :-1]
            hidden = HiddenWorkspace(dense, structure.hidden_layers[layer], structure.dropout, outputs, product)
            inputs_gradient = hidden.outputs_gradient
            self.hidden.append(hidden)
        self.output = dense
        self._backward_order = self.hidden[::-1]
        self._make_loss_arrays(samples, sizes[-1])

    def _make_loss_arrays(self, samples: int, outputs: int) -> None:
        logits = self.output.z
        count = self._loss.terms_per_batch(samples, outputs)
        self.targets: Array = np.empty((0, outputs), logits.dtype)
        self._outputs = np.empty_like(logits)
        self._terms = np.empty_like(logits)
        self._flat_terms = self._terms.reshape(*logits.shape[:-2], samples * outputs)
        self._averages = np.full(samples * outputs, 1.0 / count, logits.dtype)
        self._scale = np.array(1.0 / count, logits.dtype)

    def forward(self, X: Array, training: bool) -> None:
        """Carry the samples (N, I) through to the logits."""
        self.inputs[...] = X
        for layer in self.hidden:
            layer.forward(training)
        self.output.forward()

    def outputs(self) -> Array:
        """The outputs (…, N, O) that belong to the logits, valid until the next call."""
        self._loss.outputs(self.output.z, self._outputs)
        return self._outputs

    def measure(self, Y: Array, weights: Array | None = None) -> Loss:
        """The loss on targets (N, O), and ∂L/∂z of the output layer; each sample counts by its weight (N,)."""
        self.targets = Y if Y.dtype == self._outputs.dtype else Y.astype(self._outputs.dtype)
        delta = self.output.delta
        self._loss.measure(self.output.z, self.targets, self._terms, delta)
        if weights is not None:
            np.multiply(self._terms, weights[:, None], self._terms)
            np.multiply(delta, weights[:, None], delta)
        np.multiply(delta, self._scale, delta)
        return np.dot(self._flat_terms, self._averages)

    def backward(self) -> None:
        """Fill the network's gradient, from the last layer to the first."""
        self.output.backward()
        for layer in self._backward_order:
            layer.backward()

    def update_running_statistics(self) -> None:
        """Let batch norm remember this batch."""
        for layer in self.hidden:
            if layer.norm is not None:
                layer.norm.update_running_statistics()
