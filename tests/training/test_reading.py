"""Typed numbers are the numbers they say, or none."""

import pytest

from nnplay.training.reading import number_in, whole_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2.5", 2.5),
        ("2,5", 2.5),
        (" -2.5 ", -2.5),
        ("−2.5", -2.5),
        ("1e-3", 0.001),
        ("1e−3", 0.001),
        ("1 000", 1000),
        ("1 234 567.5", 1234567.5),
        ("0.123456789012345", 0.123456789012345),
    ],
)
def test_what_a_number_may_look_like(text: str, number: float):
    assert number_in(text) == number


@pytest.mark.parametrize("text", ["", "ten", "1 2", "12 34", "1 0000", "1,000.5", "1e400", "-1e400", "nan", "inf"])
def test_what_is_no_number(text: str):
    with pytest.raises(ValueError):
        number_in(text)


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("1e3", 1000), ("4 294 967 295", 4294967295), ("7.0", 7)])
def test_whole_numbers(text: str, number: int):
    assert whole_in(text) == number
