"""A learning rate that is too large: each update overshoots by more than the last, until no number is finite."""

from nnplay.texts import number, tr
from nnplay.training.diagnosis.evidence import Evidence
from nnplay.training.diagnosis.finding import Finding, Fix
from nnplay.training.edits import with_value
from nnplay.training.run_control import RunState

STEP_DOWN = 10.0
"""The rate that is suggested is this many times smaller."""


def rate_too_large(evidence: Evidence) -> Finding | None:
    """The run diverged. The fix: back to the start, with a tenth of the rate."""
    if evidence.state is not RunState.DIVERGED:
        return None
    rate = evidence.experiment.training.learning_rate
    lower = float(f"{rate / STEP_DOWN:.6g}")
    fix = Fix(
        label=tr("Go back and use {rate}", rate=number(lower)),
        tip=tr("Bring the starting weights back and train with a learning rate of {rate}", rate=number(lower)),
        experiment=with_value(evidence.experiment, "training.learning_rate", lower),
        message=tr("Back to the start, with learning rate {rate}", rate=number(lower)),
    )
    sentence = tr(
        "Diverged at epoch {epoch}: the learning rate {rate} is too large",
        epoch=f"{evidence.epoch:,}",
        rate=number(rate),
    )
    return Finding(sentence, fix)
