"""The figures of a run, epoch by epoch, in bounded memory.

When the table is full every second row is dropped and the interval doubles, so that a run of a
million epochs costs no more than one of a few thousand, and its curve keeps its shape.
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
CAPACITY = 1024
"""Rows kept at most; half as many, after a thinning, are still one for every pixel or two of a curve."""
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


class History:
    """Rows of `Figures`, at most `capacity` of them."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        if capacity < 4 or capacity % 2:
            raise InputError("capacity", capacity, tr("an even number from 4"))
        self._rows = np.empty((capacity, len(COLUMNS)))
        self._length = 0
        self.interval = 1
        """Epochs from one kept row to the next."""

    def __len__(self) -> int:
        return self._length

    def keeps(self, epoch: int) -> bool:
        """Whether the figures of an epoch fall on the interval; others needn't be measured."""
        return epoch % self.interval == 0

    def append(self, figures: Figures) -> None:
        """Keep the figures if their epoch falls on the interval."""
        if not self.keeps(figures.epoch):
            return
        if self._length == len(self._rows):
            self._set_rows(_thinned(self._rows, 2 * self.interval), 2 * self.interval)
            if not self.keeps(figures.epoch):
                return
        self._rows[self._length] = figures.row()
        self._length += 1

    def rows(self) -> NDArray[np.float64]:
        """A copy of what is kept, (rows, columns), oldest first; columns as in `COLUMNS`."""
        return self._rows[: self._length].copy()

    def restore(self, rows: NDArray[np.float64], interval: int) -> None:
        """Take what `rows()` and `interval` of another history gave; more than it keeps are thinned."""
        if rows.shape[1:] != (len(COLUMNS),) or len(rows) > MOST_READ:
            allowed = tr("at most {rows} rows of {figures} figures", rows=MOST_READ, figures=len(COLUMNS))
            raise InputError("history", rows.shape, allowed)
        if not (np.diff(rows[:, 0]) > 0).all():
            raise InputError("history", tr("rows in another order"), tr("rows of epochs that rise"))
        while len(rows) > len(self._rows):
            interval *= 2
            rows = _thinned(rows, interval)
        self._set_rows(rows, interval)

    def _set_rows(self, rows: NDArray[np.float64], interval: int) -> None:
        self._length, self.interval = len(rows), interval
        self._rows[: self._length] = rows


def _thinned(rows: NDArray[np.float64], interval: int) -> NDArray[np.float64]:
    kept: NDArray[np.float64] = rows[rows[:, 0] % interval == 0]
    return kept
