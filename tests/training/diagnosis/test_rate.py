"""A run that diverged is told that its learning rate is too large, and no other run is."""

import pytest

from nnplay.training.diagnosis import Evidence, diagnose
from nnplay.training.diagnosis.rate import rate_too_large
from nnplay.training.experiment import Experiment, TrainingSpec
from nnplay.training.run_control import RunState

WILD = Experiment(training=TrainingSpec(learning_rate=3.0))


def test_a_tenth_of_the_rate_is_the_fix() -> None:
    finding = rate_too_large(Evidence(WILD, RunState.DIVERGED, 1234))
    assert finding is not None
    assert finding.sentence == "Diverged at epoch 1,234: the learning rate 3 is too large"
    assert finding.fix is not None
    assert finding.fix.label == "Go back and use rate 0.3"
    assert finding.fix.experiment == Experiment(training=TrainingSpec(learning_rate=0.3))


@pytest.mark.parametrize("state", [RunState.PAUSED, RunState.RUNNING, RunState.FAILED])
def test_a_run_that_did_not_diverge_is_not_accused(state: RunState) -> None:
    assert diagnose(Evidence(WILD, state, 10)) is None


def test_the_first_rule_that_finds_something_speaks() -> None:
    evidence = Evidence(WILD, RunState.DIVERGED, 0)
    assert diagnose(evidence) == rate_too_large(evidence)
