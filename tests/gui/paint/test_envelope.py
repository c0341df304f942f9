import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nnplay.gui.paint.envelope import columns


@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 399), st.integers(0, 300), st.integers(1, 300))
def test_each_column_has_the_extremes_of_all_rows_that_reach_into_it(
    rows: int, eighths: int, spike: int, left: int, length: int
):
    step = eighths / 8  # exact in a float
    edges = np.arange(rows + 1.0)
    low, high = np.zeros(rows), np.ones(rows)
    high[spike % rows] = 9.0
    x, lowest, highest = columns(edges, low, high, (left, left + length), step)
    assert (lowest == 0.0).all()
    starts = x - step / 2
    reaches = (starts < spike % rows + 1) & (starts + step > spike % rows)
    np.testing.assert_array_equal(highest == 9.0, reaches)


def test_beyond_the_rows_there_is_no_column():
    x, _, _ = columns(np.array([0.0, 1.0, 1.0]), np.zeros(2), np.ones(2), (0.0, 10.0), 0.5)
    assert x.max() < 1.6


def test_what_is_no_number_is_left_out():
    low = np.array([np.nan, 1.0, np.nan])
    _, lowest, highest = columns(np.arange(4.0), low, low + 1, (0.0, 3.0), 3.0)
    assert (lowest.tolist(), highest.tolist()) == ([1.0], [2.0])
