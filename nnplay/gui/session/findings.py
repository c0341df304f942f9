"""Why learning fails: what the diagnosis finds of the run that is seen, which finding is told, and how its fix is done.

The run is looked at only while somebody is told: the window, unless it is quiet, or a panel that lists what is found.
"""

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from nnplay.errors import InputError, TooLargeError
from nnplay.gui.session.best_moment import look_at_best
from nnplay.gui.session.frames import Beat
from nnplay.gui.session.notices import Notices, why_not
from nnplay.gui.session.requests import Requests
from nnplay.gui.session.run import Run
from nnplay.gui.session.timeline import Timeline
from nnplay.nn.engines import KernelAwaitedError
from nnplay.training.diagnosis import RULES, Evidence, Finding, Fix, Gravity, Way, Where, diagnose, findings
from nnplay.training.diagnosis.gate import FIRST_EPOCH
from nnplay.training.diagnosis.probe import EvidenceProbe, evidence_of
from nnplay.training.experiment import Experiment
from nnplay.training.probes.probe import Probes
from nnplay.training.run_control import Outcome, RunState
from nnplay.training.shadow import ProbedRun
from nnplay.training.snapshot import Snapshot

LOOKS_TO_GO = 2
"""Looks at a run that goes on without a finding, after which it is over: one alone may be a batch's noise."""
REST_MS = 300
"""Milliseconds for which a person rests at a moment of the run before it is judged: not while they drag along it."""
PANEL_OF = {
    Where.PLANE: "output",
    Where.SPACE: "space",
    Where.NETWORK: "network",
    Where.DATA: "data",
    Where.LOSS: "plots",
    Where.GRADIENTS: "plots",
    Where.ACTIVATIONS: "plots",
    Where.CONFUSION: "plots",
}
"""The panel that has what shows a finding."""

PLACES = {rule.__name__: place for place, rule in enumerate(RULES)}
ASKED: Probes = frozenset({EvidenceProbe()})


class FixedSession(Protocol):
    """What a fix needs of the session."""

    @property
    def experiment(self) -> Experiment: ...  # noqa: D102

    @property
    def running(self) -> bool: ...  # noqa: D102

    def settle(self) -> Experiment: ...  # noqa: D102

    def change(self, text: str, experiment: Experiment, *, as_one: bool = False) -> None: ...  # noqa: D102

    def start_with(self, text: str, experiment: Experiment) -> None: ...  # noqa: D102

    def toggle_training(self) -> None: ...  # noqa: D102


