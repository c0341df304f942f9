"""A line made again, from its leaves and from what of it can be read."""

import math
from collections.abc import Callable
from decimal import Decimal

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
    children,
    values_of,
)
from nnplay.training.arithmetic.shown import RAISED, shown
from nnplay.training.arithmetic.text import Piece, Side, line_pieces
from tests.training.arithmetic.intervals import Interval, total

LOWERED = {chr(raised): chr(code) for code, raised in RAISED.items() if chr(code) in "0123456789−n"}


def interval_of(node: Expression, epsilon: float) -> Interval:
    """Where the value lies, when every leaf and every step is known to a relative `epsilon`."""
    inside = [interval_of(child, epsilon) for child in children(node)]
    match node:
        case Number(number=number, exact=exact):
            return Interval.around(number, 0.0 if exact and number == round(number) else epsilon * abs(number))
        case Sum() | Rest():
            result = total(inside)
            return Interval(*_rounded(result, epsilon * sum(max(abs(each.low), abs(each.high)) for each in inside)))
        case Mean(count=count):
            result = total(inside)
            loss = epsilon * sum(max(abs(each.low), abs(each.high)) for each in inside)
            return Interval(*_rounded(result, loss)) / Interval(count, count)
        case Negative():
            return -inside[0]
        case Product():
            result = Interval(1.0, 1.0)
            for each in inside:
                result *= each
            return result.widened(epsilon)
        case Quotient():
            return (inside[0] / inside[1]).widened(epsilon)
        case Power(exponent=exponent):
            return (inside[0] ** exponent.value).widened(epsilon * max(exponent.value, 1.0))
        case Root():
            return inside[0].root().widened(epsilon)
        case Call(function=function):
            return inside[0].through(function).widened(epsilon)
    raise TypeError(type(node))


def _rounded(result: Interval, loss: float) -> tuple[float, float]:
    return result.low - loss, result.high + loss


def assert_exact(line: Line, epsilon: float, noise: float) -> None:
    """The value of the array comes out of the formula, to what rounding leaves: `epsilon` of each of its terms, and of
    what is zero but for rounding in a step, `noise`.
    """
    _assert_terms_are_as_told(line.expression)
    value, made = line.result.number, line.expression.value
    if math.isfinite(value) and abs(made - value) <= 1e-12 * abs(value):
        return
    between = interval_of(line.expression, epsilon)
    assert between.meets(Interval.around(value, noise)) or value == made, (line, made, between)


def _assert_terms_are_as_told(node: Expression) -> None:
    """What the terms of a long sum come to is known before they are made."""
    terms = getattr(node, "terms", ())
    for told, term in zip(values_of(terms), terms, strict=True):
        assert math.isclose(told, term.value, rel_tol=1e-12, abs_tol=1e-300)
    for child in children(node):
        _assert_terms_are_as_told(child)


def assert_readable(line: Line, digits: int, epsilon: float, noise: float) -> None:
    """The value that is shown lies where the numbers that are shown, read again from the text, say that it does."""
    pieces = line_pieces(line, digits)
    told = [piece for piece in pieces if piece.side is Side.NUMBERS]
    if not told:  # the formula is one number, which is the value, or is written like it
        assert abs(line.expression.value - line.result.number) <= epsilon * abs(line.result.number) + noise
        return
    between = Reader(line.expression, told[1:], epsilon).read()
    written = shown(line.result.number, digits).text
    assert pieces[-1].text == written or len(told) == 2
    value = _bounds(written, line.result, epsilon) + Interval.around(0.0, noise)
    assert between.meets(value), ("".join(piece.text for piece in pieces), between)


