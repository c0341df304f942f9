"""The spots of a run that it names itself: its best, where it was solved, where a unit died, where it diverged."""

import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain

import numpy as np

from nnplay.nn import ACTIVATIONS
from nnplay.nn.engines import KernelAwaitedError, NoKernelError
from nnplay.texts import mark
from nnplay.training.awaiting import awaits_kernel
from nnplay.training.conditions.steps import UnitDies
from nnplay.training.history import COLUMNS, EPOCH, FIRST, HIGHEST, LOWEST, Rows
from nnplay.training.learned import LEARNED_R2, has_learned
from nnplay.training.record.branch import Branch
from nnplay.training.record.edits import DivergenceEdit
from nnplay.training.record.recording import Recording
from nnplay.training.trainer import Trainer

BITE = 0.005
"""Seconds of computing, about, after which whoever looks for spots may do something else."""
ACCURACY, R2 = COLUMNS.index("train_accuracy"), COLUMNS.index("train_r2")
BEST, SOLVED, DIED, DIVERGED = mark("Best test loss"), mark("Solved"), mark("A unit died"), mark("Diverged")
BEST_TRAIN = mark("Best training loss")


@dataclass(frozen=True)
class Spot:
    """A place that a run names.

    Attributes
    ----------
    marked_label
        What it is, as `mark` leaves it.
    step
        After how many steps.
    units
        The (hidden layer, unit) pairs that died, where that is what it is.
    loss
        The best one, where that is what it is.
    """

    marked_label: str
    step: int
    units: tuple[tuple[int, int], ...] = ()
    loss: float = math.nan


def spots_of(record: Recording, branch: Branch | None = None) -> tuple[Spot, ...]:
    """Those of a branch, in the order of the run; to find them takes up to some seconds."""
    found = (spot for spot in look_for_spots(record, branch) if spot is not None)
    return tuple(sorted(found, key=lambda spot: spot.step))


def best_of(record: Recording, branch: Branch | None = None) -> Spot | None:
    """Where the test loss of a branch is lowest; without a test set the training loss; None where there is neither.

    Raises
    ------
    KernelAwaitedError, NoKernelError
        Compiled steps would have to be made, and can't be.
    """
    search = _Search(record, branch or record.current)
    for spot in chain(search.best("test"), search.best("train")):
        if spot is not None:
            return spot
        if awaits_kernel(search.trainer):
            raise KernelAwaitedError
    return None


def look_for_best(record: Recording, branch: Branch | None = None) -> Iterator[Spot | None]:
    """The same in bites, as `look_for_spots` has them; its first Spot is the one, where steps can be made."""
    search = _Search(record, branch or record.current)
    with suppress(NoKernelError):
        yield from chain(search.best("test"), search.best("train"))


def look_for_spots(record: Recording, branch: Branch | None = None) -> Iterator[Spot | None]:
    """The same in bites: None wherever whoever looks may do something else, as long as the record stays what it is."""
    search = _Search(record, branch or record.current)
    yield from (Spot(DIVERGED, entry.step) for entry in search.branch.log if isinstance(entry.edit, DivergenceEdit))
    with suppress(NoKernelError):
        yield from search.best("test")
        yield from search.solved()
        yield from search.died()


class _Search:
    """Looks for the spots of a branch."""

    def __init__(self, record: Recording, branch: Branch) -> None:
        self._record, self.branch, self._end = record, branch, record.end_of(branch)
        self._rows, self._interval = record.history_at(self._end, branch)
        self._replay = record.cursor()

    @property
    def trainer(self) -> Trainer:
        """The run where it has come to."""
        return self._replay.trainer

    def best(self, of: str) -> Iterator[Spot | None]:
        """The epoch with the lowest loss; the last of several."""
        losses = self._bounds(LOWEST)[:, COLUMNS.index(f"{of}_loss")]
        losses[-1:] -= np.inf  # of the interval under way not all that was is measured
        lowest, best = np.inf, None
        for row in np.lexsort((-np.arange(len(losses)), losses)).tolist():  # by loss, the last of several first
            if np.isnan(losses[row]) or (best is not None and losses[row] >= lowest):
                break
            for step in self._epochs(row):
                if step is None:
                    yield None
                    continue
                figures = self._replay.trainer.figures
                metrics = figures.test if of == "test" else figures.train
                if metrics is not None and metrics.loss <= lowest:
                    lowest, best = metrics.loss, step
        if best is not None:
            yield Spot(BEST if of == "test" else BEST_TRAIN, best, loss=lowest)

    def solved(self) -> Iterator[Spot | None]:
        """The first epoch after which the figures say so."""
        highest = self._bounds(HIGHEST)
        told = (highest[:, ACCURACY] == 1.0) | (highest[:, R2] >= LEARNED_R2)
        for row in np.flatnonzero(told).tolist():
            for step in self._epochs(row):
                trainer = None if step is None else self._replay.trainer
                if step is not None and trainer is not None and trainer.epoch and has_learned(trainer.figures.train):
                    yield Spot(SOLVED, step)
                    return
                yield None

    def died(self) -> Iterator[Spot | None]:
        """The first step after which a hidden unit is silent that wasn't before; looked for between kept moments."""
        if not any(ACTIVATIONS[name].can_die for name in self._replay_at_start().network.activations):
            return
        watcher, before = UnitDies(), 0
        for step in sorted({0, self._end, *(kept.step for kept in self.branch.kept())}):
            yield from self._seek(step)
            if watcher.see(self._replay.trainer):
                yield from self._first_death(before, step)
                return
            before = step

    def _first_death(self, start: int, stop: int) -> Iterator[Spot | None]:
        """Between two places the step at which it happened; an edit may have been what did it."""
        watcher, replay = UnitDies(), self._replay
        replay.forget()
        yield from self._seek(start)
        watcher.see(replay.trainer)
        for step in range(start + 1, stop + 1):
            replay.advance(step, self.branch.edits_at(step))
            if watcher.see(replay.trainer):
                yield Spot(DIED, step, watcher.died(replay.trainer))
                return
            yield None

    def _bounds(self, bound: int) -> Rows:
        """Figures that no epoch of a row is beyond: where the branch forks, those of what it forks from."""
        rows, way = self._rows[:, bound].copy(), self.branch
        widen = np.fmin if bound == LOWEST else np.fmax
        while len(rows) and way.fork is not None:
            epoch, way = way.place_of(way.fork.step)[0], way.fork.branch
            others, _ = self._record.history_at(self._record.end_of(way), way)
            if len(others):
                own, other = (self._row_of(each, epoch) for each in (self._rows, others))
                rows[own] = widen(rows[own], others[other, bound])
        return rows

    @staticmethod
    def _row_of(rows: Rows, epoch: int) -> int:
        return max(0, int(np.searchsorted(rows[:, FIRST, EPOCH], epoch, side="right")) - 1)

    def _epochs(self, row: int) -> Iterator[int | None]:
        """The step at the end of each epoch of a row of the history, where the replay stands then; None in between."""
        first = int(self._rows[row, FIRST, EPOCH])
        last = int(self._rows[row, HIGHEST, EPOCH]) if self._interval == 1 else first + self._interval - 1
        for epoch in range(first, last + 1):
            step = self.branch.step_of(epoch, self._end)
            if self.branch.place_of(step) == (epoch, 0):
                for _ in self._seek(step):
                    yield None
                yield step

    def _seek(self, step: int) -> Iterator[None]:
        while self._replay.approach(self.branch, step, BITE):
            yield None
        yield None

    def _replay_at_start(self) -> Trainer:
        self._replay.seek(self.branch, 0)
        return self._replay.trainer
