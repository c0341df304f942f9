"""The undo stack of a session: what was begun is committed before a step, and all steps together stay in bounds."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from nnplay.gui.guard import Guarded

Arrays = Iterable[NDArray[Any]]

MOST_STEPS = 1000
MOST_BYTES = 256 * 1024**2
"""Of all arrays that the steps keep and that are not in use; the oldest steps go first, the newest one always stays."""


class UndoStep(Protocol):
    """A part of what one undo brings back."""

    def redo(self) -> None:
        """Do it: at first when it is pushed, and again after each `undo`."""

    def undo(self) -> None:
        """Bring back what was there before."""

    def arrays(self) -> Arrays:
        """The arrays that it keeps."""


class UndoStack(Guarded, QUndoStack):
    """Qt's undo stack, of steps.

    Parameters
    ----------
    in_use
        The arrays that are there anyway: a step that has them too keeps nothing more.

    Signals
    -------
    settling
        What a person has begun to change is to be committed or left: another step comes, or one is undone or redone.
    settled
        That was done; a walk through a training step by phase ends now.
    moved
        A step was done, undone or redone; unlike Qt's `indexChanged` it isn't told as the stack goes.

    going
        A step is about to be undone or redone, after what was pending was committed.

    Attributes
    ----------
    doing
        Whether a step is being done or undone.
    undoing
        Whether one is being undone.
    """

    settling = Signal()
    settled = Signal()
    moved = Signal()
    going = Signal()

    def __init__(self, in_use: Callable[[], Arrays], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setUndoLimit(MOST_STEPS)
        self._in_use = in_use
        self._moving = False  # while steps are put on the stack again, nothing is done
        self.doing = self.undoing = False

    def settle(self) -> None:
        """Let what is pending be committed or left."""
        self.settling.emit()
        self.settled.emit()

    def add(self, text: str, *steps: UndoStep) -> None:
        """Do the steps, which are undone together, under the name `text`.

        Nothing comes from within another step: Qt would delete that one under its own feet, and a control that goes
        with what it changed has nothing more to say.
        """
        if not self.doing:
            self.settle()
            self.put(text, *steps)

    def put(self, text: str, *steps: UndoStep) -> None:
        """The same, while what is pending stays so."""
        self.push(_Command(text, steps, self))
        self._keep_in_bounds()
        self.moved.emit()

    @property
    def last(self) -> tuple[UndoStep, ...]:
        """What Undo would undo; nothing where there is nothing."""
        command = self.command(self.index() - 1)
        return command.steps if isinstance(command, _Command) else ()

    def undo(self) -> None:
        """Undo the last change, after what is pending is committed."""
        self.settle()
        self.going.emit()
        super().undo()
        self.moved.emit()

    def redo(self) -> None:
        """Redo the change that was undone last; what is pending is a change of its own, after which there is none."""
        self.settle()
        self.going.emit()
        super().redo()
        self.moved.emit()

    def do(self, actions: Iterable[Callable[[], None]], *, undoing: bool = False) -> None:
        """Called by a command of the stack: do the parts of its change, unless it is only put there again."""
        if self._moving:
            return
        self.doing, self.undoing = True, undoing
        try:
            for action in actions:
                action()
        finally:
            self.doing = self.undoing = False

    def bytes_kept(self) -> int:
        """The memory that all steps take together."""
        return sum(self._bytes())

    def _commands(self) -> Iterator["_Command"]:
        for index in range(self.count()):
            command = self.command(index)
            assert isinstance(command, _Command)
            yield command

    def _bytes(self) -> list[int]:
        """What each step keeps alone or together with older ones only: that is free when these are gone."""
        seen = {id(array) for array in self._in_use()}
        kept = []
        for command in reversed(list(self._commands())):
            arrays = {id(array): array.nbytes for step in command.steps for array in step.arrays()}
            kept.append(sum(size for key, size in arrays.items() if key not in seen))
            seen |= arrays.keys()
        return kept[::-1]

    def _keep_in_bounds(self) -> None:
        """Drop the oldest steps: Qt can only clear all of them, so that the others are put there again."""
        sizes = self._bytes()
        first = 0
        while sum(sizes[first:]) > MOST_BYTES and first < len(sizes) - 1:
            first += 1
        if first == 0:
            return
        kept = [(command.text(), command.steps) for command in self._commands()][first:]
        self._moving = True
        self.blockSignals(True)
        try:
            self.clear()
            for text, steps in kept:
                self.push(_Command(text, steps, self))
        finally:
            self.blockSignals(False)
            self._moving = False
        self.indexChanged.emit(self.index())


class _Command(Guarded, QUndoCommand):
    """What Qt's stack holds."""

    def __init__(self, text: str, steps: tuple[UndoStep, ...], stack: UndoStack) -> None:
        super().__init__(text)
        self.steps = steps
        self._stack = stack

    def redo(self) -> None:
        """Called by the stack, the first time when the command is pushed."""
        self._stack.do([step.redo for step in self.steps])

    def undo(self) -> None:
        """Called by the stack."""
        self._stack.do([step.undo for step in reversed(self.steps)], undoing=True)
