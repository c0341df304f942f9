"""A parameter's gradient, written out: the batch's mean of a · δ, the penalty, clipping."""

from dataclasses import replace

from nnplay.nn import StepTrace
from nnplay.texts import tr
from nnplay.training.arithmetic.backward import norm_mean
from nnplay.training.arithmetic.expression import (
    Call,
    Expression,
    Line,
    Mean,
    Number,
    Part,
    Product,
    Quotient,
    Sum,
    Symbol,
    Terms,
)
from nnplay.training.arithmetic.forward import indexed
from nnplay.training.arithmetic.loss import l1_strength, l2_strength
from nnplay.training.arithmetic.quantities import Quantities, double, own_slopes, quietly

GRADIENTS = {"weight": "gradient", "bias": "gradient", "gamma": "gamma_gradient", "beta": "beta_gradient"}
"""What the gradient of a quantity is called as a `Part`."""


@quietly
def gradient_lines(
    trace: StepTrace, layer: int, row: int | None, unit: int, sample: int | None, quantity: str = ""
) -> tuple[Line, ...]:
    """How the gradient of one parameter comes about.

    Parameters
    ----------
    row
        The unit of the layer before, for a weight; None for all others.
    sample
        Whose own a · δ is shown beside the batch's mean; None for nobody's.
    quantity
        ``"gamma"`` or ``"beta"`` of batch norm; "" for a weight or, with `row` None, a bias.
    """
    of = Quantities(trace)
    quantity = quantity or ("bias" if row is None else "weight")
    lines = []
    if quantity in ("gamma", "beta"):
        if sample is not None:
            lines.append(_own_norm_line(of, layer, unit, sample, quantity))
        lines.append(norm_mean(of, layer, unit, quantity))
    else:
        if sample is not None:
            lines.append(_own_line(of, layer, row, unit, sample))
        lines.append(_mean_line(of, layer, row, unit))
    used = used_gradient(trace, layer, row, unit, quantity)
    if quantity == "weight" and (trace.l1 or trace.l2):
        assert row is not None
        lines.append(penalty_line(of, layer, row, unit, lines[-1].result))
    if clips(trace):
        lines.append(_clipping_line(of, lines[-1].result, used))
    else:  # the array's own number, not one that is made again
        lines[-1] = replace(lines[-1], result=replace(lines[-1].result, number=used.number))
    return tuple(lines)


def used_gradient(trace: StepTrace, layer: int, row: int | None, unit: int, quantity: str) -> Number:
    """g, as the optimiser takes it: with the penalty, and clipped."""
    record, of = trace.layers[layer], Quantities(trace)
    if quantity == "weight":
        assert row is not None
        value, symbol = record.weight_gradient[row, unit], of.symbol("g", layer, row, unit)
    else:
        arrays = {"bias": record.bias_gradient, "gamma": record.gamma_gradient, "beta": record.beta_gradient}
        array = arrays[quantity]
        assert array is not None
        value, symbol = array[unit], of.symbol("g", layer, unit)
    return Number(float(value), symbol, Part(GRADIENTS[quantity], layer, unit, row))


def clips(trace: StepTrace) -> bool:
    """Whether the step's gradient was longer than it might be."""
    return trace.clip_norm is not None and float(trace.gradient_norm) > trace.clip_norm


def penalty_line(of: Quantities, layer: int, row: int, unit: int, gradient: Number) -> Line:
    """The gradient of loss and penalty: + λ₂ w + λ₁ sign(w)."""
    trace, weight = of.trace, of.weight(layer, row, unit)
    terms: list[Expression] = [gradient]
    if trace.l2:
        terms.append(Product((l2_strength(trace), weight)))
    if trace.l1:
        terms.append(Product((l1_strength(trace), Call("sign", (weight,), _sign))))
    total = Sum(tuple(terms))
    symbol = of.symbol("∂(L+R)/∂w", layer, row, unit)
    part = Part("gradient", layer, unit, row)
    return Line(Number(total.value, symbol, part), total, words=tr("With the penalty on large weights"))


def _own_line(of: Quantities, layer: int, row: int | None, unit: int, sample: int) -> Line:
    delta = of.delta(layer, unit, sample)
    expression: Expression = delta
    if row is not None:
        expression = Product((of.taken(layer, row, sample), delta))
    letter, indices = ("b", (unit,)) if row is None else ("w", (row, unit))
    symbol = of.symbol(f"∂ℓ/∂{letter}", layer, *indices)
    part = Part("gradient", layer, unit, row, sample)
    return Line(Number(expression.value, symbol, part), expression, words=tr("This sample's own"))


def _mean_line(of: Quantities, layer: int, row: int | None, unit: int) -> Line:
    record = of.layer(layer)
    values = own_slopes(record.delta[:, unit])
    general: Expression = indexed(of.delta(layer, unit, 0), "n", keep=True)
    if row is None:
        letter, indices = "b", [unit]
        terms = Terms(values, lambda n: of.delta(layer, unit, n))
    else:
        letter, indices = "w", [row, unit]
        values = double(record.inputs[:, row]) * values
        terms = Terms(values, lambda n: Product((of.taken(layer, row, n), of.delta(layer, unit, n))))
        general = Product((indexed(of.taken(layer, row, 0), "n", keep=True), general))
    mean = Mean(terms, general, len(terms))
    symbol = of.symbol(f"∂L/∂{letter}", layer, *indices)
    return Line(
        Number(mean.value, symbol, Part("gradient", layer, unit, row)), mean, words=tr("The mean over the batch")
    )


def _own_norm_line(of: Quantities, layer: int, unit: int, sample: int, quantity: str) -> Line:
    delta = of.norm_delta(layer, unit, sample)
    expression: Expression = delta
    if quantity == "gamma":
        expression = Product((delta, of.normalized(layer, unit, sample)))
    symbol = of.symbol("∂ℓ/∂γ" if quantity == "gamma" else "∂ℓ/∂β", layer, unit)
    part = Part(GRADIENTS[quantity], layer, unit, sample=sample)
    return Line(Number(expression.value, symbol, part), expression, words=tr("This sample's own"))


def _clipping_line(of: Quantities, gradient: Number, used: Number) -> Line:
    """g = ∂L/∂w · c / ‖g‖."""
    limit = of.trace.clip_norm
    assert limit is not None
    norm = Number(float(of.trace.gradient_norm), Symbol("‖∇L‖"))
    factor = Quotient(Number(limit, Symbol("g", "max"), exact=True), norm)
    words = tr("Clipped, as the gradient of all parameters is longer than it may be")
    return Line(used, Product((gradient, factor)), words=words)


def _sign(value: float) -> float:
    return float((value > 0) - (value < 0))
