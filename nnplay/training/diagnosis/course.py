"""The course of a run: a start that is far off, what was learnt by heart, and a penalty that leaves no weights."""

import numpy as np

from nnplay.nn.parameters import ParameterLayout
from nnplay.texts import number, tr
from nnplay.training.diagnosis.evidence import Evidence
from nnplay.training.diagnosis.finding import Finding, Gravity, Proof, WeightPlace, Where
from nnplay.training.diagnosis.fixes import back_to_generalise, lower_penalty, start_by
from nnplay.training.diagnosis.gate import is_high, is_stuck, recovers
from nnplay.training.diagnosis.rate import BAD_START

WORSE_TEST, WORSE_BY, SINCE = 1.1, 0.05, 10
STRONG, GONE = 0.5, 1e-3
MOST_WEIGHTS, HALF_OF_LARGEST = 12, 0.5
"""Weights that are named as too large, and from which part of the largest one on."""


def bad_start(evidence: Evidence) -> Finding | None:
    """The first loss was far above that of a constant answer: starting weights that are far too large.

    Measured: above 1.5 H are the starts of 19 % of the healthy runs, above 3.6 H of none; of starts from weights with a
    standard deviation of 20 all are above 10 H.
    """
    measures = evidence.measures
    if measures is None or not is_high(measures) or recovers(measures):
        return None
    first, guess = float(measures.course.train[0]), measures.data.guess
    if measures.course.epochs[0] > 0.0 or not first > BAD_START * guess:
        return None
    sentence = tr(
        "The run began with a loss of {first}, where always giving the same answer costs {guess}: the starting weights "
        "are too large",
        first=number(first, 3),
        guess=number(guess, 3),
    )
    proof = Proof(tr("first loss"), first, BAD_START * guess)
    fix = start_by(evidence, "xavier_normal")
    return Finding("bad_start", sentence, fix, proofs=(proof,), weights=_largest_weights(evidence))


def _largest_weights(evidence: Evidence) -> tuple[WeightPlace, ...]:
    """The weights that are larger than half of the largest one, the largest first; some of them where there are many.

    Those that there are now, which of weights that are far too large are still those of the start.
    """
    if evidence.parameters is None:
        return ()
    layout = ParameterLayout(evidence.experiment.layer_sizes, evidence.experiment.model.batch_norm)
    layers = layout.views(np.abs(evidence.parameters)).weights
    least = HALF_OF_LARGEST * max(float(weights.max(initial=0.0)) for weights in layers)
    found = [
        (float(weights[row, unit]), WeightPlace(layer, int(row), int(unit)))
        for layer, weights in enumerate(layers)
        for row, unit in np.argwhere(weights > least)
    ]
    return tuple(place for _, place in sorted(found, key=lambda each: -each[0])[:MOST_WEIGHTS])


def learnt_by_heart(evidence: Evidence) -> Finding | None:
    """The test loss was lower ten epochs ago or earlier, by a tenth and more, and the training loss has fallen since.

    Measured: accuses 1 % of the healthy runs at their end, and finds all of those on few points with wrong labels.
    """
    measures = evidence.measures
    if measures is None or np.isnan(measures.course.test).all():
        return None
    course = measures.course
    place = int(np.nanargmin(course.test))
    best, now = float(course.test[place]), float(course.test[-1])
    least = max(WORSE_TEST * best, best + WORSE_BY * (measures.data.guess / np.log(2.0)))
    if (
        not now > least
        or course.epochs[place] > course.epochs[-1] - SINCE
        or not course.train[-1] < course.train[place]
    ):
        return None
    sentence = tr(
        "Learnt by heart: since epoch {epoch} the test loss rose from {best} to {now}, while the training loss fell",
        epoch=f"{int(course.epochs[place]):,}",
        best=number(best, 3),
        now=number(now, 3),
    )
    proof = Proof(tr("test loss"), now, float(least))
    return Finding("learnt_by_heart", sentence, back_to_generalise(evidence), proofs=(proof,))


def penalty_too_strong(evidence: Evidence) -> Finding | None:
    """The run is stuck, and the penalty pulls at the weights as hard as the data, or has left none of them.

    Where a run rests, both gradients are the same by then, so that from half of the data's on it speaks.
    """
    measures, training = evidence.measures, evidence.experiment.training
    if measures is None or not (training.l1 or training.l2) or not is_stuck(evidence):
        return None
    gone = max(layer.weights for layer in measures.layers) < GONE
    ratio = measures.penalty_gradient / measures.gradient if measures.gradient else 0.0
    if not (gone or ratio > STRONG):
        return None
    if gone:
        sentence = tr("The penalty has left no weights: what is large costs more than it brings")
        proof = Proof(tr("largest layer's weights"), max(layer.weights for layer in measures.layers), GONE, above=False)
    else:
        sentence = tr(
            "The penalty pulls at the weights {ratio} times as hard as the data, and the loss rests at {loss}",
            ratio=number(ratio, 2),
            loss=number(measures.loss, 3),
        )
        proof = Proof(tr("gradient of the penalty beside the data's"), ratio, STRONG)
    fix = lower_penalty(evidence, afresh=gone)
    return Finding("penalty_too_strong", sentence, fix, Gravity.CAUSE, Where.NETWORK, (proof,))
