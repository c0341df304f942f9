"""One way that a run took: from the start, or from a moment of another branch, to where it was left."""

from collections.abc import Iterator
from dataclasses import dataclass, field

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

    @property
    def log(self) -> list[LogEntry]:
        """All edits on the way to its end, with those of the branches that it comes from."""
        return [*self._before(), *self.own]

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

    def step_of(self, epoch: int, end: int) -> int:
        """After how many steps so many epochs were done first; `end`, where that isn't reached by then."""
        clocks = [self.start.clock, *(entry.clock for entry in self.log)]
        ends = [*(clock.step for clock in clocks[1:]), end]
        for clock, until in zip(clocks, ends, strict=True):
            if clock.step_of(epoch) <= until:
                return max(clock.step_of(epoch), clock.step)
        return end

    def kept(self) -> Iterator[KeptMoment]:
        """All moments on the way to its end, newest first."""
        yield from reversed(list(self.moments))
        if self.fork is not None:
            step, edits = self.fork.step, self.fork.edits
            yield from (kept for kept in self.fork.branch.kept() if kept.step <= step and kept.edits <= edits)

    def nearest(self, step: int, edits: int) -> KeptMoment | None:
        """The last of them up to a place."""
        found = self.moments.nearest(step, edits)
        if found is not None or self.fork is None:
            return found
        return self.fork.branch.nearest(min(step, self.fork.step), min(edits, self.fork.edits))

    def arrays(self) -> Iterator[NDArray[np.float64]]:
        """What its log keeps."""
        for entry in self.own:
            yield from entry.edit.arrays()

    def _before(self) -> list[LogEntry]:
        return [] if self.fork is None else self.fork.branch.log[: self.fork.edits]


def cut_rows(rows: Rows, epoch: int) -> Rows:
    """A history as it was at an epoch: of an interval that goes beyond it the first figures alone."""
    kept = rows[rows[:, FIRST, EPOCH] <= epoch].copy()
    if len(kept) and kept[-1, HIGHEST, EPOCH] > epoch:
        kept[-1, LOWEST] = kept[-1, HIGHEST] = kept[-1, FIRST]
    return kept
