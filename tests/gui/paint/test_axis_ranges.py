import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplay.gui.paint.axis_ranges import STEPS, GrowingDecades, bottom_for, decade_ticks, ticks_between
from nnplay.gui.widgets.number_format import tick_text, tick_texts
from nnplay.training.ranges import round_up


@given(st.floats(1e-9, 1e12))
def test_round_up_is_not_below_and_not_far_above(value: float):
    assert value * (1 - 1e-6) <= round_up(value, STEPS) <= value * 1.5


@given(st.floats(1e-9, 1e12), st.integers(1, 12))
def test_two_ticks_at_least_and_no_more_than_asked(top: float, most: int):
    ticks = ticks_between(0.0, round_up(top, STEPS), most)
    assert 2 <= len(ticks) <= max(most, 2)
    assert ticks[-1] <= round_up(top, STEPS) * (1 + 1e-6)


def test_decades_hold_what_is_shown():
    axis = GrowingDecades()
    assert axis.fit(0.02, 0.7) == (-2, 0)
    assert axis.fit(0.004, 0.7) == (-3, 0)
    assert axis.fit(math.nan, math.nan) == (-3, 0)
    low, _ = axis.fit(1e-30, 0.7)
    assert low == -12


def test_ticks_begin_at_zero_and_stay_few():
    assert ticks_between(0, 700, 8) == [0, 100, 200, 300, 400, 500, 600, 700]
    assert ticks_between(0, 1.0, 5) == [0, 0.25, 0.5, 0.75, 1.0]
    assert len(decade_ticks(-12, 0, 5)) <= 5


def test_numbers_of_one_axis_have_equally_many_decimals():
    assert tick_texts([0.0, 0.25, 0.5]) == ["0.00", "0.25", "0.50"]
    assert tick_texts([0.0, 1000.0]) == ["0", "1,000"]
    assert tick_text(-0.5) == "−0.5"
    assert tick_texts([0.0, 1e6, 1.5e6]) == ["0", "1.0M", "1.5M"]


@given(st.floats(-1, 0), st.integers(2, 9))
def test_ticks_below_zero_are_multiples_of_the_same_step(least: float, most: int):
    low = bottom_for(least, -1.0)
    assert low <= least
    ticks = ticks_between(low, 1.0, most)
    assert 0.0 in ticks
    assert low - 1e-9 <= ticks[0]
    assert len(ticks) <= most + 1
    steps = [b - a for a, b in pairwise(ticks)]
    assert max(steps) == pytest.approx(min(steps))


def test_an_axis_begins_at_zero_where_nothing_is_below_it():
    assert bottom_for(0.0, -1.0) == 0.0
    assert bottom_for(math.nan, -1.0) == 0.0
    assert bottom_for(-0.3, 0.0) == 0.0
    assert bottom_for(-7.0, -1.0) == -1.0
