"""How numbers of formulas are written."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplay.limits import LEAST_DIGITS, MOST_DIGITS
from nnplay.training.arithmetic.shown import shown


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.51, 2, "0.51"),
        (-1.2, 2, "−1.20"),
        (0.0, 2, "0.00"),
        (-0.0, 2, "0.00"),
        (0.0999, 2, "0.10"),
        (0.0123, 2, "0.012"),
        (0.00123, 2, "0.0012"),
        (0.000123, 2, "1.2 × 10⁻⁴"),
        (-1.2e-17, 4, "−1.200 × 10⁻¹⁷"),
        (123456.789, 2, "123456.79"),
        (1234567.89, 2, "1.2 × 10⁶"),
        (1 / 3, 10, "0.3333333333"),
        (math.inf, 2, "∞"),
        (-math.inf, 2, "−∞"),
        (math.nan, 2, "?"),
        (5e-324, 2, "4.9 × 10⁻³²⁴"),
    ],
)
def test_with_so_many_digits(value, digits, text):
    assert shown(value, digits).text == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.999, "0.999"), (4.0, "4"), (1e-8, "1 × 10⁻⁸"), (0.5, "0.5"), (-1.0, "−1")]
)
def test_what_a_person_chose_is_written_as_it_is(value, text):
    assert shown(value, 2, exact=True).text == text


def test_tables_have_the_short_form():
    assert shown(-0.0000123, 3).short == "−1.23e−5"


@given(value=st.floats(allow_nan=False, allow_infinity=False), digits=st.integers(LEAST_DIGITS, MOST_DIGITS))
def test_the_number_is_between_its_bounds(value, digits):
    low, high = shown(value, digits).bounds
    assert low <= Decimal(value) <= high
    assert value == 0 or (high - low) / 2 <= abs(Decimal(value)) * Decimal("0.0501")
