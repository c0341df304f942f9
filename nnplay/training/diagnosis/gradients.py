"""Gradients: those that vanish on the way back to the first layer, and one that is suddenly huge."""

from nnplay.texts import number, tr
from nnplay.training.diagnosis.evidence import Evidence
from nnplay.training.diagnosis.finding import Finding, Gravity, Proof, UnitPlace, Where
from nnplay.training.diagnosis.fixes import clip_gradient, use_activation
from nnplay.training.diagnosis.gate import is_stuck

VANISHED = 1e-2
EXPLODED = 10.0


def vanishing_gradient(evidence: Evidence) -> Finding | None:
    """The run is stuck, and hardly any of the last layer's gradient comes back to the first layer.

    Measured: no healthy run accused; of networks of ten sigmoid layers all found, after 20 epochs and at the end.
    """
    measures = evidence.measures
    if measures is None or not measures.units or not is_stuck(evidence):
        return None
    first, last = measures.layers[0].gradient, measures.layers[-1].gradient
    if not (last > 0.0 and first < VANISHED * last):
        return None
    sentence = tr(
        "The gradient of the first layer is {ratio} of the last one's: on the way back through {n} layer it vanishes|"
        "The gradient of the first layer is {ratio} of the last one's: on the way back through {n} layers it vanishes",
        "",
        len(measures.units),
        ratio=number(first / last, 2),
    )
    other = "relu" if all(layer.activation == "tanh" for layer in measures.units) else "tanh"
    fix = use_activation(evidence, other)
    units = tuple(UnitPlace(0, unit) for unit in range(evidence.experiment.model.hidden_layers[0].units))
    proof = Proof(tr("gradient of the first layer beside the last one's"), first / last, VANISHED, above=False)
    return Finding("vanishing_gradient", sentence, fix, Gravity.CAUSE, Where.GRADIENTS, (proof,), units)


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
    proof = Proof(tr("length of the gradient beside its median"), ratio, EXPLODED)
    return Finding("exploding_gradient", sentence, fix, Gravity.HINT, Where.GRADIENTS, (proof,))
