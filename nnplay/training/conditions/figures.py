"""Conditions on what is measured after each epoch: loss, accuracy, and the epoch itself."""

import math
from abc import abstractmethod
from collections.abc import Callable

from nnplay.training.conditions.watcher import Watcher
from nnplay.training.trainer import Trainer

Figure = Callable[[Trainer], float]
"""A figure of a run as it is now; NaN where it has none, to which no comparison holds."""

PLATEAU_FALL = 0.01
"""The part of itself by which a loss on a plateau doesn't fall."""


def loss_of(of: str) -> Figure:
    """The data loss of the training or the test set."""

    def loss(trainer: Trainer) -> float:
        metrics = trainer.figures.test if of == "test" else trainer.figures.train
        return math.nan if metrics is None else metrics.loss

    return loss


def accuracy_of(of: str) -> Figure:
    """The accuracy of the training or the test set."""

    def accuracy(trainer: Trainer) -> float:
        metrics = trainer.figures.test if of == "test" else trainer.figures.train
        return math.nan if metrics is None or metrics.accuracy is None else metrics.accuracy

    return accuracy


class Holds(Watcher):
    """Comes true at every boundary at which something holds."""

    lasting = True

    def __init__(self, holds: Callable[[Trainer], bool]) -> None:
        self._holds = holds

    def see(self, trainer: Trainer) -> bool:
        """Whether it holds."""
        return self._holds(trainer)


class Change(Watcher):
    """Comes true where something begins to hold, or ends to; what holds where the watch begins has begun there."""

    def __init__(self, holds: Callable[[Trainer], bool], *, ends: bool = False) -> None:
        self._holds, self._ends, self._held = holds, ends, False

    def see(self, trainer: Trainer) -> bool:
        """Whether that is here."""
        before, self._held = self._held, self._holds(trainer)
        return before > self._held if self._ends else before < self._held


class _OfFigure(Watcher):
    """Judges by the course of one figure."""

    whole = True

    def __init__(self, figure: Figure) -> None:
        self._figure = figure

    def see(self, trainer: Trainer) -> bool:
        """Whether the figure tells so."""
        return self._take(self._figure(trainer))

    @abstractmethod
    def _take(self, value: float) -> bool: ...


class Lowest(_OfFigure):
    """Comes true wherever a figure is as low as it has ever been: for the last time at its best."""

    def __init__(self, figure: Figure) -> None:
        super().__init__(figure)
        self._lowest = math.inf

    def _take(self, value: float) -> bool:
        if value <= self._lowest:
            self._lowest = value
            return True
        return False


class SteepestRise(_OfFigure):
    """Comes true wherever a figure rises by as much as it has ever risen from an epoch to the next."""

    def __init__(self, figure: Figure) -> None:
        super().__init__(figure)
        self._before, self._most = math.nan, 0.0

    def _take(self, value: float) -> bool:
        rise, self._before = value - self._before, value
        if rise > 0.0 and rise >= self._most:
            self._most = rise
            return True
        return False


class NoFall(_OfFigure):
    """Comes true when a figure hasn't fallen below its lowest for so many epochs; again only after it has.

    Parameters
    ----------
    epochs
        For how many.
    fall
        The part of itself by which it has to fall to count as fallen.
    """

    def __init__(self, figure: Figure, epochs: float, fall: float = 0.0) -> None:
        super().__init__(figure)
        self._epochs, self._share = epochs, 1.0 - fall
        self._lowest, self._without = math.inf, 0

    def _take(self, value: float) -> bool:
        if value < self._lowest * self._share:
            self._lowest, self._without = value, 0
            return False
        self._without += 1
        return self._without == self._epochs
