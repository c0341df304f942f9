"""Stop When: the condition that a run ends at. It costs a run nothing where there is none."""

import weakref

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from nnplay.gui.session.notice import Notice, Suggestion
from nnplay.gui.session.notices import Notices
from nnplay.gui.session.run import Run
from nnplay.gui.session.timeline import Timeline
from nnplay.texts import mark, tr
from nnplay.training.conditions import Condition, StopWatch, missing, title_of
from nnplay.training.trainer import Trainer


class StopWhen(QObject):
    """The condition of one session. It holds until it is taken away, for this run and those that come after it.

    A run that it has ended can be trained on: then it ends where the condition comes true anew.

    Parameters
    ----------
    run
        What trains, and is ended.
    timeline
        The record of the run, which says whether it goes on where it was watched last.

    Signals
    -------
    changed
        The condition is another one, or none, or it fits the run now and didn't before, or the other way round.
    """

    changed = Signal()
    _true_already = Signal()

    def __init__(
        self,
        run: Run,
        timeline: Timeline,
        notices: Notices,
        experiment_changed: SignalInstance,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._run, self._timeline, self._notices = run, timeline, notices
        self._condition: Condition | None = None
        self._problem = ""
        self._watch: StopWatch | None = None
        self._seen: tuple[weakref.ref[Trainer], int] | None = None
        self._true_already.connect(self._on_true_already)
        run.met.connect(self._on_met)
        experiment_changed.connect(self._check_fit)

    @property
    def condition(self) -> Condition | None:
        """The one that holds; None for none."""
        return self._condition

    @property
    def problem(self) -> str:
        """What the run doesn't have that the condition is about, in a sentence; "" where it can end the run."""
        return self._problem

    def set_condition(self, condition: Condition | None) -> None:
        """Let a run end where this comes true, from the step on that comes next; None for nothing."""
        before = self._condition

        def begin(trainer: Trainer) -> str:
            self._condition, self._watch, self._seen = condition, None, None
            self._run.set_watch(None if condition is None else self._look)
            if condition is None:
                return ""
            if trainer is self._timeline.record.trainer:  # else an earlier moment is looked at
                self._look(trainer)
            return missing(condition, trainer)

        if condition is not None:
            self._notices.message.emit(tr("{condition}: the run stops there", condition=title_of(condition)))
        elif before is not None:
            self._notices.message.emit(tr("{condition}: stops no run any more", condition=title_of(before)))
        self._problem = self._run.ask(begin).result()
        self.changed.emit()

    @Slot()
    def _check_fit(self) -> None:
        """Another experiment holds: it may have what the condition is about, or have it no longer."""
        condition = self._condition
        if condition is None:
            return

        def fit(trainer: Trainer) -> str:
            problem = missing(condition, trainer)
            if problem != self._problem:
                self._seen = None  # the watch begins, or ends
            return problem

        problem = self._run.ask(fit).result()
        if problem != self._problem:
            self._problem = problem
            self.changed.emit()

    def _look(self, trainer: Trainer) -> bool:
        """Whether the run is to end here: called after each step, and where a stretch of it begins, by who trains."""
        step, seen = self._timeline.record.step, self._seen
        self._seen = weakref.ref(trainer), step
        if seen is None or seen[0]() is not trainer or not 0 <= step - seen[1] <= 1:
            self._begin(trainer)
            return False
        if self._watch is None or step == seen[1] or not self._watch.see(trainer):
            return False
        self._watch.go_on()
        return True

    def _begin(self, trainer: Trainer) -> None:
        """Watch a run from where it is; what is true already ends nothing until it comes true anew."""
        condition = self._condition
        if condition is None or missing(condition, trainer):
            self._watch = None
            return
        self._watch = StopWatch([condition], trainer)
        if self._watch.met is not None:
            self._watch.go_on()
            self._true_already.emit()

    @Slot()
    def _on_true_already(self) -> None:
        if self._condition is not None:
            title = title_of(self._condition)
            self._notices.message.emit(
                tr("{condition}: true here already; the run stops where it comes true anew", condition=title)
            )

    @Slot()
    def _on_met(self) -> None:
        if self._condition is None:
            return
        trainer = self._timeline.trainer
        sentence = stopped_text(title_of(self._condition), trainer.epoch, trainer.batch)
        self._notices.message.emit(sentence)
        tip = tr("Take the condition away; else Train goes on from here, and stops where it comes true again")
        way_out = Suggestion(tr("Don't Stop Again"), tip, lambda: self.set_condition(None))
        self._notices.found.emit(Notice(sentence, way_out))


def stopped_text(what: str, epoch: int, batch: int) -> str:
    """Where a run was ended: ``Loss below 0.05: stopped at epoch 212, batch 3``."""
    text = (
        mark("{what}: stopped at epoch {epoch}, batch {batch}") if batch else mark("{what}: stopped at epoch {epoch}")
    )
    return tr(text, what=what, epoch=f"{epoch:,}", batch=f"{batch:,}")
