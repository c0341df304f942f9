"""Written numbers read back to the same."""

import math
import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnplay.errors import InputError
from nnplay.gui.paint.axis_ranges import ticks_between
from nnplay.gui.paint.epoch_axis import whole_ticks
from nnplay.gui.widgets import number_format
from nnplay.gui.widgets.number_format import (
    FIGURE_SPACE,
    count_text,
    decade_texts,
    decimal_text,
    exact_text,
    exponent_text,
    figure_text,
    glance_text,
    number_text,
    parameter_in,
    parameter_text,
    percent_text,
    power_text,
    range_text,
    signed_text,
    statistic_text,
    tick_text,
    tick_texts,
    whole_tick_texts,
)
from nnplay.training.reading import number_in


def test_32_bits_refuse_what_they_can_not_hold():
    assert parameter_in("0.1", "Bias", "float32") == float(np.float32(0.1))
    assert parameter_in("1e300", "Bias", "float64") == 1e300
    with pytest.raises(InputError) as refused:
        parameter_in("1e39", "Bias", "float32")
    assert str(refused.value) == "Bias is '1e39'; allowed is a number from −3.4e38 to 3.4e38"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_an_exact_text_reads_back_to_the_same_number(number: float):
    assert number_in(exact_text(number)) == number


@example(float(np.finfo(np.float32).max))
@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_so_does_one_of_32_bits_in_their_few_figures(number: float):
    text = exact_text(number, np.float32)
    assert parameter_in(text, "Weight", np.float32) == number
    assert sum(map(str.isdigit, text.partition("e")[0].strip("−0."))) <= 16


@pytest.mark.parametrize(
    ("number", "text"),
    [(-0.1, "−0.1"), (2.0, "2"), (1e-8, "1e−8"), (1e22, "1e22"), (0.1234567890123, "0.1234567890123")],
)
def test_a_text_is_short_and_has_a_true_minus(number: float, text: str):
    assert exact_text(number) == text


def test_few_figures():
    assert number_text(-999.0) == "−999"
    assert number_text(0.123456, 4) == "0.1235"
    assert [number_text(value, 2) for value in (-106.9, 9949.0, 9950.0, 0.0)] == ["−110", "9900", "1e4", "0"]
    assert exact_text(np.float32(0.1), np.float32) == "0.1"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.000"), (-0.48249, "−0.482"), (12.5, "12.500"), (-0.00001, "−1.00e−5"), (1e6, "1.00e6")],
)
def test_a_weight_has_three_decimals_or_its_power_of_ten(value: float, text: str) -> None:
    assert parameter_text(value) == text


ONE_NUMBER: dict[str, Callable[[float], str]] = {
    "exact_text": exact_text,
    "number_text": number_text,
    "figure_text": figure_text,
    "parameter_text": parameter_text,
    "amount_text": number_format.amount_text,
    "r_squared_text": lambda value: number_format.r_squared_text(min(value, 1.0)),
    "statistic_text": statistic_text,
    "exponent_text": exponent_text,
    "glance_text": glance_text,
    "signed_text": signed_text,
    "decimal_text": lambda value: decimal_text(value, 2),
    "percent_text": percent_text,
    "count_text": lambda value: count_text(int(value)),
    "range_text": lambda value: range_text(value, 2 * value, figure_text),
    "tick_text": tick_text,
    "power_text": lambda value: power_text(round(value) if abs(value) < 300 else 0),
}
MANY_NUMBERS = ("tick_texts", "whole_tick_texts", "decade_texts")
STYLES = (figure_text, parameter_text, statistic_text, exponent_text)
EXPONENT = re.compile(r"e(?!−?[1-9][0-9]*(?![0-9])|0(?![0-9]))|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]|-")
"""Any other form of an exponent than 2.31e−5, or another minus."""


def test_the_list_has_all_styles():
    styles = {name for name, value in vars(number_format).items() if name.endswith(("_text", "_texts")) and value}
    assert {name for name in styles if not name.startswith("_")} == {*ONE_NUMBER, *MANY_NUMBERS}


@pytest.mark.parametrize("style", ONE_NUMBER)
@given(st.floats(-1e300, 1e300) | st.floats(-1.0, 1.0) | st.floats(1e-300, 1e-4))
@example(6.78e-5)
@example(1e-8)
@example(-1e22)
def test_every_style_has_one_form_of_exponents_and_of_the_minus(style: str, value: float):
    text = ONE_NUMBER[style](value)
    assert not EXPONENT.search(text), text


