import math

import numpy as np
import pytest

from nnplay.gui.paint.colour_scale import SmoothedScale, nearly_largest


def test_the_first_number_is_taken_at_once() -> None:
    assert SmoothedScale(floor=0.1).follow(3.0) == 3.0


def test_small_changes_leave_it_where_it_is() -> None:
    scale = SmoothedScale()
    scale.follow(1.0)
    assert [scale.follow(x) for x in (0.9, 0.75, 1.0, 0.8)] == [1.0] * 4


def test_it_rises_and_falls_in_steps_until_it_is_there() -> None:
    scale = SmoothedScale()
    scale.follow(1.0)
    assert 1.0 < scale.follow(2.0) < 1.5
    for _ in range(60):
        scale.follow(2.0)
    assert scale.follow(2.0) == pytest.approx(2.0, rel=1e-3)
    assert 1.8 < scale.follow(0.5) < 2.0


@pytest.mark.parametrize("before", [1e-3, 0.7, 1.2, 40.0])
def test_at_rest_it_is_that_of_the_number_whatever_came_before(before: float) -> None:
    scale = SmoothedScale(floor=0.5)
    scale.follow(before)
    assert scale.follow(1.0, resting=True) == 1.0
    scale.follow(before)
    assert scale.follow(math.nan, resting=True) == 0.5


def test_it_never_falls_below_its_floor() -> None:
    scale = SmoothedScale(floor=0.5)
    assert scale.follow(0.0) == 0.5


def test_what_is_no_number_is_passed_over() -> None:
    scale = SmoothedScale(floor=0.5)
    assert scale.follow(math.nan) == 0.5
    assert scale.follow(2.0) == 2.0
    assert scale.follow(math.inf) == 2.0


def test_forgetting_takes_the_next_number_at_once() -> None:
    scale = SmoothedScale()
    scale.follow(5.0)
    scale.forget()
    assert scale.follow(1.0) == 1.0


def test_nearly_all_sizes_stay_within_it_and_one_outlier_is_left_out() -> None:
    values = np.append(np.linspace(-1.0, 1.0, 199), 1000.0).reshape(20, 10)
    assert nearly_largest(values, 0.98) == pytest.approx(0.98, abs=0.011)
    assert nearly_largest(values, 1.0) == 1000.0
    assert nearly_largest(np.empty((0, 3)), 0.98) == 0.0
