"""Formulas as plain text, ``z₁ = w₁₁ · x₁ + b₁ = 0.51 · 1.00 + 0.13 = 0.64``: whole, or in pieces to be pointed at.

A negative factor stands in parentheses, a negative term has its minus before it.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from nnplay.limits import LEAST_DIGITS
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
    Quotient,
    Rest,
    Root,
    Sum,
    Symbol,
)
from nnplay.training.arithmetic.shown import RAISED, shown

Blank = Callable[[Number], bool]
"""Whether a place to fill in stands in place of this number."""
BLANK = "____"
Path = tuple[int, ...]

_SUBSCRIPTS = str.maketrans("0123456789ijkntmax", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₜₘₐₓ")
_MARKS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}
ALONE, TERM, FACTOR, BASE = range(4)
"""How tightly what stands around a formula binds it."""
BINDING: dict[type[Expression], int] = {
    Sum: ALONE, Mean: TERM, Negative: TERM, Product: TERM, Quotient: TERM, Power: FACTOR, Root: BASE,
    Call: BASE, Rest: BASE,
}  # fmt: skip


class Side(Enum):
    """Which side of a line a piece stands on."""

    RESULT = "result"
    SYMBOLS = "symbols"
    NUMBERS = "numbers"
    VALUE = "value"


@dataclass(frozen=True)
class Piece:
    """A stretch of a line's text.

    Attributes
    ----------
    text
        What is read.
    side
        Where it stands.
    part
        What in the network it is, to be lit while it is pointed at; None for signs and constants.
    path
        The node of the line's expression: the places among the `children` on the way from the root.
    number
        The number that is shown or named; None for signs.
    blank
        Whether the number is left to be filled in.
    rest
        The terms that a folded sum keeps in one number; None for everything else.
    """

    text: str
    side: Side
    part: Part | None = None
    path: Path = ()
    number: Number | None = None
    blank: bool = False
    rest: Rest | None = None


def line_text(line: Line, digits: int, blank: Blank | None = None) -> str:
    """The whole line; numbers with so many digits (2 to 10)."""
    return "".join(piece.text for piece in line_pieces(line, digits, blank))


def line_pieces(line: Line, digits: int, blank: Blank | None = None) -> tuple[Piece, ...]:
    """The whole line in pieces: result, in symbols, in numbers, value; without what would be said twice."""
    pieces = [Piece(symbol_text(line.result.symbol), Side.RESULT, line.result.part, (), line.result)]
    for i, (side, of_side) in enumerate(_told_sides(line, digits, blank)):
        pieces += [Piece(" ← " if i == 0 and line.assignment else " = ", side), *of_side]
    return tuple(pieces)


def line_sides(line: Line, digits: int, blank: Blank | None = None) -> tuple[Side, ...]:
    """Which sides stand after the result, in their order: those that say nothing twice."""
    return tuple(side for side, _ in _told_sides(line, digits, blank))


def _told_sides(line: Line, digits: int, blank: Blank | None) -> Iterator[tuple[Side, tuple[Piece, ...]]]:
    value = _Writer(Side.VALUE, digits, blank).number(line.result, ())
    sides = {
        Side.SYMBOLS: expression_pieces(line.expression, None),
        Side.NUMBERS: expression_pieces(line.expression, digits, blank),
        Side.VALUE: (value,),
    }
    told = {symbol_text(line.result.symbol)}
    for side, pieces in sides.items():
        text = "".join(piece.text for piece in pieces)
        if text not in told:
            told.add(text)
            yield side, pieces


def expression_text(expression: Expression, digits: int | None, blank: Blank | None = None) -> str:
    """A formula in numbers of so many digits, or for None in symbols."""
    return "".join(piece.text for piece in expression_pieces(expression, digits, blank))


def expression_pieces(expression: Expression, digits: int | None, blank: Blank | None = None) -> tuple[Piece, ...]:
    """A formula in pieces, in numbers of so many digits, or for None in symbols."""
    writer = _Writer(Side.SYMBOLS if digits is None else Side.NUMBERS, digits, blank)
    return tuple(writer.write(expression, (), ALONE, leading=True))


@lru_cache(maxsize=1024)
def symbol_text(symbol: Symbol | None) -> str:
    """A symbol in Unicode: w₁₂⁽¹⁾, x̂₃."""
    if symbol is None:
        return ""
    letter = unicodedata.normalize("NFC", symbol.letter + "".join(_MARKS[mark] for mark in symbol.mark.split()))
    argument = "" if symbol.of is None else f"({symbol_text(symbol.of)})"
    return letter + symbol.sub.translate(_SUBSCRIPTS) + symbol.sup.translate(RAISED) + argument


@dataclass(frozen=True)
class _Writer:
    """Writes one side of a line."""

    side: Side
    digits: int | None
    blank: Blank | None

    def write(self, node: Expression, path: Path, around: int, *, leading: bool = False) -> Iterator[Piece]:
        """The node, in parentheses where `around` binds tighter; `leading` is the first thing that is written."""
        if isinstance(node, Number):
            piece = self.number(node, path)
            negative = piece.text.startswith("−") and not leading and around > ALONE
            pieces, enclose = iter((piece,)), negative or (around == BASE and "×" in piece.text)
        else:
            enclose = around > BINDING[type(node)]
            pieces = self._inside(node, path, leading or enclose)
        if enclose:
            yield self._sign("(", path)
        yield from pieces
        if enclose:
            yield self._sign(")", path)

    def number(self, node: Number, path: Path) -> Piece:
        """A leaf: its symbol, its digits, or a place to fill in."""
        if self.digits is None and node.symbol is not None:
            return Piece(symbol_text(node.symbol), self.side, node.part, path, node)
        blank = self.digits is not None and self.blank is not None and self.blank(node)
        exact = node.exact or node.symbol is None
        text = BLANK if blank else shown(node.number, self.digits or LEAST_DIGITS, exact=exact).text
        return Piece(text, self.side, node.part, path, node, blank)

    def _inside(self, node: Expression, path: Path, leading: bool) -> Iterator[Piece]:
        match node:
            case Sum():
                yield from self._sum(node, path, leading)
            case Mean():
                yield from self._mean(node, path)
            case Rest():
                yield from self._rest(node, path)
            case Negative(of):
                yield self._sign("−", path)
                yield from self.write(of, (*path, 0), TERM)
            case Product(factors):
                yield from self._joined(factors, path, " · ", FACTOR, leading)
            case Quotient(top, bottom):
                yield from self.write(top, (*path, 0), TERM, leading=leading)
                yield self._sign(" / ", path)
                yield from self.write(bottom, (*path, 1), BASE)
            case Power(base, exponent):
                yield from self._base(base, (*path, 0))
                yield from self._exponent(exponent, (*path, 1))
            case Root(of):
                yield self._sign("√", path)
                yield from self.write(of, (*path, 0), BASE)
            case Call(name, arguments):
                yield self._sign("|" if name == "abs" else f"{name}(", path)
                yield from self._joined(arguments, path, ", ", ALONE, leading=True)
                yield self._sign("|" if name == "abs" else ")", path)

    def _joined(
        self, nodes: tuple[Expression, ...], path: Path, sign: str, around: int, leading: bool
    ) -> Iterator[Piece]:
        for i, node in enumerate(nodes):
            if i:
                yield self._sign(sign, path)
            yield from self.write(node, (*path, i), around, leading=leading and (i == 0 or around == ALONE))

    def _sum(self, node: Sum, path: Path, leading: bool) -> Iterator[Piece]:
        places = enumerate((*node.terms, *node.after))
        if self.digits is None and node.general is not None:
            yield self._sign(f"Σ{node.index.translate(_SUBSCRIPTS)} ", path)
            yield from self.write(node.general, path, TERM)
            places = enumerate(node.after, len(node.terms))
            leading = False
        for i, term in places:
            yield from self._term(term, (*path, i), first=i == 0, leading=leading)

    def _term(self, term: Expression, path: Path, *, first: bool, leading: bool) -> Iterator[Piece]:
        """A term with its sign; a minus of its own is the sign."""
        if first:
            yield from self.write(term, path, TERM, leading=leading)
        elif isinstance(term, Negative):
            yield self._sign(" − ", path)
            yield from self.write(term.of, (*path, 0), TERM)
        elif isinstance(term, Number) and (piece := self.number(term, path)).text.startswith("−"):
            yield self._sign(" − ", path)
            yield replace(piece, text=piece.text[1:])
        else:
            yield self._sign(" + ", path)
            yield from self.write(term, path, TERM)

    def _mean(self, node: Mean, path: Path) -> Iterator[Piece]:
        if self.digits is None:
            yield self._sign(f"1/{node.letter} Σ{node.index.translate(_SUBSCRIPTS)} ", path)
            yield from self.write(node.general, path, TERM)
            return
        several = len(node.terms) > 1
        if several:
            yield self._sign("(", path)
        for i, term in enumerate(node.terms):
            yield from self._term(term, (*path, i), first=i == 0, leading=several)
        yield self._sign(f"{')' if several else ''} / {node.count}", path)

    def _rest(self, node: Rest, path: Path) -> Iterator[Piece]:
        more = tr("{n} more|{n} more", "", node.count)
        if self.digits is None:
            yield Piece("…", self.side, path=path, rest=node)
            return
        text = f"({more}: {shown(node.value, self.digits).text})"
        yield Piece(text, self.side, path=path, rest=node)

    def _base(self, node: Expression, path: Path) -> Iterator[Piece]:
        """What is raised to a power, in parentheses where it has something above it already."""
        indexed = self.digits is None and isinstance(node, Number) and node.symbol is not None and node.symbol.sup
        if indexed:
            yield self._sign("(", path)
        yield from self.write(node, path, BASE)
        if indexed:
            yield self._sign(")", path)

    def _exponent(self, node: Expression, path: Path) -> Iterator[Piece]:
        for piece in self.write(node, path, ALONE):
            yield replace(piece, text=piece.text.translate(RAISED))

    def _sign(self, text: str, path: Path) -> Piece:
        return Piece(text, self.side, path=path)
