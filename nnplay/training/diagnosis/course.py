"""The course of a run: a start that is far off, what was learnt by heart, and a penalty that leaves no weights."""

import numpy as np

from nnplay.nn.parameters import ParameterLayout
from nnplay.texts import number, tr
from nnplay.training.diagnosis.evidence import Evidence, Measures
from nnplay.training.diagnosis.finding import Finding, Gravity, Proof, WeightPlace, Where
from nnplay.training.diagnosis.fixes import back_to_generalise, lower_penalty, start_by
from nnplay.training.diagnosis.gate import (
    LARGE,
    SOLVED,
    WORSE,
    WRONG_START,
    began_far_off,
    has_diverged,
    is_high,
    is_of_the_start,
    is_stuck,
    recovers,
)

WORSE_TEST, WORSE_BY, SINCE = 1.1, 0.05, 10
ONE_SAMPLE = 4.0
"""What a single test sample costs of which the network is sure and wrong: by so much a test loss rises by chance."""
HARM, KNOWN = 0.5, 0.7
"""Times H: a test loss that is lower has risen without much harm. And times it: a training loss that is as high has
another cause."""
GAP = 0.05
"""Accuracy by which the test set is behind the training set where something was learnt by heart."""
STUCK_ABOVE = 0.5
"""Times H: where a run rests below it, it has come away from its start."""
STRONG, GONE = 0.5, 1e-3
OF_USE, NEAR_BEST = 0.9, 1.02
"""Times H, below which a test loss tells that something was learnt; and times its lowest, up to which it is that."""
MOST_WEIGHTS, HALF_OF_LARGEST = 12, 0.5
"""Weights that are named as too large, and from which part of the largest one on."""


def bad_start(evidence: Evidence) -> Finding | None:
    """The first loss was off by half of H and more, above that of a constant answer, and the weights are too large.

    Measured: off by half of H are the starts of a fifth of the healthy runs, whose inputs are large and whose first
    steps mend it; of these none has weights four times as large as they should be and stays above H for three epochs.
    All starts from weights with a standard deviation of 20 do, but for those that soon rest at H since no unit is
    left that answers: of what is stuck the weights and the first loss alone tell.
    """
    measures = evidence.measures
    if measures is None or not is_high(measures) or recovers(measures):
        return None
    first, guess = float(measures.course.train[0]), measures.data.guess
    if has_diverged(evidence):
        far_off = began_far_off(measures)
    elif is_stuck(evidence):
        far_off = began_far_off(measures) and measures.loss > STUCK_ABOVE * guess
    else:
        far_off = is_of_the_start(measures) and measures.loss > WORSE * guess
    if not far_off:
        return None
    sentence = tr(
        "The run began with a loss of {first}, where always giving the same answer costs {guess}: the starting weights "
        "are too large",
        first=number(first, 3),
        guess=number(guess, 3),
    )
    proofs = (
        Proof(tr("first loss"), first, WRONG_START * guess),
        Proof(tr("size of the starting weights, divided by what fits the layers"), measures.start_size, LARGE),
    )
    fix = start_by(evidence, "xavier_normal")
    return Finding("bad_start", sentence, fix, proofs=proofs, weights=_largest_weights(evidence))


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
    rise = max(WORSE_BY, ONE_SAMPLE / measures.data.test_samples) * (measures.data.guess / np.log(2.0))
    least = max(WORSE_TEST * best, best + rise, SOLVED * measures.data.guess)
    if (
        not now > least
        or course.epochs[place] > course.epochs[-1] - SINCE
        or not course.train[-1] < course.train[place]
        or not (_has_gap(measures) or now > measures.data.guess)
    ):
        return None
    sentence = tr(
        "Learnt by heart: since epoch {epoch} the test loss rose from {best} to {now}, while the training loss fell",
        epoch=f"{int(course.epochs[place]):,}",
        best=number(best, 3),
        now=number(now, 3),
    )
    proof = Proof(tr("test loss"), now, float(least))
    harm = now > HARM * measures.data.guess and course.train[-1] < KNOWN * now
    gravity = Gravity.CAUSE if harm else Gravity.HINT
    return Finding("learnt_by_heart", sentence, back_to_generalise(evidence), gravity, proofs=(proof,))


def _has_gap(measures: Measures) -> bool:
    """Whether fewer of the test samples are right; of a regression the losses alone tell."""
    return measures.accuracies is None or measures.accuracies[0] - measures.accuracies[1] > GAP


def penalty_too_strong(evidence: Evidence) -> Finding | None:
    """The run is stuck, and the penalty pulls at the weights as hard as the data, or has left none of them.

    Where a run rests, both gradients are the same by then, so that from half of the data's on it speaks. A hint where
    the test samples are answered as well as ever, as with labels of which some are wrong.
    """
    measures, training = evidence.measures, evidence.experiment.training
    if measures is None or not (training.l1 or training.l2) or not is_stuck(evidence):
        return None
    gone = max(layer.weights for layer in measures.layers) < GONE
    ratio = measures.penalty_gradient / measures.gradient if measures.gradient else 0.0
    if not (gone or ratio > STRONG):
        return None
    if gone:
        largest = max(layer.weights for layer in measures.layers)
        sentence = tr(
            "The penalty has shrunk the weights of every layer to {size} or less: each costs more than it brings",
            size=number(largest, 2),
        )
        proof = Proof(tr("largest layer's weights"), largest, GONE, above=False)
    else:
        sentence = tr(
            "The penalty pulls at the weights {ratio} times as hard as the data, and the loss rests at {loss}",
            ratio=number(ratio, 2),
            loss=number(measures.loss, 3),
        )
        proof = Proof(tr("gradient of the penalty, divided by that of the data"), ratio, STRONG)
    fix = lower_penalty(evidence, afresh=gone)
    gravity = Gravity.HINT if not gone and _is_best_for_others(measures) else Gravity.CAUSE
    return Finding("penalty_too_strong", sentence, fix, gravity, Where.NETWORK, (proof,))


def _is_best_for_others(measures: Measures) -> bool:
    """Whether the test loss is low, and as low as it ever was: what a penalty is for."""
    test = measures.course.test
    if np.isnan(test).all():
        return False
    return bool(test[-1] < OF_USE * measures.data.guess and test[-1] < NEAR_BEST * np.nanmin(test))
