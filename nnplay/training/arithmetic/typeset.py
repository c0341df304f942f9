"""Formulas as they are typeset, with fractions, roots and indices: one walk, of which HTML and LaTeX are kinds."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from nnplay.limits import LEAST_DIGITS
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
    Rest,
    Root,
    Sum,
    Symbol,
)
from nnplay.training.arithmetic.shown import ShownNumber, shown
from nnplay.training.arithmetic.text import ALONE, BASE, BINDING, FACTOR, TERM, Blank, line_sides


class Typesetter(ABC):
    """Writes one side of a line; a kind of it says how the pieces look.

    Parameters
    ----------
    digits
        Of numbers, 2 to 10; None for symbols.
    blank
        Which numbers are left to be filled in.
    """

    def __init__(self, digits: int | None, blank: Blank | None = None) -> None:
        self._digits, self._blank = digits, blank

    def side(self, expression: Expression) -> str:
        """A whole side."""
        return self._write(expression, ALONE, leading=True)

    # ---- how the pieces look

    @abstractmethod
    def row(self, pieces: Sequence[str]) -> str:
        """Pieces side by side."""

    @abstractmethod
    def sign(self, text: str) -> str:
        """+, −, ·, =, ←, Σ, parentheses, bars and dots."""

    @abstractmethod
    def symbol(self, symbol: Symbol) -> str:
        """A symbol with what is above, below and over it."""

    @abstractmethod
    def digits_of(self, number: ShownNumber) -> str:
        """A number without its sign."""

    @abstractmethod
    def gap(self) -> str:
        """A place to fill in."""

    @abstractmethod
    def words(self, text: str) -> str:
        """Words, or the name of a function."""

    @abstractmethod
    def fraction(self, top: str, bottom: str) -> str:
        """A fraction."""

    @abstractmethod
    def power(self, base: str, exponent: str) -> str:
        """A power."""

    @abstractmethod
    def root(self, of: str) -> str:
        """A square root."""

    @abstractmethod
    def total(self, index: str) -> str:
        """A Σ over an index."""

    # ---- the walk

    def number(self, node: Number, around: int = ALONE, *, leading: bool = True) -> str:
        """A leaf: its symbol, its digits, or a place to fill in."""
        if self._digits is None and node.symbol is not None:
            return self._named(node.symbol)
        if self._is_blank(node):
            return self.gap()
        written = self._shown(node)
        digits = self.digits_of(written)
        text = self.row([self.sign("−"), digits]) if written.negative else digits
        negative = written.negative and not leading and around > ALONE
        return self._enclosed(text, negative or (around == BASE and (written.negative or written.exponent is not None)))

    def _named(self, symbol: Symbol) -> str:
        """A symbol with what stands in parentheses behind it."""
        if symbol.of is None:
            return self.symbol(symbol)
        return self.row([self.words(symbol.letter), self.sign("("), self.symbol(symbol.of), self.sign(")")])

    def _write(self, node: Expression, around: int, *, leading: bool = False) -> str:
        if isinstance(node, Number):
            return self.number(node, around, leading=leading)
        enclose = around > BINDING[type(node)]
        return self._enclosed(self._inside(node, leading=leading or enclose), enclose)

    def _inside(self, node: Expression, *, leading: bool) -> str:
        match node:
            case Sum():
                return self._sum(node, leading=leading)
            case Mean():
                return self._mean(node)
            case Rest():
                return self._rest(node)
            case Negative(of):
                return self.row([self.sign("−"), self._write(of, TERM)])
            case Product(factors):
                first = self._write(factors[0], FACTOR, leading=leading)
                others = [piece for factor in factors[1:] for piece in (self.sign("·"), self._write(factor, FACTOR))]
                return self.row([first, *others])
            case Quotient(top, bottom):
                return self.fraction(self.side(top), self.side(bottom))
            case Power(base, exponent):
                return self.power(self._base(base), self.side(exponent))
            case Root(of):
                return self.root(self.side(of))
            case Call(name, arguments):
                listed = [self.side(arguments[0])]
                listed += [piece for each in arguments[1:] for piece in (self.sign(","), self.side(each))]
                if name == "abs":
                    return self.row([self.sign("|"), *listed, self.sign("|")])
                return self.row([self.words(name), self.sign("("), *listed, self.sign(")")])
        raise TypeError(type(node))

    def _sum(self, node: Sum, *, leading: bool) -> str:
        if self._digits is None and node.general is not None:
            general = [self.total(node.index), self._write(node.general, TERM)]
            return self.row([*general, *(piece for term in node.after for piece in self._signed(term))])
        first, *others = (*node.terms, *node.after)
        signed = [piece for term in others for piece in self._signed(term)]
        return self.row([self._write(first, TERM, leading=leading), *signed])

    def _signed(self, term: Expression) -> list[str]:
        """A term after others, with its sign; a minus of its own is the sign."""
        if isinstance(term, Negative):
            return [self.sign("−"), self._write(term.of, TERM)]
        written = None
        if isinstance(term, Number) and not (self._digits is None and term.symbol) and not self._is_blank(term):
            written = self._shown(term)
        if written is not None and written.negative:
            return [self.sign("−"), self.digits_of(written)]
        return [self.sign("+"), self._write(term, TERM)]

    def _mean(self, node: Mean) -> str:
        if self._digits is None:
            one = self.fraction(self.digits_of(ShownNumber(False, "1")), self.symbol(Symbol(node.letter)))
            return self.row([one, self.total(node.index), self._write(node.general, TERM)])
        first, *others = node.terms
        terms = [self._write(first, TERM, leading=True), *(piece for term in others for piece in self._signed(term))]
        return self.fraction(self.row(terms), self.digits_of(ShownNumber(False, str(node.count))))

    def _rest(self, node: Rest) -> str:
        if self._digits is None:
            return self.sign("…")
        more = self.words(tr("{n} more:|{n} more:", "", node.count))
        value = self.number(Number(node.value, Symbol("")))
        return self.row([self.sign("("), more, value, self.sign(")")])

    def _base(self, node: Expression) -> str:
        """What is raised to a power, in parentheses where it has something above it already."""
        indexed = self._digits is None and isinstance(node, Number) and bool(node.symbol and node.symbol.sup)
        return self._enclosed(self._write(node, BASE), indexed)

    def _enclosed(self, text: str, enclose: bool) -> str:
        return self.row([self.sign("("), text, self.sign(")")]) if enclose else text

    def _shown(self, node: Number) -> ShownNumber:
        return shown(node.number, self._digits or LEAST_DIGITS, exact=node.exact or node.symbol is None)

    def _is_blank(self, node: Number) -> bool:
        return self._digits is not None and self._blank is not None and self._blank(node)


def typeset_sides(line: Line, kind: type[Typesetter], digits: int, blank: Blank | None = None) -> tuple[str, ...]:
    """The result, and what it equals, side by side: ``z``, ``= w x + b``, ``= 0.51 · 1.00 + 0.13``, ``= 0.64``."""
    symbols, numbers = kind(None), kind(digits, blank)
    writers = {"symbols": symbols.side, "numbers": numbers.side}
    sides = [symbols.number(line.result)]
    for i, side in enumerate(line_sides(line, digits, blank)):
        relation = numbers.sign("←" if i == 0 and line.assignment else "=")
        text = numbers.number(line.result) if side.value == "value" else writers[side.value](line.expression)
        sides.append(numbers.row([relation, text]))
    return tuple(sides)
