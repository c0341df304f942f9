"""Formulas as MathML, for web pages: browsers draw them without help."""

from collections.abc import Sequence
from html import escape

from nnplay.training.arithmetic.expression import Line, Symbol
from nnplay.training.arithmetic.shown import ShownNumber
from nnplay.training.arithmetic.text import BLANK, Blank
from nnplay.training.arithmetic.typeset import Typesetter, typeset_sides

_FORMS = {"(": "prefix", ")": "postfix"}
_ACCENTS = {"hat": "^", "bar": "‾", "tilde": "~"}


def line_mathml(line: Line, digits: int, blank: Blank | None = None) -> str:
    """The whole line as one ``<math>``."""
    return _math("".join(typeset_sides(line, MathML, digits, blank)))


def line_mathml_sides(line: Line, digits: int, blank: Blank | None = None) -> tuple[str, ...]:
    """The result and each of its sides, with the relation before it, as a ``<math>`` each, to be put in a column."""
    return tuple(_math(side) for side in typeset_sides(line, MathML, digits, blank))


def symbol_mathml(symbol: Symbol) -> str:
    """A symbol alone."""
    return _math(MathML(None).symbol(symbol))


class MathML(Typesetter):
    """Elements of MathML Core."""

    def row(self, pieces: Sequence[str]) -> str:
        """``<mrow>``."""
        return f"<mrow>{''.join(pieces)}</mrow>"

    def sign(self, text: str) -> str:
        """``<mo>``; a parenthesis in the middle of a row must be told which one it is, or it has room around it."""
        form = _FORMS.get(text)
        return f"<mo>{text}</mo>" if form is None else f'<mo form="{form}">{text}</mo>'

    def symbol(self, symbol: Symbol) -> str:
        """Letters, with accents and indices; a derivative is a fraction."""
        top, slash, bottom = symbol.letter.partition("/")
        if slash:
            return f"<mfrac>{_letter(top)}{self.row([_letter(bottom[:1]), self._scripts(symbol, bottom[1:])])}</mfrac>"
        return self._scripts(symbol, symbol.letter)

    def _scripts(self, symbol: Symbol, letter: str) -> str:
        base = _letter(letter)
        for mark in symbol.mark.split():
            base = f'<mover accent="true">{base}<mo stretchy="false">{_ACCENTS[mark]}</mo></mover>'
        below, above = (f"<mtext>{escape(each)}</mtext>" for each in (symbol.sub, symbol.sup))
        if symbol.sub and symbol.sup:
            return f"<msubsup>{base}{below}{above}</msubsup>"
        if symbol.sub:
            return f"<msub>{base}{below}</msub>"
        return f"<msup>{base}{above}</msup>" if symbol.sup else base

    def digits_of(self, number: ShownNumber) -> str:
        """``<mn>``, and the power of ten."""
        mantissa = f"<mn>{number.digits}</mn>"
        if number.exponent is None:
            return mantissa
        exponent = str(number.exponent).replace("-", "−")
        return self.row([mantissa, "<mo>×</mo>", f"<msup><mn>10</mn><mn>{exponent}</mn></msup>"])

    def gap(self) -> str:
        """Words of the class ``blank``."""
        return f'<mtext class="blank">{BLANK}</mtext>'

    def words(self, text: str) -> str:
        """``<mtext>``."""
        return f"<mtext>{escape(text)}</mtext>"

    def fraction(self, top: str, bottom: str) -> str:
        """``<mfrac>``."""
        return f"<mfrac>{top}{bottom}</mfrac>"

    def power(self, base: str, exponent: str) -> str:
        """``<msup>``."""
        return f"<msup>{base}{exponent}</msup>"

    def root(self, of: str) -> str:
        """``<msqrt>``."""
        return f"<msqrt>{of}</msqrt>"

    def total(self, index: str) -> str:
        """Σ with the index below."""
        return f"<munder><mo>Σ</mo><mi>{index}</mi></munder>"


def _math(inner: str) -> str:
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow>{inner}</mrow></math>'


def _letter(text: str) -> str:
    return f"<mi>{escape(text)}</mi>"
