"""Single steps: how much of a batch's gradient is chance, what steps promise, and where one ends on its parabola."""

import math

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import SGD, Momentum, NeuralNetwork
from nnplay.training.diagnosis.evidence import StepEffect
from nnplay.training.diagnosis.lengths import length
from nnplay.training.trainer import Trainer

Array = NDArray[np.floating]


def step_effect(
    trainer: Trainer, network: NeuralNetwork, X: Array, Y: Array, weights: Array | None, penalty: Array
) -> StepEffect:
    """Of a network whose gradient on these samples was just measured; its gradient is that of other weights then.

    `penalty` (P,) is the part of the gradient that the penalty has.
    """
    gradient, squares = network.gradient.copy(), np.sum(sample_squares(network, len(X)), axis=0)
    noise = _noise_of_batches(trainer, squares, length(gradient - penalty))
    step = _step_of_all(trainer, gradient)
    if step is None:
        return StepEffect(noise, None, None)
    return StepEffect(noise, _finite(float(gradient @ step)), _end_on_parabola(network, X, Y, weights, step))


def sample_squares(network: NeuralNetwork, samples: int) -> list[Array]:
    """(N,) for each dense layer: the squared lengths of the samples' own gradients, of which each is [x 1]ᵀ δ."""
    workspace = network.workspace(samples)
    dense = (*(layer.dense for layer in workspace.hidden), workspace.output)
    return [np.square(each.inputs).sum(axis=1) * np.square(samples * each.delta).sum(axis=1) for each in dense]


def _noise_of_batches(trainer: Trainer, squares: Array, of_all: float) -> float | None:
    """√(trace of the covariance of the samples' gradients / batch) / ‖g‖; None where each step takes all samples."""
    samples, batch = len(trainer.prepared.X_train), trainer.experiment.training.batch_size
    if batch is None or batch >= samples:
        return None
    variance = np.maximum(squares.mean() - np.square(of_all), 0.0)
    return _finite(float(np.sqrt(variance / batch) / of_all))


def _step_of_all(trainer: Trainer, gradient: Array) -> Array | None:
    """The step that all samples together would bring; None of an optimiser that scales its steps by itself."""
    optimizer = trainer.optimizer
    if not isinstance(optimizer, SGD | Momentum):
        return None
    kept = optimizer.momentum if isinstance(optimizer, Momentum) else 0.0
    most, norm = trainer.experiment.training.clip_norm, length(gradient)
    clipped = 1.0 if most is None or norm <= most else most / norm
    step: Array = gradient * (clipped * optimizer.learning_rate / (1.0 - kept))
    return step


def _end_on_parabola(network: NeuralNetwork, X: Array, Y: Array, weights: Array | None, step: Array) -> float | None:
    """−s₁ / s₀ of the slopes along a step, before it and after it."""
    before = float(network.gradient @ step)
    parameters = network.parameters.copy()
    network.parameters[...] = parameters - step
    network.training_loss(X, Y, weights)
    after = float(network.gradient @ step)
    network.parameters[...] = parameters
    return -after / before if before > 0.0 and math.isfinite(after) else None


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
