"""Blanks in the lines of a sheet: which numbers are left out, and whether what is typed into them is right."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import NamedTuple

from nnplay.errors import NnplayError
from nnplay.training.arithmetic.expression import Expression, Line, Number, Part, Symbol, Terms, children
from nnplay.training.arithmetic.shown import shown
from nnplay.training.reading import number_in

Change = Callable[[Expression], Expression]
Sources = dict[Part | Symbol | None, list[Line]]
"""By the place of a number, or its name where it has none, the lines that came to it."""


class Blanks(Enum):
    """Which numbers of a sheet are blanks."""

    NONE = "none"
    RESULTS = "results"
    NUMBERS = "numbers"


class BlankKey(NamedTuple):
    """Which blank of a sheet: its line, from 1, and its place in it: 0 is the result, then what was put in."""

    line: int
    place: int


FIRST = BlankKey(0, 0)


@dataclass(frozen=True)
class BlankNumber(Number):
    """A number that is to be filled in.

    Attributes
    ----------
    key
        Which one it is.
    source
        The line that it is the result of.
    """

    key: BlankKey = FIRST
    source: Line | None = None


def is_blank(number: Number) -> bool:
    """Whether a blank stands in its place."""
    return isinstance(number, BlankNumber)


def with_blanks(lines: Iterable[Line], blanks: Blanks) -> list[Line]:
    """The lines in their order with their blanks.

    A result is one; with `Blanks.NUMBERS` so is a number that an earlier line came to.
    """
    if blanks is Blanks.NONE:
        return list(lines)
    sources: Sources = {}
    written = []
    for number, line in enumerate(lines, 1):
        expression = line.expression
        if blanks is Blanks.NUMBERS:
            expression = _Blanker(number, sources).blanked(expression)
        result = _blank(line.result, BlankKey(number, 0), line)
        written.append(replace(line, expression=expression, result=result))
        sources.setdefault(_name(line.result), []).append(line)
    return written


def blanks_of(line: Line) -> list[BlankNumber]:
    """The blanks of a line, in the order that they are read."""
    found = [number for number in numbers_of(line.expression) if isinstance(number, BlankNumber)]
    return [*found, *([line.result] if isinstance(line.result, BlankNumber) else [])]


def is_right(text: str, blank: BlankNumber, digits: int) -> bool:
    """Whether a typed number is the right one in the digits that are shown.

    Right is the number rounded so, and also what comes of the line that computes it with its numbers as they are
    shown, each of which is rounded: who works on paper has no others.
    """
    try:
        typed = Decimal(repr(number_in(text)))
    except ValueError:
        return False
    if not typed.is_finite():
        return False
    return any(_is_shown_as(typed, value, digits) for value in _answers(blank, digits))


def answer_of(blank: BlankNumber, digits: int) -> str:
    """What is right, as it can be typed."""
    return shown(blank.number, digits).short


def numbers_of(expression: Expression) -> Iterable[Number]:
    """The leaves that stand in the formula with numbers, from left to right."""
    if isinstance(expression, Number):
        yield expression
        return
    for child in children(expression):
        yield from numbers_of(child)


def with_shown_numbers(expression: Expression, digits: int) -> Expression:
    """The formula with each number as it is shown."""
    if isinstance(expression, Number):
        written = shown(expression.number, digits, exact=expression.exact or expression.symbol is None)
        try:
            return Number(number_in(written.short), expression.symbol, expression.part, expression.exact)
        except ValueError:  # ∞
            return expression
    return _mapped(expression, lambda inner: with_shown_numbers(inner, digits))


class _Blanker:
    """Puts blanks into one line."""

    def __init__(self, line: int, sources: Sources) -> None:
        self._line, self._sources, self._place = line, sources, 0

    def blanked(self, expression: Expression) -> Expression:
        if not isinstance(expression, Number):
            return _mapped(expression, self.blanked)
        same = (line for line in self._sources.get(_name(expression), ()) if _are_close(line.result, expression))
        source = next(same, None)
        if source is None:
            return expression
        self._place += 1
        return _blank(expression, BlankKey(self._line, self._place), source)


def _blank(number: Number, key: BlankKey, source: Line) -> BlankNumber:
    return BlankNumber(number.number, number.symbol, number.part, number.exact, key, source)


def _name(number: Number) -> Part | Symbol | None:
    """Where a number belongs, whatever it is called there: the gradient that was ∂L/∂w is g for the optimiser."""
    return number.part or number.symbol


def _are_close(first: Number, second: Number) -> bool:
    """Whether they are one number: an old and a new weight have the same name."""
    return math.isclose(first.number, second.number, rel_tol=1e-9)


@cache
def _inner(node: type[Expression]) -> list[str]:
    """The fields of what stands in the formula with numbers: not what is written in symbols only."""
    names = [field.name for field in fields(node)]  # type: ignore[arg-type]  # every node is a dataclass
    return [name for name in names if name != "general"]


def _mapped(expression: Expression, change: Change) -> Expression:
    changed: dict[str, object] = {}
    for name in _inner(type(expression)):  # type: ignore[arg-type]  # a class is hashable
        value = getattr(expression, name)
        if isinstance(value, Expression):
            changed[name] = change(value)
        elif isinstance(value, tuple | Terms):
            changed[name] = tuple(map(change, value))
    return replace(expression, **changed)  # type: ignore[type-var]


def _answers(blank: BlankNumber, digits: int) -> Iterable[float]:
    yield blank.number
    if blank.source is not None:
        try:
            yield with_shown_numbers(blank.source.expression, digits).value
        except (ArithmeticError, ValueError, NnplayError):  # what is shown as 0 is no divisor
            return


def _is_shown_as(typed: Decimal, value: float, digits: int) -> bool:
    written = shown(value, digits)
    if written.digits in "∞?":
        return False
    low, high = written.bounds
    return low <= typed <= high
