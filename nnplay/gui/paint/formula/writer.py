"""From an expression to boxes: in symbols, or with its numbers in their places."""

from collections.abc import Callable, Sequence

from nnplay.gui.paint.formula.boxes import FormulaBox, Pen, padded, pointed, row
from nnplay.texts import tr
from nnplay.training.arithmetic.expression import (
    Call,
    Expression,
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

SUM, PRODUCT, ATOM = 0, 1, 2
"""How tightly what stands there is bound by what is around it."""
DERIVATIVE = 0.86
"""Size of letters of ∂L/∂w beside those of the line."""

BlankWidth = Callable[[Number], float | None]
"""The width of the blank that stands in place of a number, in pixels; None for the number itself."""


class Writer:
    """Writes expressions.

    Parameters
    ----------
    pen
        The size of letters.
    digits
        Decimals of numbers.
    slots
        The widths that numbers had, in the order that they are written; they take no less room, and may take more,
        which is noted. What changes at each frame stays in its place so. None where nothing changes.
    blank
        Which numbers are blanks.
    """

    def __init__(
        self, pen: Pen, digits: int, *, slots: list[float] | None = None, blank: BlankWidth | None = None
    ) -> None:
        self._pen, self._digits = pen, digits
        self._slots, self._written, self._blank = slots, 0, blank
        self._numbers = False

    def symbols(self, expression: Expression) -> list[FormulaBox]:
        """The formula, in the pieces between which a line may break."""
        self._numbers = False
        return self._pieces(expression)

    def numbers(self, expression: Expression) -> list[FormulaBox]:
        """The same with numbers."""
        self._numbers = True
        return self._pieces(expression)

    def number(self, number: Number) -> FormulaBox:
        """A number that stands alone, as a result."""
        self._numbers = True
        return self._leaf(number)

    def symbol(self, number: Number) -> FormulaBox:
        """What a number is called."""
        return pointed(self._symbol(number.symbol or Symbol("")), number)

    # ---- what may break over lines

    def _pieces(self, expression: Expression) -> list[FormulaBox]:
        if isinstance(expression, Sum) and (self._numbers or expression.general is None):
            return self._terms((*expression.terms, *expression.after))
        if isinstance(expression, Mean) and self._numbers and len(expression.terms) > 1:
            factor = self._pen.fraction(self._pen.text("1"), self._count(expression))
            first, *others = self._terms(expression.terms)
            opened = row([factor, self._pen.space(0.2), self._pen.text("("), first])
            *between, last = [opened, *others]
            return [*between, row([last, self._pen.text(")")])]
        return [self._write(expression, SUM, leads=True)]

    def _terms(self, terms: Sequence[Expression]) -> list[FormulaBox]:
        return [self._term(term, leads=index == 0) for index, term in enumerate(terms)]

    def _term(self, term: Expression, *, leads: bool) -> FormulaBox:
        """A term of a sum with the sign before it."""
        negative, inner = isinstance(term, Negative), term
        if isinstance(term, Negative):
            inner = term.of
        leaf = _leaf_of(term)
        if self._numbers and leaf is not None and not self._is_blank(leaf):
            negative, body = self._is_negative(leaf), self._leaf(leaf, signed=False)
        else:
            body = self._write(inner, PRODUCT, leads=leads)
        if leads:
            return row([self._pen.text("−"), body]) if negative else body
        return row([self._pen.text(" − " if negative else " + "), body])

    # ---- what doesn't

    def _write(self, expression: Expression, binding: int, *, leads: bool = False) -> FormulaBox:
        """The box of an expression, in brackets where what is around it binds more tightly."""
        leaf = _leaf_of(expression)
        if leaf is not None and (self._numbers or isinstance(expression, Number)):
            return self._number_or_symbol(leaf, binding, leads=leads)
        match expression:
            case Rest():
                return pointed(self._pen.text(self._rest(expression)), expression)
            case Sum(general=None) | Sum() if self._numbers or expression.general is None:
                return self._bracketed(row(self._terms((*expression.terms, *expression.after))), binding > SUM)
            case Sum():
                return self._bracketed(self._general_sum(expression), binding > SUM)
            case Mean():
                return self._mean(expression)
            case Negative(of=inner):
                return self._bracketed(row([self._pen.text("−"), self._write(inner, PRODUCT)]),
                                       binding > SUM and not leads)  # fmt: skip
            case Product(factors=factors):
                return self._bracketed(self._product(factors, leads=leads), binding > PRODUCT)
            case Quotient(top=top, bottom=bottom):
                whole = self._pen.fraction(self._write(top, SUM, leads=True), self._write(bottom, SUM, leads=True))
                return self._bracketed(whole, binding > PRODUCT)
            case Power(base=base, exponent=exponent):
                above = Writer(self._pen.script, self._digits)
                above._numbers = self._numbers
                return self._pen.scripts(self._write(base, ATOM), None, above._write(exponent, SUM, leads=True))
            case Root(of=inner):
                return self._pen.root(self._write(inner, SUM, leads=True))
            case Call(name="abs", arguments=arguments):
                return row([self._pen.text("|"), self._listed(arguments), self._pen.text("|")])
            case Call(name=name, arguments=arguments):
                return row([self._pen.text(name), self._pen.bracketed(self._listed(arguments))])
        raise TypeError(type(expression))

    def _rest(self, rest: Rest) -> str:
        if not self._numbers:
            return "…"
        more = tr("{n} more|{n} more", "", rest.count)
        return f"({more}: {shown(rest.value, self._digits).text})"

    def _product(self, factors: Sequence[Expression], *, leads: bool) -> FormulaBox:
        boxes: list[FormulaBox] = []
        for index, factor in enumerate(factors):
            if index:
                boxes.append(self._pen.text(" · "))
            boxes.append(self._write(factor, PRODUCT, leads=leads and index == 0))
        return row(boxes)

    def _general_sum(self, total: Sum) -> FormulaBox:
        assert total.general is not None
        sigma = self._pen.scripts(self._pen.text("Σ"), self._pen.script.text(total.index), None)
        boxes = [sigma, self._pen.space(0.15), self._write(total.general, PRODUCT)]
        return row([*boxes, *(self._term(term, leads=False) for term in total.after)])

    def _mean(self, mean: Mean) -> FormulaBox:
        if self._numbers:
            return self._pen.fraction(row(self._terms(mean.terms)), self._count(mean))
        factor = self._pen.fraction(self._pen.text("1"), self._pen.text(mean.letter, italic=True))
        sigma = self._pen.scripts(self._pen.text("Σ"), self._pen.script.text(mean.index), None)
        return row([factor, self._pen.space(0.15), sigma, self._pen.space(0.15), self._write(mean.general, PRODUCT)])

    def _count(self, mean: Mean) -> FormulaBox:
        return self._pen.text(str(mean.count))

    def _listed(self, arguments: Sequence[Expression]) -> FormulaBox:
        boxes: list[FormulaBox] = []
        for index, argument in enumerate(arguments):
            if index:
                boxes.append(self._pen.text(", "))
            boxes.append(self._write(argument, SUM, leads=True))
        return row(boxes)

    def _bracketed(self, box: FormulaBox, wanted: bool) -> FormulaBox:
        return self._pen.bracketed(box) if wanted else box

    # ---- leaves

    def _number_or_symbol(self, leaf: Number, binding: int, *, leads: bool) -> FormulaBox:
        if not self._numbers and leaf.symbol is not None:
            symbol = self.symbol(leaf)
            return self._bracketed(symbol, binding == ATOM and bool(leaf.symbol.sup))
        box = self._leaf(leaf)
        if self._is_blank(leaf):
            return box
        number = self._shown(leaf)
        is_power = number.exponent is not None
        wanted = (number.negative and binding > SUM and not leads) or (
            binding == ATOM and (number.negative or is_power)
        )
        return self._bracketed(box, wanted)

    def _leaf(self, number: Number, *, signed: bool = True) -> FormulaBox:
        width = None if self._blank is None else self._blank(number)
        if width is not None:
            return self._pen.blank(width, number)
        written = self._shown(number)
        box = self._pen.text(f"{'−' if written.negative and signed else ''}{written.digits}")
        if written.exponent is not None:
            power = self._pen.script.text(str(written.exponent).replace("-", "−"))
            box = row([box, self._pen.scripts(self._pen.text(" × 10"), None, power)])
        return pointed(self._in_slot(box), number)

    def _in_slot(self, box: FormulaBox) -> FormulaBox:
        if self._slots is None:
            return box
        place, self._written = self._written, self._written + 1
        if place == len(self._slots):
            self._slots.append(box.width)
        self._slots[place] = max(self._slots[place], box.width)
        return padded(box, self._slots[place])

    def _is_blank(self, number: Number) -> bool:
        return self._blank is not None and self._blank(number) is not None

    def _is_negative(self, number: Number) -> bool:
        return self._shown(number).negative

    def _shown(self, number: Number) -> ShownNumber:
        return shown(number.number, self._digits, exact=number.exact or number.symbol is None)

    def _symbol(self, symbol: Symbol) -> FormulaBox:
        """Letters, with accents and indices; a derivative is a fraction."""
        top, slash, bottom = symbol.letter.partition("/")
        if symbol.of is not None:
            return row([self._pen.text(symbol.letter), self._pen.bracketed(self._symbol(symbol.of))])
        if not slash:
            return self._scripted(symbol, symbol.letter)
        pen = Pen(self._pen.size * DERIVATIVE)
        small = Writer(pen, self._digits)
        below = row([pen.text(bottom[:1]), small._scripted(symbol, bottom[1:])])
        return self._pen.fraction(pen.text(top), below)

    def _scripted(self, symbol: Symbol, letter: str) -> FormulaBox:
        is_letter = len(letter) == 1 and letter.isalpha()
        base = self._pen.text(letter, italic=is_letter)
        if symbol.mark:
            base = self._pen.over(base, symbol.mark)
        script = self._pen.script
        below = script.text(symbol.sub) if symbol.sub else None
        above = script.text(symbol.sup) if symbol.sup else None
        return self._pen.scripts(base, below, above) if below or above else base


def _leaf_of(expression: Expression) -> Number | None:
    """The number that an expression is."""
    return expression if isinstance(expression, Number) else None
