"""The way forward, written out: z, batch norm, the activation, dropout, for one sample or as the batch's means."""

import math

import numpy as np

from nnplay.nn import StepTrace
from nnplay.nn.batch_norm import EPSILON
from nnplay.texts import tr
from nnplay.training.arithmetic.expression import (
    Call,
    Expression,
    Line,
    Mean,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
    Terms,
)
from nnplay.training.arithmetic.functions import TWO, activation_call
from nnplay.training.arithmetic.quantities import Quantities, double, means, quietly

SPELLED_OUT = 3
"""So many terms are written one by one in symbols; more stand behind a Σ."""


@quietly
def forward_lines(trace: StepTrace, layer: int, unit: int, sample: int | None) -> tuple[Line, ...]:
    """How a unit's numbers come about: z, batch norm's x̂ and u, a, and what dropout leaves of it.

    For `sample` None they are the batch's means, of which that of z is W's of the mean inputs, and that of a is taken
    over the samples, since the mean of f(z) isn't f of the mean z.
    """
    lines = [pre_activation_line(trace, layer, unit, sample)]
    if trace.layers[layer].norm is not None:
        lines += batch_norm_lines(trace, layer, unit, sample)
    lines.append(activation_line(trace, layer, unit, sample))
    if trace.layers[layer].mask is not None:
        lines.append(dropout_line(trace, layer, unit, sample))
    return tuple(lines)


@quietly
def pre_activation_line(trace: StepTrace, layer: int, unit: int, sample: int | None) -> Line:
    """z = Σ w · a + b."""
    of = Quantities(trace)
    record = trace.layers[layer]
    values = double(record.weights_before[:, unit]) * means(record.inputs, sample)
    terms = Terms(values, lambda row: Product((of.weight(layer, row, unit), of.taken(layer, row, sample))))
    general = None
    if len(terms) > SPELLED_OUT:
        weight, taken = of.weight(layer, 0, unit), of.taken(layer, 0, sample)
        general = Product((indexed(weight, "i", unit), indexed(taken, "i")))
    return Line(of.z(layer, unit, sample), Sum(terms, "i", general, (of.bias(layer, unit),)))


@quietly
def batch_norm_lines(trace: StepTrace, layer: int, unit: int, sample: int | None) -> tuple[Line, ...]:
    """The batch's mean and variance, x̂ = (z − μ) / √(σ² + ε), u = γ x̂ + β."""
    of = Quantities(trace)
    mean, variance = of.mean(layer, unit), of.variance(layer, unit)
    z, all_z = of.z(layer, unit, sample), double(trace.layers[layer].z[:, unit])
    any_z = indexed(of.z(layer, unit, 0), "n", keep=True)
    x_hat = of.normalized(layer, unit, sample)
    mean_line = Line(mean, Mean(Terms(all_z, lambda n: of.z(layer, unit, n)), any_z, len(all_z)))
    squares = Terms(np.square(all_z - mean.number), lambda n: _square(Sum((of.z(layer, unit, n), Negative(mean)))))
    variance_line = Line(variance, Mean(squares, _square(Sum((any_z, Negative(mean)))), len(all_z)))
    spread = Root(Sum((variance, Number(EPSILON, Symbol("ε"), exact=True))))
    normalized = Line(x_hat, Quotient(Sum((z, Negative(mean))), spread))
    scaled = Sum((Product((of.gamma(layer, unit), x_hat)), of.beta(layer, unit)))
    return mean_line, variance_line, normalized, Line(of.activated(layer, unit, sample), scaled)


@quietly
def activation_line(trace: StepTrace, layer: int, unit: int, sample: int | None) -> Line:
    """a = f(z); of the output layer sigmoid, softmax over its units, or z itself."""
    of, record = Quantities(trace), trace.layers[layer]
    a = of.a(layer, unit, sample)
    if sample is None:
        any_a = indexed(of.a(layer, unit, 0), "n", keep=True)
        terms = Terms(double(record.a[:, unit]), lambda n: of.a(layer, unit, n))
        return Line(a, Mean(terms, any_a, len(terms)))
    if record.activation == "softmax":
        return Line(a, _softmax(of, layer, unit, sample))
    return Line(a, activation_call(record.activation, of.activated(layer, unit, sample)))


@quietly
def dropout_line(trace: StepTrace, layer: int, unit: int, sample: int | None) -> Line:
    """ã = r · a, r being 0 for what is silenced or switched off."""
    of = Quantities(trace)
    result = of.given(layer, unit, sample)
    words = tr("r is 0 where the unit is silenced or switched off")
    if sample is not None:
        return Line(result, Product((of.mask(layer, unit, sample), of.a(layer, unit, sample))), words=words)
    record = trace.layers[layer]
    assert record.mask is not None
    values = double(record.mask[:, unit]) * double(record.a[:, unit])
    terms = Terms(values, lambda n: Product((of.mask(layer, unit, n), of.a(layer, unit, n))))
    first = (of.mask(layer, unit, 0), of.a(layer, unit, 0))
    general = Product(tuple(indexed(factor, "n", keep=True) for factor in first))
    return Line(result, Mean(terms, general, len(terms)), words=words)


def indexed(node: Number, index: str, *others: int, keep: bool = False) -> Number:
    """The number that stands for all of a sum: its symbol with a letter as index, before other indices or after its
    own ones.
    """
    symbol = node.symbol
    assert symbol is not None
    sub = symbol.sub + index if keep else index + "".join(str(other + 1) for other in others)
    return Number(math.nan, Symbol(symbol.letter, sub, symbol.sup, symbol.mark))


def _softmax(of: Quantities, layer: int, unit: int, sample: int) -> Quotient:
    """exp z / Σ exp z, after the largest z is subtracted where exp could overflow."""
    units = range(of.trace.logits.shape[1])
    logits = [of.z(layer, k, sample) for k in units]
    largest = max(logits, key=lambda z: z.number)

    def raised(z: Number) -> Expression:
        exponent: Expression = z if abs(largest.number) < 300 else Sum((z, Negative(largest)))
        return Call("exp", (exponent,), math.exp)

    general = raised(indexed(logits[0], "k")) if len(logits) > SPELLED_OUT else None
    return Quotient(raised(logits[unit]), Sum(tuple(map(raised, logits)), "k", general))


def _square(node: Expression) -> Power:
    return Power(node, TWO)
