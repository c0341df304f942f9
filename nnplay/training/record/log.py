"""The log of a run: how its steps become epochs, and which edit took effect at which step."""

from dataclasses import dataclass

from nnplay.training.experiment import Experiment
from nnplay.training.record.edits import ExperimentEdit, RunEdit
from nnplay.training.trainer import Trainer

OVERHEAD = 1000
"""Bytes of an entry's own objects, without arrays."""


@dataclass(frozen=True)
class Clock:
    """How the steps of a run become epochs, from a step on until an edit changes its batches.

    Attributes
    ----------
    step
        Steps that the run had made.
    epoch, batch
        Whole epochs, and steps of the epoch under way, that were done then.
    batches
        Steps of an epoch.
    """

    step: int
    epoch: int
    batch: int
    batches: int

    @classmethod
    def of(cls, trainer: Trainer, step: int) -> "Clock":
        """The clock of a run that has made so many steps."""
        return cls(step, trainer.epoch, trainer.batch, trainer.batches)

    def at(self, step: int) -> tuple[int, int]:
        """(epochs done, steps done of the next one) after so many steps."""
        epochs, batch = divmod(self.batch + step - self.step, self.batches)
        return self.epoch + epochs, batch

    def step_of(self, epoch: int, batch: int = 0) -> int:
        """After how many steps that is."""
        return self.step + (epoch - self.epoch) * self.batches + batch - self.batch


@dataclass(frozen=True, eq=False)
class LogEntry:
    """An edit of a run.

    Attributes
    ----------
    step
        How many steps had been made when it took effect.
    edit
        What was changed.
    words
        How a person calls it.
    experiment, clock
        What holds from then on.
    """

    step: int
    edit: RunEdit
    words: str
    experiment: Experiment
    clock: Clock

    def bytes(self) -> int:
        """What it takes of memory, about."""
        return OVERHEAD + sum(array.nbytes for array in self.edit.arrays())

    @classmethod
    def after(cls, trainer: Trainer, step: int, edit: RunEdit, words: str) -> "LogEntry":
        """The entry of an edit that was just done."""
        return cls(step, edit, words, trainer.experiment, Clock.of(trainer, step))


def experiment_after(edit: RunEdit, experiment: Experiment) -> Experiment:
    """The experiment that holds after an edit."""
    return edit.experiment_after(experiment) if isinstance(edit, ExperimentEdit) else experiment
