"""When the figures of a run are measured, so that its history has them in time and training waits little for them."""

import math

import numpy as np
from numpy.typing import NDArray

from nnplay.training.history import History

MEASURED_EVERY = 8, 64
"""After so many epochs the figures are measured at the latest, or after so many steps where those are more epochs.

As long as an interval of the history is shorter it is each interval. To measure takes as long as four steps of a small
network and a third of an epoch of a large one, so that this is at most a twentieth of the training's time.
"""
MEASURED_EVERY_COMPILED = 128, 4096
"""The same of steps that are compiled, which take a sixteenth to a sixty-fourth of the time."""
SPIKE = 1.2
"""Times the highest loss of an interval, above which the mean loss of an epoch's steps makes it measured."""
A_LITTLE = 1e-9
"""By this part of it a stretch ends below a spike, where the last digits are rounded otherwise."""


class Due:
    """Which epochs of a run are to be measured.

    They are due at the beginning of each interval of the history, regularly within it, and where the steps had a much
    higher loss than the interval has: a spike is measured when it comes.

    Parameters
    ----------
    steps
        Of an epoch.
    unit
        By which a mean of losses is multiplied to be in the unit of the figures.
    compiled
        Whether the steps are compiled.
    steps_tell
        Whether the loss of a step is the one that the figures have.
    """

    def __init__(self, steps: int, unit: float, *, compiled: bool, steps_tell: bool) -> None:
        self._is_full_batch = steps == 1
        self._every = _measured_every(steps, *(MEASURED_EVERY_COMPILED if compiled else MEASURED_EVERY))
        self._loss_of_losses = unit / steps
        self._steps_tell = steps_tell

    def is_due(self, history: History, epoch: int, losses: float) -> bool:
        """Whether the history is to have the figures of the epoch that has ended; `losses` is the sum of its steps'."""
        if history.interval == 1:
            return True
        spike = False
        if self._steps_tell:
            loss = losses * self._loss_of_losses
            spike = loss > SPIKE * history.highest_loss
            if self._is_full_batch:  # its only step began with the loss after the epoch before
                history.take_loss(epoch - 1, loss)
        return spike or not (epoch % history.interval and epoch % self._every)

    def pass_by(self, history: History, epoch: int, losses: NDArray[np.float64]) -> None:
        """Take in the sums of losses of epochs from this one on, all of one interval, which are not due."""
        if self._steps_tell and self._is_full_batch and len(losses):
            for loss in (losses.min(), losses.max()):
                history.take_loss(epoch - 1, float(loss) * self._loss_of_losses)

    def epochs_left(self, history: History, epoch: int) -> int:
        """How many epochs come to their end until one is due by its number."""
        return min(every - epoch % every for every in (history.interval, self._every))

    def most_losses(self, history: History) -> float:
        """A sum of losses up to which an epoch is no spike."""
        if not self._steps_tell or math.isnan(history.highest_loss):
            return math.inf
        return (1.0 - A_LITTLE) * SPIKE * history.highest_loss / self._loss_of_losses


def _measured_every(steps: int, least: int, most_steps: int) -> int:
    """Epochs of so many steps from one measurement to the next, at most; a power of two, as intervals are."""
    return max(least, 1 << (-(-most_steps // steps) - 1).bit_length())
