"""A walk through one step by phase, as the window takes it: where it is, and the step of the undo stack that it is."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from nnplay.gui.session.commands import Submit
from nnplay.gui.session.undo_stack import Arrays, UndoStack
from nnplay.texts import tr
from nnplay.training.moment import Moment
from nnplay.training.step_walk import StepWalk
from nnplay.training.trainer import Trainer


class PhaseWalk(QObject):
    """The walk of one session; there is none most of the time.

    A walk is one step of the undo stack. Whatever a person does beside it completes the step first.

    Parameters
    ----------
    stack
        The session's undo stack.
    trainer
        Gives the trainer of the run, which is paused.
    submit
        Calls a change of the trainer between two steps, and shows what came of it.

    Signals
    -------
    changed
        Another phase is the present one, or the walk has begun or ended.
    """

    changed = Signal()

    def __init__(
        self,
        stack: UndoStack,
        trainer: Callable[[], Trainer],
        submit: Submit,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stack, self._trainer, self._submit = stack, trainer, submit
        self._walk: StepWalk | None = None
        stack.settled.connect(self.complete)

    @property
    def walk(self) -> StepWalk | None:
        """The step that is walked through; None where there is none."""
        return self._walk

    def forward(self) -> None:
        """Come to the next phase; the first one of the step that comes next, where there is no walk or it is through.

        Raises
        ------
        DivergedError
            That step leaves the finite numbers; nothing has changed.
        NnplayError
            It can't be made or recorded.
        """
        if self._walk is None or self._walk.through:
            walk = StepWalk(self._trainer())
            self._stack.add(tr("Step by phase"), StepByPhase(walk, self._submit))
            self._show(walk)
        else:
            self._move(self._walk, self._walk.cursor + 1)
            self.changed.emit()

    def back(self) -> bool:
        """Come to the phase before; from the first one the walk ends, and no step is made. False without a walk."""
        if self._walk is None:
            return False
        if self._walk.cursor == 0:
            self._show(None)
            self._stack.undo()
        else:
            self._move(self._walk, self._walk.cursor - 1)
            self.changed.emit()
        return True

    @Slot()
    def complete(self) -> None:
        """Make the step where that wasn't done, and end the walk."""
        walk = self._walk
        if walk is None:
            return
        if not walk.through:
            self._move(walk, len(walk.phases) - 1)
        self._show(None)

    def _move(self, walk: StepWalk, cursor: int) -> None:
        self._submit(lambda _trainer: walk.go_to(cursor))

    def _show(self, walk: StepWalk | None) -> None:
        self._walk = walk
        self.changed.emit()


class StepByPhase:
    """A step that was walked through, as one step of the undo stack.

    Undone, the run is where it was before the step; redone, where it was when that was undone.
    """

    def __init__(self, walk: StepWalk, submit: Submit) -> None:
        self._before, self._left, self._submit = walk.before, walk.after, submit
        self._is_new = True

    def redo(self) -> None:
        """Nothing at first, when the walk begins; later back to where the run was left."""
        if self._is_new:
            self._is_new = False
        else:
            self._submit(self._left.restore)

    def undo(self) -> None:
        """Back to before the step."""

        def take_back(trainer: Trainer) -> None:
            now = Moment.of(trainer)
            if (now.epoch, now.optimizer.steps) != (self._before.epoch, self._before.optimizer.steps):
                self._left = now  # else the step wasn't made: the walk was left at its beginning
            self._before.restore(trainer)

        self._submit(take_back)

    def arrays(self) -> Arrays:
        """Those of both moments."""
        return [*self._before.arrays(), *self._left.arrays()]
