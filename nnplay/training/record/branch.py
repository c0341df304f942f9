"""One way that a run took: from the start, or from a moment of another branch, to where it was left."""

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from nnplay.training.experiment import Experiment
from nnplay.training.history import NO_ROWS, Rows
from nnplay.training.moment import Moment
from nnplay.training.parts import network_of
from nnplay.training.record.keeping import KeptMoment, KeptMoments
from nnplay.training.record.log import OVERHEAD, Clock, LogEntry
from nnplay.training.trainer import Trainer

POINTER = 8
"""Bytes of an entry that others have, too."""


@dataclass(frozen=True, eq=False)
class RecordStart:
    """Where a record begins.

    Attributes
    ----------
    moment
        None where that is the start which the experiment's seed gives: it is made again when it is wanted.
    """

    experiment: Experiment
    clock: Clock
    moment: Moment | None

    @classmethod
    def of(cls, trainer: Trainer) -> Self:
        """Where a run stands now."""
        moment = None if _is_seeds_start(trainer) else Moment.of(trainer, with_history=False)
        return cls(trainer.experiment, Clock.of(trainer, 0), moment)


@dataclass(frozen=True)
class Fork:
    """Where a branch leaves another: after so many steps, and so many entries of the other's log."""

    branch: "Branch"
    step: int
    edits: int

    def is_behind(self, branch: "Branch", step: int, edits: int) -> bool:
        """Whether it is on a branch, behind a place of it."""
        return self.branch is branch and (self.step > step or self.edits > edits)


