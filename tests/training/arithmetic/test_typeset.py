"""MathML and LaTeX say what the text says."""

import re
from xml.etree import ElementTree

import pytest

from nnplay.training.arithmetic.expression import Line, Number, Quotient, Rest, Root, Sum, Symbol
from nnplay.training.arithmetic.fold import folded
from nnplay.training.arithmetic.latex import expression_latex, line_latex, line_latex_sides, symbol_latex
from nnplay.training.arithmetic.mathml import line_mathml, line_mathml_sides, symbol_mathml
from nnplay.training.arithmetic.text import line_text
from tests.training.arithmetic.steps import traced
from tests.training.arithmetic.test_lines import all_lines, lines_of_phases

EVERYTHING = {"batch_norm": True, "dropout": 0.3, "l1": 0.01, "l2": 0.1, "clip_norm": 0.05, "weighted": True}
DIGITS = re.compile(r"\d+\.\d+|\d+|∞")


def lines():
    for choices in (EVERYTHING | {"optimizer": "adamw"}, {"loss": "categorical_cross_entropy", "activation": "gelu"}):
        trace = traced(8, sizes=(2, 3), samples=3, **choices)
        yield from all_lines(trace)
        yield from lines_of_phases(trace)


def numbers_of(text: str) -> list[str]:
    """Those with decimals, in their order; indices and powers of ten are written differently in each."""
    return [found for found in DIGITS.findall(text) if "." in found]


def test_mathml_is_well_formed_and_has_the_same_numbers():
    for line in lines():
        root = ElementTree.fromstring(line_mathml(folded(line, 2), 4))
        written = [each.text for each in root.iter("{http://www.w3.org/1998/Math/MathML}mn") if "." in each.text]
        assert written == numbers_of(line_text(folded(line, 2), 4))


def test_latex_is_balanced_and_has_the_same_numbers():
    for line in lines():
        text = line_latex(folded(line, 2), 4)
        assert text.isascii(), text
        assert text.count("{") == text.count("}")
        assert text.count(r"\left(") == text.count(r"\right)")
        assert numbers_of(text.replace("4em", "")) == numbers_of(line_text(folded(line, 2), 4))


@pytest.mark.parametrize(
    ("symbol", "latex"),
    [
        (Symbol("w", "12", "(1)"), "w_{12}^{(1)}"),
        (Symbol("∂L/∂w", "1"), r"\frac{\partial L}{\partial w_{1}}"),
        (Symbol("x", "1", mark="hat bar"), r"\bar{\hat{x}}_{1}"),
        (Symbol("σ²", "1"), r"{\sigma ^2}_{1}"),
        (Symbol("δ"), r"\delta"),
    ],
)
def test_symbols_of_latex(symbol, latex):
    assert symbol_latex(symbol) == latex


def test_a_slope_is_a_symbol_with_an_argument():
    slope = Number(0.2, Symbol("leaky_relu′", of=Symbol("z", "1")))
    assert expression_latex(slope, None) == r"\text{leaky\_relu}' \left( z_{1} \right)"


def test_a_derivative_is_a_fraction_in_mathml():
    assert "<mfrac><mi>∂L</mi><mrow><mi>∂</mi><msub><mi>w</mi><mtext>1</mtext></msub></mrow></mfrac>" in symbol_mathml(
        Symbol("∂L/∂w", "1")
    )


def test_sides_stand_in_a_column():
    w, s = Number(0.5, Symbol("w")), Number(4e-5, Symbol("s"))
    line = Line(Number(79.06, Symbol("z")), Quotient(w, Root(s)), assignment=True)
    assert line_latex_sides(line, 2) == (
        "z",
        r"\leftarrow \frac{w}{\sqrt{s}}",
        r"= \frac{0.50}{\sqrt{4.0 \times 10^{-5}}}",
        "= 79.06",
    )
    assert len(line_mathml_sides(line, 2)) == 4
    assert all(side.startswith("<math") for side in line_mathml_sides(line, 2))


def test_a_blank_tells_no_number():
    w = Number(-0.5, Symbol("w"))
    line = Line(Number(0.25, Symbol("z")), Sum((Number(0.75, Symbol("x")), w)))
    blank = (lambda number: number is w or number is line.result,)
    for text in (line_latex(line, 2, *blank), line_mathml(line, 2, *blank)):
        assert "0.75" in text
        assert "0.50" not in text
        assert "0.25" not in text
    assert line_latex(line, 2, *blank).count(r"\underline{\hspace{4em}}") == 2
    assert line_mathml(line, 2, *blank).count('class="blank"') == 2


def test_a_rest_says_how_many_it_is():
    rest = Rest((Number(0.1, Symbol("x")), Number(-0.3, Symbol("x"))))
    assert expression_latex(rest, 2) == r"\left( \text{2 more:} - 0.20 \right)"
