"""The futures of a run: its coming epochs for several values of one number, which are trained as they are looked at."""

from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from nnplay.training.futures.room import values_in_time
from nnplay.training.futures.side_by_side import Array, Separate, SideBySide, Stacked, map_of
from nnplay.training.futures.values import RATE, Alternatives, alternatives
from nnplay.training.one_thread import one_thread
from nnplay.training.slices import Point
from nnplay.training.trainer import Trainer

EPOCHS = 40
"""So far ahead one sees."""
OF_RATE = (RATE, "training.schedule.")
"""What changes nothing but the learning rate of an epoch begins with one of these."""


class Futures:
    """What a run becomes with each value.

    Nothing is trained before `go_on` is called, and the run itself stays as it is, to the last bit.

    Parameters
    ----------
    trainer
        The run, paused.
    path
        Of the number's option.
    epochs
        How far to look.

    Attributes
    ----------
    alternatives
        The K values.
    first_epoch
        Whole epochs done now.
    fraction
        The part of the epoch under way that is done.
    train_losses, test_losses
        (K, E + 1) now and after each of the E coming epochs: NaN for what isn't there yet, or diverged before.
    done
        Epochs that have been looked at.
    has_plane
        Whether there are boundaries to see.

    Raises
    ------
    TooMuchAheadError
        The network is too large for it.
    """

    def __init__(self, trainer: Trainer, path: str, epochs: int = EPOCHS) -> None:
        self.alternatives: Alternatives = alternatives(trainer, path, values_in_time(trainer, epochs))
        self.first_epoch, self.fraction = trainer.epoch, trainer.batch / trainer.batches
        self.epochs, self.done = epochs, 0
        self.has_plane = trainer.prepared.plane is not None
        with one_thread():
            self._runs = _runs_of(trainer, self.alternatives)
            self.train_losses = np.full((len(self.alternatives), epochs + 1), np.nan)
            self.test_losses = self.train_losses.copy()
            self.train_losses[:, 0], self.test_losses[:, 0] = self._runs.losses()

    @property
    def is_complete(self) -> bool:
        """Whether all of it has been looked at."""
        return self.done == self.epochs or bool(self.diverged.all())

    @property
    def diverged(self) -> NDArray[np.bool_]:
        """(K,) which of them left the finite numbers."""
        return self._runs.diverged

    def go_on(self, seconds: float = float("inf")) -> None:
        """Look further for about so long, a step at least."""
        end = perf_counter() + seconds
        with one_thread():
            while not self.is_complete:
                if self._runs.step():
                    self.done += 1
                    self.train_losses[:, self.done], self.test_losses[:, self.done] = self._runs.losses()
                if perf_counter() >= end:
                    return

    def maps(self, resolution: int, others: Point | None = None) -> list[Array]:
        """What each outputs over the plane as far as it has been looked at, (O, R, R); nothing without a plane."""
        with one_thread():
            return self._runs.maps(resolution, others) if self.has_plane else []

    def map_of(self, k: int, resolution: int, others: Point | None = None) -> Array:
        """What one of them outputs over its plane by now, (O, R, R)."""
        with one_thread():
            return map_of(self._runs.member(k), self.alternatives.prepared[k], resolution, others)


def _runs_of(trainer: Trainer, values: Alternatives) -> SideBySide:
    # dropout draws another mask for each network of a stack
    if values.option.path.startswith(OF_RATE) and not trainer.experiment.model.dropout:
        return Stacked(trainer, values.experiments)
    return Separate(trainer, values.experiments, values.prepared)
