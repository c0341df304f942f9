"""Why learning fails: rules, each from evidence to a finding, in the order in which they speak.

Nothing is said before epoch 3, but of a run that diverged. First comes what is wrong with data and structure, then
whose fault the loss is: where the loss is as low as any output layer could bring it (`floor.py`), the hidden layers are
at fault, and no rule blames the output layer or noise. Each rule's thresholds were measured by `tests/battery`, whose
figures its docstring has.
"""

from collections.abc import Callable

import numpy as np

from nnplay.training.diagnosis.course import bad_start, learnt_by_heart, penalty_too_strong
from nnplay.training.diagnosis.data import (
    contradictory_points,
    easier_test_set,
    inputs_of_different_scales,
    one_class_larger,
)
from nnplay.training.diagnosis.evidence import Evidence, Measures
from nnplay.training.diagnosis.finding import (
    Finding,
    Fix,
    Gravity,
    Proof,
    UnitPlace,
    Way,
    WeightPlace,
    Where,
)
from nnplay.training.diagnosis.gate import FIRST_EPOCH, has_diverged
from nnplay.training.diagnosis.gradients import exploding_gradient, noisy_gradient, vanishing_gradient, wrong_gradient
from nnplay.training.diagnosis.hidden import (
    dead_units,
    hidden_layers_at_fault,
    layer_switched_off,
    no_hidden_layer,
    only_linear,
    saturated_units,
    too_small,
    units_alike,
)
from nnplay.training.diagnosis.output import (
    dropout_too_strong,
    one_answer_for_all,
    output_layer_at_fault,
    squared_error_flat,
)
from nnplay.training.diagnosis.rate import (
    oscillates,
    rate_too_large,
    rate_too_low,
    steps_overshoot,
    worse_than_guessing,
)

Rule = Callable[[Evidence], Finding | None]

RULES: tuple[Rule, ...] = (
    wrong_gradient,
    layer_switched_off,
    inputs_of_different_scales,
    rate_too_large,
    only_linear,
    no_hidden_layer,
    one_class_larger,
    dropout_too_strong,
    worse_than_guessing,
    penalty_too_strong,
    units_alike,
    contradictory_points,
    squared_error_flat,
    saturated_units,
    bad_start,
    vanishing_gradient,
    learnt_by_heart,
    rate_too_low,
    too_small,
    hidden_layers_at_fault,
    dead_units,
    output_layer_at_fault,
    one_answer_for_all,
    steps_overshoot,
    oscillates,
    noisy_gradient,
    exploding_gradient,
    easier_test_set,
)
"""Every rule; causes that are found speak in this order, hints and facts behind them."""

__all__ = [
    "RULES",
    "Evidence",
    "Finding",
    "Fix",
    "Gravity",
    "Measures",
    "Proof",
    "Rule",
    "UnitPlace",
    "Way",
    "WeightPlace",
    "Where",
    "diagnose",
    "findings",
]


OF_A_DIVERGED_RUN: tuple[Rule, ...] = (inputs_of_different_scales, bad_start, rate_too_large)
"""Those that judge by what a run began with, since the numbers that it ended with are no measure of anything; the first
one that finds something is why.
"""


@np.errstate(all="ignore")  # a run about to diverge has numbers of any size
def findings(evidence: Evidence) -> tuple[Finding, ...]:
    """All that is found, the causes first, then hints, then facts."""
    diverged = has_diverged(evidence)
    if evidence.epoch < FIRST_EPOCH and not diverged:
        return ()
    rules = OF_A_DIVERGED_RUN if diverged else RULES
    found = [finding for finding in (rule(evidence) for rule in rules) if finding is not None]
    found = found[:1] if diverged else found
    order = list(Gravity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.gravity)))


def diagnose(evidence: Evidence) -> Finding | None:
    """The cause that is told first; None where there is none."""
    return next((finding for finding in findings(evidence) if finding.gravity is Gravity.CAUSE), None)
