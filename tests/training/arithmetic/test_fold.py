"""Long sums are folded and unfolded."""

import numpy as np
import pytest

from nnplay.training.arithmetic.expression import Line, Mean, Number, Product, Rest, Sum, Symbol, Terms, values_of
from nnplay.training.arithmetic.fold import Choices, folded
from nnplay.training.arithmetic.text import line_pieces, line_text

VALUES = np.array([0.1, -5.0, 0.2, 3.0, 0.3, -0.4, 4.0, 0.5, 0.6])


def line_of(values=VALUES):
    terms = Terms(np.array(values), lambda i: Number(float(values[i]), Symbol("x", str(i + 1))))
    general = Number(np.nan, Symbol("x", "i"))
    return Line(Number(float(np.sum(values)), Symbol("z")), Sum(terms, "i", general, (Number(1.0, Symbol("b")),)))


def test_the_largest_terms_stay_in_their_order_and_the_rest_is_told():
    assert line_text(folded(line_of(), 3), 2) == "z = Σᵢ xᵢ + b = −5.00 + 3.00 + 4.00 + (6 more: 1.30) + 1.00 = 3.30"


def test_it_comes_to_the_same():
    assert folded(line_of(), 3).expression.value == pytest.approx(line_of().expression.value)


def test_a_rest_can_be_unfolded():
    (rest,) = (
        piece.rest for piece in line_pieces(folded(line_of(), 3), 2) if piece.rest and piece.side.value == "numbers"
    )
    assert [term.value for term in rest.terms] == [0.1, 0.2, 0.3, -0.4, 0.5, 0.6]
    assert rest.count == 6


def test_what_is_one_term_more_is_not_folded():
    assert len(folded(line_of(), 8).expression.terms) == 9
    assert isinstance(folded(line_of(), 7).expression.terms[-1], Rest)


def test_sums_within_are_folded_too():
    inner = line_of().expression
    outer = Line(Number(0.0, Symbol("z")), Product((Number(2.0, Symbol("a")), Mean(inner.terms, inner.general, 9))))
    assert len(folded(outer, 2).expression.factors[1].terms) == 3


def test_the_same_terms_stay_while_the_numbers_change():
    choices: Choices = []
    folded(line_of(), 3, choices)
    later = folded(line_of(VALUES[::-1].copy()), 3, choices)
    assert values_of(later.expression.terms)[:3] == [0.5, -0.4, 0.2]


def test_a_smaller_batch_has_other_terms():
    choices: Choices = []
    folded(line_of(), 3, choices)
    later = folded(line_of(VALUES[:5].copy()), 3, choices)
    assert values_of(later.expression.terms)[:3] == [-5.0, 3.0, 0.3]


def test_the_terms_of_a_large_batch_are_not_made_before_they_are_asked_for():
    made = []
    terms = Terms(np.arange(10_000.0), lambda i: made.append(i) or Number(float(i), Symbol("x")))
    line = Line(Number(0.0, Symbol("z")), Mean(terms, Number(0.0, Symbol("x")), 10_000))
    line_text(folded(line, 4), 2)
    assert sorted(set(made)) == [9996, 9997, 9998, 9999]
