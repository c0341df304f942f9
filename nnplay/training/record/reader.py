"""Reads moments of a run from another thread, with a cursor of its own."""

from dataclasses import replace

import numpy as np

from nnplay.training.history import COLUMNS, EPOCH, FIRST
from nnplay.training.moment import Moment
from nnplay.training.record.curves import cut_rows
from nnplay.training.record.recording import Recording
from nnplay.training.trainer import Trainer

LOSS = COLUMNS.index("train_loss")


class MomentReader:
    """The moments of the branch that a run is on, up to where it stands.

    It is made while the run is paused, and keeps what it reads: the record may go on, thin and be saved meanwhile.

    Attributes
    ----------
    branch
        It, as it was then.
    end
        Steps made up to where the run stands.
    """

    def __init__(self, record: Recording) -> None:
        self.end = record.step
        self.branch = record.current.copied(self.end)
        self._rows, self._interval = record.history_at(self.end)
        self._replay = record.cursor()

    def moment_at(self, step: int) -> Moment:
        """The moment after so many steps, with its history up to there; the same bytes as it had."""
        self._replay.seek(self.branch, step)
        moment = Moment.of(self._replay.trainer, with_history=False)
        rows = cut_rows(self._rows, self.branch.place_of(step)[0])
        return replace(moment, history=rows, history_interval=self._interval)

    def approach(self, step: int, seconds: float) -> bool:
        """Compute for so long at most toward a moment, a step at least; whether it is there."""
        return self._replay.approach(self.branch, step, seconds) == 0

    def run_at(self, step: int) -> Trainer:
        """The run after so many steps, to be read and not changed, until another place is asked for."""
        self._replay.seek(self.branch, step)
        return self._replay.trainer

    def steps_between(self, first: int, last: int, count: int, *, by_loss: bool = False) -> list[int]:
        """At most so many steps from `first` to `last`, both of them included, each once.

        Parameters
        ----------
        by_loss
            Half of them by how much the training loss changes, so that they are denser where it does; else all are
            as many epochs apart.
        """
        begin, end = (self.branch.epochs_at(step) for step in (first, last))
        places = np.linspace(begin, end, count)
        epochs, losses = self._rows[:, FIRST, EPOCH], self._rows[:, FIRST, LOSS]
        known = np.isfinite(losses) & (epochs >= begin) & (epochs <= end)
        if by_loss and known.sum() > 1:
            epochs, losses = epochs[known], losses[known]
            changed = np.concatenate([[0.0], np.abs(np.diff(losses)).cumsum()])
            shares = (epochs - begin) / (end - begin) + changed / (changed[-1] or 1.0)
            places = np.interp(np.linspace(0.0, shares[-1], count), shares, epochs)
        between = (self.branch.step_near(float(place), last) for place in places[1:-1])
        return sorted({first, last, *(min(max(step, first), last) for step in between)})
