"""What Ctrl+Z undoes: changes of the experiment and of its network, as commands of Qt's undo stack."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from PySide6.QtGui import QUndoCommand

from nnplay.gui.guard import Guarded
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment, trainer_at
from nnplay.training.prepared import PreparedData
from nnplay.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class LeftRun:
    """A run that another one took the place of, as trained as it was then."""

    experiment: Experiment
    prepared: PreparedData
    moment: Moment

    @classmethod
    def of(cls, trainer: Trainer) -> Self:
        """The run as it is now, which is paused."""
        return cls(trainer.experiment, trainer.prepared, Moment.of(trainer))

    def resumed(self) -> Trainer:
        """A trainer that goes on from there."""
        return trainer_at(self.experiment, self.prepared, self.moment)


class ReplaceRun(Guarded, QUndoCommand):
    """Another run in place of the one there is.

    Whichever of the two is not there is kept as it was left; one moment a command is all the memory it takes.

    Parameters
    ----------
    trainer
        The run to go over to at first.
    replace
        Goes over to a run, and gives the one that was left.
    """

    def __init__(self, text: str, trainer: Trainer, replace: Callable[[Trainer], LeftRun]) -> None:
        super().__init__(text)
        self._first: Trainer | None = trainer
        self._left: LeftRun | None = None
        self._replace = replace

    def redo(self) -> None:
        """Called by the stack, the first time when the command is pushed."""
        if self._first is None:
            self._swap()
        else:
            trainer, self._first = self._first, None
            self._left = self._replace(trainer)

    def undo(self) -> None:
        """Called by the stack."""
        self._swap()

    def _swap(self) -> None:
        assert self._left is not None
        self._left = self._replace(self._left.resumed())


class ApplyExperiment(Guarded, QUndoCommand):
    """Another experiment for the network there is, which stays as trained as it is.

    Parameters
    ----------
    before, after
        The experiment and its data.
    """

    def __init__(
        self,
        text: str,
        before: tuple[Experiment, PreparedData],
        after: tuple[Experiment, PreparedData],
        apply: Callable[[Experiment, PreparedData], None],
    ) -> None:
        super().__init__(text)
        self._before, self._after, self._apply = before, after, apply

    def redo(self) -> None:
        """Called by the stack, the first time when the command is pushed."""
        self._apply(*self._after)

    def undo(self) -> None:
        """Called by the stack."""
        self._apply(*self._before)


class EditNetwork(Guarded, QUndoCommand):
    """A change of the network itself, that the experiment doesn't name: a weight, a bias, a unit switched off."""

    def __init__(
        self,
        text: str,
        do: Callable[[Trainer], None],
        revert: Callable[[Trainer], None],
        submit: Callable[[Callable[[Trainer], None]], None],
    ) -> None:
        super().__init__(text)
        self._do, self._revert, self._submit = do, revert, submit

    def redo(self) -> None:
        """Called by the stack, the first time when the command is pushed."""
        self._submit(self._do)

    def undo(self) -> None:
        """Called by the stack."""
        self._submit(self._revert)
