import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplay.errors import InputError
from nnplay.training.history import (
    COLUMNS,
    EPOCH,
    FIRST,
    HIGHEST,
    LOWEST,
    TRAIN_LOSS,
    Figures,
    History,
    Metrics,
)


def figures(epoch: int) -> Figures:
    return Figures(epoch, Metrics(1.0 / (epoch + 1), 0.5), None, 0.25)


def test_a_row_names_what_is_missing_nan():
    row = figures(3).row()
    assert row[:2] == (3, 0.25)
    assert math.isnan(row[COLUMNS.index("test_loss")])
    assert math.isnan(row[COLUMNS.index("test_accuracy")])


def with_loss(epoch: int, loss: float, test: float | None = None) -> Figures:
    return Figures(epoch, Metrics(loss, 0.5), None if test is None else Metrics(test, 0.25), 0.25)


def test_memory_is_bounded_and_the_rows_stay_evenly_spaced():
    history = History(capacity=8)
    for epoch in range(1000):
        history.append(figures(epoch))
    epochs = history.rows()[:, FIRST, EPOCH]
    assert len(history) <= 8
    assert epochs[0] == 0
    assert set(np.diff(epochs)) == {history.interval}
    assert epochs[-1] > 1000 - 2 * history.interval


def test_an_interval_has_its_first_its_lowest_and_its_highest_figures():
    history, losses = History(capacity=8), np.random.default_rng(3).random(1000)
    for epoch, loss in enumerate(losses.tolist()):
        history.append(with_loss(epoch, loss, test=-loss))
    for row in history.rows():
        start = int(row[FIRST, EPOCH])
        part = losses[start : start + history.interval]
        assert row[:, TRAIN_LOSS].tolist() == [part[0], part.min(), part.max()]
        assert row[:, COLUMNS.index("test_loss")].tolist() == [-part[0], -part.max(), -part.min()]
        assert row[LOWEST, EPOCH] == start
        assert row[HIGHEST, EPOCH] == start + len(part) - 1


@given(st.lists(st.integers(1, 40), min_size=1, max_size=300))
def test_whatever_epochs_are_measured_no_extreme_is_lost(steps: list[int]):
    history, epochs = History(capacity=4), np.cumsum(steps).tolist()
    losses = np.random.default_rng(0).normal(size=len(epochs)).tolist()
    for epoch, loss in zip(epochs, losses, strict=True):
        history.append(with_loss(epoch, loss))
    rows = history.rows()
    assert len(history) <= 4
    assert rows[0, FIRST, EPOCH] == epochs[0]
    assert (np.diff(rows[:, FIRST, EPOCH] // history.interval) > 0).all()
    assert rows[:, HIGHEST, TRAIN_LOSS].max() == max(losses)
    assert rows[:, LOWEST, TRAIN_LOSS].min() == min(losses)
    assert set(rows[:, FIRST, TRAIN_LOSS]) <= set(losses)


def test_a_loss_alone_widens_the_interval_of_its_epoch():
    history = History(capacity=4)
    for epoch in range(0, 16, 4):
        history.append(with_loss(epoch, 0.5))
    history.append(with_loss(16, 0.5))
    assert history.interval > 1
    history.take_loss(17, 0.75)
    history.take_loss(18, 0.25)
    history.take_loss(16 + history.interval, 9.0)  # of an interval that hasn't begun
    assert history.rows()[-1, :, TRAIN_LOSS].tolist() == [0.5, 0.25, 0.75]
    assert history.highest_loss == 0.75


def test_a_figure_that_begins_within_an_interval_is_first_there():
    history = History(capacity=4)
    for epoch in range(5):
        history.append(with_loss(epoch, 0.5, test=None if epoch < 3 else 0.75))
    column = history.rows()[:, FIRST, COLUMNS.index("test_loss")]
    assert np.isnan(column[0])
    assert column[1:].tolist() == [0.75, 0.75]


def test_rows_are_a_copy():
    history = History()
    history.append(figures(0))
    history.rows()[:] = 7
    assert history.rows()[0, FIRST, TRAIN_LOSS] == 1.0


def test_restored_history_goes_on_as_if_it_had_not_stopped():
    whole, first, second = History(8), History(8), History(8)
    for epoch in range(100):
        whole.append(figures(epoch))
        (first if epoch < 40 else second).append(figures(epoch))
        if epoch == 39:
            second.restore(first.rows(), first.interval)
    np.testing.assert_array_equal(second.rows(), whole.rows())


def test_more_rows_than_are_kept_today_are_merged_when_they_are_read():
    long, short = History(32), History(8)
    for epoch in range(30):
        long.append(figures(epoch))
    short.restore(long.rows(), long.interval)
    rows = short.rows()
    np.testing.assert_array_equal(rows[:, FIRST, EPOCH], np.arange(0, 30, short.interval))
    assert rows[0, LOWEST, TRAIN_LOSS] == figures(short.interval - 1).train.loss
    assert 4 <= len(short) <= 8


def test_rows_of_epochs_that_do_not_rise_are_refused():
    with pytest.raises(InputError, match="epochs that rise"):
        History().restore(np.zeros((2000, 3, len(COLUMNS))), 1)
    with pytest.raises(InputError, match="at most 4096 rows"):
        History().restore(np.zeros((10, len(COLUMNS))), 1)


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
    kept = history.rows()[:, FIRST]
    assert len(kept) <= 8
    assert set(kept[:, COLUMNS.index("train_mae")]) == {1.5}
    assert np.isnan(kept[:, COLUMNS.index("test_r2")]).all()
