"""Formulas as text, whole and in pieces."""

import math

import pytest

from nnplay.training.arithmetic.expression import (
    Call,
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
    children,
)
from nnplay.training.arithmetic.text import Side, expression_text, line_pieces, line_text, symbol_text

W1 = Number(0.51, Symbol("w", "11"), Part("weight", 0, 0, 0))
W2 = Number(-1.2, Symbol("w", "21"), Part("weight", 0, 0, 1))
X1, X2 = Number(1.0, Symbol("x", "1")), Number(0.0, Symbol("x", "2"))
B = Number(0.13, Symbol("b", "1"), Part("bias", 0, 0))
Z = Line(Number(0.64, Symbol("z", "1")), Sum((Product((W1, X1)), Product((W2, X2))), after=(B,)))
TWO = Number(2, exact=True)


def test_the_line_of_the_tutorial():
    numbers = "0.51 · 1.00 + (−1.20) · 0.00 + 0.13"
    assert line_text(Z, 2) == f"z₁ = w₁₁ · x₁ + w₂₁ · x₂ + b₁ = {numbers} = 0.64"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (Sum((W1, W2)), "0.51 − 1.20"),
        (Sum((W2, W1)), "−1.20 + 0.51"),
        (Sum((W1, Negative(B))), "0.51 − 0.13"),
        (Sum((W1, Negative(W2))), "0.51 − (−1.20)"),
        (Product((W2, W2)), "−1.20 · (−1.20)"),
        (Product((W1, Sum((W2, B)))), "0.51 · (−1.20 + 0.13)"),
        (Negative(Sum((W1, B))), "−(0.51 + 0.13)"),
        (Quotient(W1, Sum((W1, B))), "0.51 / (0.51 + 0.13)"),
        (Product((Quotient(W1, B), B)), "(0.51 / 0.13) · 0.13"),
        (Quotient(W1, Number(1e-5, Symbol("s"))), "0.51 / (1.0 × 10⁻⁵)"),
        (Power(W2, TWO), "(−1.20)²"),
        (Power(W1, TWO), "0.51²"),
        (Power(Sum((W1, Negative(B))), TWO), "(0.51 − 0.13)²"),
        (Root(W1), "√0.51"),
        (Root(Sum((W1, B))), "√(0.51 + 0.13)"),
        (Call("relu", (W2,), float), "relu(−1.20)"),
        (Call("abs", (W2,), abs), "|−1.20|"),
        (Mean((W1, W2), W1, 2), "(0.51 − 1.20) / 2"),
        (Mean((W1,), W1, 1), "0.51 / 1"),
        (Sum((W1, Rest((W2, B)))), "0.51 + (2 more: −1.07)"),
        (Sum((W1, Rest((W2,)))), "0.51 + (1 more: −1.20)"),
    ],
)
def test_numbers_with_their_signs_and_parentheses(expression, text):
    assert expression_text(expression, 2) == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (Sum((W1, Negative(B))), "w₁₁ − b₁"),
        (Sum((W1, W2), "i", Number(math.nan, Symbol("w", "i1")), (B,)), "Σᵢ wᵢ₁ + b₁"),
        (Mean((W1, W2), Number(math.nan, Symbol("w", "n")), 2), "1/N Σₙ wₙ"),
        (Power(Number(0.9, Symbol("β", "1")), Number(3, Symbol("t"), exact=True)), "β₁ᵗ"),
        (Power(Number(0.9, Symbol("g", "1", "(2)")), TWO), "(g₁⁽²⁾)²"),
        (Sum((W1, Rest((W2, B)))), "w₁₁ + …"),
        (Number(0.2, Symbol("σ′", of=Symbol("z", "1"))), "σ′(z₁)"),
    ],
)
def test_symbols(expression, text):
    assert expression_text(expression, None) == text


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        (Symbol("w", "1,12", "(1)"), "w₁,₁₂⁽¹⁾"),
        (Symbol("y", mark="hat"), "ŷ"),
        (Symbol("a", "1", mark="tilde"), "ã₁"),
        (Symbol("δ", "1", "(2)", "bar"), "δ̄₁⁽²⁾"),
        (None, ""),
    ],
)
def test_symbols_in_unicode(symbol, text):
    assert symbol_text(symbol) == text


def test_what_would_be_said_twice_is_said_once():
    number = Number(0.5, Symbol("x"))
    assert line_text(Line(number, number), 2) == "x = 0.50"
    assert line_text(Line(Number(0.5, Symbol("a")), number), 2) == "a = x = 0.50"


def test_an_assignment_has_an_arrow():
    new = Number(0.47, Symbol("w"))
    step = Product((Number(0.5, Symbol("η"), exact=True), Number(0.08, Symbol("g"))))
    line = Line(new, Sum((Number(0.51, Symbol("w")), Negative(step))), assignment=True)
    assert line_text(line, 2) == "w ← w − η · g = 0.51 − 0.5 · 0.080 = 0.47"


def test_pieces_say_what_they_are():
    pieces = line_pieces(Z, 2)
    assert "".join(piece.text for piece in pieces) == line_text(Z, 2)
    weights = [piece for piece in pieces if piece.part == W2.part]
    assert [(piece.side, piece.text) for piece in weights] == [(Side.SYMBOLS, "w₂₁"), (Side.NUMBERS, "−1.20")]
    for piece in weights:
        node = Z.expression
        for place in piece.path:
            node = children(node)[place]
        assert node is W2 is piece.number
    assert pieces[0].number is pieces[-1].number is Z.result


def test_a_blank_tells_neither_number_nor_sign():
    line = Line(Number(-0.69, Symbol("z")), Sum((W1, W2)))
    blanks = line_pieces(line, 2, lambda number: number is W2 or number is line.result)
    assert "".join(piece.text for piece in blanks) == "z = w₁₁ + w₂₁ = 0.51 + ____ = ____"
    assert [piece.number for piece in blanks if piece.blank] == [W2, line.result]
