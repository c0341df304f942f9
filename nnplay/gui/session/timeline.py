"""The time of a run as the window moves in it: its record, the moment that is looked at, and the branches."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from nnplay.errors import TooLargeError
from nnplay.gui.session.commands import ChangeBranch, OnBranch
from nnplay.gui.session.run import Run
from nnplay.gui.session.undo_stack import UndoStack
from nnplay.texts import tr
from nnplay.training.moment import Moment, trainer_at
from nnplay.training.prepared import prepared_after
from nnplay.training.record import Branch, Recording, spots_of
from nnplay.training.record.keeping import MOST_BYTES
from nnplay.training.record.spots import BEST
from nnplay.training.trainer import Trainer

Answer = TypeVar("Answer")


def recorded(trainer: Trainer) -> Recording:
    """The record of a run from where it stands; one that is too large for many moments keeps few."""
    try:
        return Recording(trainer)
    except TooLargeError:
        size = sum(array.nbytes for array in Moment.of(trainer, with_history=False).arrays())
        return Recording(trainer, most_bytes=MOST_BYTES + 2 * size)


def branch_name(branch: Branch) -> str:
    """What a branch is called; the first one has no name of its own at first."""
    return branch.name or tr("First run")


class Timeline(QObject):
    """Moves in the record of a session's run.

    While an earlier moment is looked at, the session's trainer is one that stands there; the run itself waits at its
    end. Whatever a person changes or trains then goes on from that moment, as a branch.

    Parameters
    ----------
    record
        Of the run.
    run
        What shows and trains it.
    stack
        The session's undo stack.
    show
        Lets the session show a trainer of this record.
    message
        Says what was done.

    Signals
    -------
    changed
        Another moment is looked at, or edits or branches are others.

    Attributes
    ----------
    record
        Of the run that goes on; read it only while the run is paused.
    """

    changed = Signal()

    def __init__(
        self,
        record: Recording,
        run: Run,
        stack: UndoStack,
        show: Callable[[Trainer], None],
        message: SignalInstance,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.record = record
        self._run, self._stack, self._show, self._message = run, stack, show, message
        self._looked_at: int | None = None
        self._view: Trainer | None = None
        stack.going.connect(self.leave)
        stack.moved.connect(self.changed)

    @property
    def trainer(self) -> Trainer:
        """The run itself, also while another moment is looked at; read it only while the run is paused."""
        return self.record.trainer

    @property
    def looked_at(self) -> int | None:
        """After how many steps the earlier moment is that is looked at; None at the end of the run."""
        return self._looked_at

    @property
    def step(self) -> int:
        """After how many steps the moment is that is seen."""
        return self.record.step if self._looked_at is None else self._looked_at

    def ask(self, question: Callable[[Recording], Answer]) -> Future[Answer]:
        """What `question` answers about the run itself between two steps."""
        record = self.record
        if self._looked_at is None:
            return self._run.ask(lambda _trainer: question(record))
        answer: Future[Answer] = Future()
        answer.set_result(question(record))
        return answer

    def halt(self) -> bool:
        """Pause the run between two steps, at once; whether it would have gone on."""
        return self._run.halt()

    # ---- looking

    def look_at(self, step: int) -> None:
        """Show the moment after so many steps of the branch that the run is on; a run that goes on pauses."""
        self._stack.settle()
        self._run.halt()
        step = min(max(step, 0), self.record.step)
        if step == self.record.step:
            self.leave()
        elif step != self._looked_at:
            if self._looked_at is None:
                self._message.emit(
                    tr("An earlier moment: Train, or a change, goes on from here as a branch; End goes back to the end")
                )
            self._looked_at = step
            self._show(self._view_at(step))
            self.changed.emit()

    def look_at_epoch(self, epoch: int) -> None:
        """The same, where so many epochs are done."""
        self._run.halt()
        self.look_at(self.record.step_of(max(epoch, 0)))

    def look_near(self, epochs: float) -> None:
        """The same, at the step that is nearest to so many epochs."""
        self._run.halt()
        self.look_at(self.record.current.step_near(epochs, self.record.step))

    def back_epoch(self) -> None:
        """To the beginning of the epoch, or of the one before."""
        self._run.halt()
        epoch, batch = self.record.current.place_of(self.step)
        self.look_at_epoch(epoch if batch else epoch - 1)

    def back_batch(self) -> None:
        """One step back."""
        self._run.halt()
        self.look_at(self.step - 1)

    def forth_epoch(self) -> None:
        """To the end of the epoch, of those that there were."""
        self.look_at_epoch(self.record.current.place_of(self.step)[0] + 1)

    def forth_batch(self) -> None:
        """One step on, of those that there were."""
        self.look_at(self.step + 1)

    def go_to_start(self) -> None:
        """To where the record begins."""
        self.look_at(0)

    def go_to_best(self) -> None:
        """To the moment of the lowest test loss."""
        self._stack.settle()
        self._run.halt()
        best = [spot for spot in spots_of(self.record) if spot.marked_label == BEST]
        if best:
            self.look_at(best[0].step)
        else:
            self._message.emit(tr("There is no test loss, which would say which moment was the best"))

    @Slot()
    def leave(self) -> None:
        """Back to the run itself, at its end."""
        if self._looked_at is not None:
            self.forget_look()
            self._show(self.record.trainer)
            self._message.emit(tr("The end of the run"))
            self.changed.emit()

    def forget_look(self) -> None:
        """Something else is shown from now on."""
        self._looked_at = self._view = None

    # ---- going on

    def take_up(self) -> None:
        """Let the run go on from the moment that is looked at, as a branch of its own; one step of the undo stack."""
        step = self._looked_at
        if step is None or self._stack.doing:
            return
        name = self._free_name()

        def branch() -> Branch:
            self.forget_look()
            self._show(self.record.branch_from(step, name))
            return self.record.current

        epoch = self.record.current.place_of(step)[0]
        self._stack.put(tr("Go on from epoch {epoch}", epoch=epoch), OnBranch(self.record, branch, self._go_to))
        self._message.emit(tr("{branch} goes on from epoch {epoch}", branch=name, epoch=epoch))
        self.changed.emit()

    def return_to(self, branch: Branch) -> None:
        """Go to the end of another branch; one step of the undo stack."""
        self._stack.settle()
        self._run.halt()
        if branch is self.record.current:
            self.leave()
            return

        def go() -> Branch:
            self._go_to(branch)
            return branch

        text = tr("Return to {branch}", branch=branch_name(branch))
        self._stack.put(text, OnBranch(self.record, go, self._go_to))
        self._message.emit(text)
        self.changed.emit()

    def rename(self, branch: Branch, name: str) -> None:
        """Call a branch so; one step of the undo stack."""

        def put(new: str) -> str:
            old, branch.name = branch.name, new
            return old

        self._stack.add(tr("Branch {name}", name=name), ChangeBranch(name, put))
        self.changed.emit()

    def delete(self, branch: Branch) -> None:
        """Delete a branch that the run isn't on; one step of the undo stack, which brings it back."""
        if branch is self.record.current:
            return

        def put(hidden: bool) -> bool:
            old, branch.hidden = branch.hidden, hidden
            return old

        self._stack.add(tr("Delete {branch}", branch=branch_name(branch)), ChangeBranch(True, put))
        self.changed.emit()

    # ---- how it is done

    def _free_name(self) -> str:
        names = {branch.name for branch in self.record.all_branches}
        number = len(self.record.all_branches)
        while tr("Branch {number}", number=number) in names:
            number += 1
        return tr("Branch {number}", number=number)

    def _go_to(self, branch: Branch) -> None:
        self.forget_look()
        self._show(self.record.return_to(branch))
        self.changed.emit()

    def _view_at(self, step: int) -> Trainer:
        record = self.record
        moment = record.moment_at(step)
        experiment = record.current.experiment_at(record.current.edits_at(step))
        view = self._view
        if view is None:
            prepared = prepared_after(record.trainer.prepared, record.trainer.experiment, experiment)
            view = self._view = trainer_at(experiment, prepared, moment)
        else:
            if view.experiment is not experiment:
                view.apply(experiment, prepared_after(view.prepared, view.experiment, experiment))
            moment.restore(view)
        return view
