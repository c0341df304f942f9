"""A run computed again, from the nearest moment that is kept, with the edits in their places."""

import math
import time
from collections import deque
from collections.abc import Callable

from nnplay.nn.engines import KernelAwaitedError
from nnplay.training.awaiting import awaits_kernel
from nnplay.training.experiment import Experiment
from nnplay.training.history import Figures, History
from nnplay.training.one_thread import one_thread
from nnplay.training.prepared import PreparedData, prepare, prepared_after, same_arrays
from nnplay.training.record.branch import Branch
from nnplay.training.record.edits import DivergenceEdit
from nnplay.training.record.keeping import KeptMoment
from nnplay.training.record.log import LogEntry
from nnplay.training.stretches import Stretches
from nnplay.training.trainer import NEVER, Trainer

PIECES = 16
"""Into so many an interval is divided by the moments that are kept for going on backwards in it."""
LEAST_PIECE = 8
"""Steps of such a part at least."""
MOST_PASSED = 8 * PIECES
PATIENCE = 0.012
"""Seconds until it is looked again whether the steps are compiled."""


class ReplayTrainer(Trainer):
    """The same steps, without a measurement that nobody asked for."""

    def measure(self) -> None:
        """An edit changed what the network outputs: it is measured where somebody looks."""
        self._figures = None

    def _is_due(self) -> bool:
        return False

    def _epochs_until_due(self) -> int:
        return NEVER

    def _take_up(self, figures: Figures | None) -> None:
        self._figures = figures


class Replay:
    """A cursor that stands at one place of a record.

    Parameters
    ----------
    most_bytes
        What it may keep of the moments that it came by.
    run
        Gives a run whose data are used where they are the same: they may be larger than all else.

    Attributes
    ----------
    step, edits
        Steps made, and entries of the log done, at the place where it stands.
    """

    def __init__(self, most_bytes: int, run: Callable[[], Trainer]) -> None:
        self.step = self.edits = 0
        self._branch: Branch | None = None  # None while it stands nowhere
        self._trainer: ReplayTrainer | None = None
        self._passed: deque[KeptMoment] = deque()
        self._most_bytes, self._bytes = most_bytes, 0
        self._run = run
        self._stretches = Stretches()

    @property
    def trainer(self) -> ReplayTrainer:
        """The run where the cursor stands."""
        assert self._trainer is not None
        return self._trainer

    def forget(self) -> None:
        """Let go of where it stands and came by, which may not hold any more."""
        self._branch, self._bytes = None, 0
        self._passed.clear()

    def prepared_for(self, experiment: Experiment) -> PreparedData:
        """The data of an experiment of the record: of the run, or of where the cursor stands, where they are those."""
        for trainer in (self._run(), self._trainer):
            if trainer is not None and same_arrays(trainer.experiment, experiment):
                return prepared_after(trainer.prepared, trainer.experiment, experiment)
        return prepare(experiment)

    def seek(self, branch: Branch, step: int, edits: int | None = None) -> None:
        """Stand after so many steps, and so many edits; None for all that were made there.

        Raises
        ------
        KernelAwaitedError, NoKernelError
            Compiled steps are on the way that can't be made.
        """
        edits = branch.edits_at(step) if edits is None else edits
        self.load(branch, step, edits)
        self.advance(step, edits)

    def approach(self, branch: Branch, step: int, seconds: float) -> int:
        """The same for so long at most, one step at least; how many are still to be made, 0 where it stands there.

        As long as steps are being compiled none is made by whoever answers a person.

        Raises
        ------
        NoKernelError
            Compiled steps are on the way that can't be made.
        """
        edits = branch.edits_at(step)
        self.load(branch, step, edits)
        try:
            self.advance(step, edits, until=time.monotonic() + seconds)
        except KernelAwaitedError:
            time.sleep(min(max(seconds, 0.0), PATIENCE))
        return 0 if (self.step, self.edits) == (step, edits) else max(step - self.step, 1)

    def load(self, branch: Branch, step: int, edits: int) -> None:
        """Stand at the last place up to this one that takes no step: kept, passed by, or where it stands."""
        found = branch.nearest(step, edits)
        if branch is not self._branch:
            self.forget()
        else:
            near = [kept for kept in self._passed if kept.step <= step and kept.edits <= edits]
            found = max((*near, *([] if found is None else [found])), key=lambda kept: kept.place, default=None)
            stands = self.step <= step and self.edits <= edits
            if stands and (found is None or found.place <= (self.step, self.edits)):
                return
        self._take(branch, found)

    def advance(
        self, step: int, edits: int, seen: Callable[[], bool] | None = None, until: float = math.inf
    ) -> int | None:
        """Go on to a step, and do the edits on the way and there, up to so many.

        Parameters
        ----------
        seen
            Called after each step, before edits made there; what it says is remembered.
        until
            The time of `time.monotonic` from which on no other step is begun.

        Returns
        -------
        int or None
            The last step after which it said True.
        """
        assert self._branch is not None
        log, last = self._branch.log[:edits], None
        piece = max((step - self.step) // PIECES, LEAST_PIECE)
        with one_thread():
            while True:
                while self.edits < len(log) and log[self.edits].step <= self.step:
                    self._edit(log[self.edits])
                if self.step >= step:
                    return last
                self._check_kernel()
                due = log[self.edits].step if self.edits < len(log) else step
                stop = min(step, due, self.step + piece)
                while self.step < stop:
                    if seen is None:
                        self.step += self._stretches.advance(self.trainer, steps=stop - self.step).steps
                    else:
                        self.trainer.step()
                        self.step += 1
                    if seen is not None and seen():
                        last = self.step
                    if time.monotonic() >= until:
                        break
                self._pass()
                if time.monotonic() >= until:
                    return last

    def _check_kernel(self) -> None:
        """Refuse a step by whoever can't wait for its kernel, before an edit or a step has begun."""
        if awaits_kernel(self.trainer):
            raise KernelAwaitedError

    def _edit(self, entry: LogEntry) -> None:
        if isinstance(entry.edit, DivergenceEdit):
            self._check_kernel()
        entry.edit.apply(self.trainer, self.prepared_for(entry.experiment))
        self.trainer.experiment = entry.experiment
        self.edits += 1

    def _take(self, branch: Branch, found: KeptMoment | None) -> None:
        self._branch = None
        self.step, self.edits = (0, 0) if found is None else found.place
        experiment = branch.experiment_at(self.edits)
        moment = branch.start.moment if found is None else found.moment
        if self._trainer is None or self._trainer.experiment is not experiment or moment is None:
            self._trainer = ReplayTrainer(experiment, self.prepared_for(experiment), History())
        if moment is not None:
            moment.restore(self._trainer)
        self._branch = branch

    def _pass(self) -> None:
        kept = KeptMoment.of(self.trainer, self.step, self.edits)
        if kept.size > self._most_bytes:
            return
        self._passed.append(kept)
        self._bytes += kept.size
        while self._bytes > self._most_bytes or len(self._passed) > MOST_PASSED:
            self._bytes -= self._passed.popleft().size
