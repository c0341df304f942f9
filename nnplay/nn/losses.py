"""How wrong the outputs are: the losses, computed from the logits so that no exp or log overflows.

Each loss knows the output activation that belongs to it, and with it the delta ∂L/∂z is short.
"""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np

from nnplay.errors import InputError
from nnplay.nn.activations import Identity, Sigmoid
from nnplay.nn.arrays import Array, constant
from nnplay.texts import mark, tr

ROW_SUM_TOLERANCE = 1e-6


class LossFunction(ABC):
    """A loss over a batch: the mean of terms, one for each sample (and output).

    Attributes
    ----------
    name, label, help
        What an experiment calls it, and what a person reads, as `mark` leaves it: its name, and a sentence of it.
    output_activation
        What turns logits into outputs.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    help: ClassVar[str]
    output_activation: ClassVar[str]

    def __init__(self, dtype: Any = np.float64) -> None:
        self.zero = constant(0.0, dtype)

    @abstractmethod
    def outputs(self, logits: Array, out: Array) -> None:
        """Write the outputs (…, N, O) that belong to the logits into `out`."""

    @abstractmethod
    def measure(self, logits: Array, targets: Array, terms: Array, delta: Array) -> None:
        """Write the loss's terms, and the derivative of their sum by the logits; all (…, N, O), targets (N, O)."""

    def terms_per_batch(self, samples: int, outputs: int) -> int:
        """How many terms the loss is the mean of."""
        return samples * outputs

    def check_targets(self, targets: Array) -> None:  # noqa: B027 - a loss may refuse nothing
        """Raise InputError where the loss can't take the (finite) targets (N, O)."""


class BinaryCrossEntropy(LossFunction):
    """Mean over samples and outputs of −y log p − (1 − y) log(1 − p), with p = σ(z) and y in 0…1."""

    name = "binary_cross_entropy"
    label = mark("binary cross-entropy")
    help = mark("For two classes: being sure and wrong costs most")
    output_activation = "sigmoid"

    def __init__(self, dtype: Any = np.float64) -> None:
        super().__init__(dtype)
        self._sigmoid = Sigmoid(dtype)
        self._one, self._minus_two = constant(1.0, dtype), constant(-2.0, dtype)

    def outputs(self, logits: Array, out: Array) -> None:
        """p = σ(z)."""
        self._sigmoid.apply(logits, out)

    def measure(self, logits: Array, targets: Array, terms: Array, delta: Array) -> None:
        """Terms log(1 + exp z) − y z, derivative σ(z) − y with σ(z) = exp(z − log(1 + exp z)).

        For y = 1 and a large z these are differences of nearly equal numbers. Where all y are 0 or 1 they are written
        as log(1 + exp t) and s σ(t) with s = 1 − 2y and t = s z, which keep their digits on both sides.
        """
        signs = targets * self._minus_two
        np.add(signs, self._one, signs)
        if np.vdot(signs, signs) != signs.size:  # all are ±1, or else there are targets in between
            self._measure_between(logits, targets, terms, delta)
            return
        np.multiply(signs, logits, delta)
        np.logaddexp(self.zero, delta, terms)
        np.subtract(delta, terms, delta)
        np.exp(delta, delta)
        np.multiply(delta, signs, delta)

    def _measure_between(self, logits: Array, targets: Array, terms: Array, delta: Array) -> None:
        np.logaddexp(self.zero, logits, terms)
        np.subtract(logits, terms, delta)
        np.exp(delta, delta)
        np.subtract(delta, targets, delta)
        np.subtract(terms, targets * logits, terms)

    def check_targets(self, targets: Array) -> None:
        """Targets are in 0…1."""
        _check_shares(targets, self.name)


class CategoricalCrossEntropy(LossFunction):
    """Mean over the samples of −Σ y log p, with p = softmax(z) and rows of targets that sum to one."""

    name = "categorical_cross_entropy"
    label = mark("categorical cross-entropy")
    help = mark("For several classes, whose probabilities add up to 1: being sure and wrong costs most")
    output_activation = "softmax"

    def outputs(self, logits: Array, out: Array) -> None:
        """p = exp z / Σ exp z, after the largest z of the row is subtracted."""
        np.subtract(logits, logits.max(axis=-1, keepdims=True), out)
        np.exp(out, out)
        out /= out.sum(axis=-1, keepdims=True)

    def measure(self, logits: Array, targets: Array, terms: Array, delta: Array) -> None:
        """Terms y (log Σ exp z − z), derivative softmax(z) − y."""
        np.subtract(logits, logits.max(axis=-1, keepdims=True), terms)
        np.exp(terms, delta)
        total = delta.sum(axis=-1, keepdims=True)
        np.subtract(np.log(total), terms, terms)
        np.multiply(terms, targets, terms)
        np.divide(delta, total, delta)
        np.subtract(delta, targets, delta)

    def terms_per_batch(self, samples: int, outputs: int) -> int:  # noqa: ARG002
        """One for each sample."""
        return samples

    def check_targets(self, targets: Array) -> None:
        """Rows are in 0…1 and sum to one."""
        _check_rows(targets, self.name)


