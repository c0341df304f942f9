"""Expressions with their numbers in them: the formulas that a person reads, and by which the numbers can be made again.

One tree is both a formula and its numbers: each leaf has a symbol and a value, and `value` computes it anew.
"""
# ruff: noqa: D102 - what `value` is stands once, at `Expression`

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import overload

from nnplay.nn.arrays import Array


@dataclass(frozen=True)
class Symbol:
    """How a number is called, in Unicode: ``Symbol("w", "1,2")``, ``Symbol("m", mark="hat")``.

    Attributes
    ----------
    letter
        One or more letters.
    sub, sup
        Index below and above; "" for none.
    mark
        What stands over the letter: ``"hat"`` for an estimate, ``"bar"`` for a mean over the batch, ``"tilde"`` for
        what dropout left; several from below up, ``"hat bar"``; "" for nothing.
    of
        What stands in parentheses behind it, as in σ′(z); None for nothing.
    """

    letter: str
    sub: str = ""
    sup: str = ""
    mark: str = ""
    of: "Symbol | None" = None


@dataclass(frozen=True)
class Part:
    """Where a number is in the network, so that its place in a drawing or a table can be shown.

    Attributes
    ----------
    quantity
        ``"input"``, ``"target"``, ``"weight"``, ``"bias"``, ``"gamma"``, ``"beta"``; forward ``"z"``, ``"mean"``,
        ``"variance"``, ``"normalized"``, ``"norm_output"`` (γ x̂ + β), ``"a"``, ``"mask"``, ``"output"`` (after
        dropout), ``"loss"``; backward ``"derivative"`` (f′), ``"norm_delta"`` (∂ℓ/∂y of batch norm), ``"delta"``,
        ``"gradient"`` (of a weight, or of a bias where `row` is None), ``"gamma_gradient"``, ``"beta_gradient"``;
        ``"memory"`` or ``"update"``.
    layer
        Dense layer, from 0; −1 for the inputs.
    unit
        Unit of the layer, from 0; of the inputs for layer −1.
    row
        The unit of the layer before where a weight begins; None for a bias and for what belongs to a unit.
    sample
        Row of the batch; None for a mean over the batch and for what no sample has.
    """

    quantity: str
    layer: int
    unit: int
    row: int | None = None
    sample: int | None = None


class Expression:
    """A node of a formula; no abstract base class, of which it takes long to tell what is one."""

    @property
    def value(self) -> float:
        """What comes out, computed from the leaves."""
        raise NotImplementedError


@dataclass(frozen=True)
class Number(Expression):
    """A leaf: a number with its symbol; without one it stands as it is on both sides.

    `exact` is a number that a person chose, or a count, and is written as it is: 0.999, 4.
    """

    number: float
    symbol: Symbol | None = None
    part: Part | None = None
    exact: bool = False

    @property
    def value(self) -> float:
        return self.number


class Terms(Sequence[Expression]):
    """The terms of a long sum, of which each is made when it is asked for: a batch may have thousands.

    Parameters
    ----------
    values
        (n,) what they come to.
    make
        The term at a place.
    """

    def __init__(self, values: Array, make: Callable[[int], Expression]) -> None:
        self.values, self._make = values, make

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, place: int) -> Expression: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Expression, ...]: ...

    def __getitem__(self, place: int | slice) -> Expression | tuple[Expression, ...]:
        places = range(len(self))[place]
        return self._make(places) if isinstance(places, int) else tuple(map(self._make, places))

    def at(self, places: Sequence[int]) -> "Terms":
        """Those at some places."""
        return Terms(self.values[list(places)], lambda i: self._make(places[i]))


def values_of(terms: Sequence[Expression]) -> list[float]:
    """What each of them comes to."""
    values: list[float] = terms.values.tolist() if isinstance(terms, Terms) else [term.value for term in terms]
    return values


