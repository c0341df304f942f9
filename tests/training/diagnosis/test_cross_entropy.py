"""Why cross-entropy: a unit that is sure and wrong, by both losses, as a run and as the diagnosis sees it."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.nn import OWN
from nnplay.training.diagnosis import diagnose, findings
from nnplay.training.edits import with_value
from nnplay.training.experiment import YOURS, DataSpec, Experiment, ModelSpec, TrainingSpec
from nnplay.training.trainer import Trainer
from tests.training.diagnosis.runs import evidence_after

POINT = Table(np.array([[1.0]]), np.array([0.0]), class_names=("0", "1"))
UNIT = Experiment(
    data=DataSpec(kind=YOURS, table=POINT, features=("x1",)),
    model=ModelSpec(hidden_layers=(), loss="mean_squared_error", output="sigmoid", start=(2.0, 2.0)),
    training=TrainingSpec(learning_rate=0.15),
)
ENTROPY = with_value(with_value(UNIT, "model.loss", "binary_cross_entropy"), "model.output", OWN)


@pytest.mark.parametrize(("experiment", "answer"), [(UNIT, 0.976), (ENTROPY, 0.099)])
def test_after_50_steps_it_answers_so(experiment: Experiment, answer: float) -> None:
    trainer = Trainer(experiment)
    for _ in range(50):
        trainer.run_epoch()
    assert trainer.network.forward([[1.0]]).item() == pytest.approx(answer, abs=0.0005)


def test_the_finding_says_why_and_its_fix_is_the_other_loss() -> None:
    finding = diagnose(evidence_after(UNIT, 50))
    assert finding is not None
    assert finding.rule == "squared_error_flat"
    p = 0.9759334
    assert finding.proofs[0].value == pytest.approx(p * (1.0 - p), abs=1e-6)
    assert "2.3 %" in finding.sentence
    assert finding.fix is not None
    assert finding.fix.experiment.model.loss == "binary_cross_entropy"
    trainer = Trainer(finding.fix.experiment)
    for _ in range(50):
        trainer.run_epoch()
    assert trainer.network.forward([[1.0]]).item() < 0.1
    assert findings(evidence_after(ENTROPY, 50)) == ()
