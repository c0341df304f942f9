"""The spots of a run that it names itself: its best, where it was solved, where a unit died, where it diverged."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnplay.nn import ACTIVATIONS
from nnplay.texts import mark
from nnplay.training.conditions import CONDITIONS, Condition
from nnplay.training.history import COLUMNS, EPOCH, FIRST, HIGHEST, LOWEST, Rows
from nnplay.training.learned import LEARNED_R2, has_learned
from nnplay.training.record.branch import Branch
from nnplay.training.record.edits import DivergenceEdit
from nnplay.training.record.recording import Recording
from nnplay.training.record.replay import Replay
from nnplay.training.trainer import Trainer

ACCURACY, R2 = COLUMNS.index("train_accuracy"), COLUMNS.index("train_r2")
_ANY_UNIT = Condition(kind="any_unit_died")
BEST, SOLVED, DIED, DIVERGED = mark("Best test loss"), mark("Solved"), mark("A unit died"), mark("Diverged")


@dataclass(frozen=True)
class Spot:
    """A place that a run names.

    Attributes
    ----------
    marked_label
        What it is, as `mark` leaves it.
    step
        After how many steps.
    """

    marked_label: str
    step: int


def spots_of(record: Recording, branch: Branch | None = None) -> tuple[Spot, ...]:
    """Those of a branch, in the order of the run; to find them takes up to some hundred milliseconds."""
    branch = branch or record.current
    rows, interval = record.history_at(record.end_of(branch), branch)
    replay = record.cursor()
    found = [
        *_best(record, branch, rows, interval, replay),
        *_solved(record, branch, rows, interval, replay),
        *_died(record, branch, replay),
        *(Spot(DIVERGED, entry.step) for entry in branch.log if isinstance(entry.edit, DivergenceEdit)),
    ]
    return tuple(sorted(found, key=lambda spot: spot.step))


def _best(record: Recording, branch: Branch, rows: Rows, interval: int, replay: Replay) -> Iterator[Spot]:
    """The epoch with the lowest test loss of the interval that has it; the last of several."""
    losses = rows[:, LOWEST, COLUMNS.index("test_loss")]
    if not len(losses) or np.isnan(losses).all():
        return
    row = int(np.flatnonzero(losses == np.nanmin(losses))[-1])

    def loss(trainer: Trainer) -> float:
        test = trainer.figures.test
        return np.inf if test is None else test.loss

    measured = [(loss(trainer), -step) for step, trainer in _epochs(record, branch, rows, row, interval, replay)]
    if measured:
        yield Spot(BEST, -min(measured)[1])


def _solved(record: Recording, branch: Branch, rows: Rows, interval: int, replay: Replay) -> Iterator[Spot]:
    """The first epoch after which the figures say so."""
    told = (rows[:, HIGHEST, ACCURACY] == 1.0) | (rows[:, HIGHEST, R2] >= LEARNED_R2)
    for row in np.flatnonzero(told).tolist():
        for step, trainer in _epochs(record, branch, rows, row, interval, replay):
            if trainer.epoch and has_learned(trainer.figures.train):
                yield Spot(SOLVED, step)
                return


def _died(record: Recording, branch: Branch, replay: Replay) -> Iterator[Spot]:
    """The first step after which a hidden unit is silent that wasn't before; looked for between kept moments."""
    if not any(ACTIVATIONS[name].can_die for name in record.trainer.network.activations):
        return
    watcher, before = CONDITIONS["any_unit_died"].watcher(_ANY_UNIT), 0
    end = record.end_of(branch)
    for step in (*sorted({0, end, *(kept.step for kept in branch.kept())}),):
        replay.seek(branch, step)
        if watcher.see(replay.trainer):
            yield Spot(DIED, _first_death(branch, before, step, replay))
            return
        before = step


def _first_death(branch: Branch, start: int, stop: int, replay: Replay) -> int:
    """Between two places the step at which it happened; an edit may have been what did it."""
    watcher, step = CONDITIONS["any_unit_died"].watcher(_ANY_UNIT), start
    replay.forget()
    replay.seek(branch, start)
    watcher.see(replay.trainer)
    while step < stop:
        step += 1
        replay.advance(step, branch.edits_at(step))
        if watcher.see(replay.trainer):
            return step
    return stop


def _epochs(
    record: Recording, branch: Branch, rows: Rows, row: int, interval: int, replay: Replay
) -> Iterator[tuple[int, Trainer]]:
    """The run at the end of each epoch of a row of its history, with the step."""
    first = int(rows[row, FIRST, EPOCH])
    end, last = record.end_of(branch), int(rows[row, HIGHEST, EPOCH]) if interval == 1 else first + interval - 1
    for epoch in range(first, last + 1):
        step = branch.step_of(epoch, end)
        if branch.place_of(step) != (epoch, 0):
            continue
        replay.seek(branch, step)
        yield step, replay.trainer
