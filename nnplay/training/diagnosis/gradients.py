"""Gradients: those that vanish on the way back, one that is suddenly huge, those that are mostly chance, or wrong."""

from nnplay.texts import number, tr
from nnplay.training.diagnosis.evidence import Evidence, Measures
from nnplay.training.diagnosis.finding import Finding, Gravity, Proof, UnitPlace, Where
from nnplay.training.diagnosis.fixes import clip_gradient, use_activation, use_batches, use_fewer_layers
from nnplay.training.diagnosis.gate import WINDOW, has_rested, is_stuck, promised_fall
from nnplay.training.diagnosis.rate import rate_too_low

VANISHED = 1e-2
DEEP = 3
"""Hidden layers that learn XOR, circles and quadrants from each start that was tried, with tanh; of ten few do."""
EXPLODED = 10.0
NOISY, PROMISED, LARGER = 1.0, 1.0, 10
WRONG = 1e-2


def vanishing_gradient(evidence: Evidence) -> Finding | None:
    """The run is stuck, and hardly any of the last layer's gradient comes back to the first layer.

    Measured: no healthy run accused; of networks of ten sigmoid layers all found, after 20 epochs and at the end, in
    batches of 10 and full ones.
    """
    measures = evidence.measures
    if measures is None or not measures.units or not is_stuck(evidence):
        return None
    ratio = _first_beside_last(measures)
    if not ratio < VANISHED:
        return None
    if len(measures.units) <= DEEP and (not has_rested(measures.course, WINDOW) or rate_too_low(evidence) is not None):
        return None  # some sigmoid layers rest for a while before they learn, and don't at a rate that moves nothing
    sentence = tr(
        "Of the last layer's gradient only {share} % is left at the first: on the way back through {n} layer it "
        "vanishes|"
        "Of the last layer's gradient only {share} % is left at the first: on the way back through {n} layers it "
        "vanishes",
        "",
        len(measures.units),
        share=number(100.0 * ratio, 2),
    )
    other = "relu" if all(layer.activation == "tanh" for layer in measures.units) else "tanh"
    fix = use_activation(evidence, other) if len(measures.units) <= DEEP else use_fewer_layers(evidence, DEEP, "tanh")
    units = tuple(UnitPlace(0, unit) for unit in range(evidence.experiment.model.hidden_layers[0].units))
    proof = Proof(tr("gradient of the first layer, divided by that of the last"), ratio, VANISHED, above=False)
    return Finding("vanishing_gradient", sentence, fix, Gravity.CAUSE, Where.GRADIENTS, (proof,), units)


def _first_beside_last(measures: Measures) -> float:
    """A weight's gradient in the first layer beside one in the last.

    Where a full batch rests, the mean gradient is next to 0 in every layer, so that those of single samples tell: of
    deep networks, as in others they may be small because most samples are answered. Measured: above 0.02 in healthy
    runs, below 2e-5 in networks of ten sigmoid layers.
    """
    first, last = measures.layers[0], measures.layers[-1]
    if any(layer.on and len(layer.dead) == layer.on for layer in measures.units):
        return 1.0  # behind a layer that is wholly dead there is no gradient for another reason
    ratio = first.gradient / last.gradient if last.gradient > 0.0 else 1.0
    if len(measures.units) < DEEP or not last.of_samples > 0.0:
        return ratio
    return min(ratio, first.of_samples / last.of_samples)


def exploding_gradient(evidence: Evidence) -> Finding | None:
    """The gradient is ten times as long as it usually was when the run was looked at.

    A hint, and only of a run that is watched: a single look has nothing usual to compare with.
    """
    measures = evidence.measures
    if measures is None or not measures.usual_gradient:
        return None
    ratio = measures.gradient / measures.usual_gradient
    if not ratio > EXPLODED:
        return None
    sentence = tr("The gradient is {ratio} times as long as usual: steps may lead far away", ratio=number(ratio, 3))
    fix = clip_gradient(evidence, 2.0 * measures.usual_gradient)
    proof = Proof(tr("length of the gradient, divided by its median"), ratio, EXPLODED)
    return Finding("exploding_gradient", sentence, fix, Gravity.HINT, Where.GRADIENTS, (proof,))


def noisy_gradient(evidence: Evidence) -> Finding | None:
    """The run is stuck though its slope promises a lot: each batch's gradient is mostly chance, and takes it back.

    A hint, of descent with or without momentum. That the gradient is mostly noise is so in nearly every run, healthy or
    not; so the slope has to promise a fall by the whole loss in ten epochs, of which none came. Measured: said of 2 %
    of the healthy runs at one time or another, and of all runs in batches of one that didn't learn.
    """
    measures = evidence.measures
    size = evidence.experiment.training.batch_size
    if measures is None or size is None or not is_stuck(evidence):
        return None
    noise, promised = measures.steps.noise, promised_fall(measures)
    if noise is None or promised is None or not (noise > NOISY and promised > PROMISED):
        return None
    sentence = tr(
        "The loss rests at {loss}, though the slope over all samples leads down: in batches of {n} sample, chance "
        "moves a step {noise} times as far|"
        "The loss rests at {loss}, though the slope over all samples leads down: in batches of {n} samples, chance "
        "moves a step {noise} times as far",
        "",
        size,
        loss=number(measures.loss, 3),
        noise=number(noise, 2),
    )
    proofs = (
        Proof(tr("noise in a batch's gradient, divided by the gradient of all samples"), noise, NOISY),
        Proof(tr("fall that the slope promises in ten epochs, as a share of the loss"), promised, PROMISED),
    )
    fix = use_batches(evidence, min(LARGER * size, measures.data.samples))
    return Finding("noisy_gradient", sentence, fix, Gravity.HINT, Where.GRADIENTS, proofs)


def wrong_gradient(evidence: Evidence) -> Finding | None:
    """Backpropagation's gradient isn't the slope of the loss: an error in the code, not in the run.

    Measured: below 1e-6 in all runs of the battery; a derivative that is wrong in one place gives 0.1 and more.
    """
    measures = evidence.measures
    if measures is None or measures.gradient_error is None or not measures.gradient_error > WRONG:
        return None
    sentence = tr(
        "The gradient is wrong: it is {share} % off the slope of the loss that is measured by moving a weight",
        share=number(100.0 * measures.gradient_error, 2),
    )
    proof = Proof(tr("largest relative error of a gradient"), measures.gradient_error, WRONG)
    return Finding("wrong_gradient", sentence, None, Gravity.CAUSE, Where.GRADIENTS, (proof,))
