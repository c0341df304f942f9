import math

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.training.history import COLUMNS, Figures, History, Metrics


def figures(epoch: int) -> Figures:
    return Figures(epoch, Metrics(1.0 / (epoch + 1), 0.5), None, 0.25)


def test_a_row_names_what_is_missing_nan():
    row = figures(3).row()
    assert row[:2] == (3, 0.25)
    assert math.isnan(row[COLUMNS.index("test_loss")])
    assert math.isnan(row[COLUMNS.index("test_accuracy")])


def test_memory_is_bounded_and_the_rows_stay_evenly_spaced():
    history = History(capacity=8)
    for epoch in range(1000):
        history.append(figures(epoch))
    epochs = history.rows()[:, 0]
    assert len(history) <= 8
    assert epochs[0] == 0
    assert set(np.diff(epochs)) == {history.interval}
    assert epochs[-1] > 1000 - 2 * history.interval


def test_it_says_beforehand_which_epochs_it_keeps():
    history = History(capacity=8)
    for epoch in range(200):
        length, keeps = len(history), history.keeps(epoch)
        history.append(figures(epoch))
        assert keeps or len(history) == length
    assert not history.keeps(201)


def test_rows_are_a_copy():
    history = History()
    history.append(figures(0))
    history.rows()[:] = 7
    assert history.rows()[0, 1] == 1.0


def test_restored_history_goes_on_as_if_it_had_not_stopped():
    whole, first, second = History(8), History(8), History(8)
    for epoch in range(100):
        whole.append(figures(epoch))
        (first if epoch < 40 else second).append(figures(epoch))
        if epoch == 39:
            second.restore(first.rows(), first.interval)
    np.testing.assert_array_equal(second.rows(), whole.rows())


def test_more_rows_than_are_kept_today_are_thinned_when_they_are_read():
    long, short = History(32), History(8)
    for epoch in range(30):
        long.append(figures(epoch))
    short.restore(long.rows(), long.interval)
    np.testing.assert_array_equal(short.rows()[:, 0], np.arange(0, 30, short.interval))
    assert 4 <= len(short) <= 8


def test_rows_of_epochs_that_do_not_rise_are_refused():
    with pytest.raises(InputError, match="epochs that rise"):
        History().restore(np.zeros((2000, len(COLUMNS))), 1)


@pytest.mark.parametrize("capacity", [0, 2, 7])
def test_a_capacity_that_cannot_be_halved_is_refused(capacity: int):
    with pytest.raises(InputError, match="even number"):
        History(capacity)


def test_the_figures_of_a_regression_have_columns_of_their_own():
    train, test = Metrics(4.0, None, 0.5, 2.0, 1.5), Metrics(9.0, None, 0.25, 3.0, 2.5)
    row = dict(zip(COLUMNS, Figures(2, train, test, 0.0).row(), strict=True))
    assert [row[f"train_{name}"] for name in ("loss", "r2", "rmse", "mae")] == [4.0, 0.5, 2.0, 1.5]
    assert [row[f"test_{name}"] for name in ("loss", "r2", "rmse", "mae")] == [9.0, 0.25, 3.0, 2.5]
    assert math.isnan(row["train_accuracy"])
    history = History(capacity=8)
    for epoch in range(100):
        history.append(Figures(epoch, train, None, 0.0))
    kept = history.rows()
    assert len(kept) <= 8
    assert set(kept[:, COLUMNS.index("train_mae")]) == {1.5}
    assert np.isnan(kept[:, COLUMNS.index("test_r2")]).all()
