"""The figures of a run, epoch by epoch, in bounded memory.

When the table is full every second row is dropped and the interval doubles, so that a run of a
million epochs costs no more than one of a few thousand, and its curve keeps its shape.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import InputError

COLUMNS = ("epoch", "train_loss", "test_loss", "penalty", "train_accuracy", "test_accuracy")
CAPACITY = 4096


@dataclass(frozen=True)
class Metrics:
    """Loss of one set of samples, and accuracy in 0…1 where there are classes to hit (else None)."""

    loss: float
    accuracy: float | None


@dataclass(frozen=True)
class Figures:
    """What is measured after an epoch: data loss apart from the penalty, test None without a test set.

    `fraction` is the part of the next epoch that was done by then, 0 to 1: a run may rest within an epoch.
    """

    epoch: int
    train: Metrics
    test: Metrics | None
    penalty: float
    fraction: float = 0.0

    def row(self) -> tuple[float, ...]:
        """The values in the order of `COLUMNS`, NaN for what doesn't exist."""
        test = self.test or Metrics(float("nan"), None)
        accuracies = (float("nan") if a is None else a for a in (self.train.accuracy, test.accuracy))
        return (self.epoch, self.train.loss, test.loss, self.penalty, *accuracies)


class History:
    """Rows of `Figures`, at most `capacity` of them."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        if capacity < 4 or capacity % 2:
            raise InputError("capacity", capacity, "an even number from 4")
        self._rows = np.empty((capacity, len(COLUMNS)))
        self._length = 0
        self.interval = 1
        """Epochs from one kept row to the next."""

    def __len__(self) -> int:
        return self._length

    def append(self, figures: Figures) -> None:
        """Keep the figures if their epoch falls on the interval."""
        if figures.epoch % self.interval:
            return
        if self._length == len(self._rows):
            self._thin()
            if figures.epoch % self.interval:
                return
        self._rows[self._length] = figures.row()
        self._length += 1

    def rows(self) -> NDArray[np.float64]:
        """A copy of what is kept, (rows, columns), oldest first; columns as in `COLUMNS`."""
        return self._rows[: self._length].copy()

    def restore(self, rows: NDArray[np.float64], interval: int) -> None:
        """Take over what `rows()` and `interval` of another history gave."""
        if rows.shape[1:] != (len(COLUMNS),) or len(rows) > len(self._rows):
            raise InputError("history", rows.shape, f"at most {len(self._rows)} rows of {len(COLUMNS)} figures")
        self._length = len(rows)
        self._rows[: self._length] = rows
        self.interval = interval

    def _thin(self) -> None:
        self.interval *= 2
        kept = self._rows[: self._length]
        kept = kept[kept[:, 0] % self.interval == 0]
        self._length = len(kept)
        self._rows[: self._length] = kept
