"""A walk through one training step, phase by phase: a cursor over the record of the step that comes next."""

from typing import Self

from nnplay.errors import memory_checked
from nnplay.nn.engines import KernelAwaitedError
from nnplay.training.awaiting import awaits_kernel
from nnplay.training.moment import Moment
from nnplay.training.one_thread import one_thread
from nnplay.training.phases import Phase, phases_of
from nnplay.training.trainer import Trainer


class StepWalk:
    """The next step of a run that is paused, which is recorded at first and then looked at.

    Until its last phase, the update, the run stands where it stood before the step, to the last bit. The update makes
    the step, as any other step is made, so that the run goes on as if nobody had walked.

    Parameters
    ----------
    trainer
        The run.

    Attributes
    ----------
    before
        The moment before the step.
    trace
        The record of the step.
    phases
        Its phases.

    Raises
    ------
    DivergedError
        The step leaves the finite numbers; the run is as it was before.
    TooLargeError
        The record needs too much memory.
    """

    @memory_checked()
    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        with one_thread():
            trainer.finish()
            self.before = Moment.of(trainer)
            self.trace = trainer.coming_step()
        self.phases = phases_of(self.trace)
        self._cursor = 0

    @classmethod
    def again(cls, trainer: Trainer, before: Moment) -> Self:
        """The walk through the step that the run has just made from the moment `before`, at its last phase."""
        made = Moment.of(trainer)
        before.restore(trainer)
        try:
            walk = cls(trainer)
        except BaseException:
            made.restore(trainer)
            raise
        made.restore(trainer)
        walk._cursor = len(walk.phases) - 1
        return walk

    @property
    def cursor(self) -> int:
        """The place of the present phase among all, from 0."""
        return self._cursor

    @property
    def phase(self) -> Phase:
        """The present phase."""
        return self.phases[self._cursor]

    @property
    def through(self) -> bool:
        """Whether the step is made: the present phase is the last one."""
        return self._cursor == len(self.phases) - 1

    def go_to(self, cursor: int) -> None:
        """Come to a phase; the step is made with the last one, and taken back before it."""
        was_through, self._cursor = self.through, cursor
        if self.through and not was_through:
            make_step(self._trainer)
        elif was_through and not self.through:
            self.before.restore(self._trainer)

    def end(self) -> None:
        """Measure the run where that wasn't done since the step: it is left as any run that has paused."""
        with one_thread():
            self._trainer.finish()


def make_step(trainer: Trainer) -> None:
    """Make the next step of a paused run as the training thread makes it; whoever looks at the run measures it.

    Raises
    ------
    KernelAwaitedError
        Before anything changed.
    """
    if awaits_kernel(trainer):
        raise KernelAwaitedError
    with one_thread():
        trainer.step()
