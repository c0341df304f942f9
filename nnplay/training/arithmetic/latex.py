"""Formulas as LaTeX, as they stand between dollar signs; the package amsmath is enough for them."""

from collections.abc import Sequence

from nnplay.training.arithmetic.expression import Expression, Line, Symbol
from nnplay.training.arithmetic.shown import ShownNumber
from nnplay.training.arithmetic.text import Blank
from nnplay.training.arithmetic.typeset import Typesetter, typeset_sides

_ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde"}
_SIGNS = {
    "−": "-", "·": r"\cdot", "←": r"\leftarrow", "(": r"\left(", ")": r"\right)", "…": r"\dots", "|": "|",
}  # fmt: skip
_LETTERS = {
    "δ": r"\delta ", "γ": r"\gamma ", "β": r"\beta ", "η": r"\eta ", "μ": r"\mu ", "σ": r"\sigma ",
    "ε": r"\varepsilon ", "λ": r"\lambda ", "ρ": r"\rho ", "ℓ": r"\ell ", "∂": r"\partial ", "∇": r"\nabla ",
    "Σ": r"\sum ", "²": "^2", "′": "'", "ᵘ": "^u", "‖": r"\|",
}  # fmt: skip


def line_latex(line: Line, digits: int, blank: Blank | None = None) -> str:
    """The whole line, without dollar signs."""
    return " ".join(typeset_sides(line, LaTeX, digits, blank))


def line_latex_sides(line: Line, digits: int, blank: Blank | None = None) -> tuple[str, ...]:
    """The result and each of its sides, with the relation before it, for the rows of an ``aligned``."""
    return typeset_sides(line, LaTeX, digits, blank)


def expression_latex(expression: Expression, digits: int | None) -> str:
    """A formula in numbers of so many digits, or for None in symbols."""
    return LaTeX(digits).side(expression)


def symbol_latex(symbol: Symbol) -> str:
    """A symbol alone."""
    return LaTeX(None).symbol(symbol)


class LaTeX(Typesetter):
    """Commands of LaTeX."""

    def row(self, pieces: Sequence[str]) -> str:
        """Pieces with spaces between them, which LaTeX doesn't see."""
        return " ".join(pieces)

    def sign(self, text: str) -> str:
        """Signs have names."""
        return _SIGNS.get(text, text)

    def symbol(self, symbol: Symbol) -> str:
        """Letters, with accents and indices; a derivative is a fraction."""
        top, slash, bottom = symbol.letter.partition("/")
        if slash:
            return rf"\frac{{{_letters(top)}}}{{{_letters(bottom)}{_scripts(symbol)}}}"
        letters = _letters(symbol.letter)
        for mark in symbol.mark.split():
            letters = f"{_ACCENTS[mark]}{{{letters}}}"
        return (f"{{{letters}}}" if len(symbol.letter) > 1 else letters) + _scripts(symbol)

    def digits_of(self, number: ShownNumber) -> str:
        """Digits, and the power of ten."""
        digits = number.digits.replace("∞", r"\infty")
        return digits if number.exponent is None else rf"{digits} \times 10^{{{number.exponent}}}"

    def gap(self) -> str:
        """A line to write on."""
        return r"\underline{\hspace{4em}}"

    def words(self, text: str) -> str:
        """Upright; a name that LaTeX writes with a prime."""
        plain = text.removesuffix("′")
        upright = r"\sigma" if plain == "σ" else rf"\text{{{plain.replace('_', chr(92) + '_')}}}"
        return upright + "'" * (len(text) - len(plain))

    def fraction(self, top: str, bottom: str) -> str:
        r"""``\frac``."""
        return rf"\frac{{{top}}}{{{bottom}}}"

    def power(self, base: str, exponent: str) -> str:
        """``^``."""
        return rf"{{{base}}}^{{{exponent}}}"

    def root(self, of: str) -> str:
        r"""``\sqrt``."""
        return rf"\sqrt{{{of}}}"

    def total(self, index: str) -> str:
        r"""``\sum``."""
        return rf"\sum_{{{index}}}"


def _letters(text: str) -> str:
    return "".join(_LETTERS.get(letter, letter) for letter in text).strip()


def _scripts(symbol: Symbol) -> str:
    below = f"_{{{symbol.sub}}}" if symbol.sub else ""
    return below + (f"^{{{symbol.sup}}}" if symbol.sup else "")
