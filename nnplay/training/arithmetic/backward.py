"""The way back, written out: a unit's δ from those of the layer behind it, or from the loss."""

import math

from nnplay.nn import StepTrace
from nnplay.nn.batch_norm import EPSILON
from nnplay.texts import tr
from nnplay.training.arithmetic.expression import (
    Expression,
    Line,
    Mean,
    Negative,
    Number,
    Part,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
    Terms,
)
from nnplay.training.arithmetic.forward import SPELLED_OUT, indexed
from nnplay.training.arithmetic.functions import ONE, derivative_formula, function_name
from nnplay.training.arithmetic.loss import is_squared, is_squashed
from nnplay.training.arithmetic.quantities import Quantities, double, own_slopes, quietly


@quietly
def backward_lines(trace: StepTrace, layer: int, unit: int, sample: int | None) -> tuple[Line, ...]:
    """How δ, a sample's own ∂ℓ/∂z, comes about; for `sample` None the mean of all samples' δ.

    At the output it is what the loss leaves, ŷ − y; before it f′(z) · Σ w δ, through dropout's mask, and with batch
    norm through its mean and variance.
    """
    of = Quantities(trace)
    if sample is None:
        return (_mean_line(of, layer, unit),)
    if of.is_output(layer):
        return (_output_line(of, unit, sample),)
    derivative = derivative_line(trace, layer, unit, sample)
    slope = _through_activation(of, layer, unit, sample, derivative.result)
    if trace.layers[layer].norm is None:
        return derivative, Line(of.delta(layer, unit, sample), slope)
    by_beta, by_gamma = (norm_mean(of, layer, unit, quantity) for quantity in ("beta", "gamma"))
    through_norm = _norm_line(of, layer, unit, sample, by_beta.result, by_gamma.result)
    return derivative, Line(of.norm_delta(layer, unit, sample), slope), by_beta, by_gamma, through_norm


def derivative_line(trace: StepTrace, layer: int, unit: int, sample: int) -> Line:
    """f′(z)."""
    of, record = Quantities(trace), trace.layers[layer]
    assert record.derivative is not None
    z, a = of.activated(layer, unit, sample), of.a(layer, unit, sample)
    symbol = Symbol(f"{function_name(record.activation)}′", of=z.symbol)
    part = Part("derivative", layer, unit, sample=sample)
    result = Number(float(record.derivative[sample, unit]), symbol, part)
    return Line(result, derivative_formula(record.activation, z, a))


def _through_activation(of: Quantities, layer: int, unit: int, sample: int, derivative: Number) -> Expression:
    """f′(z) · r · Σ w δ."""
    behind = of.layer(layer + 1)
    values = double(behind.weights_before[unit]) * (len(behind.delta) * double(behind.delta[sample]))
    terms = Terms(values, lambda k: Product((of.weight(layer + 1, unit, k), of.delta(layer + 1, k, sample))))
    factors: list[Expression] = [derivative]
    if of.layer(layer).mask is not None:
        factors.append(of.mask(layer, unit, sample))
    general = None
    if len(terms) > SPELLED_OUT:
        above = of.symbol("w", layer + 1).sup
        own = Number(math.nan, Symbol("w", f"{unit + 1}k", above))
        general = Product((own, indexed(of.delta(layer + 1, 0, sample), "k")))
    factors.append(terms[0] if len(terms) == 1 else Sum(terms, "k", general))
    return Product(tuple(factors))


