"""The time of a run as the window moves in it: its record, the moment that is looked at, and the branches."""

import math
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from nnplay.errors import NnplayError
from nnplay.gui.session.branch_steps import deleting, renaming
from nnplay.gui.session.branches import names_of
from nnplay.gui.session.commands import OnBranch
from nnplay.gui.session.moment_view import MomentView
from nnplay.gui.session.notices import Notices, telling
from nnplay.gui.session.run import Run
from nnplay.gui.session.undo_stack import UndoStack
from nnplay.gui.widgets.number_format import count_text
from nnplay.nn.engines import KernelAwaitedError
from nnplay.texts import mark, tr
from nnplay.training.history import Rows
from nnplay.training.moment import Moment
from nnplay.training.record import Branch, Recording
from nnplay.training.run_control import Goal
from nnplay.training.trainer import Trainer

Answer = TypeVar("Answer")
EARLIER = mark("An earlier moment: Train, or a change, goes on from here as a branch; End goes back to the end")
AT_ONCE, BITE, LONGEST = 0.02, 0.012, 2.0
"""Seconds: of waiting for a moment, of computing it at a time, and of waiting where one goes on from it at once."""


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
    notices
        Tell what was done, and what can't be.

    Signals
    -------
    changed
        Another moment is looked at, or edits or branches are others.
    comes
        A moment that takes a while to be computed is wanted, is nearer, or isn't wanted any more.

    Attributes
    ----------
    notices
        What tells a person.
    record
        Of the run that goes on; read it only while the run is paused.
    coming
        After how many steps the moment is that is wanted and not computed yet; None where there is none.
    """

    changed = Signal()
    comes = Signal()

    def __init__(
        self,
        record: Recording,
        run: Run,
        stack: UndoStack,
        show: Callable[[Trainer], None],
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.record = record
        self._run, self._stack, self._show = run, stack, show
        self.notices, self._message = notices, notices.message
        self._looked_at: int | None = None
        self._view = MomentView()
        self.coming: int | None = None
        self._words = ""
        self._left = self._way = 0
        self._bites = QTimer(self, interval=0, singleShot=True)
        self._bites.timeout.connect(self._on_bite)
        stack.settling.connect(self._come_now)
        stack.going.connect(self.leave)
        stack.moved.connect(self.changed)

    @property
    def trainer(self) -> Trainer:
        """The run itself, whatever moment is looked at; read it only while the run is paused."""
        return self.record.trainer

    @property
    def looked_at(self) -> int | None:
        """After how many steps the earlier moment is that is looked at; None at the end of the run."""
        return self._looked_at

    @property
    def step(self) -> int:
        """After how many steps the moment is that is seen."""
        return self.record.step if self._looked_at is None else self._looked_at

    @property
    def wanted(self) -> int:
        """After how many steps the moment is that a person went to last, whether it is seen yet or not."""
        return self.step if self.coming is None else self.coming

    @property
    def share(self) -> float:
        """How much is computed of the way to the moment that is wanted, 0 to 1."""
        return 1.0 - self._left / max(self._way, 1)

    def rows(self) -> Rows:
        """The whole curve of the run, also of what follows the moment that is seen; while the run is paused."""
        return self.record.history_at(self.record.step)[0]

    def ask(self, question: Callable[[Recording], Answer]) -> Future[Answer]:
        """What `question` answers about the run itself between two steps."""
        record = self.record
        if self._looked_at is None:
            return self._run.ask(lambda _trainer: question(record))
        answer: Future[Answer] = Future()
        answer.set_result(question(record))
        return answer

    def rest(self) -> int:
        """Pause, with all committed that was begun; after how many steps the moment is that is seen."""
        self._stack.settle()
        self._run.halt()
        return self.step

    def halt(self) -> bool:
        """Pause the run between two steps, at once; whether it would have gone on."""
        return self._run.halt()

    # ---- looking

    @telling
    def look_at(self, step: int, words: str = "") -> None:
        """Show the moment after so many steps of the branch that the run is on; a run that goes on pauses.

        While it is computed, the kept one before it is shown; of several that are wanted the newest counts.

        Parameters
        ----------
        words
            What is said when it is seen.
        """
        self.stay()
        self.rest()
        step = min(max(step, 0), self.record.step)
        if step == self.record.step:
            self.leave()
        elif step != self._looked_at:
            if self._looked_at is not None and self._words and not words:
                self._message.emit(tr(EARLIER))  # what was said of the moment that was seen
            self.coming, self._words = step, words
            self._left = self._way = self._approach(AT_ONCE)
            if self._left:
                self._show_kept(step)
                self.comes.emit()
                self._bites.start()
            else:
                self._arrive()
            return
        if words:
            self._words = words
            self._message.emit(words)

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
        epoch, batch = self.record.current.place_of(self.wanted)
        self.look_at_epoch(epoch if batch else epoch - 1)

    def back_batch(self) -> None:
        """One step back."""
        self._run.halt()
        self.look_at(self.wanted - 1)

    def forth_epoch(self) -> None:
        """To the end of the epoch, of those that there were."""
        self.look_at_epoch(self.record.current.place_of(self.wanted)[0] + 1)

    def forth_batch(self) -> None:
        """One step on, of those that there were."""
        self.look_at(self.wanted + 1)

    def go_to_start(self) -> None:
        """To where the record begins."""
        self.look_at(0)

    def show(self, step: int, moment: Moment) -> None:
        """Show a moment of the branch as if the run stood there, for a session that nobody acts in."""
        self._show(self._view.at(self.record, step, moment))
        self.changed.emit()

    @Slot()
    def leave(self) -> None:
        """Back to the run itself, at its end."""
        self.stay()
        if self._looked_at is not None:
            self.forget_look()
            self._show(self.record.trainer)
            self._message.emit(tr("The end of the run"))
            self.changed.emit()

    def forget_look(self) -> None:
        """Something else is shown from now on."""
        self.stay()
        self._looked_at = None
        self._view.forget()

    # ---- going on

    def take_up(self) -> None:
        """Let the run go on from the moment that is looked at, as a branch of its own; one step of the undo stack."""
        step = self._looked_at
        if step is None or self._stack.doing:
            return
        epoch = count_text(self.record.current.place_of(step)[0])
        self._stack.put(tr("Go on from epoch {epoch}", epoch=epoch), *self.branching())
        self._message.emit(tr("A branch goes on from epoch {epoch}", epoch=epoch))
        self.changed.emit()

    def branching(self) -> tuple[OnBranch, ...]:
        """That step of the undo stack; nothing at the end of the run."""
        step = self._looked_at
        return () if step is None else (OnBranch(self.record, partial(self._branch, step), self._go_to),)

    @telling
    def return_to(self, branch: Branch) -> None:
        """Go to the end of another branch; one step of the undo stack."""
        self._run.halt()
        if not self._there([branch]):
            return
        if branch is self.record.current:
            self.leave()
            return
        if self.record.approach(branch.end, math.inf, branch):
            raise KernelAwaitedError

        def go() -> Branch:
            self._go_to(branch)
            return branch

        text = tr("Return to {branch}", branch=self.name_of(branch))
        self._stack.put(text, OnBranch(self.record, go, self._go_to))
        self._message.emit(text)
        self.changed.emit()

    def apart(self) -> Recording:
        """The run to its end, to go on with elsewhere."""
        self.rest()
        return self.record.apart()

    def adopt(self, text: str, branch: Branch, trainer: Trainer) -> None:
        """Go on on a branch that was computed apart; one step of the undo stack.

        Raises
        ------
        RunChangedError
            Where the run went another way meanwhile.
        """
        self._run.halt()
        record = self.record
        record.check_adopted(branch)

        def go() -> Branch:
            self.forget_look()
            record.adopt(branch, trainer)
            self._show(trainer)
            return branch

        self._stack.add(text, OnBranch(record, go, self._go_to))
        self.changed.emit()

    def name_of(self, branch: Branch) -> str:
        """What a branch is called."""
        return names_of(self.record)[branch]

    def rename(self, branch: Branch, name: str) -> None:
        """Call a branch so, or with "" as it calls itself; one step of the undo stack."""
        if self._there([branch]):
            self._stack.add(tr("Rename {branch}", branch=self.name_of(branch)), renaming(branch, name))
            self.changed.emit()

    def delete(self, *branches: Branch) -> None:
        """Delete branches that the run isn't on; one step of the undo stack, which brings them back."""
        gone = [branch for branch in self._there(branches) if branch is not self.record.current]
        if gone:
            text, steps = deleting(lambda: self.record, gone)
            self._stack.add(text, *steps)
            self.changed.emit()

    # ---- how it is done

    def _there(self, branches: Iterable[Branch]) -> list[Branch]:
        """Those that the run still has when all that was pending is committed, which may have begun another one."""
        self._stack.settle()
        there = [branch for branch in branches if branch in self.record.branches]
        if not there:
            self._message.emit(tr("The run doesn't have this branch any more"))
        return there

    def _branch(self, step: int) -> Branch:
        trainer = self.record.branch_from(step)
        self.forget_look()
        self._show(trainer)
        return self.record.current

    def _go_to(self, branch: Branch) -> None:
        """Undo and redo come here while the run goes on, too; it does so on the other branch then."""
        goes_on = self._run.halt()
        trainer = self.record.return_to(branch)
        self.forget_look()
        self._show(trainer)
        if goes_on:
            self._run.begin(Goal.ENDLESS)
        self.changed.emit()

    def stay(self) -> None:
        """Compute a moment that is wanted no further: the one that is seen stays."""
        if self.coming is not None:
            self.coming = None
            self._bites.stop()
            self.comes.emit()

    @Slot()
    @telling
    def _come_now(self) -> None:
        """Come to the moment that is wanted before anything goes on from it; where that lasts, it isn't wanted then."""
        if self.coming is None:
            return
        if self._approach(LONGEST):
            self.stay()
            self._message.emit(
                tr("The moment that was wanted isn't computed yet: this goes on from the one that is seen")
            )
        else:
            self._arrive()

    def _approach(self, seconds: float) -> int:
        """How many steps are left to the moment that is wanted; where it can't be had, it isn't."""
        assert self.coming is not None
        try:
            return self.record.approach(self.coming, seconds)
        except NnplayError:
            self.stay()
            raise

    @Slot()
    @telling
    def _on_bite(self) -> None:
        self._left = self._approach(BITE)
        if self._left:
            self.comes.emit()
            self._bites.start()
        else:
            self._arrive()

    def _arrive(self) -> None:
        step = self.coming
        assert step is not None
        self.stay()
        self._look(step, self.record.moment_at(step))
        if self._words:
            self._message.emit(self._words)

    def _show_kept(self, step: int) -> None:
        """Show the moment before a step that is kept, where it is nearer than the one that is seen."""
        kept = self.record.kept_near(step)
        if kept is not None and abs(kept[0] - step) < abs(self.step - step):
            self._look(*kept)

    def _look(self, step: int, moment: Moment) -> None:
        if self._looked_at is None:
            self._message.emit(tr(EARLIER))
        self._looked_at = step
        self._show(self._view.at(self.record, step, moment))
        self.changed.emit()
