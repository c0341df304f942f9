import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplay.data.tables.text.missing import is_missing
from nnplay.data.tables.text.numbers import parse_number


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.5", ".", 1.5),
        ("-3", ".", -3),
        ("+3", ".", 3),
        (".5", ".", 0.5),
        ("5.", ".", 5),
        ("1e-3", ".", 0.001),
        ("1.5", ",", None),
        ("1,5", ",", 1.5),
        ("1,5", ".", None),
        ("1,5,5", ",", None),
        ("5,000", ".", 5000),
        ("1,234,567.5", ".", 1234567.5),
        ("12,34,567", ".", 1234567),
        ("1,23", ".", None),
        ("1,2345", ".", None),
        ("1.234,5", ",", 1234.5),
        ("1.234", ",", 1234),
        ("12.34", ",", None),
        ("1 234 567", ".", 1234567),
        ("1\u00a0234,5", ",", 1234.5),
        ("1\u202f234\u202f567", ".", 1234567),
        ("1\u2009234", ".", 1234),
        ("1'234.5", ".", 1234.5),
        ("1’234’567", ".", 1234567),
        ("1 234'567", ".", None),
        ("12 %", ".", 12),
        ("12,5%", ",", 12.5),
        ("$ 5,000", ".", 5000),
        ("-$5", ".", -5),
        ("$ -0.8", ".", -0.8),
        ("US$ 3", ".", 3),
        ("5 €", ".", 5),
        ("1.234,50 €", ",", 1234.5),
        ("EUR 3", ".", 3),
        ("3 USD", ".", 3),
        ("($ 1,234.5)", ".", -1234.5),
        ("(0,5)", ",", -0.5),
        ("(-5)", ".", None),
        ("()", ".", None),
        ("−0.8", ".", -0.8),
        ("–0.8", ".", -0.8),
        ("-8.0D-01", ".", -0.8),
        ("1,5d2", ",", 150),
        ("TRUE", ".", 1),
        ("false", ".", 0),
        ("5e-324", ".", 5e-324),
        ("1e101", ".", None),
        ("1e999", ".", None),
        ("inf", ".", None),
        ("nan", ".", None),
        ("1_0", ".", None),
        ("0x10", ".", None),
        ("1.5.2", ".", None),
        ("$", ".", None),
        ("%", ".", None),
        ("cat", ".", None),
        ("", ".", None),
        ("9" * 2000, ".", None),
    ],
)
def test_what_is_a_number(text: str, decimal: str, value: float | None) -> None:
    found = parse_number(text, decimal)
    assert (None if found is None else found.value) == value


def test_what_was_taken_off_and_whether_it_is_whole() -> None:
    found = parse_number("$ 5,000", ".")
    assert found is not None
    assert (found.marks, found.whole) == (("$", ","), True)
    whole = {text: parse_number(text, ".") for text in ("7", "007", "+7", "7.0", "7e0")}
    assert [text for text, number in whole.items() if number is not None and number.whole] == ["7", "007", "+7"]


@given(st.text(max_size=30), st.sampled_from([".", ","]))
def test_any_text_is_a_number_or_none(text: str, decimal: str) -> None:
    found = parse_number(text.strip(), decimal)
    assert found is None or abs(found.value) <= 1e100


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e100, max_value=1e100))
def test_every_digit_counts(value: float) -> None:
    for decimal in (".", ","):
        found = parse_number(repr(value).replace(".", decimal), decimal)
        assert found is not None
        assert found.value == value


@pytest.mark.parametrize("text", ["", "NA", "n/a", "NaN", "null", "None", "?", "-", ".", "#N/A", "—"])
def test_what_is_missing(text: str) -> None:
    assert is_missing(text)
    assert not is_missing(text + "x")
