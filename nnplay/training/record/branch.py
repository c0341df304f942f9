"""One way that a run took: from the start, or from a moment of another branch, to where it was left."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from nnplay.training.experiment import Experiment
from nnplay.training.history import EPOCH, FIRST, HIGHEST, LOWEST, NO_ROWS, Rows
from nnplay.training.moment import Moment
from nnplay.training.record.keeping import KeptMoment, KeptMoments
from nnplay.training.record.log import Clock, LogEntry


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


@dataclass(frozen=True)
class Fork:
    """Where a branch leaves another: after so many steps, and so many entries of the other's log."""

    branch: "Branch"
    step: int
    edits: int


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

    def edits_at(self, step: int) -> int:
        """How many of them take effect up to a step, those at this step included."""
        log = self.log
        return next((place for place, entry in enumerate(log) if entry.step > step), len(log))

    def experiment_at(self, edits: int) -> Experiment:
        """What holds after so many of them."""
        return self.log[edits - 1].experiment if edits else self.start.experiment

    def place_of(self, step: int) -> tuple[int, int]:
        """(epochs done, steps done of the next one) after so many steps, and the edits made there."""
        clocks = [entry.clock for entry in self.log if entry.step <= step]
        return (clocks[-1] if clocks else self.start.clock).at(step)

    def epochs_at(self, step: int) -> float:
        """Epochs done after so many steps, with the part of the one under way."""
        clock = [self.start.clock, *(entry.clock for entry in self.log if entry.step <= step)][-1]
        epoch, batch = clock.at(step)
        return epoch + batch / clock.batches

    def step_near(self, epochs: float, end: int) -> int:
        """The step, up to `end`, that is nearest to so many epochs and parts of one."""
        first = self.step_of(math.floor(epochs), end)
        clock = [self.start.clock, *(entry.clock for entry in self.log if entry.step <= first)][-1]
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

    def arrays(self) -> Iterator[NDArray[np.float64]]:
        """What its log keeps."""
        for entry in self.own:
            yield from entry.edit.arrays()


def cut_rows(rows: Rows, epoch: int) -> Rows:
    """A history as it was at an epoch: of an interval that goes beyond it the first figures alone."""
    kept = rows[rows[:, FIRST, EPOCH] <= epoch].copy()
    if len(kept) and kept[-1, HIGHEST, EPOCH] > epoch:
        kept[-1, LOWEST] = kept[-1, HIGHEST] = kept[-1, FIRST]
    return kept
