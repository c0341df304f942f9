"""Places on axes are round, few, and written as short as they can be."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplay.gui.paint.round_ticks import place_text, round_ticks


@pytest.mark.parametrize(
    ("low", "high", "most", "texts", "unit"),
    [
        (-6.0, 6.0, 6, "−6 −4 −2 0 2 4 6", ""),
        (0.0, 1.0, 5, "0.0 0.2 0.4 0.6 0.8 1.0", ""),
        (-5.999, 5.999, 4, "−5 0 5", ""),
        (4.2, 7.4, 3, "5 6 7", ""),
        (-0.0642, 0.07, 5, "−0.05 0.00 0.05", ""),
        (120_000.0, 500_000.0, 5, "200,000 300,000 400,000 500,000", ""),
        (5_000.0, 21_000.0, 4, "5,000 10,000 15,000 20,000", ""),
        (1960.0, 2020.0, 4, "1960 1980 2000 2020", ""),
        (0.9e-300, 4.5e-300, 4, "1 2 3 4", "×1e−300"),
        (-2.1e100, 2.1e100, 5, "−2 −1 0 1 2", "×1e100"),
        (0.00012, 0.00088, 4, "2 4 6 8", "×1e−4"),
        (2.4e6, 3.6e6, 6, "2.4 2.6 2.8 3.0 3.2 3.4 3.6", "×1e6"),
        (1e6, 1e6 + 1e-3, 4, "1000000 +0.0005 +0.001", ""),
    ],
)
def test_ticks_of_axes_of_every_size(low: float, high: float, most: int, texts: str, unit: str):
    ticks = round_ticks(low, high, most)
    assert ticks.texts == tuple(texts.split())
    assert ticks.unit == unit


@given(st.floats(-1e100, 1e100), st.floats(1e-300, 1e100), st.integers(2, 6))
def test_ticks_lie_on_their_axis_whatever_it_is(low: float, width: float, most: int):
    high = low + width
    if not low < high:
        return
    ticks = round_ticks(low, high, most)
    assert 3 <= len(ticks.places) == len(ticks.texts) <= 2 * most + 3
    assert all(low <= place <= high for place in ticks.places)
    assert list(ticks.places) == sorted(ticks.places)
    assert len(set(ticks.texts)) == len(ticks.texts)
    assert all(len(text) <= 24 for text in ticks.texts)


@pytest.mark.parametrize(
    ("value", "low", "high", "text"),
    [
        (1.42, -6, 6, "1.42"),
        (-0.0312, -0.05, 0.05, "−0.0312"),
        (0.98123, 0, 1, "0.981"),
        (-0.0001, -6, 6, "0.00"),
        (296_606.4, 1e5, 5e5, "296,606"),
        (1978.5, 1960, 2020, "1978.50"),
        (2.3456e-5, 0, 5e-5, "2.346e−5"),
        (-7.3219e99, -2e100, 2e100, "−7.322e99"),
        (math.nan, 0, 1, "–"),
    ],
)
def test_a_place_is_read_to_about_a_thousandth_of_its_axis(value: float, low: float, high: float, text: str):
    assert place_text(value, low, high) == text


@pytest.mark.parametrize("place", [0.0, -3.5, 1e17])
def test_a_range_of_no_length_has_one_tick(place: float):
    assert round_ticks(place, place, 5).places == (place,)
