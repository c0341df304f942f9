"""The learning rate: so large that the loss bounces or grows beyond all numbers, or so small that nothing moves."""

import numpy as np

from nnplay.texts import number, tr
from nnplay.training.diagnosis.evidence import Evidence, Measures
from nnplay.training.diagnosis.finding import Finding, Gravity, Proof, Way, Where
from nnplay.training.diagnosis.fixes import use_rate
from nnplay.training.diagnosis.gate import (
    FIRST_EPOCH,
    RISE,
    WORSE,
    has_diverged,
    is_high,
    is_of_the_start,
    is_stuck,
    promised_fall,
    recovers,
)

STEP_DOWN, THIRD, STEP_UP = 1.0 / 10.0, 1.0 / 3.0, 10.0
"""What the rate is multiplied by."""
LEAST_SHARE = 1e-3
"""Of the rate, to which one click brings it at most."""
SMALL_UPDATE = 1e-4
"""Of the weights: updates that move nothing."""
USUAL_UPDATE = 3e-3
"""Of the weights: what an update usually moves."""
USUAL_RATES = {"sgd": 0.1, "momentum": 0.03, "nesterov": 0.03, "adagrad": 0.1}
"""Of the optimisers that don't scale their steps as Adam does."""
LEAST_SLOPE = 0.05
"""Length of the gradient, as a part of the loss: where it is shorter, no rate would help."""
BACK_AND_FORTH, SWING, EPOCHS = 0.5, 0.1, 50
BEYOND = 1.1
"""Of a step's way: on the parabola through its slopes 1 is as high on the other side as it began."""


def rate_too_large(evidence: Evidence) -> Finding | None:
    """The run diverged. The fix: back to the start, with a tenth of the rate."""
    if not has_diverged(evidence):
        return None
    sentence = tr(
        "Diverged at epoch {epoch}: the learning rate {rate} is too large",
        epoch=f"{evidence.epoch:,}",
        rate=number(evidence.experiment.training.learning_rate),
    )
    lower = STEP_DOWN * evidence.experiment.training.learning_rate
    return Finding("rate_too_large", sentence, use_rate(evidence, lower, Way.AFRESH))


def worse_than_guessing(evidence: Evidence) -> Finding | None:
    """The loss came above that of a constant answer after the first epochs: steps lead past the valley.

    Measured: accuses none of the healthy runs, and finds all with a rate too high that didn't learn all the same. A
    start that is worse by itself, with updates that move nothing or from weights far too large, is no sign of it; what
    was before is none either, once the loss falls and stays below H.
    """
    measures = evidence.measures
    if measures is None or not is_high(measures) or recovers(measures):
        return None
    course, guess = measures.course, measures.data.guess
    later = course.highest[course.epochs >= course.since + FIRST_EPOCH]
    worst, now = float(later.max(initial=0.0)), float(course.train[-1])
    if not worst > WORSE * guess > 0.0 or not course.rise(course.since) > RISE * guess:
        return None
    left = now < BELOW * guess or (now < guess and worst < LITTLE * guess)
    if is_of_the_start(measures) or (left and np.sum(later > WORSE * guess) < OFTEN):
        return None
    sentence = tr(
        "The loss rose to {worst}, more than the {guess} that always giving the same answer costs: the learning rate "
        "{rate} is too high",
        worst=number(worst, 3),
        guess=number(guess, 3),
        rate=number(evidence.experiment.training.learning_rate),
    )
    rate = evidence.experiment.training.learning_rate
    lower = min(rate * THIRD, max(usual_rate(evidence), rate * LEAST_SHARE))
    proof = Proof(tr("highest loss after epoch {epoch}", epoch=FIRST_EPOCH), worst, WORSE * guess)
    return Finding("worse_than_guessing", sentence, use_rate(evidence, lower, Way.AFRESH), proofs=(proof,))


PROMISED = 0.5
"""Of the loss, in ten epochs: a slope that promises more isn't followed for another reason than a low rate."""
BELOW, LITTLE, OFTEN = 0.9, 1.5, 3
"""Times H: a loss below the first, or one below H that was never above the second, has left behind that it was above H
less often than that."""


