"""The learning rate: so large that the loss bounces or grows beyond all numbers, or so small that nothing moves."""

import numpy as np

from nnplay.texts import number, tr
from nnplay.training.diagnosis.evidence import Evidence, Measures
from nnplay.training.diagnosis.finding import Finding, Gravity, Proof, Way, Where
from nnplay.training.diagnosis.fixes import use_rate
from nnplay.training.diagnosis.gate import FIRST_EPOCH, is_high, is_stuck
from nnplay.training.run_control import RunState

STEP_DOWN, THIRD, STEP_UP = 1.0 / 10.0, 1.0 / 3.0, 10.0
"""What the rate is multiplied by."""
HUGE_LOSS = 1e3
"""Times H: a loss that no run comes back from."""
WORSE = 1.1
"""Times H: a network that always gave the same answer would do better."""
SMALL_UPDATE = 1e-4
"""Of the weights: updates that move nothing."""
LEAST_SLOPE = 0.05
"""Length of the gradient, as a part of the loss: where it is shorter, no rate would help."""
BACK_AND_FORTH, SWING, EPOCHS = 0.5, 0.1, 50


def rate_too_large(evidence: Evidence) -> Finding | None:
    """The run diverged. The fix: back to the start, with a tenth of the rate."""
    if evidence.state is not RunState.DIVERGED:
        return None
    sentence = tr(
        "Diverged at epoch {epoch}: the learning rate {rate} is too large",
        epoch=f"{evidence.epoch:,}",
        rate=number(evidence.experiment.training.learning_rate),
    )
    return Finding("rate_too_large", sentence, use_rate(evidence, STEP_DOWN, Way.AFRESH))


def worse_than_guessing(evidence: Evidence) -> Finding | None:
    """The loss came above that of a constant answer after the first epochs: steps lead past the valley.

    Measured: accuses none of the healthy runs, and finds all with a rate too high that didn't learn all the same. A
    start that is worse by itself, with updates that move nothing or from weights far too large, is no sign of it.
    """
    measures = evidence.measures
    if measures is None or not is_high(measures) or moves_nothing(measures):
        return None
    course, guess = measures.course, measures.data.guess
    later = course.highest[course.epochs >= FIRST_EPOCH]
    worst, first = float(later.max(initial=0.0)), float(course.train[0])
    if not worst > WORSE * guess or (worst <= first and first > BAD_START * guess):
        return None
    sentence = tr(
        "The loss rose to {worst}, above the {guess} of always giving the same answer: the learning rate {rate} is too "
        "high",
        worst=number(worst, 3),
        guess=number(guess, 3),
        rate=number(evidence.experiment.training.learning_rate),
    )
    factor = STEP_DOWN if worst > HUGE_LOSS * guess else THIRD
    proof = Proof(tr("highest loss after epoch {epoch}", epoch=FIRST_EPOCH), worst, WORSE * guess)
    return Finding("worse_than_guessing", sentence, use_rate(evidence, factor, Way.AFRESH), proofs=(proof,))


BAD_START = 5.0
"""Times H: what a first loss above it tells is said by `bad_start`."""


def rate_too_low(evidence: Evidence) -> Finding | None:
    """The run is stuck, there is a slope, and yet an update moves less than 1e-4 of the weights.

    Measured: no healthy run accused, all with a rate too low found. Without the slope the rule accuses networks whose
    gradient has vanished, which no rate brings back: in those the gradient is below 0.01 of the loss, in runs with a
    rate too low above 0.1.
    """
    measures = evidence.measures
    if measures is None or not is_stuck(evidence) or not moves_nothing(measures):
        return None
    if not measures.gradient > LEAST_SLOPE * measures.loss:
        return None
    ratio = update_ratio(measures) or 0.0
    sentence = tr(
        "An update moves {ratio} of the weights, and the loss rests: the learning rate {rate} is too low",
        ratio=number(ratio, 2),
        rate=number(evidence.experiment.training.learning_rate),
    )
    proof = Proof(tr("update beside weights, median of the layers"), ratio, SMALL_UPDATE, above=False)
    return Finding("rate_too_low", sentence, use_rate(evidence, STEP_UP, Way.AT_ONCE), proofs=(proof,))


def oscillates(evidence: Evidence) -> Finding | None:
    """The loss goes up and down: in 50 epochs more than every second step turns, by more than a tenth of the loss.

    A hint only: measured, it says so of 3 % of healthy runs early and of a fifth at their end, where the loss is small;
    of a loss that is still high, of none.
    """
    measures = evidence.measures
    if measures is None or not is_high(measures):
        return None
    losses = measures.course.train[-EPOCHS - 1 :]
    steps = np.diff(losses)
    if len(steps) < EPOCHS // 2:
        return None
    turns = float(np.mean(steps[1:] * steps[:-1] < 0.0))
    swing = float(np.mean(np.abs(steps)) / max(float(np.mean(losses)), 1e-300))
    if not (turns > BACK_AND_FORTH and swing > SWING):
        return None
    sentence = tr(
        "The loss goes up and down by {swing} % from epoch to epoch: a lower learning rate or larger batches calm it",
        swing=number(100.0 * swing, 2),
    )
    proofs = (
        Proof(tr("share of epochs at which the loss turns"), turns, BACK_AND_FORTH),
        Proof(tr("mean step of the loss, as a part of it"), swing, SWING),
    )
    return Finding("oscillates", sentence, use_rate(evidence, THIRD, Way.AT_ONCE), Gravity.HINT, Where.LOSS, proofs)


def update_ratio(measures: Measures) -> float | None:
    """RMS(Δw) / RMS(w), the median of the layers; None before the first step."""
    ratios = [layer.update / layer.weights for layer in measures.layers if layer.update is not None and layer.weights]
    return float(np.median(ratios)) if ratios else None


def moves_nothing(measures: Measures) -> bool:
    """Whether an update is so small beside the weights that they stay as they are."""
    ratio = update_ratio(measures)
    return ratio is not None and ratio < SMALL_UPDATE