@given(st.floats(1e-12, 1e12), st.integers(2, 9), st.floats(0.0, 0.9))
def test_all_ticks_of_an_axis_have_one_form(top: float, most: int, share: float):
    places = [float(f"{place:.12g}") for place in ticks_between(share * top, top, most)]
    texts = [text for text, place in zip(tick_texts(places), places, strict=True) if place]
    assert len({("e" in text, "M" in text, len(text.partition("e")[0].partition(".")[2])) for text in texts}) == 1, (
        texts
    )
    assert not any(EXPONENT.search(text) for text in texts)


@given(st.integers(-12, 9), st.integers(1, 12))
def test_all_decades_of_an_axis_have_one_form(low: int, length: int):
    texts = decade_texts(range(low, low + length))
    assert len({"e" in text for text in texts}) == 1, texts
    assert len(set(texts)) == length


@given(st.integers(0, 10**9), st.integers(4, 10**9), st.integers(2, 9))
def test_ticks_of_epochs_are_whole_and_told_apart(low: int, length: int, most: int):
    places = whole_ticks(low, low + length, most)
    texts = whole_tick_texts(places)
    assert all(place == int(place) for place in places)
    assert len(set(texts)) == len(places)
    assert len({"M" in text for text in texts if text != "0"}) <= 1


@pytest.mark.parametrize("style", STYLES)
def test_exponents_have_one_form_and_what_is_no_number_has_a_sign_of_its_own(style: Callable[[float], str]):
    assert style(2.34e-9).endswith("e−9")
    assert style(1e12).endswith("e12")
    assert [style(value) for value in (math.nan, math.inf, -math.inf)] == ["–", "–", "–"]
    assert all("-" not in style(-value) for value in (1e-9, 0.5, 1e12))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (figure_text(0.01234), "0.0123"),
        (figure_text(0.0), "0.0000"),
        (figure_text(4e6), "4.00e6"),
        (statistic_text(-0.0125), "−0.013"),
        (statistic_text(3.2e-5), "3.2e−5"),
        (exponent_text(0.0), "0"),
        (signed_text(-0.001), f"{FIGURE_SPACE}0.00"),
        (signed_text(-1.5, 1), "−1.5"),
        (decimal_text(-0.0, 1), "0.0"),
        (percent_text(0.985), "98.5 %"),
        (percent_text(0.5, 0), "50 %"),
        (percent_text(math.nan), "–"),
        (percent_text(math.inf), "–"),
        (decimal_text(1e20, 2), "1.00e20"),
        (signed_text(-1e100), "−1.00e100"),
        (decimal_text(-math.inf, 1), "–"),
        (tick_text(math.inf), "–"),
        (number_text(math.nan), "–"),
        (exact_text(-math.inf), "–"),
        (count_text(12000), "12,000"),
        (tick_text(1e-5), "1e−5"),
        (power_text(-8), "1e−8"),
        (power_text(4), "1e4"),
        (range_text(0.01, 0.03, figure_text), "0.0100 – 0.0300"),
        (range_text(0.01, 0.010001, figure_text), "0.0100"),
    ],
)
def test_each_style(text: str, wanted: str):
    assert text == wanted


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_234_567.8, "1,234,568"),
        (-250_000.0, "−250,000"),
        (12_345_678.0, "1.235e7"),
        (123.456, "123.5"),
        (12.3456, "12.35"),
        (9.99996, "10.00"),
        (10.00004, "10.00"),
        (999.96, "1,000"),
        (-1.23456, "−1.235"),
        (0.123456, "0.1235"),
        (0.0, "0.0000"),
        (4.37e-9, "4.370e−9"),
        (float("inf"), "–"),
    ],
)
def test_amounts_have_four_figures_whatever_their_size(value: float, text: str) -> None:
    assert number_format.amount_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.9321, "0.932"), (1.0, "1.000"), (-0.25, "−0.250"), (-1e300, "−1e300"), (-123.456, "−123")]
)
def test_r_squared_has_three_decimals_unless_it_is_far_below_zero(value: float, text: str) -> None:
    assert number_format.r_squared_text(value) == text