def _output_line(of: Quantities, unit: int, sample: int) -> Line:
    """δ = ŷ − y, of squared errors 2 (ŷ − y); divided by O where the loss is the mean of several outputs.

    Of squared errors of a sigmoid's outputs (ŷ − y) ŷ (1 − ŷ), of softmax's ŷ (ŷ − y − Σ ŷ (ŷ − y)).
    """
    trace, layer = of.trace, len(of.trace.layers) - 1
    expression: Expression = Sum((of.a(layer, unit, sample), Negative(of.target(unit, sample))))
    factors: list[Expression] = []
    if (weight := of.sample_weight(sample)) is not None:
        factors.append(weight)
    if is_squashed(trace):
        y_hat = of.a(layer, unit, sample)
        if trace.layers[-1].activation == "sigmoid":
            factors += [y_hat, Sum((ONE, Negative(y_hat)))]
        else:
            factors.append(y_hat)
            expression = Sum((y_hat, Negative(of.target(unit, sample)), Negative(_mean_error(of, sample))))
    elif is_squared(trace):
        factors.append(Number(2, exact=True))
    if factors:
        expression = Product((*factors, expression))
    outputs = trace.outputs.shape[1]
    if outputs > 1 and trace.loss_name != "categorical_cross_entropy":
        expression = Quotient(expression, Number(outputs, Symbol("O"), exact=True))
    return Line(of.delta(layer, unit, sample), expression)


def _mean_error(of: Quantities, sample: int) -> Expression:
    """Σ ŷ (ŷ − y) over all outputs."""
    trace, layer = of.trace, len(of.trace.layers) - 1
    terms = tuple(
        Product((of.a(layer, k, sample), Sum((of.a(layer, k, sample), Negative(of.target(k, sample))))))
        for k in range(trace.outputs.shape[1])
    )
    target, output = Number(math.nan, Symbol("y", "k")), Number(math.nan, Symbol("y", "k", mark="hat"))
    general = Product((output, Sum((output, Negative(target))))) if len(terms) > SPELLED_OUT else None
    return terms[0] if len(terms) == 1 else Sum(terms, "k", general)


def _mean_line(of: Quantities, layer: int, unit: int) -> Line:
    general = indexed(of.delta(layer, unit, 0), "n", keep=True)
    terms = Terms(own_slopes(of.layer(layer).delta[:, unit]), lambda n: of.delta(layer, unit, n))
    return Line(of.delta(layer, unit, None), Mean(terms, general, len(terms)), words=tr("The mean over the batch"))


def norm_mean(of: Quantities, layer: int, unit: int, quantity: str) -> Line:
    """The mean of ∂ℓ/∂u, which is ∂L/∂β, or that of ∂ℓ/∂u · x̂, which is ∂L/∂γ; before clipping."""
    norm = of.layer(layer).norm
    assert norm is not None
    values = own_slopes(norm.delta[:, unit])
    any_delta = indexed(of.norm_delta(layer, unit, 0), "n", keep=True)
    general: Expression = any_delta
    if quantity == "beta":
        terms = Terms(values, lambda n: of.norm_delta(layer, unit, n))
    else:
        values = values * double(norm.normalized[:, unit])
        terms = Terms(values, lambda n: Product((of.norm_delta(layer, unit, n), of.normalized(layer, unit, n))))
        general = Product((any_delta, indexed(of.normalized(layer, unit, 0), "n", keep=True)))
    mean = Mean(terms, general, len(terms))
    letter = "γ" if quantity == "gamma" else "β"
    symbol = of.symbol(f"∂L/∂{letter}", layer, unit)
    return Line(Number(mean.value, symbol, Part(f"{quantity}_gradient", layer, unit)), mean)


def _norm_line(of: Quantities, layer: int, unit: int, sample: int, by_beta: Number, by_gamma: Number) -> Line:
    """δ = γ / √(σ² + ε) · (δᵘ − ∂L/∂β − x̂ · ∂L/∂γ)."""
    spread = Root(Sum((of.variance(layer, unit), Number(EPSILON, Symbol("ε"), exact=True))))
    through_variance = Product((of.normalized(layer, unit, sample), by_gamma))
    inside = Sum((of.norm_delta(layer, unit, sample), Negative(by_beta), Negative(through_variance)))
    expression = Product((Quotient(of.gamma(layer, unit), spread), inside))
    return Line(of.delta(layer, unit, sample), expression)
