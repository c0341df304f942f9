import math

import numpy as np
import pytest

from nnplay.data.delimited.numbers import Decimal, parse_number, parse_numbers


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1.5", ".", 1.5),
        (" -2e3 ", ".", -2000.0),
        ("1,5", ",", 1.5),
        ("1,5", "either", 1.5),
        ("1.5", "either", 1.5),
        ("-,5", ",", -0.5),
        ("7", ",", 7.0),
        ("1,5", ".", None),
        ("1.5", ",", None),
        ("1.234,5", ",", None),
        ("1.234,5", "either", None),
        ("1,234,5", ",", None),
        ("1_000", ".", None),
        ("1_000", ",", None),
        ("", ".", None),
        ("abc", ".", None),
        ("0x10", ".", None),
        ("12%", ".", None),
        ("inf", ".", math.inf),
        ("1e999", ".", math.inf),
    ],
)
def test_one_cell(cell: str, decimal: Decimal, value: float | None) -> None:
    assert parse_number(cell, decimal) == value
    many = parse_numbers([cell, "3"], decimal)
    assert many[1] == 3.0
    if value is None or math.isinf(value):
        assert math.isnan(many[0])
    else:
        assert many[0] == value


def test_nan_is_a_number_that_is_not_finite() -> None:
    assert math.isnan(parse_number("NaN", ".") or 0.0)
    assert np.isnan(parse_numbers(["nan", "1"], ".")).tolist() == [True, False]
