"""The spots of a run that it names itself: its best, where it was solved, where a unit died, where it diverged."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from nnplay.nn import ACTIVATIONS
from nnplay.texts import mark
from nnplay.training.conditions.steps import UnitDies
from nnplay.training.history import COLUMNS, EPOCH, FIRST, HIGHEST, LOWEST
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
    """

    marked_label: str
    step: int
    units: tuple[tuple[int, int], ...] = ()


def spots_of(record: Recording, branch: Branch | None = None) -> tuple[Spot, ...]:
    """Those of a branch, in the order of the run; to find them takes up to some seconds."""
    found = (spot for spot in look_for_spots(record, branch) if spot is not None)
    return tuple(sorted(found, key=lambda spot: spot.step))


def best_of(record: Recording, branch: Branch | None = None) -> Spot | None:
    """Where the test loss of a branch is lowest; without a test set the training loss; None where there is neither."""
    search = _Search(record, branch or record.current)
    return next((spot for spot in chain(search.best("test"), search.best("train")) if spot is not None), None)


def look_for_spots(record: Recording, branch: Branch | None = None) -> Iterator[Spot | None]:
    """The same in bites: None wherever whoever looks may do something else, as long as the record stays what it is."""
    search = _Search(record, branch or record.current)
    yield from (Spot(DIVERGED, entry.step) for entry in search.branch.log if isinstance(entry.edit, DivergenceEdit))
    yield from search.best("test")
    yield from search.solved()
    yield from search.died()


class _Search:
    """Looks for the spots of a branch."""

    def __init__(self, record: Recording, branch: Branch) -> None:
        self.branch, self._end = branch, record.end_of(branch)
        self._rows, self._interval = record.history_at(self._end, branch)
        self._replay = record.cursor()

    def best(self, of: str) -> Iterator[Spot | None]:
        """The epoch with the lowest loss of the interval that has it; the last of several."""
        losses = self._rows[:, LOWEST, COLUMNS.index(f"{of}_loss")]
        if not len(losses) or np.isnan(losses).all():
            return
        row = int(np.flatnonzero(losses == np.nanmin(losses))[-1])
        measured = []
        for step in self._epochs(row):
            if step is None:
                yield None
            else:
                figures = self._replay.trainer.figures
                metrics = figures.test if of == "test" else figures.train
                measured.append((np.inf if metrics is None else metrics.loss, -step))
        if measured:
            yield Spot(BEST if of == "test" else BEST_TRAIN, -min(measured)[1])

    def solved(self) -> Iterator[Spot | None]:
        """The first epoch after which the figures say so."""
        told = (self._rows[:, HIGHEST, ACCURACY] == 1.0) | (self._rows[:, HIGHEST, R2] >= LEARNED_R2)
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
