"""The choices of the bar at the top that an option alone doesn't say: rates, penalties and paces, as texts."""

import math

from nnplay.gui.widgets.choice_box import Choice
from nnplay.texts import mark, tr
from nnplay.training.experiment import TrainingSpec
from nnplay.training.ladders import RATES, STRENGTHS

PROBLEMS = {"classification": mark("classification"), "regression": mark("regression")}
"""Task → what the bar calls it."""
FASTEST = math.inf
PACES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 100.0, 300.0, 1000.0, FASTEST)
"""Epochs a second, from slow motion to as fast as it goes."""
Penalty = tuple[str, float]
NO_PENALTY: Penalty = ("none", 0.0)
BOTH_PENALTIES: Penalty = ("L1 + L2", 0.0)
"""Stands for two penalties with a strength each, which only the training panel can set."""
OTHER_RATE = -1.0
"""Stands for a learning rate that is typed."""


def problem_choices() -> list[Choice]:
    """The tasks."""
    return [(task, tr(text)) for task, text in PROBLEMS.items()]


def rate_choices(rate: float) -> list[Choice]:
    """The usual learning rates with `rate` among them, and the way to type another."""
    rates = sorted({*RATES, rate})
    return [*((each, rate_text(each)) for each in rates), (OTHER_RATE, tr("another…"))]


def rate_text(rate: float) -> str:
    """A learning rate as the bar writes it."""
    return f"{rate:g}".replace("1e-05", "0.00001")


def penalty_of(training: TrainingSpec) -> Penalty:
    """The kind and the strength of the penalty; of two, neither is *the* penalty."""
    if training.l1 and training.l2:
        return BOTH_PENALTIES
    if training.l2:
        return ("l2", training.l2)
    return ("l1", training.l1) if training.l1 else NO_PENALTY


def penalty_choices(penalty: Penalty) -> list[Choice]:
    """No penalty, and the usual strengths of either kind, with those of `penalty` among them."""
    kinds = [(kind, sorted({*STRENGTHS, penalty[1]} if penalty[0] == kind else STRENGTHS)) for kind in ("l1", "l2")]
    strengths = [(kind, strength) for kind, usual in kinds for strength in usual]
    return [(each, penalty_text(each)) for each in (NO_PENALTY, *strengths)]


def penalty_text(penalty: Penalty) -> str:
    """A penalty as the bar writes it."""
    kind, strength = penalty
    if penalty == NO_PENALTY:
        return tr("none")
    return f"{kind.upper()}  {strength:g}" if strength else kind
