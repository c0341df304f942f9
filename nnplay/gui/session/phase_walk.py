"""A walk through one step by phase, as the window takes it: where it is, and the step of the undo stack that it is."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from nnplay.gui.session.commands import Submit
from nnplay.gui.session.undo_stack import Arrays, UndoStack
from nnplay.texts import tr
from nnplay.training.moment import Moment
from nnplay.training.record import LogEntry, Recording
from nnplay.training.step_walk import StepWalk, make_step
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
        Calls a change of the run between two steps, and shows what came of it.

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

    @property
    def can_go_back(self) -> bool:
        """Whether there is a phase before: of the walk, or of a walk that has just ended."""
        return self._walk is not None or self._ended() is not None

    def forward(self) -> None:
        """Come to the next phase; the first one of the step that comes next, where there is no walk or it is through.

        What a person has begun to change stays as it is: a walk that plays by itself doesn't end a drag.

        Raises
        ------
        DivergedError
            That step leaves the finite numbers; nothing has changed.
        NnplayError
            It can't be made or recorded.
        """
        if self._walk is None or self._walk.through:
            walk = StepWalk(self._trainer())
            self._stack.put(tr("Step by phase"), StepByPhase(walk.before, self._submit))
            self._show(walk)
        else:
            self._move(self._walk, self._walk.cursor + 1)
            self.changed.emit()

    def back(self) -> None:
        """Come to the phase before; from the first one the walk ends, and no step is made.

        Where no walk is on but one has just ended, it is the last phase of that one.

        Raises
        ------
        NnplayError
            The step can't be recorded again; nothing has changed.
        """
        if self._walk is None:
            ended = self._ended()
            if ended is not None:
                self._show(StepWalk.again(self._trainer(), ended.before))
        elif self._walk.cursor == 0:
            self._show(None)
            self._stack.undo()
        else:
            self._move(self._walk, self._walk.cursor - 1)
            self.changed.emit()

    @Slot()
    def complete(self) -> None:
        """Make the step where that wasn't done, and end the walk."""
        walk = self._walk
        if walk is None:
            return
        if not walk.through:
            self._move(walk, len(walk.phases) - 1)
        walk.end()
        self._show(None)

    def _ended(self) -> "StepByPhase | None":
        """The walk that was the last thing done, where the run still stands at its end."""
        for step in self._stack.last:
            if isinstance(step, StepByPhase) and step.was_the_last_of(self._trainer()):
                return step
        return None

    def _move(self, walk: StepWalk, cursor: int) -> None:
        """Only to the update and back from it the run is another one, and is shown anew."""
        if len(walk.phases) - 1 in (cursor, walk.cursor):

            def move(record: Recording) -> None:
                walk.go_to(cursor)
                if not walk.through:
                    record.went_back(record.edits)

            self._submit(move)
        else:
            walk.go_to(cursor)

    def _show(self, walk: StepWalk | None) -> None:
        self._walk = walk
        self.changed.emit()


class StepByPhase:
    """A step that was walked through, as one step of the undo stack.

    Undone, the run is where it was before the step; redone, where it was when that was undone.

    Parameters
    ----------
    before
        The moment before the step.
    submit
        Calls a change of the run between two steps, and shows what came of it.
    """

    def __init__(self, before: Moment, submit: Submit) -> None:
        self.before, self._submit = before, submit
        self._left: Moment | None = None
        self._edits = 0
        self._entries: list[LogEntry] = []
        self._is_new = True

    def was_the_last_of(self, trainer: Trainer) -> bool:
        """Whether the run, which has been changed by nothing else since, has made this step and no other."""
        return trainer.place.updates == self.before.optimizer.steps + 1

    def redo(self) -> None:
        """Nothing at first, when the walk begins; later back to where the run was left."""
        if self._is_new:
            self._is_new = False
            self._submit(self._note)
        else:
            self._submit(self._go_on)

    def undo(self) -> None:
        """Back to before the step."""

        def take_back(record: Recording) -> None:
            trainer = record.trainer
            if trainer.place.updates != self.before.optimizer.steps:
                self._left = Moment.of(trainer)  # else the step wasn't made: the walk was left at its beginning
            self.before.restore(trainer)
            self._entries = record.went_back(self._edits)

        self._submit(take_back)

    def arrays(self) -> Arrays:
        """Those of the moment before, and of the one that was left."""
        return [*self.before.arrays(), *(() if self._left is None else self._left.arrays())]

    def _note(self, record: Recording) -> None:
        self._edits = record.edits

    def _go_on(self, record: Recording) -> None:
        if self._left is None:
            make_step(record.trainer)
        else:
            self._left.restore(record.trainer)
            record.went_forth(self._entries)
