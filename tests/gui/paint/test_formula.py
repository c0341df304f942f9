"""Painted formulas: every number can be found, sums wrap, what changes stays in its place."""

import math

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from nnplay.gui.paint.formula.boxes import FormulaStroke, Glyphs
from nnplay.gui.paint.formula.line import LaidLine, laid_line, result_width
from nnplay.gui.theme.palette import LIGHT
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
)
from nnplay.training.arithmetic.fold import folded


def number(value: float, letter: str, sub: str = "", **more: object) -> Number:
    return Number(value, Symbol(letter, sub), Part("weight", 0, 0, int(sub or 0)), **more)  # type: ignore[arg-type]


def long_sum(terms: int) -> Line:
    each = tuple(Product((number(0.5 - i, "w", str(i)), number(2.0, "x", str(i)))) for i in range(terms))
    return Line(number(1.0, "z"), Sum(each, "i", Product((number(1, "w"), number(1, "x"))), (number(-0.25, "b"),)))


def texts(laid: LaidLine) -> str:
    return "".join(piece.text for piece in laid.pieces if isinstance(piece, Glyphs))


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> None:
    """Fonts need one."""


def test_it_says_what_the_text_says() -> None:
    laid = laid_line(long_sum(2), 2, 17, 2000)
    assert "(−0.50) · 2.00 − 0.25 = 1.00" in texts(laid)
    assert "0.50 · 2.00 + " in texts(laid)


def test_each_number_is_found_at_its_place() -> None:
    line = long_sum(2)
    laid = laid_line(line, 2, 17, 2000)
    leaves = [place.of for place in laid.places]
    for factor in (factor for term in line.expression.terms for factor in term.factors):  # type: ignore[attr-defined]
        assert factor in leaves
    for place in laid.places:
        assert laid.at(place.rect.center()) == place.of
        assert place.rect.left() >= 0
        assert place.rect.right() <= laid.width
        assert place.rect.top() >= -1
        assert place.rect.bottom() <= laid.height + 1
    assert laid.at(QPointF(-5, 0)) is None


def test_a_long_sum_wraps_within_the_width() -> None:
    narrow, wide = laid_line(long_sum(30), 4, 17, 600), laid_line(long_sum(30), 4, 17, 100_000)
    assert narrow.width <= 600
    assert narrow.height > 5 * wide.height


def test_the_result_follows_the_last_row_of_a_sum_where_there_is_room() -> None:
    for terms in range(10, 30):
        line = long_sum(terms)
        laid = laid_line(line, 4, 17, 600)
        stacked = laid_line(line, 4, 17, 600, stacked=True)
        assert laid.width <= 600
        assert texts(laid).replace(" ", "") == texts(stacked).replace(" ", "")
        values = [place for place in laid.places if place.of is line.result]
        end, value = laid.places[-2].rect, values[-1].rect
        assert value.right() <= 600
        beside = end.right() + stacked.places[-1].rect.width() + 30 < 600
        assert not beside or (value.top() < end.bottom() and value.left() > end.right())


def test_a_folded_sum_has_a_place_that_unfolds_it() -> None:
    laid = laid_line(folded(long_sum(30)), 4, 17, 2000)
    (rest,) = (place.of for place in laid.places if isinstance(place.of, Rest))
    assert rest.count == 24
    assert "24 more" in texts(laid)


def test_relations_stand_below_each_other() -> None:
    short, long = Line(number(1.0, "z"), number(2.0, "a")), Line(number(1.0, "zzz", "123"), number(2.0, "a"))
    left = max(result_width(line, 17) for line in (short, long))
    assert laid_line(short, 2, 17, 500, left=left).equals == laid_line(long, 2, 17, 500, left=left).equals == left


def test_a_number_that_changes_moves_nothing() -> None:
    slots: list[float] = []
    widths = []
    for value in (1000.5, 1.5, 22.5, 1000.25):
        line = Line(number(1.0, "z"), Sum((number(value, "a"), number(2.0, "b"))))
        widths.append(laid_line(line, 2, 17, 2000, slots=slots).width)
    assert len(set(widths)) == 1


def test_a_blank_stands_in_place_of_its_number() -> None:
    line = Line(number(0.75, "z"), Sum((number(0.25, "a"), number(0.5, "b"))))
    hidden = line.expression.terms[0]  # type: ignore[attr-defined]
    laid = laid_line(line, 4, 17, 2000, blank=lambda each: 70.0 if each is hidden else None)
    (blank,) = (place for place in laid.places if place.blank)
    assert (blank.of, blank.rect.width()) == (hidden, 70.0)
    assert "0.2500" not in texts(laid)
    assert "0.5000" in texts(laid)


def test_every_kind_of_formula_is_painted_within_its_room() -> None:
    a, b = number(0.5, "a", "1"), number(-2.0, "b", "2")
    kinds = [
        Quotient(a, Sum((Root(Power(b, number(2, "n", exact=True))), Number(1e-8, Symbol("ε"), exact=True)))),
        Mean((Product((a, b)), Product((b, b))), Product((a, b)), 2),
        Call("ln", (Sum((Number(1, exact=True), Negative(a))),), math.log),
        Call("abs", (b,), abs),
        Power(Sum((a, Negative(b))), Number(2, exact=True)),
        Negative(Product((Sum((a, b)), Quotient(a, b)))),
    ]
    for expression in kinds:
        line = Line(Number(1.0, Symbol("∂L/∂w", "12", "(1)", "hat bar")), expression, assignment=True)
        laid = laid_line(line, 4, 17, 2000)
        strokes = [point for piece in laid.pieces if isinstance(piece, FormulaStroke) for point in piece.points]
        assert all(-1 <= x <= laid.width + 1 and -2 <= y <= laid.height + 2 for x, y in strokes)
        image = QImage(round(laid.width) + 2, round(laid.height) + 2, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        blank = image.copy()
        painter = QPainter(image)
        laid.paint(painter, LIGHT, lambda of: of is a)
        painter.end()
        assert image != blank
