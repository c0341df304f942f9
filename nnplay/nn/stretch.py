"""A stretch of training that is done in one go, where nobody looks in between: how far it goes, and what it did."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.nn.arrays import Loss

Sums = NDArray[np.float64]


@dataclass(frozen=True)
class Stretch:
    """How far to go from where the batches stand.

    Attributes
    ----------
    steps, epochs
        At most so many steps, and ends of epochs.
    rates
        (1,) the learning rate, or (E,) that of the epoch under way and of those that follow; the last one holds on.
        Of a stack also (K, 1) or (K, E).
    losses
        The sum of the losses of the epoch under way so far; (K,) of a stack.
    most_losses
        It ends after an epoch for which that sum is above this; not of a stack.
    """

    steps: int
    epochs: int
    rates: Sums
    losses: Loss = 0.0
    most_losses: float = math.inf


@dataclass(frozen=True)
class StretchOutcome:
    """What a stretch did; of a stack all losses have an axis K, the last one.

    Attributes
    ----------
    steps
        Steps made.
    epoch_losses
        (E,) the sum of the losses of each epoch that came to its end.
    losses
        That of the epoch under way.
    loss, norm
        The loss of the last step, and the length of its gradient before it was clipped.
    loss_diverged, update_diverged
        Whether the step that was to follow left the finite numbers, and in what; it wasn't taken. Of a stack: whether
        there is no network left that learns.
    """

    steps: int
    epoch_losses: Sums
    losses: Loss
    loss: Loss
    norm: Loss
    loss_diverged: bool
    update_diverged: bool

    @property
    def has_diverged(self) -> bool:
        """Whether numbers left the finite ones."""
        return self.loss_diverged or self.update_diverged
