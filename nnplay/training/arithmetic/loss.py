"""The loss, written out: what one sample costs, the batch's mean, and the penalty apart from it."""

import math
from collections.abc import Callable

import numpy as np

from nnplay.nn import StepTrace
from nnplay.nn.arrays import Array
from nnplay.texts import tr
from nnplay.training.arithmetic.expression import (
    Call,
    Expression,
    Line,
    Mean,
    Negative,
    Number,
    Part,
    Power,
    Product,
    Sum,
    Symbol,
    Terms,
)
from nnplay.training.arithmetic.forward import SPELLED_OUT, indexed
from nnplay.training.arithmetic.functions import ONE, TWO
from nnplay.training.arithmetic.quantities import Quantities, double, quietly

SATURATED = 1e-3
"""Nearer than this to 0 a probability's logarithm is taken from the logits, as training does."""


@quietly
def loss_lines(trace: StepTrace, sample: int | None) -> tuple[Line, ...]:
    """The sample's loss (none for `sample` None), the batch's mean of all samples' losses, and the penalty."""
    lines = [] if sample is None else [sample_loss_line(trace, sample)]
    lines.append(batch_loss_line(trace))
    if trace.l1 or trace.l2:
        lines += penalty_lines(trace)
    return tuple(lines)


@quietly
def sample_loss_line(trace: StepTrace, sample: int) -> Line:
    """ℓ with its numbers."""
    return Line(_loss(trace, sample, sample_losses(trace)[sample]), loss_expression(trace, sample))


@quietly
def batch_loss_line(trace: StepTrace) -> Line:
    """L = 1/N Σ c ℓ, c being the samples' weights where there are some."""
    of, count = Quantities(trace), len(trace.inputs)
    losses = sample_losses(trace)
    values = losses if trace.sample_weights is None else losses * double(trace.sample_weights)
    terms = Terms(values, lambda n: _weighted(of, _loss(trace, n, losses[n]), n))
    general: Expression = Number(math.nan, Symbol("ℓ", "n"))
    if trace.sample_weights is not None:
        general = Product((Number(math.nan, Symbol("c", "n")), general))
    words = tr("The mean over the batch")
    return Line(Number(float(trace.loss), Symbol("L"), Part("loss", 0, 0)), Mean(terms, general, count), words=words)


@quietly
def penalty_lines(trace: StepTrace) -> tuple[Line, ...]:
    """½ λ₂ Σ w² + λ₁ Σ |w| over all layers' weights, each layer's sum as one number."""
    terms: list[Expression] = []
    if trace.l2:
        squares = _layer_sums(trace, "w²", lambda weights: float(np.square(weights, dtype=np.float64).sum()))
        terms.append(Product((Number(0.5, exact=True), l2_strength(trace), squares)))
    if trace.l1:
        sizes = _layer_sums(trace, "|w|", lambda weights: float(np.abs(weights).sum(dtype=np.float64)))
        terms.append(Product((l1_strength(trace), sizes)))
    words = tr("The penalty on large weights, which is reported apart from the loss")
    penalty = Number(float(trace.penalty), Symbol("R"))
    return (Line(penalty, terms[0] if len(terms) == 1 else Sum(tuple(terms)), words=words),)


def l1_strength(trace: StepTrace) -> Number:
    """λ₁."""
    return Number(trace.l1, Symbol("λ", "1"), exact=True)


def l2_strength(trace: StepTrace) -> Number:
    """λ₂."""
    return Number(trace.l2, Symbol("λ", "2"), exact=True)


def loss_expression(trace: StepTrace, sample: int) -> Expression:
    """A sample's own loss in terms of its outputs and targets."""
    of = Quantities(trace)
    units = range(trace.outputs.shape[1])
    if trace.loss_name == "categorical_cross_entropy":
        return _categorical(of, sample)
    one = _squared if is_squared(trace) else _binary
    terms = tuple(one(of, unit, sample) for unit in units)
    if len(terms) == 1:
        return terms[0]
    target, output = Number(math.nan, Symbol("y", "k")), Number(math.nan, Symbol("y", "k", mark="hat"))
    general = _square(trace, Sum((output, Negative(target)))) if is_squared(trace) else _cross_entropy(target, output)
    return Mean(terms, general, len(terms), "k", "O")


def is_squared(trace: StepTrace) -> bool:
    """Whether the loss is squared errors."""
    return trace.loss_name == "mean_squared_error"


def is_squashed(trace: StepTrace) -> bool:
    """Whether it is squared errors of what a sigmoid or softmax made of the sums."""
    return is_squared(trace) and trace.layers[-1].activation != "identity"


def _loss(trace: StepTrace, sample: int, value: float) -> Number:
    return Number(float(value), Symbol("ℓ"), Part("loss", len(trace.layers) - 1, 0, sample=sample))


