"""One training step, looked at: everything that was computed in it, layer by layer, as copies.

A step needs these arrays anyway, so a trace is a copy of them on request and costs nothing when nobody asks.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from nnplay.nn.arrays import Array, Loss
from nnplay.nn.batch_norm import BatchNormWorkspace
from nnplay.nn.layers import HiddenWorkspace
from nnplay.nn.optimizer_base import Optimizer
from nnplay.nn.parameters import ParameterLayout, ParameterVector, ParameterViews
from nnplay.nn.workspace import Workspace


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
    gamma, beta
        (…, U) scale and shift before the update.
    """

    mean: Array
    variance: Array
    normalized: Array
    output: Array
    delta: Array
    gamma: Array
    beta: Array


@dataclass(frozen=True)
class LayerTrace:
    """One dense layer, with what follows it, in one step.

    Attributes
    ----------
    activation
        The name of the hidden layer's activation; for the last layer of the one that comes with the loss.
    inputs
        (…, N, I) what the layer took: the samples, or what the layer before gave out.
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
        (…, N, O), ∂L/∂a, after the mask; None for the last layer, where delta comes straight from the loss.
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
        What the optimiser subtracted from the weights and biases.
    """

    activation: str
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
    sample_weights
        (N,) how much each sample counts; None where all count the same.
    layers
        One record for each dense layer, first to last.
    logits, outputs
        (…, N, O) before and after the output activation.
    loss_name
        A name of `LOSSES`; what its outputs are made by is the activation of the last layer.
    loss, penalty
        The data loss and the penalty, before the update.
    l1, l2
        Strength of the penalties.
    dropout
        Probability that a hidden unit was silenced.
    clip_norm
        The longest gradient that the step might use, or None.
    gradient_norm
        ‖g‖ over all parameters before clipping.
    parameters_before, parameters_after, gradient, update
        (…, P) flat vectors.
    optimizer_name, learning_rate, step
        Which optimiser, its learning rate, and the number of this update, from 1.
    hyperparameters
        The optimiser's numbers beside the learning rate, by name.
    optimizer_before, optimizer_after
        Its memory by name, (…, P) each; empty before its first step.
    optimizer_memory
        The same memory after the step, seen layer by layer: name → views.
    """

    inputs: Array
    targets: Array
    sample_weights: Array | None
    layers: tuple[LayerTrace, ...]
    logits: Array
    outputs: Array
    loss_name: str
    loss: Loss
    penalty: Loss
    l1: float
    l2: float
    dropout: float
    clip_norm: float | None
    gradient_norm: Loss
    parameters_before: Array
    parameters_after: Array
    gradient: Array
    update: Array
    optimizer_name: str
    learning_rate: float | Array
    step: int
    hyperparameters: dict[str, float]
    optimizer_before: dict[str, Array]
    optimizer_after: dict[str, Array]
    optimizer_memory: dict[str, ParameterViews]


@dataclass(frozen=True)
class StepStart:
    """What has to be kept before a step to record it: parameters, penalty and the optimiser's memory."""

    parameters: Array
    penalty: Loss
    memory: dict[str, Array]


@dataclass(frozen=True)
class StepFacts:
    """What a network tells of a step of its own; see `StepTrace`."""

    loss_name: str
    loss: Loss
    gradient_norm: Loss
    sample_weights: Array | None
    l1: float
    l2: float
    dropout: float
    clip_norm: float | None


def record_step(
    vector: ParameterVector, workspace: Workspace, optimizer: Optimizer, start: StepStart, facts: StepFacts
) -> StepTrace:
    """The record of the step that was just made in the workspace."""
    memory, layout = optimizer.snapshot().arrays, vector.layout
    flat = [array.copy() for array in (vector.gradient, vector.values, optimizer.last_update)]
    gradient, after, update = flat
    views = _StepViews(*(layout.views(each) for each in (start.parameters, *flat)))
    layers = _layer_traces(workspace, views)
    output = layers[-1]
    return StepTrace(
        inputs=layers[0].inputs,
        targets=workspace.targets.copy(),
        layers=layers,
        logits=output.z,
        outputs=output.outputs,
        penalty=start.penalty,
        parameters_before=start.parameters,
        parameters_after=after,
        gradient=gradient,
        update=update,
        optimizer_name=optimizer.name,
        learning_rate=optimizer.learning_rate,
        step=optimizer.steps,
        hyperparameters={name: getattr(optimizer, name) for name in optimizer.hyperparameters},
        optimizer_before=start.memory,
        optimizer_after=memory,
        optimizer_memory={name: layout.views(array) for name, array in memory.items()},
        **vars(facts),
    )


