"""The gate: a run is stuck only where its loss is high and rests, and has time before it is judged."""

from nnplay.training.diagnosis import diagnose, findings
from nnplay.training.diagnosis.gate import is_stuck
from nnplay.training.diagnosis.probe import evidence_of
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from nnplay.training.run_control import RunState
from nnplay.training.shadow import ProbedRun
from nnplay.training.trainer import Trainer
from tests.training.diagnosis.runs import FAULTY, HEALTHY, SGD, changed, evidence_after


def test_it_is_open_where_the_loss_is_low_or_falls() -> None:
    assert not is_stuck(evidence_after(HEALTHY, 60))
    assert not is_stuck(evidence_after(HEALTHY, 12))
    assert is_stuck(evidence_after(*FAULTY["hidden_layers_at_fault"]))


def test_a_high_rate_that_was_is_forgotten_once_the_loss_falls() -> None:
    trainer = Trainer(changed(SGD, training__learning_rate=3.0))
    for _ in range(12):
        trainer.run_epoch()
    run = ProbedRun(trainer)
    assert "worse_than_guessing" in {finding.rule for finding in findings(evidence_of(run, RunState.PAUSED))}
    start = Trainer(SGD)
    trainer.network.restore(start.network.state())
    trainer.apply(SGD, trainer.prepared)
    for _ in range(16):
        trainer.run_epoch()
        told = {finding.rule for finding in findings(evidence_of(run, RunState.PAUSED))}
    assert "worse_than_guessing" not in told


def test_after_an_edit_the_run_has_time_anew() -> None:
    trainer = Trainer(FAULTY["rate_too_low"][0])
    run, told = ProbedRun(trainer), set[str]()
    for _ in range(20):
        trainer.run_epoch()
    finding = diagnose(evidence_of(run, RunState.PAUSED))
    assert finding is not None
    assert finding.fix is not None
    trainer.apply(finding.fix.experiment, trainer.prepared)
    for _ in range(8):
        evidence = evidence_of(run, RunState.PAUSED)
        told |= {each.rule for each in findings(evidence)}
        trainer.run_epoch()
    assert told == set()
    assert evidence.measures is not None
    assert evidence.measures.course.since == 20


def test_a_full_batch_has_more_epochs_before_its_hidden_layers_are_accused() -> None:
    """XOR rests for a hundred epochs before it learns, at a rate of 0.1."""
    slow = with_value(Experiment(seed=1), "training.learning_rate", 0.1)
    trainer = Trainer(slow)
    run = ProbedRun(trainer)
    for _ in range(12):
        for _ in range(40):
            trainer.run_epoch()
        assert diagnose(evidence_of(run, RunState.PAUSED)) is None
