"""The data: inputs on different scales, one class much larger, points that contradict each other, an easy test set."""

import math

from nnplay.texts import number, tr
from nnplay.training.diagnosis.evidence import Evidence
from nnplay.training.diagnosis.finding import Finding, Gravity, Proof, UnitPlace, Where
from nnplay.training.diagnosis.fixes import standardize, weigh_classes
from nnplay.training.diagnosis.gate import has_diverged, is_stuck, weight_of
from nnplay.training.prepared import has_pictures

SCALES, CLASSES = 10.0, 4.0
MOST_OF_LOSS, LEAST_TOLD = 0.5, 0.01
EASIER, DEVIATIONS = 0.05, 3.0


def inputs_of_different_scales(evidence: Evidence) -> Finding | None:
    """One input varies more than ten times as much as another; pixels aside, of which some hardly ever vary."""
    measures = evidence.measures
    if measures is None or has_pictures(evidence.experiment.data):
        return None
    varying = {scale: place for place, scale in enumerate(measures.data.scales) if scale > 0.0}
    if not varying or not max(varying) > SCALES * min(varying):
        return None
    ratio = max(varying) / min(varying)
    if has_diverged(evidence):
        sentence = tr(
            "Diverged at epoch {epoch}: one input varies {ratio} times as much as another, and no learning rate suits "
            "both",
            epoch=f"{evidence.epoch:,}",
            ratio=number(ratio, 3),
        )
    else:
        sentence = tr(
            "One input varies {ratio} times as much as another: no learning rate suits both", ratio=number(ratio, 3)
        )
    units = (UnitPlace(-1, varying[max(varying)]), UnitPlace(-1, varying[min(varying)]))
    proof = Proof(tr("largest standard deviation of an input, divided by the smallest"), ratio, SCALES)
    gravity = weight_of(measures)
    return Finding("inputs_of_different_scales", sentence, standardize(evidence), gravity, Where.DATA, (proof,), units)


def one_class_larger(evidence: Evidence) -> Finding | None:
    """One class has more than four times as many training samples as another, and all samples count the same."""
    measures = evidence.measures
    if measures is None or evidence.experiment.training.class_weights != "none":
        return None
    sizes = [size for size in measures.data.class_sizes if size]
    if not sizes or not max(sizes) > CLASSES * min(sizes):
        return None
    sentence = tr(
        "The largest class has {most} training samples, the smallest only {least}: a network that overlooks the small "
        "one is right most of the time",
        most=f"{max(sizes):,}",
        least=f"{min(sizes):,}",
    )
    proof = Proof(tr("samples of the largest class, divided by the smallest"), max(sizes) / min(sizes), CLASSES)
    gravity = weight_of(measures)
    return Finding("one_class_larger", sentence, weigh_classes(evidence), gravity, Where.CONFUSION, (proof,))


def contradictory_points(evidence: Evidence) -> Finding | None:
    """Samples that are the same to the network have different targets: an exact floor, from the data alone.

    A cause where the run is stuck and more than half of its loss can't be learnt; else a fact.
    """
    measures = evidence.measures
    if measures is None or not measures.data.contradictory:
        return None
    least = measures.data.least
    if not least > LEAST_TOLD * measures.data.guess:
        return None
    sentence = tr(
        "{n} training sample contradicts others that have the same inputs: no network can bring the loss below {least}|"
        "{n} training samples have the same inputs as others and another target: no network can bring the loss below "
        "{least}",
        "",
        sum(map(len, measures.data.contradictory)),
        least=number(least, 3),
    )
    loss = float(measures.course.train[-1])
    proof = Proof(tr("least loss of any network, as a share of the loss"), least / loss if loss else 1.0, MOST_OF_LOSS)
    cause = is_stuck(evidence) and least > MOST_OF_LOSS * loss
    gravity = Gravity.CAUSE if cause else Gravity.FACT
    groups = measures.data.contradictory
    return Finding("contradictory_points", sentence, None, gravity, Where.PLANE, (proof,), points=groups, tied=True)


def easier_test_set(evidence: Evidence) -> Finding | None:
    """More of the test samples are right than of the training samples, by more than 5 % and more than chance gives.

    A hint. Measured: with 5 % alone healthy runs are accused early; three standard deviations of so few samples leave
    none.
    """
    measures = evidence.measures
    if measures is None or measures.accuracies is None:
        return None
    train, test = measures.accuracies
    deviation = math.sqrt(
        max(train * (1.0 - train), 1e-4) * (1 / measures.data.samples + 1 / measures.data.test_samples)
    )
    if not test - train > max(EASIER, DEVIATIONS * deviation):
        return None
    sentence = tr(
        "{test} % of the test samples are right and only {train} % of the training samples: the test set is easier",
        test=number(100.0 * test, 3),
        train=number(100.0 * train, 3),
    )
    proof = Proof(tr("test accuracy above training accuracy"), test - train, max(EASIER, DEVIATIONS * deviation))
    return Finding("easier_test_set", sentence, None, Gravity.HINT, Where.DATA, (proof,))
