"""Runs the battery's cases, and looks at each after 20 epochs and at its end."""

from dataclasses import dataclass

from nnplay.errors import DivergedError
from nnplay.training.diagnosis import Evidence, Finding, Fix, Way, findings
from nnplay.training.diagnosis.gate import is_high
from nnplay.training.diagnosis.probe import evidence_of
from nnplay.training.effects import Effect, effect_of
from nnplay.training.one_thread import one_thread
from nnplay.training.prepared import prepared_after
from nnplay.training.run_control import RunState
from nnplay.training.shadow import ProbedRun
from nnplay.training.trainer import Trainer
from tests.battery.cases import Case

EARLY = 20
ACCURATE = 0.95


@dataclass(frozen=True)
class Looked:
    """One run: what is found after 20 epochs and at the end, the evidence at the end, and whether it learnt."""

    case: Case
    early: tuple[Finding, ...]
    late: tuple[Finding, ...]
    evidence: Evidence
    solved: bool

    def found(self, rule: str) -> tuple[bool, bool]:
        """Whether a rule finds something, early and late."""
        return rule in {each.rule for each in self.early}, rule in {each.rule for each in self.late}


def looked(case: Case) -> Looked:
    """Train a case, and look."""
    with one_thread():
        run = ProbedRun(Trainer(case.experiment))
        state = trained(run.trainer, min(EARLY, case.epochs))
        early = evidence_of(run, state)
        if state is RunState.PAUSED:
            state = trained(run.trainer, case.epochs - EARLY)
        evidence = evidence_of(run, state)
    return Looked(case, findings(early), findings(evidence), evidence, has_learnt(evidence))


def trained(trainer: Trainer, epochs: int) -> RunState:
    """Train for so many epochs; where the run stands then."""
    try:
        for _ in range(epochs):
            trainer.run_epoch()
    except DivergedError:
        return RunState.DIVERGED
    return RunState.PAUSED


def has_learnt(evidence: Evidence) -> bool:
    """Whether the loss is low, or 95 % of the training samples are right."""
    measures = evidence.measures
    assert measures is not None
    accurate = measures.accuracies is not None and measures.accuracies[0] >= ACCURATE
    return evidence.state is RunState.PAUSED and (accurate or not is_high(measures))


def after_fix(run: Looked, fix: Fix, epochs: int) -> Evidence:
    """What comes of a fix, so many epochs later; one that goes back to the best moment is begun anew."""
    with one_thread():
        trainer = Trainer(fix.experiment)
        if fix.way is Way.AT_ONCE:
            trainer = Trainer(run.case.experiment)
            trained(trainer, run.case.epochs)
            prepared = prepared_after(trainer.prepared, run.case.experiment, fix.experiment)
            assert effect_of(run.case.experiment, fix.experiment, trainer.prepared, prepared) is Effect.AT_ONCE
            trainer.apply(fix.experiment, prepared)
        probed = ProbedRun(trainer)
        state = trained(trainer, epochs)
        return evidence_of(probed, state)
