"""The curves of the futures beside the run's own: where a loss stands, and which curve is the nearest."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from nnplay.training.futures import Futures
from nnplay.training.history import COLUMNS, EPOCH, FIRST, TRAIN_LOSS, Rows

Floats = NDArray[np.float64]
PAST = 16
"""Epochs of the run that are seen before the moment."""
ROOM = 1.4
"""Times the loss that there is now, or was as a rule: so far up the plot reaches. What is higher leaves it."""
LARGEST = 1e300
"""Losses from here on have no place."""
BELOW = 0.9
"""Times the lowest loss: so far down the plot reaches."""
NEAR_ZERO = 0.3
"""Part of the largest loss from which down the plot begins at 0."""
TEST_LOSS = COLUMNS.index("test_loss")


class Curves:
    """Places of losses in a plot, of which only the lower border moves while the futures are trained.

    Where no future falls far it is near the loss that there is now, so that small differences are seen.

    Attributes
    ----------
    first, now, last
        Epochs: where the plot begins, the moment, and how far is seen.
    low, top
        The losses at the lower and the upper border.
    """

    def __init__(self, futures: Futures, history: Rows) -> None:
        self._futures = futures
        self.now = futures.first_epoch + futures.fraction
        self.first = max(self.now - PAST, 0.0)
        self.last = float(futures.first_epoch + futures.epochs)
        rows = history[:, FIRST]
        before = rows[rows[:, EPOCH] < self.now]
        start = max(int(np.searchsorted(before[:, EPOCH], self.first, side="right")) - 1, 0)
        shown = before[start:]
        present = futures.alternatives.present
        self.past_epochs: Floats = np.append(shown[:, EPOCH], self.now)
        self.past_train: Floats = np.append(shown[:, TRAIN_LOSS], futures.train_losses[present, 0])
        self.past_test: Floats = np.append(shown[:, TEST_LOSS], futures.test_losses[present, 0])
        now = np.concatenate([futures.train_losses[:, 0], futures.test_losses[:, 0]])
        past = np.concatenate([self.past_train, self.past_test])
        usual = np.append(now, [_median(self.past_train), _median(self.past_test)])
        highest = float(np.fmax.reduce(usual))
        self.top = ROOM * highest if 0.0 < highest < LARGEST else 1.0
        self._least = float(np.fmin.reduce(np.append(now, past)))

    @property
    def low(self) -> float:
        """The loss at the lower border: it falls with the futures, and is 0 as soon as 0 is near."""
        losses = np.concatenate([self._futures.train_losses, self._futures.test_losses])
        low = BELOW * min(self._least, float(np.fmin.reduce(losses, axis=None)))
        return low if low > NEAR_ZERO * self.top else 0.0

    def epochs(self) -> Floats:
        """(E + 1,) of the futures' losses."""
        coming = self._futures.first_epoch + np.arange(1.0, self._futures.epochs + 1)
        return np.concatenate([[self.now], coming])

    def line(self, epochs: Floats, losses: Floats, plot: QRectF) -> QPolygonF:
        """A curve as far as it is finite."""
        known = np.isfinite(losses)
        x, y = self._x(epochs[known], plot), self._y(losses[known], plot)
        return QPolygonF([QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)])

    def x(self, epoch: float, plot: QRectF) -> float:
        """Where an epoch stands."""
        return float(self._x(np.array(epoch), plot))

    def y(self, loss: float, plot: QRectF) -> float:
        """Where a loss stands."""
        return float(self._y(np.array(loss), plot))

    def nearest(self, place: QPointF, plot: QRectF) -> int | None:
        """The future whose curve is the nearest above or below a point; None before the moment, or where none is."""
        share = (place.x() - plot.left()) / max(plot.width(), 1.0)
        epoch = self.first + share * (self.last - self.first)
        if epoch < self.now or not self._futures.done:
            return None
        epochs = self.epochs()[: self._futures.done + 1]
        losses = self._futures.train_losses[:, : self._futures.done + 1]
        at = np.array([np.interp(epoch, epochs, row) if np.isfinite(row).all() else math.inf for row in losses])
        far = np.abs(self._y(np.minimum(at, 1e3 * self.top), plot) - place.y())
        return int(np.argmin(far))

    def _x(self, epochs: Floats, plot: QRectF) -> Floats:
        scaled: Floats = plot.left() + (epochs - self.first) / (self.last - self.first) * plot.width()
        return scaled

    def _y(self, losses: Floats, plot: QRectF) -> Floats:
        # what has left the plot by far is drawn no further: Qt's painting is exact up to some thousands of pixels
        low = self.low
        scaled: Floats = plot.bottom() - np.minimum((losses - low) / (self.top - low), 20.0) * plot.height()
        return scaled


def _median(losses: Floats) -> float:
    known = losses[np.isfinite(losses)]
    return float(np.median(known)) if known.size else math.nan