@dataclass(eq=False)
class Branch:
    """One way that a run took.

    Attributes
    ----------
    key
        Its number in the record, which no other gets.
    name
        What a person calls it.
    fork
        Where it leaves another branch; None for the first one.
    own
        Its own entries of the log, behind those up to the fork.
    moments
        Its own moments, behind the fork.
    end
        Steps that were made on it, from the record's start.
    history, history_interval
        Its curve from the start, as it was when it was left; that of the run that goes on is the trainer's.
    hidden
        Whether it was deleted, and is here only for branches that leave it.
    """

    key: int
    name: str
    start: RecordStart
    fork: Fork | None = None
    own: list[LogEntry] = field(default_factory=list)
    moments: KeptMoments = field(default_factory=KeptMoments)
    end: int = 0
    history: Rows = field(default_factory=lambda: NO_ROWS)
    history_interval: int = 1
    hidden: bool = False

    def __post_init__(self) -> None:
        # what was before a fork doesn't change any more; a run may be branched a thousand times in a row
        self._before = [] if self.fork is None else self.fork.branch.log[: self.fork.edits]

    @property
    def log(self) -> list[LogEntry]:
        """All edits on the way to its end, with those of the branches that it comes from."""
        return [*self._before, *self.own]

    @property
    def edits(self) -> int:
        """How many there are."""
        return len(self._before) + len(self.own)

    def edits_at(self, step: int) -> int:
        """How many of them take effect up to a step, those at this step included."""
        own = bisect_right(self.own, step, key=_step_of)
        return len(self._before) + own if own else bisect_right(self._before, step, key=_step_of)

    def experiment_at(self, edits: int) -> Experiment:
        """What holds after so many of them."""
        return self._entry(edits - 1).experiment if edits else self.start.experiment

    def clock_after(self, edits: int) -> Clock:
        """How steps become epochs after so many of them."""
        return self._entry(edits - 1).clock if edits else self.start.clock

    def place_of(self, step: int) -> tuple[int, int]:
        """(epochs done, steps done of the next one) after so many steps, and the edits made there."""
        return self.clock_after(self.edits_at(step)).at(step)

    def epochs_at(self, step: int) -> float:
        """Epochs done after so many steps, with the part of the one under way."""
        clock = self.clock_after(self.edits_at(step))
        epoch, batch = clock.at(step)
        return epoch + batch / clock.batches

    def step_near(self, epochs: float, end: int) -> int:
        """The step, up to `end`, that is nearest to so many epochs and parts of one."""
        first = self.step_of(math.floor(epochs), end)
        clock = self.clock_after(self.edits_at(first))
        return min(first + round((epochs - math.floor(epochs)) * clock.batches), end)

    def step_of(self, epoch: int, end: int) -> int:
        """After how many steps so many epochs were done first; `end`, where that isn't reached by then."""
        clocks = [self.start.clock, *(entry.clock for entry in self.log)]
        ends = [*(clock.step for clock in clocks[1:]), end]
        for clock, until in zip(clocks, ends, strict=True):
            if clock.step_of(epoch) <= until:
                return max(clock.step_of(epoch), clock.step)
        return end

    def kept(self) -> Iterator[KeptMoment]:
        """All moments on the way to its end; those behind its fork first, and of each branch the newest."""
        for branch, step, edits in self._way():
            yield from (kept for kept in reversed(list(branch.moments)) if kept.step <= step and kept.edits <= edits)

    def nearest(self, step: int, edits: int) -> KeptMoment | None:
        """The last of them up to a place."""
        for branch, most_steps, most_edits in self._way():
            found = branch.moments.nearest(min(step, most_steps), min(edits, most_edits))
            if found is not None:
                return found
        return None

    def owner(self, step: int, edits: int) -> "Branch":
        """The branch, of those on the way to its end, on which a place was come to first."""
        found = self
        for branch, most_steps, most_edits in self._way():
            if step <= most_steps and edits <= most_edits:
                found = branch
        return found

    def way(self) -> list["Branch"]:
        """Itself, and the branches that it comes from."""
        return [branch for branch, _, _ in self._way()]

    def copied_way(self) -> list["Branch"]:
        """Copies, with the same moments, of the branches that it comes from, oldest first, and of itself."""
        copies: list[Branch] = []
        for branch, _, _ in reversed(list(self._way())):
            fork = branch.fork and replace(branch.fork, branch=copies[-1])
            copies.append(replace(branch, fork=fork, own=list(branch.own), moments=branch.moments.copy()))
        return copies

    def leaves(self, other: "Branch") -> bool:
        """Whether what came before its fork is what another branch, or a copy of it, began with."""
        return self.fork is not None and other.log[: self.fork.edits] == self._before

    def parts_from(self, other: "Branch") -> int:
        """After how many steps it and another branch of the record are no longer the same."""
        ways = {id(branch): step for branch, step, _ in other._way()}
        shared = (min(step, ways[id(branch)], branch.end) for branch, step, _ in self._way() if id(branch) in ways)
        return int(next(shared))

    def _way(self) -> Iterator[tuple["Branch", float, float]]:
        """The branches that it comes from, itself first, each with the steps and edits that it has of them at most."""
        branch, step, edits = self, math.inf, math.inf
        while True:
            yield branch, step, edits
            if branch.fork is None:
                return
            step, edits = min(step, branch.fork.step), min(edits, branch.fork.edits)
            branch = branch.fork.branch

    def arrays(self) -> Iterator[NDArray[Any]]:
        """What its log keeps."""
        for entry in self.own:
            yield from entry.edit.arrays()

    def bytes(self) -> int:
        """What it takes of memory, about, without its moments and the arrays of its log."""
        return OVERHEAD * (len(self.own) + 1) + POINTER * len(self._before) + self.history.nbytes

    def _entry(self, place: int) -> LogEntry:
        before = len(self._before)
        return self._before[place] if place < before else self.own[place - before]


def _step_of(entry: LogEntry) -> int:
    return entry.step


def _is_seeds_start(trainer: Trainer) -> bool:
    """Whether it stands at the start that its experiment's seed gives."""
    if trainer.place != (0, 0, 0) or trainer.network.disabled_units or trainer.optimizer.state:
        return False
    fresh, own = network_of(trainer.experiment, trainer.prepared).state(), trainer.network.state()
    return np.array_equal(fresh.parameters, own.parameters) and fresh.generator == own.generator