def record_forward(
    workspace: Workspace, X: Array, parameters: Array, layout: ParameterLayout, like: StepTrace
) -> StepTrace:
    """The forward pass of samples (N, I) that have no target, or that are in no batch, as a record of its own.

    Batch norm takes its running statistics. What comes back is not a number: nothing is learnt from these samples.

    Parameters
    ----------
    workspace
        For N samples; its arrays are written over.
    parameters, layout
        Those of the network.
    like
        A step of the same network, whose settings it has.
    """
    workspace.forward(X, training=False)
    before, nothing = parameters.copy(), np.full_like(parameters, np.nan)
    views = _StepViews(*(layout.views(each) for each in (before, nothing, before, nothing)))
    workspace.targets, workspace.output.delta[...] = np.full_like(workspace.output.z, np.nan), np.nan
    for layer in workspace.hidden:
        layer.activation.derivative(layer.activation_inputs, layer.a, layer.derivative)
        layer.outputs_gradient[...] = layer.dense.delta[...] = np.nan
        if layer.norm is not None:
            layer.norm.mean[...] = layer.norm.norm.running_mean[..., None, :]
            layer.norm.variance[...] = layer.norm.norm.running_variance[..., None, :]
            layer.norm.delta[...] = np.nan
    layers = _layer_traces(workspace, views)
    output = layers[-1]
    return replace(
        like,
        inputs=layers[0].inputs,
        targets=workspace.targets,
        sample_weights=None,
        layers=layers,
        logits=output.z,
        outputs=output.outputs,
        loss=np.nan,
        dropout=0.0,
        parameters_before=before,
        parameters_after=before,
        gradient=nothing,
        update=nothing,
    )


class _StepViews(NamedTuple):
    before: ParameterViews
    gradient: ParameterViews
    after: ParameterViews
    update: ParameterViews


def _layer_traces(workspace: Workspace, views: _StepViews) -> tuple[LayerTrace, ...]:
    """One record a layer of what the workspace holds."""
    taken: Array = workspace.inputs.copy()
    layers = list[LayerTrace]()
    for i, layer in enumerate(workspace.hidden):
        layers.append(_hidden_trace(layer, i, taken, views))
        taken = layers[-1].outputs
    return (*layers, _output_trace(workspace, workspace.output_activation, len(layers), taken, views))


def _hidden_trace(layer: HiddenWorkspace, i: int, inputs: Array, views: _StepViews) -> LayerTrace:
    a = layer.a.copy()
    return LayerTrace(
        activation=layer.activation.name,
        inputs=inputs,
        z=layer.dense.z.copy(),
        norm=None if layer.norm is None else _norm_trace(layer.norm, i, views.before),
        a=a,
        mask=None if layer.mask is None else layer.mask.copy(),
        outputs=a if layer.mask is None else layer.outputs.copy(),
        outputs_gradient=layer.outputs_gradient.copy(),
        derivative=layer.derivative.copy(),
        delta=layer.dense.delta.copy(),
        gamma_gradient=views.gradient.gammas[i] if layer.norm is not None else None,
        beta_gradient=views.gradient.betas[i] if layer.norm is not None else None,
        **_parameter_traces(i, views),
    )


def _output_trace(workspace: Workspace, activation: str, i: int, inputs: Array, views: _StepViews) -> LayerTrace:
    outputs = workspace.outputs().copy()
    return LayerTrace(
        activation=activation,
        inputs=inputs,
        z=workspace.output.z.copy(),
        norm=None,
        a=outputs,
        mask=None,
        outputs=outputs,
        outputs_gradient=None,
        derivative=None,
        delta=workspace.output.delta.copy(),
        gamma_gradient=None,
        beta_gradient=None,
        **_parameter_traces(i, views),
    )


def _norm_trace(norm: BatchNormWorkspace, i: int, before: ParameterViews) -> BatchNormTrace:
    return BatchNormTrace(
        mean=norm.mean[..., 0, :].copy(),
        variance=norm.variance[..., 0, :].copy(),
        normalized=norm.normalized.copy(),
        output=norm.output.copy(),
        delta=norm.delta.copy(),
        gamma=before.gammas[i],
        beta=before.betas[i],
    )


def _parameter_traces(i: int, views: _StepViews) -> dict[str, Array]:
    return {
        "weights_before": views.before.weights[i],
        "weights_after": views.after.weights[i],
        "weight_gradient": views.gradient.weights[i],
        "weight_update": views.update.weights[i],
        "biases_before": views.before.biases[i],
        "biases_after": views.after.biases[i],
        "bias_gradient": views.gradient.biases[i],
        "bias_update": views.update.biases[i],
    }
