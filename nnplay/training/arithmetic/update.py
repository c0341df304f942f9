"""The optimiser's own arithmetic for one parameter, written out: memory, corrections, the step, old → new."""

from collections.abc import Callable
from dataclasses import dataclass

from nnplay.nn import StepTrace
from nnplay.nn.arrays import Array
from nnplay.nn.parameters import ParameterLayout
from nnplay.texts import tr
from nnplay.training.arithmetic.expression import (
    Expression,
    Line,
    Negative,
    Number,
    Part,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
)
from nnplay.training.arithmetic.functions import ONE, TWO
from nnplay.training.arithmetic.gradient import clips, gradient_lines, used_gradient
from nnplay.training.arithmetic.quantities import Quantities, is_short, quietly


@quietly
def update_lines(trace: StepTrace, layer: int, row: int | None, unit: int, quantity: str = "") -> tuple[Line, ...]:
    """What the optimiser does with one parameter's gradient; the last line is the parameter, old → new.

    `row` and `quantity` say which one, as for `gradient_lines`.
    """
    of = _Updated(trace, layer, row, unit, quantity or ("bias" if row is None else "weight"))
    lines = _OPTIMIZERS.get(trace.optimizer_name, _other)(of)
    return lines if clips(trace) else (of.gradient_line(), *lines)


@dataclass(frozen=True)
class _Updated:
    """The parameter, and its numbers."""

    trace: StepTrace
    layer: int
    row: int | None
    unit: int
    quantity: str

    def symbol(self, letter: str, mark: str = "") -> Symbol:
        indices = (self.unit,) if self.row is None else (self.row, self.unit)
        return Quantities(self.trace).symbol(letter, self.layer, *indices, mark=mark)

    @property
    def letter(self) -> str:
        return {"weight": "w", "bias": "b", "gamma": "γ", "beta": "β"}[self.quantity]

    @property
    def g(self) -> Number:
        return used_gradient(self.trace, self.layer, self.row, self.unit, self.quantity)

    @property
    def eta(self) -> Number:
        rate = float(self.trace.learning_rate)
        return Number(rate, Symbol("η"), exact=is_short(rate))

    def hyper(self, name: str, letter: str, sub: str = "") -> Number:
        return Number(self.trace.hyperparameters[name], Symbol(letter, sub), exact=True)

    def value(self, flat: Array) -> float:
        """Its number in a vector of all parameters."""
        sizes = (self.trace.inputs.shape[1], *(record.z.shape[1] for record in self.trace.layers))
        views = ParameterLayout(sizes, self.trace.layers[0].norm is not None).views(flat)
        arrays = {"weight": views.weights, "bias": views.biases, "gamma": views.gammas, "beta": views.betas}
        array = arrays[self.quantity][self.layer]
        return float(array[self.unit] if self.row is None else array[self.row, self.unit])

    def gradient_line(self) -> Line:
        """g = ∂L/∂w, or with a penalty ∂(L+R)/∂w: how the gradient is called from here on."""
        *_, last = gradient_lines(self.trace, self.layer, self.row, self.unit, None, self.quantity)
        return Line(self.g, last.result, words=tr("The gradient"))

    def before(self, name: str, letter: str) -> Number:
        """A memory before the step; 0 before the first one."""
        flat = self.trace.optimizer_before.get(name)
        return Number(0.0 if flat is None else self.value(flat), self.symbol(letter), self._part("memory"))

    def after(self, name: str, letter: str) -> Number:
        """A memory after the step."""
        return Number(self.value(self.trace.optimizer_after[name]), self.symbol(letter), self._part("memory"))

    def parameter(self, flat: Array) -> Number:
        return Number(self.value(flat), self.symbol(self.letter), self._part(self.quantity))

    def step(self, expression: Expression, *others: Expression) -> Line:
        """w ← w − …."""
        old, new = self.parameter(self.trace.parameters_before), self.parameter(self.trace.parameters_after)
        terms = (old, *(Negative(each) for each in (*others, expression)))
        return Line(new, Sum(terms), assignment=True, words=tr("The update"))

    def number(self, value: float, letter: str, mark: str = "") -> Number:
        return Number(value, self.symbol(letter, mark), self._part("update"))

    def _part(self, quantity: str) -> Part:
        return Part(quantity, self.layer, self.unit, self.row)


