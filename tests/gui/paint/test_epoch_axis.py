import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplay.gui.paint.epoch_axis import FEWEST, FIRST_EPOCHS, EpochAxis, whole_ticks

TEXTS = ("0", "1", "10", "100", "1,000", "10,000", "100,000", "1,000,000")


def axis(last: float, *, logarithmic: bool = False) -> EpochAxis:
    made = EpochAxis()
    made.logarithmic = logarithmic
    made.reach(last)
    return made


def test_all_epochs_are_seen_also_those_still_to_come():
    epochs = axis(0.0)
    assert epochs.seen == (0.0, FIRST_EPOCHS)
    ends = []
    for last in range(1, 5000):
        epochs.reach(float(last))
        assert epochs.seen[1] >= last
        ends.append(epochs.seen[1])
    assert len(set(ends)) < 40, "it widens in steps"


def test_a_zoom_stays_while_the_run_goes_on_and_ends_with_it():
    epochs = axis(1000.0)
    epochs.select(200.0, 300.0)
    epochs.reach(5000.0)
    assert epochs.seen == (200.0, 300.0)
    epochs.reach(0.0)  # a reset
    assert not epochs.zoomed


@pytest.mark.parametrize("logarithmic", [False, True])
def test_a_zoom_keeps_the_epoch_under_the_pointer_where_it_is(logarithmic: bool):
    epochs = axis(1000.0, logarithmic=logarithmic)

    def share(epoch: float) -> float:
        low, high = epochs.ends
        return (epochs.places(np.array([epoch]))[0] - low) / (high - low)

    before = share(300.0)
    epochs.zoom(0.5, 300.0)
    assert share(300.0) == pytest.approx(before)
    epochs.zoom(2.0, 300.0)
    assert not epochs.zoomed, "as near as at first is all of it"


@given(st.floats(0, 1e7), st.floats(0, 1e7), st.floats(-3, 3), st.booleans())
def test_whatever_is_chosen_is_a_part_of_the_run(low: float, high: float, share: float, logarithmic: bool):
    epochs = axis(1e6, logarithmic=logarithmic)
    epochs.select(low, high)
    epochs.pan(share)
    left, right = epochs.seen
    assert 0.0 <= left < right <= 1e6 * (1 + 1e-9)
    assert right - left >= FEWEST * (1 - 1e-6)


@given(st.floats(0, 1e8), st.floats(FEWEST, 1e8), st.integers(2, 12), st.booleans())
def test_ticks_are_whole_epochs_in_sight(low: float, length: float, most: int, logarithmic: bool):
    epochs = axis(2e8, logarithmic=logarithmic)
    epochs.select(low, low + length)
    ticks = epochs.ticks(most)
    left, right = epochs.ends
    assert 1 <= len(ticks) <= most + 3
    slack = 1e-3 * (right - left)  # half a pixel
    for place, _ in ticks:
        assert left - slack <= place <= right + slack
        assert epochs.epoch_at(place) == pytest.approx(round(epochs.epoch_at(place)), abs=1e-3, rel=1e-9)


def test_a_logarithmic_axis_has_the_start_and_the_decades():
    assert axis(1e6, logarithmic=True).ticks(8) == [
        (pytest.approx(math.log10(1 + epoch)), text)
        for epoch, text in zip((0, 1, 10, 100, 1e3, 1e4, 1e5, 1e6), TEXTS, strict=True)
    ]


def test_a_short_axis_has_whole_steps():
    assert whole_ticks(0.0, 10.0, 5) == [0.0, 5.0, 10.0]
    assert whole_ticks(7.2, 11.4, 12) == [8.0, 9.0, 10.0, 11.0]
