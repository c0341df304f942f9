"""A walk through one training step, phase by phase: a cursor over the record of a step that training made."""

from nnplay.errors import memory_checked
from nnplay.training.moment import Moment
from nnplay.training.phases import Phase, phases_of
from nnplay.training.trainer import Trainer


class StepWalk:
    """The next step of a run that is paused, which is made at once and then looked at.

    Until its last phase, the update, the run stands where it stood before the step; with it, where the step led.
    Both are put there to the last bit, so that the run goes on as if nobody had walked.

    Parameters
    ----------
    trainer
        The run.

    Attributes
    ----------
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
        trainer.finish()
        self.before = Moment.of(trainer)
        try:
            self.trace = trainer.trace_step()
            trainer.finish()
            self.after = Moment.of(trainer)
        finally:
            self.before.restore(trainer)
        self.phases = phases_of(self.trace)
        self._cursor = 0

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
        if self.through != was_through:
            (self.after if self.through else self.before).restore(self._trainer)