def sample_losses(trace: StepTrace) -> Array:
    """(N,) each ℓ, computed from the logits as training does, so that no logarithm overflows."""
    z, y = double(trace.logits), double(trace.targets)
    losses: Array
    if is_squared(trace):
        squares = np.square(double(trace.outputs) - y).mean(axis=1)
        losses = 0.5 * squares if is_squashed(trace) else squares
    elif trace.loss_name == "binary_cross_entropy":
        signs = 1.0 - 2.0 * y
        between = np.logaddexp(0.0, z) - y * z
        losses = np.where(np.abs(signs) == 1.0, np.logaddexp(0.0, signs * z), between).mean(axis=1)
    else:
        shifted = z - z.max(axis=1, keepdims=True)
        losses = (y * (np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted)).sum(axis=1)
    return losses


def _layer_sums(trace: StepTrace, letter: str, total: Callable[[Array], float]) -> Expression:
    numbers = tuple(
        Number(total(record.weights_before), Symbol(f"Σ{letter}", sup=f"({i + 1})" if len(trace.layers) > 1 else ""))
        for i, record in enumerate(trace.layers)
    )
    return numbers[0] if len(numbers) == 1 else Sum(numbers)


def _weighted(of: Quantities, loss: Number, sample: int) -> Expression:
    weight = of.sample_weight(sample)
    return loss if weight is None else Product((weight, loss))


def _squared(of: Quantities, unit: int, sample: int) -> Expression:
    layer = len(of.trace.layers) - 1
    return _square(of.trace, Sum((of.a(layer, unit, sample), Negative(of.target(unit, sample)))))


def _square(trace: StepTrace, error: Expression) -> Expression:
    """e², of squashed outputs ½ e²."""
    square = Power(error, TWO)
    return Product((Number(0.5, exact=True), square)) if is_squashed(trace) else square


def _binary(of: Quantities, unit: int, sample: int) -> Expression:
    layer = len(of.trace.layers) - 1
    y, output, z = of.target(unit, sample), of.a(layer, unit, sample), of.z(layer, unit, sample)
    if (y.number < 1 and 1 - output.number < SATURATED) or (y.number > 0 and output.number < SATURATED):
        return _from_logit(y, z)
    return _cross_entropy(y, output)


def _from_logit(y: Number, z: Number) -> Expression:
    """ln(1 + exp z) − y z, which for a target of 1 is ln(1 + exp(−z))."""
    if y.number == 1:
        return _softplus(Negative(z), z)
    return _softplus(z, Negative(z)) if y.number == 0 else Sum((_softplus(z, Negative(z)), Negative(Product((y, z)))))


def _softplus(t: Expression, minus_t: Expression) -> Expression:
    """ln(1 + exp t), of a positive t as t + ln(1 + exp(−t)), so that exp can't overflow."""
    positive = t.value > 0
    exponential = Call("exp", (minus_t if positive else t,), math.exp)
    logarithm = Call("ln", (Sum((ONE, exponential)),), math.log)
    return Sum((t, logarithm)) if positive else logarithm


def _cross_entropy(y: Number, output: Number) -> Expression:
    """−y ln ŷ − (1 − y) ln(1 − ŷ), of which a target of 0 or 1 leaves one logarithm."""
    of_one = Call("ln", (output,), _logarithm)
    of_zero = Call("ln", (Sum((ONE, Negative(output))),), _logarithm)
    if y.number in (0.0, 1.0):
        return Negative(of_one if y.number else of_zero)
    other = Product((Sum((ONE, Negative(y))), of_zero))
    return Sum((Negative(Product((y, of_one))), Negative(other)))


def _categorical(of: Quantities, sample: int) -> Expression:
    """−Σ y ln ŷ over the classes whose target isn't 0."""
    layer, targets = len(of.trace.layers) - 1, of.trace.targets[sample]
    classes = [k for k in range(len(targets)) if targets[k]]
    terms = []
    for k in classes:
        output = of.a(layer, k, sample)
        logarithm: Expression = Negative(Call("ln", (output,), _logarithm))
        if output.number < SATURATED:
            logarithm = _log_sum(of, k, sample)
        terms.append(logarithm if targets[k] == 1 else Product((of.target(k, sample), logarithm)))
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def _log_sum(of: Quantities, unit: int, sample: int) -> Expression:
    """M + ln Σ exp(z − M) − z, M being the largest of all z."""
    layer = len(of.trace.layers) - 1
    logits = [of.z(layer, k, sample) for k in range(of.trace.logits.shape[1])]
    largest = max(logits, key=lambda z: z.number)
    raised = tuple(Call("exp", (Sum((z, Negative(largest))),), math.exp) for z in logits)
    general = None
    if len(raised) > SPELLED_OUT:
        general = Call("exp", (Sum((indexed(largest, "k"), Negative(largest))),), math.exp)
    return Sum((largest, Call("ln", (Sum(raised, "k", general),), math.log), Negative(logits[unit])))


def _logarithm(value: float) -> float:
    return math.log(value) if value > 0 else -math.inf
