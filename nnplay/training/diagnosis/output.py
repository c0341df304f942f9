"""The output layer: what it has yet to learn of hidden layers that tell the classes apart, and one answer for all."""

from nnplay.texts import number, tr
from nnplay.training.diagnosis.evidence import Evidence
from nnplay.training.diagnosis.finding import Finding, Gravity, Proof, Where
from nnplay.training.diagnosis.fixes import MILD_DROPOUT, lower_dropout, use_cross_entropy, weigh_classes
from nnplay.training.diagnosis.gate import fails, has_rested, is_high, is_stuck, rests

LOW_FLOOR, LOWER_FLOOR = 0.5, 0.95
"""Parts of the loss: below the first the output layer is at fault, below the second so strong a dropout is."""
PATIENCE = 50
"""Epochs that an output layer has to learn what there is, where no dropout keeps it from it."""
STRONG_DROPOUT = 0.5
FLAT = 0.05
"""p (1 − p), at most 0.25, of an output that is 95 % sure."""
ONE_CLASS, OF_IT = 0.99, 0.9


def above_floor(evidence: Evidence, share: float) -> bool:
    """Whether the run is stuck, though the hidden layers would allow less than this share of the loss."""
    measures = evidence.measures
    if measures is None or measures.hidden is None or not is_stuck(evidence):
        return False
    return measures.hidden.floor < share * measures.loss


def dropout_too_strong(evidence: Evidence) -> Finding | None:
    """More than half of the units are silenced in each step, and the loss is high and doesn't fall steadily.

    Measured: no run without dropout is concerned, and of the runs with 60 to 80 % that didn't learn all are found. In
    half of these the floor is below half of the loss: the output layer can't learn what is there; in others the hidden
    layers don't learn it either.
    """
    measures, rate = evidence.measures, evidence.experiment.model.dropout
    if measures is None or rate <= STRONG_DROPOUT or not evidence.experiment.model.hidden_layers:
        return None
    if not fails(measures):
        return None
    proofs = [Proof(tr("dropout"), rate, STRONG_DROPOUT)]
    names = {"share": number(100.0 * rate, 3), "loss": number(measures.loss, 3)}
    if measures.hidden is not None and measures.hidden.floor < LOWER_FLOOR * measures.loss:
        sentence = tr(
            "{share} % dropout silences more than half of the units in each step: the loss rests at {loss}, though the "
            "hidden layers allow {floor}",
            floor=number(measures.hidden.floor, 3),
            **names,
        )
        floor = measures.hidden.floor / measures.loss
        proofs.append(Proof(tr("floor, as a share of the loss"), floor, LOWER_FLOOR, above=False))
    else:
        sentence = tr(
            "{share} % dropout silences more than half of the units in each step, and the loss rests at {loss}", **names
        )
    return Finding("dropout_too_strong", sentence, lower_dropout(evidence), proofs=tuple(proofs))


def output_layer_at_fault(evidence: Evidence) -> Finding | None:
    """The hidden layers tell the targets apart, and the output layer, or noise such as dropout, leaves the loss high.

    With more than 20 % dropout it speaks as soon as the run is stuck; else after 50 epochs of rest, and as a hint: the
    output layer of a healthy sigmoid network rests early for a while, in 9 % of the healthy runs after 20 epochs.
    """
    measures = evidence.measures
    if measures is None or not evidence.experiment.model.hidden_layers or not above_floor(evidence, LOW_FLOOR):
        return None
    noisy = evidence.experiment.model.dropout > MILD_DROPOUT
    if not noisy and not has_rested(measures.course, PATIENCE):
        return None
    assert measures.hidden is not None
    sentence = tr(
        "The hidden layers tell the targets apart: the loss could be {floor}, and is {loss}, since the output layer "
        "has yet to learn it",
        loss=number(measures.loss, 3),
        floor=number(measures.hidden.floor, 3),
    )
    proof = Proof(tr("floor, as a share of the loss"), measures.hidden.floor / measures.loss, LOW_FLOOR, above=False)
    fix = lower_dropout(evidence) if noisy else None
    gravity = Gravity.CAUSE if noisy else Gravity.HINT
    return Finding("output_layer_at_fault", sentence, fix, gravity, proofs=(proof,))


def squared_error_flat(evidence: Evidence) -> Finding | None:
    """Squared errors of outputs that are sure and wrong: what comes back is multiplied by p (1 − p), next to nothing.

    Cross-entropy's slope has no such factor. One unit with w = b = 2, x = 1 and target 0 answers 0.976 after 50 steps
    of rate 0.15 with squared errors, and 0.099 with cross-entropy (Nielsen 2015, chapter 3).
    """
    measures = evidence.measures
    if measures is None or measures.output_slope is None or not (is_high(measures) and rests(measures.course)):
        return None
    slope = measures.output_slope
    if not slope < FLAT:
        return None
    sentence = tr(
        "The outputs that are wrong are sure: squared error lets only {share} % of the error through to the weights, "
        "cross-entropy all of it",
        share=number(100.0 * slope, 2),
    )
    proof = Proof(tr("mean of p (1 − p) over wrong outputs"), slope, FLAT, above=False)
    return Finding("squared_error_flat", sentence, use_cross_entropy(evidence), Gravity.CAUSE, Where.LOSS, (proof,))


def one_answer_for_all(evidence: Evidence) -> Finding | None:
    """Nearly every sample gets the same class, though fewer are of it; the run is stuck.

    A hint: what caused it is said by other rules. Measured behind the gate: 1 % of the healthy runs of the battery are
    accused early, and all that started from zeros, collapsed or have ten sigmoid layers found.
    """
    measures = evidence.measures
    if measures is None or measures.answers is None or not is_stuck(evidence):
        return None
    most = measures.answers
    if not (most.share > ONE_CLASS and most.right < OF_IT):
        return None
    sentence = tr(
        "{share} % of the training samples get the same class, though only {right} % are of it",
        share=number(100.0 * most.share, 3),
        right=number(100.0 * most.right, 3),
    )
    proofs = (
        Proof(tr("share of the samples that get one class"), most.share, ONE_CLASS),
        Proof(tr("share of the samples that are of it"), most.right, OF_IT, above=False),
    )
    sizes = [size for size in measures.data.class_sizes if size]
    unequal = max(sizes) > 2 * min(sizes) and evidence.experiment.training.class_weights == "none"
    fix = weigh_classes(evidence) if unequal else None
    return Finding("one_answer_for_all", sentence, fix, Gravity.HINT, Where.CONFUSION, proofs)
