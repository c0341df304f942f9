"""The layers on batches of one size: dense → batch norm → activation → dropout, forward and back.

Every array a step needs is made once and written into ever after. The biases are the last row of a layer's
weights, multiplied by a column of ones beside the inputs, so that one product does z = X W + b.
"""

import numpy as np

from nnplay.nn.activations import Activation
from nnplay.nn.arrays import Array, Product
from nnplay.nn.batch_norm import BatchNorm, BatchNormWorkspace
from nnplay.nn.dropout import Dropout


class DenseWorkspace:
    """A dense layer on N samples.

    Parameters
    ----------
    inputs
        (…, N, I + 1), the last column ones; somebody else fills the rest.
    augmented_weights, gradient
        (…, I + 1, O) weights with biases as the last row, and the gradient of the same shape.
    inputs_gradient
        (…, N, I) where to write ∂L/∂inputs, or None for the first layer, where nobody needs it.
    z
        (…, N, O) array to keep the pre-activations in.
    """

    def __init__(
        self,
        inputs: Array,
        augmented_weights: Array,
        gradient: Array,
        inputs_gradient: Array | None,
        z: Array,
        product: Product,
    ) -> None:
        self.inputs = inputs
        self.z = z
        self.delta = np.empty_like(z)
        """(…, N, O) ∂L/∂z, to be filled before `backward`."""
        self.inputs_gradient = inputs_gradient
        self._augmented_weights, self._gradient = augmented_weights, gradient
        self._inputs_transposed = np.swapaxes(inputs, -1, -2)
        self._weights_transposed = np.swapaxes(augmented_weights[..., :-1, :], -1, -2)
        self._product = product

    def forward(self) -> None:
        """z = X W + b, as [X 1] [W; b]."""
        self._product(self.inputs, self._augmented_weights, self.z)

    def backward(self) -> None:
        """∂L/∂W = Xᵀ δ and ∂L/∂b = 1ᵀ δ, as [X 1]ᵀ δ; ∂L/∂X = δ Wᵀ."""
        self._product(self._inputs_transposed, self.delta, self._gradient)
        if self.inputs_gradient is not None:
            self._product(self.delta, self._weights_transposed, self.inputs_gradient)


class HiddenUnits:
    """The units of a hidden layer: what it keeps from batch to batch.

    Attributes
    ----------
    activation, norm
        Its activation; its batch norm or None.
    enabled
        (U,) 1 for a unit that is on, 0 for one that is switched off.
    all_enabled
        Whether all of them are on.
    """

    def __init__(self, units: int, activation: Activation, norm: BatchNorm | None, dtype: type[np.floating]) -> None:
        self.activation = activation
        self.norm = norm
        self.enabled = np.ones(units, dtype)
        self.all_enabled = True

    def set_enabled(self, unit: int, enabled: bool) -> None:
        """Switch a unit on or off."""
        self.enabled[unit] = enabled
        self.all_enabled = bool(self.enabled.all())


class HiddenWorkspace:
    """A hidden layer on N samples.

    Parameters
    ----------
    dense
        Its dense part.
    units
        What the layer keeps from batch to batch.
    dropout
        Draws the masks.
    outputs
        (…, N, U) where the outputs go: the inputs of the next layer.
    """

    def __init__(
        self, dense: DenseWorkspace, units: HiddenUnits, dropout: Dropout, outputs: Array, product: Product
    ) -> None:
        self.dense = dense
        self.outputs = outputs
        self.norm = None if units.norm is None else BatchNormWorkspace(units.norm, dense.z, dense.delta, product)
        self.activation_inputs = dense.z if self.norm is None else self.norm.output
        self.a, self.derivative, self.outputs_gradient, self._mask = (np.empty_like(dense.z) for _ in range(4))
        self.mask: Array | None = None
        """What the activations were multiplied by in the last forward pass: dropout and units switched off."""
        self._activation_delta = dense.delta if self.norm is None else self.norm.delta
        self.activation = units.activation
        self._units, self._dropout = units, dropout

    def forward(self, training: bool) -> None:
        """z = X W + b, batch norm, a = f(z), dropout."""
        self.dense.forward()
        if self.norm is not None:
            self.norm.forward(training)
        self.activation.apply(self.activation_inputs, self.a)
        if self._units.all_enabled and not (training and self._dropout.rate):
            self.mask = None
            self.outputs[...] = self.a
        else:
            self.mask = self._draw_mask(training)
            np.multiply(self.a, self.mask, self.outputs)

    def backward(self) -> None:
        """δ = ∂L/∂a f'(z), back through batch norm, then through the dense part."""
        if self.mask is not None:
            np.multiply(self.outputs_gradient, self.mask, self.outputs_gradient)
        self.activation.derivative(self.activation_inputs, self.a, self.derivative)
        np.multiply(self.outputs_gradient, self.derivative, self._activation_delta)
        if self.norm is not None:
            self.norm.backward()
        self.dense.backward()

    def _draw_mask(self, training: bool) -> Array:
        if training and self._dropout.rate:
            self._dropout.draw(self._mask)
        else:
            self._mask.fill(1.0)
        np.multiply(self._mask, self._units.enabled, self._mask)
        return self._mask