def _sgd(of: _Updated) -> tuple[Line, ...]:
    return (of.step(Product((of.eta, of.g))),)


def _velocity(of: _Updated) -> Line:
    """v ← μ v + g."""
    expression = Sum((Product((of.hyper("momentum", "μ"), of.before("velocity", "v"))), of.g))
    return Line(of.after("velocity", "v"), expression, assignment=True, words=tr("The speed that is kept"))


def _momentum(of: _Updated) -> tuple[Line, ...]:
    velocity = _velocity(of)
    return velocity, of.step(Product((of.eta, velocity.result)))


def _nesterov(of: _Updated) -> tuple[Line, ...]:
    velocity = _velocity(of)
    ahead = Sum((of.g, Product((of.hyper("momentum", "μ"), velocity.result))))
    return velocity, of.step(Product((of.eta, ahead)))


def _adagrad(of: _Updated) -> tuple[Line, ...]:
    expression = Sum((of.before("squared_sum", "s"), Power(of.g, TWO)))
    words = tr("The sum of the squared gradients")
    total = Line(of.after("squared_sum", "s"), expression, assignment=True, words=words)
    return total, of.step(_scaled(of, of.g, total.result))


def _rmsprop(of: _Updated) -> tuple[Line, ...]:
    average = _average(of, "squared_average", "s", of.hyper("rho", "ρ"), Power(of.g, TWO))
    return average, of.step(_scaled(of, of.g, average.result))


def _adam(of: _Updated) -> tuple[Line, ...]:
    lines, step = _adam_step(of)
    return *lines, of.step(step)


def _adamw(of: _Updated) -> tuple[Line, ...]:
    lines, step = _adam_step(of)
    old = of.parameter(of.trace.parameters_before)
    decay = Product((of.eta, of.hyper("weight_decay", "λ"), old))
    return *lines, of.step(step, decay)


def _adam_step(of: _Updated) -> tuple[tuple[Line, ...], Expression]:
    """m, v, both corrections, and η m̂ / (√v̂ + ε)."""
    beta_1, beta_2 = of.hyper("beta_1", "β", "1"), of.hyper("beta_2", "β", "2")
    mean = _average(of, "first_moment", "m", beta_1, of.g)
    square = _average(of, "second_moment", "v", beta_2, Power(of.g, TWO))
    mean_hat, square_hat = (
        _corrected(of, line.result, letter, beta) for line, letter, beta in ((mean, "m", beta_1), (square, "v", beta_2))
    )
    return (mean, square, mean_hat, square_hat), _scaled(of, mean_hat.result, square_hat.result)


def _other(of: _Updated) -> tuple[Line, ...]:
    """w ← w − Δ, for an optimiser whose arithmetic isn't written out here."""
    return (of.step(of.number(of.value(of.trace.update), "Δ")),)


def _average(of: _Updated, name: str, letter: str, beta: Number, new: Expression) -> Line:
    """m ← β m + (1 − β) g."""
    kept = Product((beta, of.before(name, letter)))
    expression = Sum((kept, Product((Sum((ONE, Negative(beta))), new))))
    words = tr("The mean of the gradients") if new == of.g else tr("The mean of the squared gradients")
    return Line(of.after(name, letter), expression, assignment=True, words=words)


def _corrected(of: _Updated, moment: Number, letter: str, beta: Number) -> Line:
    """m̂ = m / (1 − βᵗ), t being the number of the step."""
    t = Number(of.trace.step, Symbol("t"), exact=True)
    expression = Quotient(moment, Sum((ONE, Negative(Power(beta, t)))))
    words = tr("Corrected for its start at zero")
    return Line(of.number(expression.value, letter, "hat"), expression, words=words)


def _scaled(of: _Updated, top: Expression, square: Expression) -> Expression:
    """η g / (√s + ε)."""
    return Quotient(Product((of.eta, top)), Sum((Root(square), of.hyper("epsilon", "ε"))))


_OPTIMIZERS: dict[str, Callable[[_Updated], tuple[Line, ...]]] = {
    "sgd": _sgd, "momentum": _momentum, "nesterov": _nesterov, "adagrad": _adagrad, "rmsprop": _rmsprop,
    "adam": _adam, "adamw": _adamw,
}  # fmt: skip
