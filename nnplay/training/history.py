"""The figures of a run, epoch by epoch, in bounded memory.

A row is an interval of epochs: what was measured first in it, and the lowest and the highest of each figure. When the
table is full two intervals become one, so that a run of a million epochs costs no more than one of a few thousand, and
no spike of a single epoch is lost.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import InputError
from nnplay.texts import tr

COLUMNS = (
    "epoch", "train_loss", "test_loss", "penalty", "train_accuracy", "test_accuracy",
    "train_r2", "test_r2", "train_rmse", "test_rmse", "train_mae", "test_mae",
)  # fmt: skip
EPOCH, TRAIN_LOSS = COLUMNS.index("epoch"), COLUMNS.index("train_loss")
FIRST, LOWEST, HIGHEST = range(3)
"""The lines of a row."""
CAPACITY = 1024
"""Rows kept at most; half as many, after a merging, are still one for every pixel or two of a curve."""
MOST_READ = 4096
"""Rows that a file may have: earlier versions kept so many."""


@dataclass(frozen=True)
class Metrics:
    """The figures of one set of samples.

    Attributes
    ----------
    loss
        The data loss, which training makes smaller; of a regression in the square of the target's own unit, and where
        classes are weighted the weighted one.
    accuracy
        0 to 1 where there are classes to hit, else None.
    r2, rmse, mae
        Of a regression, else None: R² = 1 − Σ(ŷ − y)² / Σ(y − ȳ)², None too where all targets are the same; the root of
        the mean squared error and the mean absolute error, in the target's own unit.
    """

    loss: float
    accuracy: float | None
    r2: float | None = None
    rmse: float | None = None
    mae: float | None = None


@dataclass(frozen=True)
class Figures:
    """What is measured after an epoch: data loss apart from the penalty, test None without a test set.

    `fraction` is the part of the next epoch that was done by then, 0 to 1: a run may pause within an epoch.
    """

    epoch: int
    train: Metrics
    test: Metrics | None
    penalty: float
    fraction: float = 0.0

    def row(self) -> tuple[float, ...]:
        """The values in the order of `COLUMNS`, NaN for what doesn't exist."""
        train, test = self.train, self.test or Metrics(math.nan, None)
        pairs = [(train.accuracy, test.accuracy), (train.r2, test.r2), (train.rmse, test.rmse), (train.mae, test.mae)]
        others = (math.nan if figure is None else figure for pair in pairs for figure in pair)
        return (self.epoch, train.loss, test.loss, self.penalty, *others)


Rows = NDArray[np.float64]
"""(n, 3, `COLUMNS`): n intervals, oldest first; the first, the lowest and the highest of each figure."""


NO_ROWS: Rows = np.empty((0, 3, len(COLUMNS)))
NO_ROWS.flags.writeable = False


class History:
    """Intervals of epochs with their figures, at most `capacity` of them.

    Attributes
    ----------
    interval
        Epochs of an interval; each begins at a multiple of it.
    highest_loss
        Of the training set in the last interval; NaN where there is none.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        if capacity < 4 or capacity % 2:
            raise InputError("capacity", capacity, tr("an even number from 4"))
        self._rows = np.empty((capacity, 3, len(COLUMNS)))
        self._length = 0
        self.interval = 1
        self._end = 0
        """The epoch at which the next interval begins."""
        self._lowest_loss = self.highest_loss = math.nan  # numbers of Python are compared faster than those of NumPy

    def __len__(self) -> int:
        return self._length

    def append(self, figures: Figures) -> None:
        """Take in what was measured after an epoch, which is none before the last one."""
        row = np.array(figures.row())
        while figures.epoch >= self._end and self._length == len(self._rows):
            self._set_rows(merged(self._rows, 2 * self.interval), 2 * self.interval)
        if figures.epoch >= self._end:
            self._rows[self._length] = row
            self._length += 1
        else:
            last = self._rows[self._length - 1]
            last[FIRST] = np.where(np.isnan(last[FIRST]), row, last[FIRST])
            np.fmin(last[LOWEST], row, last[LOWEST])
            np.fmax(last[HIGHEST], row, last[HIGHEST])
        self._look_at_last()

    def take_loss(self, epoch: int, loss: float) -> None:
        """Take in the training loss after an epoch of which nothing else was measured."""
        if not epoch < self._end:
            return
        if loss < self._lowest_loss:
            self._lowest_loss = self._rows[self._length - 1, LOWEST, TRAIN_LOSS] = loss
        elif loss > self.highest_loss:
            self.highest_loss = self._rows[self._length - 1, HIGHEST, TRAIN_LOSS] = loss

    def rows(self) -> Rows:
        """A copy of what is kept."""
        return self._rows[: self._length].copy()

    def restore(self, rows: Rows, interval: int) -> None:
        """Take what `rows()` and `interval` of another history gave; more than it keeps are merged."""
        if rows.shape[1:] != self._rows.shape[1:] or len(rows) > MOST_READ:
            allowed = tr("at most {rows} rows of {figures} figures", rows=MOST_READ, figures=len(COLUMNS))
            raise InputError("history", rows.shape, allowed)
        if not (np.diff(rows[:, FIRST, EPOCH]) > 0).all():
            raise InputError("history", tr("rows in another order"), tr("rows of epochs that rise"))
        while len(rows) > len(self._rows):
            interval *= 2
            rows = merged(rows, interval)
        self._set_rows(rows, interval)

    def _set_rows(self, rows: Rows, interval: int) -> None:
        self._length, self.interval = len(rows), interval
        self._rows[: self._length] = rows
        self._look_at_last()

    def _look_at_last(self) -> None:
        if not self._length:
            self._end, self._lowest_loss, self.highest_loss = 0, math.nan, math.nan
            return
        last = self._rows[self._length - 1]
        self._end = (int(last[FIRST, EPOCH]) // self.interval + 1) * self.interval
        self._lowest_loss, self.highest_loss = last[LOWEST, TRAIN_LOSS].item(), last[HIGHEST, TRAIN_LOSS].item()


_earlier = np.frompyfunc(lambda first, second: second if math.isnan(first) else first, 2, 1)


def merged(rows: Rows, interval: int) -> Rows:
    """One row for those that begin in the same interval of so many epochs."""
    starts = np.flatnonzero(np.diff(rows[:, FIRST, EPOCH] // interval, prepend=-1.0))
    merged = np.empty((len(starts), *rows.shape[1:]))
    merged[:, FIRST] = _earlier.reduceat(rows[:, FIRST], starts, axis=0)
    merged[:, LOWEST] = np.fmin.reduceat(rows[:, LOWEST], starts, axis=0)
    merged[:, HIGHEST] = np.fmax.reduceat(rows[:, HIGHEST], starts, axis=0)
    return merged