class Findings(QObject):
    """The findings of one session, the causes first.

    One at a time is told: the first cause, until it is over or a person closes it. It is lit, as all views of the
    window show; while a person points at another one, or has chosen one, that one is. All are of the moment that is
    seen, an earlier one too.

    Parameters
    ----------
    session
        Of which they are; a QObject, too.
    run
        What trains.
    timeline
        The record of the run, with its best moment.
    notices, requests
        What a person is told, and what is asked of the window.

    Signals
    -------
    changed
        Others are found, or their numbers are others.
    told_changed
        Another finding is told, or its numbers are others.
    lit_changed
        Another finding is lit, or none.
    chosen_changed
        A person chose another one, or none.
    judged_changed
        Whether what is seen can be judged.
    floor_changed
        Whether the floor is drawn beside the loss.

    Attributes
    ----------
    found
        All of them.
    quiet
        Whether nothing is told by itself.
    floor
        Whether the floor is drawn beside the loss.
    """

    changed = Signal()
    told_changed = Signal()
    lit_changed = Signal()
    chosen_changed = Signal()
    judged_changed = Signal()
    floor_changed = Signal()

    def __init__(
        self, session: FixedSession, run: Run, timeline: Timeline, notices: Notices, requests: Requests
    ) -> None:
        assert isinstance(session, QObject)
        super().__init__(session)
        self._session, self._run, self._timeline = session, run, timeline
        self._notices, self._requests = notices, requests
        self.found: tuple[Finding, ...] = ()
        self.quiet = self.floor = False
        self._watchers: list[QWidget] = []
        self._listeners: list[QWidget] = []
        self._closed: set[str] = set()
        self._missed: dict[str, int] = {}
        self._evidence: Evidence | None = None
        self._of: tuple[object, ...] = (run.trainer, session.experiment, None)
        self._anew = True
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rested)
        self._pointed = self._chosen = ""
        self._told: Finding | None = None
        self._lit: Finding | None = None
        run.broke_off.connect(self._on_broke_off)
        timeline.changed.connect(self._on_moved)
        run.frames.add(self, Beat.FIGURES)

    # ---- who is told

    def tell(self, window: QWidget) -> None:
        """Look at the run while this is seen, unless a person wants it quiet."""
        self._watchers.append(window)

    def list_in(self, panel: QWidget) -> None:
        """Look at the run while this is seen."""
        self._listeners.append(panel)

    def set_quiet(self, quiet: bool) -> None:
        """Whether nothing is told by itself."""
        self.quiet = quiet
        self._tell()
        self._run.frames.refresh()

    def set_floor(self, shown: bool) -> None:
        """Whether the floor is drawn beside the loss."""
        if shown != self.floor:
            self.floor = shown
            self.floor_changed.emit()

    @property
    def needs(self) -> Probes:
        """What the rules judge by."""
        return frozenset() if self._rest.isActive() and not self._run.running else ASKED

    def isVisible(self) -> bool:
        """Whether somebody is told."""
        return any(map(_is_seen, self._listeners)) or (not self.quiet and any(map(_is_seen, self._watchers)))

    def window(self) -> QWidget:
        """Theirs."""
        return next(filter(_is_seen, [*self._listeners, *self._watchers])).window()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Judge by the newest evidence, where there is any that is new."""
        probe = EvidenceProbe()
        if probe not in snapshot.answers:
            return
        evidence = snapshot.answer(probe)
        if evidence is None:
            self._judge_by(None)
            self._take((), at_once=True)
        elif evidence is not self._evidence:
            self._judge_by(evidence)
            at_once, self._anew = self._anew or not self._run.running, False
            state = self._run.state  # which the look itself doesn't know of a run that diverged
            self._take(findings(replace(evidence, state=state)), at_once=at_once)

    # ---- what is told, and what is lit

    @property
    def told(self) -> Finding | None:
        """The one that is told; None for none."""
        return self._told

    @property
    def lit(self) -> Finding | None:
        """The one whose units and points are marked: the one that is pointed at, else the chosen or the told one."""
        return self._lit

    @property
    def chosen(self) -> str:
        """The rule whose finding a person has chosen; "" for none."""
        return self._chosen

    @property
    def judged(self) -> bool:
        """Whether what is seen can be judged: there is something to train on, and it is no longer the very start."""
        return self._evidence is not None and self._evidence.epoch >= FIRST_EPOCH

    def finding(self, rule: str) -> Finding | None:
        """What this rule finds now."""
        return next((finding for finding in self.found if finding.rule == rule), None)

    def close_told(self) -> None:
        """Tell it no more, for this run and experiment."""
        if self._told is not None:
            self._closed.add(self._told.rule)
            self.choose("")
            self._tell()

    def point_at(self, rule: str) -> None:
        """Point at a finding; "" at none."""
        self._pointed = rule
        self._light()

    def choose(self, rule: str) -> None:
        """Choose a finding, which is lit until it is over; "" none."""
        if rule != self._chosen:
            self._chosen = rule
            self.chosen_changed.emit()
            self._light()

    def let_go(self) -> bool:
        """Let the chosen finding be lit no more; whether one was."""
        chosen = bool(self._chosen)
        self.choose("")
        return chosen

    def show(self, rule: str) -> None:
        """Choose a finding, and open the view that shows that it is right."""
        finding = self.finding(rule)
        if finding is not None:
            self.choose(rule)
            self._requests.proof.emit(finding.where)

    # ---- what helps

    def use(self, rule: str) -> None:
        """Do what a finding's fix is, and train on; one step of the undo stack."""
        finding = self.finding(rule)
        if finding is not None and finding.fix is not None:
            self.use_fix(finding.fix)

    def use_fix(self, fix: Fix) -> None:
        """Do it, in its way, and train on; one step of the undo stack."""
        session = self._session
        session.settle()
        try:
            if fix.way is Way.AFRESH:
                session.start_with(fix.label, fix.experiment)
            elif fix.way is Way.AT_BEST:
                look_at_best(self._timeline)
        except (TooLargeError, InputError, KernelAwaitedError) as error:
            self._notices.refused.emit(why_not(error))
            return
        if fix.way is not Way.AFRESH:
            before = session.settle()  # a moment that takes a while to be computed is come to
            session.change(fix.label, fix.experiment, as_one=True)
            if session.experiment is before:
                return
            if not session.running:
                session.toggle_training()
        self._notices.message.emit(fix.message)

    # ---- how it is done

    def _judge_by(self, evidence: Evidence | None) -> None:
        before = self.judged
        self._evidence = evidence
        if self.judged != before:
            self.judged_changed.emit()

    @Slot()
    def _on_rested(self) -> None:
        if self.isVisible():  # the window may have gone meanwhile
            self._run.frames.refresh()

    @Slot()
    def _on_moved(self) -> None:
        """Another experiment, run or moment: what was said is not of this one."""
        of = (self._run.trainer, self._session.experiment, self._timeline.looked_at)
        if of[0] is self._of[0] and of[1] is self._of[1] and of[2] == self._of[2]:
            return
        if self._timeline.looked_at is not None:
            self._rest.start()
        self._of, self._anew = of, True
        self._closed.clear()
        self._take((), at_once=True)
        self._run.frames.refresh()

    @Slot(object)
    def _on_broke_off(self, outcome: Outcome) -> None:
        finding = None
        if outcome.state is RunState.DIVERGED:
            finding = diagnose(evidence_of(ProbedRun(self._run.trainer), outcome.state))
        if finding is not None:
            self._closed.add(finding.rule)  # it is told here
        self._notices.say_why(outcome, finding, self.use_fix)

    def _take(self, found: tuple[Finding, ...], *, at_once: bool) -> None:
        """These are found now; what was there at the look before stays for another one, of a run that goes on."""
        rules = {finding.rule for finding in found}
        missed = {f.rule: self._missed.get(f.rule, 0) + 1 for f in self.found if f.rule not in rules}
        self._missed = {} if at_once else {rule: n for rule, n in missed.items() if n < LOOKS_TO_GO}
        kept = tuple(finding for finding in self.found if finding.rule in self._missed)
        now = tuple(sorted((*found, *kept), key=_place))
        if now == self.found:
            return
        self.found = now
        if self.finding(self._pointed) is None:
            self._pointed = ""
        self.changed.emit()
        if self.finding(self._chosen) is None:
            self.choose("")
        self._tell()

    def _tell(self) -> None:
        causes = (each for each in self.found if each.gravity is Gravity.CAUSE and each.rule not in self._closed)
        told = None if self.quiet else next(causes, None)
        if told != self._told:
            self._told = told
            self.told_changed.emit()
        self._light()

    def _light(self) -> None:
        lit = self.finding(self._pointed) or self.finding(self._chosen) or self._told
        before, self._lit = self._lit, lit
        if _marks(lit) != _marks(before):
            self.lit_changed.emit()


def _place(finding: Finding) -> tuple[int, int]:
    """Where a finding stands: causes before hints, and those in the order in which their rules speak."""
    return list(Gravity).index(finding.gravity), PLACES.get(finding.rule, len(PLACES))


def _marks(finding: Finding | None) -> tuple[object, ...]:
    return () if finding is None else (finding.rule, finding.units, finding.weights, finding.points)


def _is_seen(widget: QWidget) -> bool:
    return isValid(widget) and widget.isVisible() and not widget.window().isMinimized()