def steps_overshoot(evidence: Evidence) -> Finding | None:
    """A step that all samples bring ends beyond the other side of the valley, higher than it began; the run is stuck.

    A hint, of descent with or without momentum, whose steps follow the gradient. Measured: accuses no healthy run; of
    runs with a rate too high it is so at every fourth look, and at most of them at one time or another. Healthy full
    batches come up to 1.0 (Cohen and others, 2021). The other end, a step that stays near −1, is no sign of a rate too
    low: half of the healthy runs' steps, of batches of ten, are below −0.99.
    """
    measures = evidence.measures
    if measures is None or measures.steps.end is None or not is_stuck(evidence):
        return None
    if not measures.steps.end > BEYOND:
        return None
    rate = evidence.experiment.training.learning_rate
    sentence = tr(
        "A step leads past the lowest point, to a slope on the other side that is {end} times as steep: the learning "
        "rate {rate} is too high",
        end=number(measures.steps.end, 3),
        rate=number(rate),
    )
    proof = Proof(tr("slope after a step, divided by the slope before it"), measures.steps.end, BEYOND)
    fix = use_rate(evidence, THIRD * rate, Way.AT_ONCE)
    return Finding("steps_overshoot", sentence, fix, Gravity.HINT, Where.LOSS, (proof,))


def rate_too_low(evidence: Evidence) -> Finding | None:
    """The run is stuck, there is a slope, and yet an update moves less than 1e-4 of the weights.

    Measured: no healthy run accused, all with a rate too low found. Without the slope the rule accuses networks whose
    gradient has vanished, which no rate brings back: in those the gradient is below 0.01 of the loss, in runs with a
    rate too low above 0.1.
    """
    measures = evidence.measures
    if measures is None or not is_stuck(evidence) or not moves_nothing(measures):
        return None
    if not measures.gradient > LEAST_SLOPE * measures.loss or worse_than_guessing(evidence) is not None:
        return None  # weights that a high rate made huge are moved by nothing
    if (promised_fall(measures) or 0.0) > PROMISED:
        return None  # a batch of one sample that is right moves nothing either
    rate, ratio = evidence.experiment.training.learning_rate, update_ratio(measures) or 0.0
    higher = rate * max(STEP_UP, min(USUAL_UPDATE / ratio if ratio else 1.0, usual_rate(evidence) / rate))
    sentence = tr(
        "A step changes the weights by only {share} %, and the loss rests: the learning rate {rate} is too low",
        share=number(100.0 * ratio, 2),
        rate=number(evidence.experiment.training.learning_rate),
    )
    proof = Proof(tr("update, as a share of the weights (median of the layers)"), ratio, SMALL_UPDATE, above=False)
    return Finding("rate_too_low", sentence, use_rate(evidence, round_rate(higher), Way.AT_ONCE), proofs=(proof,))


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
    fix = use_rate(evidence, THIRD * evidence.experiment.training.learning_rate, Way.AT_ONCE)
    return Finding("oscillates", sentence, fix, Gravity.HINT, Where.LOSS, proofs)


def update_ratio(measures: Measures) -> float | None:
    """RMS(Δw) / RMS(w), the median of the layers; None before the first step."""
    ratios = [layer.update / layer.weights for layer in measures.layers if layer.update is not None and layer.weights]
    return float(np.median(ratios)) if ratios else None


def round_rate(rate: float) -> float:
    """The nearest of 0.01, 0.03, 0.1, 0.3 …: what is offered stays the same while the weights move a little."""
    decade = 10.0 ** np.floor(np.log10(rate))
    return float(decade * min((1.0, 3.0, 10.0), key=lambda step: abs(np.log(step * decade / rate))))


def usual_rate(evidence: Evidence) -> float:
    """The rate at which an optimiser of this kind usually learns."""
    return USUAL_RATES.get(evidence.experiment.training.optimizer, 0.01)


def moves_nothing(measures: Measures) -> bool:
    """Whether an update is so small beside the weights that they stay as they are."""
    ratio = update_ratio(measures)
    return ratio is not None and ratio < SMALL_UPDATE