class Reader:
    """Reads a formula in numbers as a person does: · and / before + and −, powers before both, parentheses first."""

    def __init__(self, expression: Expression, pieces: list[Piece], epsilon: float) -> None:
        self._functions = dict(_functions(expression))
        self._epsilon = epsilon
        self._tokens: list[str | Interval | tuple[str, float]] = []
        for piece in pieces:
            self._tokenize(piece)
        self._at = 0

    def read(self) -> Interval:
        """The whole."""
        result = self._sum()
        assert self._at == len(self._tokens), self._tokens[self._at :]
        return result

    def _tokenize(self, piece: Piece) -> None:
        text = piece.text
        if piece.rest is not None:
            assert text.startswith("(")
            assert text.endswith(")")
            written = text[1:-1].split(": ")[1]
            self._tokens.append(_bounds(written, Number(piece.rest.value), self._epsilon))
        elif piece.number is not None and text and text[0] in LOWERED:
            self._tokens.append(("power", float("".join(LOWERED[letter] for letter in text))))
        elif piece.number is not None:
            number = piece.number
            if number.number < 0 and not text.startswith("−"):  # the sign is that of the sum
                number = Number(-number.number, number.symbol, number.part, number.exact)
            self._tokens.append(_bounds(text, number, self._epsilon))
        else:
            self._tokens += self._signs(text)

    def _signs(self, text: str) -> list[str | Interval]:
        found: list[str | Interval] = []
        text = text.strip()
        if text.endswith("(") and text[:-1] in self._functions:
            return [f"{text[:-1]}("]
        if text.startswith((") / ", "/ ")):
            close, _, count = text.rpartition("/ ")
            found += [")"] if close.startswith(")") else []
            return [*found, "/", *([Interval(float(count), float(count))] if count else [])]
        assert text in {"+", "−", "·", "/", "(", ")", "√", "|", ","}, text
        return [text]

    def _next(self) -> object:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, *signs: str) -> str | None:
        token = self._next()
        if isinstance(token, str) and token in signs:
            self._at += 1
            return token
        return None

    def _sum(self) -> Interval:
        result = -self._term() if self._take("−") else self._term()
        while sign := self._take("+", "−"):
            term = self._term()
            result = self._lossy(result + term if sign == "+" else result - term, result, term)
        return result

    def _lossy(self, result: Interval, *parts: Interval) -> Interval:
        loss = self._epsilon * sum(max(abs(each.low), abs(each.high)) for each in parts)
        return Interval(result.low - loss, result.high + loss)

    def _term(self) -> Interval:
        result = self._power()
        while sign := self._take("·", "/"):
            factor = self._power()
            result = (result * factor if sign == "·" else result / factor).widened(self._epsilon)
        return result

    def _power(self) -> Interval:
        base = self._base()
        token = self._next()
        if isinstance(token, tuple):
            self._at += 1
            return (base ** token[1]).widened(self._epsilon * max(token[1], 1.0))
        return base

    def _base(self) -> Interval:
        token = self._next()
        self._at += 1
        if isinstance(token, Interval):
            return token
        if token == "√":
            return self._base().root()
        assert isinstance(token, str)
        assert token.endswith("("), (token, self._tokens)
        inside = self._sum()
        assert self._take(")")
        return inside if token == "(" else inside.through(self._functions[token[:-1]]).widened(self._epsilon)


def _functions(node: Expression) -> list[tuple[str, Callable[..., float]]]:
    own = [(node.name, node.function)] if isinstance(node, Call) else []
    return own + [pair for child in children(node) for pair in _functions(child)]


def _bounds(text: str, number: Number, epsilon: float) -> Interval:
    """What a number that is written so may be; one that is written in full is itself."""
    mantissa, _, power = text.removeprefix("−").partition(" × 10")
    exponent = int("".join(LOWERED[letter] for letter in power).replace("−", "-")) if power else 0
    value = Decimal(mantissa).scaleb(exponent)
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    signed = -value if text.startswith("−") else value
    if number.exact or number.symbol is None:
        half = half if float(signed) != number.number else Decimal(0)
    return Interval(float(signed - half), float(signed + half)).widened(epsilon)
