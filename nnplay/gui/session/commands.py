"""What Ctrl+Z takes back: acts on the experiment and on its network, as commands of Qt's undo stack."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QUndoCommand

from nnplay.training.experiment import Experiment
from nnplay.training.prepared import PreparedData
from nnplay.training.trainer import Trainer


@dataclass(frozen=True)
class Moment:
    """What a change of the experiment leads from and to.

    A fresh start has a trainer of its own at either end, so that taking it back brings the
    network back as trained as it was.
    """

    experiment: Experiment
    prepared: PreparedData
    trainer: Trainer


class ChangeExperiment(QUndoCommand):
    """From one moment to another."""

    def __init__(self, text: str, before: Moment, after: Moment, go_to: Callable[[Moment], None]) -> None:
        super().__init__(text)
        self._before, self._after, self._go_to = before, after, go_to

    def redo(self) -> None:
        """Called by the stack, the first time when the command is pushed."""
        self._go_to(self._after)

    def undo(self) -> None:
        """Called by the stack."""
        self._go_to(self._before)


class EditNetwork(QUndoCommand):
    """An act on the network itself, that the experiment doesn't name: a weight, a bias, a unit switched off."""

    def __init__(
        self,
        text: str,
        do: Callable[[Trainer], None],
        take_back: Callable[[Trainer], None],
        submit: Callable[[Callable[[Trainer], None]], None],
    ) -> None:
        super().__init__(text)
        self._do, self._take_back, self._submit = do, take_back, submit

    def redo(self) -> None:
        """Called by the stack, the first time when the command is pushed."""
        self._submit(self._do)

    def undo(self) -> None:
        """Called by the stack."""
        self._submit(self._take_back)
