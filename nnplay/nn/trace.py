"""One training step, looked at: everything that was computed in it, layer by layer, as copies.

A step needs these arrays anyway, so a trace is a copy of them on request and costs nothing when nobody asks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nnplay.nn.arrays import Array, Loss
from nnplay.nn.optimizers import Optimizer
from nnplay.nn.parameters import ParameterViews

if TYPE_CHECKING:
    from nnplay.nn.network import NeuralNetwork


@dataclass(frozen=True)
class BatchNormTrace:
    """Batch norm of one hidden layer in one step.

    Attributes
    ----------
    mean, variance
        (…, U) of the batch; the variance divides by N.
    normalized
        (…, N, U), x̂ = (z − mean) / √(variance + ε).
    output
        (…, N, U), y = γ x̂ + β, which the activation takes.
    delta
        (…, N, U), ∂L/∂y.
    """

    mean: Array
    variance: Array
    normalized: Array
    output: Array
    delta: Array


@dataclass(frozen=True)
class LayerTrace:
    """One dense layer, with what follows it, in one step.

    Attributes
    ----------
    inputs
        (…, N, I) what the layer took: the samples, or what the layer before answered.
    z
        (…, N, O), X W + b.
    norm
        Batch norm, or None.
    a
        (…, N, O), the activation before dropout; for the last layer the outputs.
    mask
        (…, N, O) what a was multiplied by: dropout and units switched off; None where that was nothing.
    outputs
        (…, N, O) what the next layer took: a times mask.
    outputs_gradient
        (…, N, O), ∂L/∂a; None for the last layer, where delta comes straight from the loss.
    derivative
        (…, N, O), f' where the activation was; None for the last layer.
    delta
        (…, N, O), ∂L/∂z.
    weight_gradient, bias_gradient
        (…, I, O) and (…, O): penalties in, and as clipped.
    gamma_gradient, beta_gradient
        (…, O), or None without batch norm.
    weights_before, weights_after, biases_before, biases_after
        (…, I, O) and (…, O).
    weight_update, bias_update
        What the optimiser took off: before − after, as it was computed.
    """

    inputs: Array
    z: Array
    norm: BatchNormTrace | None
    a: Array
    mask: Array | None
    outputs: Array
    outputs_gradient: Array | None
    derivative: Array | None
    delta: Array
    weight_gradient: Array
    bias_gradient: Array
    gamma_gradient: Array | None
    beta_gradient: Array | None
    weights_before: Array
    weights_after: Array
    biases_before: Array
    biases_after: Array
    weight_update: Array
    bias_update: Array


@dataclass(frozen=True)
class StepTrace:
    """The full record of one training step; all arrays are its own.

    Attributes
    ----------
    inputs, targets
        (N, I) and (N, O).
    layers
        One record for each dense layer, first to last.
    logits, outputs
        (…, N, O) before and after the output activation.
    loss, penalty
        The data loss and the penalty, before the update.
    gradient_norm
        ‖g‖ over all parameters before clipping.
    parameters_before, parameters_after, gradient, update
        (…, P) flat vectors.
    optimizer_name, learning_rate, step
        Which optimiser, its learning rate, and the number of this update, from 1.
    optimizer_before, optimizer_after
        Its memory by name, (…, P) each; empty before its first step.
    optimizer_memory
        The same memory after the step, seen layer by layer: name → views.
    """

    inputs: Array
    targets: Array
    layers: tuple[LayerTrace, ...]
    logits: Array
    outputs: Array
    loss: Loss
    penalty: Loss
    gradient_norm: Loss
    parameters_before: Array
    parameters_after: Array
    gradient: Array
    update: Array
    optimizer_name: str
    learning_rate: float | Array
    step: int
    optimizer_before: dict[str, Array]
    optimizer_after: dict[str, Array]
    optimizer_memory: dict[str, ParameterViews]


def record_step(network: "NeuralNetwork", X: Array, Y: Array, optimizer: Optimizer) -> StepTrace:
    raise NotImplementedError