@dataclass(frozen=True)
class Rest(Expression):
    """So many terms of a long sum in one number."""

    terms: Sequence[Expression]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.terms)

    @property
    def value(self) -> float:
        return _total(values_of(self.terms))


@dataclass(frozen=True)
class Sum(Expression):
    """Terms added up; a negative term is written with a minus.

    Attributes
    ----------
    index, general
        For a long sum the term that stands for all of them behind a Σ, and what it runs over: ``i`` and wᵢ₁ · xᵢ.
        Where there is none the terms are written one by one in symbols too.
    after
        Terms that are no part of the Σ, as the bias.
    """

    terms: Sequence[Expression]
    index: str = ""
    general: Expression | None = None
    after: tuple[Expression, ...] = ()

    @property
    def value(self) -> float:
        return _total((*values_of(self.terms), *values_of(self.after)))


@dataclass(frozen=True)
class Mean(Expression):
    """The sum of the terms divided by how many there are, over the samples of a batch (n) or the outputs (k).

    `general` is the term that stands for all of them behind the Σ, `letter` their number's.
    """

    terms: Sequence[Expression]
    general: Expression
    count: int
    index: str = "n"
    letter: str = "N"

    @property
    def value(self) -> float:
        return _total(values_of(self.terms)) / self.count


@dataclass(frozen=True)
class Negative(Expression):
    """−x."""

    of: Expression

    @property
    def value(self) -> float:
        return -self.of.value


@dataclass(frozen=True)
class Product(Expression):
    """Factors, multiplied."""

    factors: tuple[Expression, ...]

    @property
    def value(self) -> float:
        return math.prod(factor.value for factor in self.factors)


@dataclass(frozen=True)
class Quotient(Expression):
    """A fraction."""

    top: Expression
    bottom: Expression

    @property
    def value(self) -> float:
        return self.top.value / self.bottom.value


@dataclass(frozen=True)
class Power(Expression):
    """A base with its exponent."""

    base: Expression
    exponent: Expression

    @property
    def value(self) -> float:
        try:
            return float(self.base.value**self.exponent.value)
        except OverflowError:
            return math.inf


@dataclass(frozen=True)
class Root(Expression):
    """A square root."""

    of: Expression

    @property
    def value(self) -> float:
        return math.sqrt(self.of.value)


@dataclass(frozen=True)
class Call(Expression):
    """A function with a name, such as relu(z) or relu′(z), of one argument or more."""

    name: str
    arguments: tuple[Expression, ...]
    function: Callable[..., float]

    @property
    def value(self) -> float:
        return float(self.function(*(argument.value for argument in self.arguments)))


def children(node: Expression) -> tuple[Expression, ...]:
    """What a node is made of, in the order in which it is written with its numbers."""
    match node:
        case Sum(terms=terms, after=after):
            return (*terms, *after)
        case Mean(terms=several) | Rest(terms=several):
            return tuple(several)
        case Product(factors=inside) | Call(arguments=inside):
            return inside
        case Negative(of=of) | Root(of=of):
            return (of,)
        case Quotient(top=top, bottom=bottom):
            return top, bottom
        case Power(base=base, exponent=exponent):
            return base, exponent
    return ()


@dataclass(frozen=True)
class Line:
    """One line that a person reads: ``result = formula = the same with numbers = value``.

    Attributes
    ----------
    result
        What is computed, with the value that the step's arrays have; for an assignment (``w ← …``) the new value.
    expression
        How it comes about.
    assignment
        Whether it is written with ← in place of the first =.
    words
        What the line is, for a person, already translated; "" for none.
    """

    result: Number
    expression: Expression
    assignment: bool = False
    words: str = ""


def _total(values: Sequence[float]) -> float:
    """The sum as exact as can be; what is beyond all numbers is ∞, and ∞ − ∞ no number."""
    try:
        return math.fsum(values)
    except (OverflowError, ValueError):
        return sum(values)