class MeanSquaredError(LossFunction):
    """Mean over samples and outputs of (z − y)²; the outputs are the logits."""

    name = "mean_squared_error"
    label = mark("mean squared error")
    help = mark("For numbers: the mean of the squared errors")
    output_activation = "identity"

    def __init__(self, dtype: Any = np.float64) -> None:
        super().__init__(dtype)
        self._identity = Identity(dtype)

    def outputs(self, logits: Array, out: Array) -> None:
        """The logits themselves."""
        self._identity.apply(logits, out)

    def measure(self, logits: Array, targets: Array, terms: Array, delta: Array) -> None:
        """Terms (z − y)², derivative 2 (z − y)."""
        np.subtract(logits, targets, delta)
        np.multiply(delta, delta, terms)
        np.add(delta, delta, delta)


class SigmoidSquaredError(MeanSquaredError):
    """Mean over samples and outputs of ½ (p − y)², with p = σ(z) and y in 0…1.

    With the half its slope by p is p − y, so that what the sigmoid's own slope does to it stands alone: where the unit
    is saturated next to nothing comes through, however wrong it is (Nielsen 2015, chapter 3).
    """

    output_activation = "sigmoid"

    def __init__(self, dtype: Any = np.float64) -> None:
        super().__init__(dtype)
        self._sigmoid, self._half = Sigmoid(dtype), constant(0.5, dtype)

    def outputs(self, logits: Array, out: Array) -> None:
        """p = σ(z)."""
        self._sigmoid.apply(logits, out)

    def measure(self, logits: Array, targets: Array, terms: Array, delta: Array) -> None:
        """Terms ½ (p − y)², derivative (p − y) p (1 − p), with σ(−z) for 1 − p, which keeps its digits."""
        self._sigmoid.apply(logits, delta)
        np.subtract(delta, targets, terms)
        np.multiply(delta, terms, delta)
        np.multiply(terms, terms, terms)
        np.multiply(terms, self._half, terms)
        other = np.negative(logits)
        self._sigmoid.apply(other, other)
        np.multiply(delta, other, delta)

    def check_targets(self, targets: Array) -> None:
        """Targets are in 0…1, where the outputs are."""
        _check_shares(targets, self.name)


class SoftmaxSquaredError(MeanSquaredError):
    """Mean over samples and outputs of ½ (p − y)², with p = softmax(z) and rows of targets that sum to one."""

    output_activation = "softmax"

    def __init__(self, dtype: Any = np.float64) -> None:
        super().__init__(dtype)
        self._softmax, self._half = CategoricalCrossEntropy(dtype), constant(0.5, dtype)

    def outputs(self, logits: Array, out: Array) -> None:
        """p = softmax(z)."""
        self._softmax.outputs(logits, out)

    def measure(self, logits: Array, targets: Array, terms: Array, delta: Array) -> None:
        """Terms ½ (p − y)², derivative p (e − Σ p e) with e = p − y."""
        self._softmax.outputs(logits, delta)
        np.subtract(delta, targets, terms)
        mean = (delta * terms).sum(axis=-1, keepdims=True)
        np.multiply(delta, terms - mean, delta)
        np.multiply(terms, terms, terms)
        np.multiply(terms, self._half, terms)

    def check_targets(self, targets: Array) -> None:
        """Rows are in 0…1 and sum to one."""
        _check_rows(targets, self.name)


def _check_shares(targets: Array, loss: str) -> None:
    outside = (targets < 0.0) | (targets > 1.0)
    if outside.any():
        allowed = tr("targets from 0 to 1 for {loss}", loss=loss)
        raise InputError("Y", float(targets[outside][0]), allowed)


def _check_rows(targets: Array, loss: str) -> None:
    sums = targets.sum(axis=1)
    wrong = (np.abs(sums - 1.0) > ROW_SUM_TOLERANCE) | (targets.min(axis=1) < 0.0)
    if wrong.any():
        row = int(np.argmax(wrong))
        allowed = tr("rows of numbers from 0 that sum to one for {loss}", loss=loss)
        raise InputError(f"Y[{row}]", targets[row].tolist(), allowed)


LOSSES: dict[str, type[LossFunction]] = {
    kind.name: kind for kind in (BinaryCrossEntropy, CategoricalCrossEntropy, MeanSquaredError)
}
"""Every loss by its name."""
OWN = "own"
"""The output activation that belongs to a loss."""
OUTPUTS: dict[str, type[LossFunction]] = {
    kind.output_activation: kind for kind in (SigmoidSquaredError, SoftmaxSquaredError)
}
"""What squared errors may be taken of beside the logits: the outputs of these activations."""


def loss_kind(loss: str, output: str = OWN) -> type[LossFunction]:
    """The loss of this name, of outputs of this activation where it is squared errors; others have their own."""
    return OUTPUTS.get(output, MeanSquaredError) if loss == MeanSquaredError.name else LOSSES[loss]
