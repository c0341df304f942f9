"""The hidden layers: what they have merged, none at all, no bend in them, and units that are alike, dead or flat."""

from nnplay.nn import ACTIVATIONS
from nnplay.texts import number, tr
from nnplay.training.diagnosis.evidence import Evidence, Measures
from nnplay.training.diagnosis.few_samples import FEW, fitting_initializer
from nnplay.training.diagnosis.finding import Finding, Fix, Gravity, Proof, UnitPlace, Where
from nnplay.training.diagnosis.fixes import (
    add_layer,
    add_units,
    standardize,
    start_by,
    start_elsewhere,
    use_activation,
    use_activation_kept,
)
from nnplay.training.diagnosis.gate import LARGE, NEAR_FLOOR, fails, is_high, is_stuck, long_at_rest

NEAR_ALONE = 0.9
"""Part of the loss, above which the floor is near it without hidden layers: what is above it is the batches' noise."""
FEW_UNSOLVED = 0.05
"""Of the samples: where the best output layer gets fewer wrong, the rest may be noise of the targets."""
ALIKE = 1e-9
LARGE_INPUT = 10.0
"""Standard deviation of an input, above which units are flat from the start."""
HALF = 0.5


def at_floor(evidence: Evidence) -> bool:
    """Whether the run is stuck, and as low as any output layer could bring it: what stands behind the rules here."""
    measures = evidence.measures
    if measures is None or measures.hidden is None or not is_stuck(evidence):
        return False
    return measures.hidden.floor > NEAR_FLOOR * measures.loss


def hidden_layers_at_fault(evidence: Evidence) -> Finding | None:
    """No output layer could do better on what the hidden layers output: they don't tell apart what must be.

    Measured on 200 starts of [2, 4, 1] on XOR: it finds every one that is stuck, and accuses none of the others.
    Dead units don't tell them apart: some of those that are stuck have none, most of those that succeed have one. With
    ELU or GELU in place of ReLU on the weights there are, all of them solve it. On the battery it accuses no healthy
    run; without the second window, of 20 epochs, it accused 6 % of them after 20 epochs, which still learnt.
    A hint of numbers, where no points are merged: their output layer is near the least squares all the time, so that
    runs which learn slowly rest there, too (of six on three surfaces all did, and learnt on).
    """
    measures = evidence.measures
    if measures is None or not evidence.experiment.model.hidden_layers or not _long_at_floor(evidence):
        return None
    hidden = measures.hidden
    assert hidden is not None
    last, floor = len(evidence.experiment.model.hidden_layers), number(hidden.floor, 3)
    if hidden.merged:
        sentence = tr(
            "{n} point has the same outputs after hidden layer {layer} as one with another target: no output layer "
            "could bring the loss below {floor}|"
            "{n} points with different targets have the same outputs after hidden layer {layer}: no output layer could "
            "bring the loss below {floor}",
            "",
            sum(map(len, hidden.merged)),
            layer=last,
            floor=floor,
        )
    else:
        sentence = tr(
            "With what comes out of hidden layer {layer} no output layer could bring the loss below {floor}",
            layer=last,
            floor=floor,
        )
    points = hidden.merged or ((hidden.unsolved,) if hidden.unsolved else ())
    few = 0 < len(hidden.unsolved) < FEW_UNSOLVED * measures.data.samples
    numbers = measures.answers is None and not hidden.merged
    gravity = Gravity.HINT if few or numbers else Gravity.CAUSE
    return Finding(
        "hidden_layers_at_fault", sentence, _other_hidden(evidence), gravity, Where.SPACE, _floor_proofs(measures),
        points=points, tied=bool(hidden.merged),
    )  # fmt: skip


def _long_at_floor(evidence: Evidence) -> bool:
    measures = evidence.measures
    return (
        measures is not None and at_floor(evidence) and long_at_rest(measures.course, measures.gradient, measures.loss)
    )


def _other_hidden(evidence: Evidence) -> Fix | None:
    """What helps hidden layers that merge points: a slope where there is none, or else more units or another start.

    Units whose z is far below 0 have no slope with ELU either.
    """
    assert evidence.measures is not None
    if any(layer.far for layer in evidence.measures.units):
        return start_elsewhere(evidence)
    names = {layer.activation for layer in evidence.experiment.model.hidden_layers}
    if names & {"relu", "leaky_relu"}:
        return use_activation_kept(evidence, "elu") or use_activation(evidence, "elu")
    return add_units(evidence) or start_elsewhere(evidence)


def too_small(evidence: Evidence) -> Finding | None:
    """The hidden layers are at fault, and networks of this shape can't even learn 20 of the samples by heart.

    Measured: accuses no healthy run; of networks of two or three units on spirals, quadrants and checkerboards that
    were stuck it found five of six.
    """
    measures = evidence.measures
    if measures is None or measures.fits_few is not False or not _long_at_floor(evidence):
        return None
    units = [layer.units for layer in evidence.experiment.model.hidden_layers]
    sentence = tr(
        "Too small: {n} hidden unit can't learn even {few} of the samples by heart, and the loss rests at {loss}|"
        "Too small: {n} hidden units can't learn even {few} of the samples by heart, and the loss rests at {loss}",
        "",
        sum(units),
        few=FEW,
        loss=number(measures.loss, 3),
    )
    narrow = units.index(min(units))
    places = tuple(UnitPlace(narrow, unit) for unit in range(units[narrow]))
    return Finding(
        "too_small", sentence, add_units(evidence, narrow), where=Where.NETWORK, proofs=_floor_proofs(measures),
        units=places,
    )  # fmt: skip


def _floor_proofs(measures: Measures, share: float = NEAR_FLOOR) -> tuple[Proof, ...]:
    assert measures.hidden is not None
    return (
        Proof(tr("floor, as a share of the loss"), measures.hidden.floor / measures.loss, share),
        Proof(tr("floor (least loss of any output layer)"), measures.hidden.floor, share * measures.loss),
    )


def no_hidden_layer(evidence: Evidence) -> Finding | None:
    """There is no hidden layer, and the loss is as low as a straight border can bring it, or that isn't low at all."""
    measures = evidence.measures
    if measures is None or evidence.experiment.model.hidden_layers or not is_stuck(evidence):
        return None
    if measures.hidden is None:
        return None
    floor, least = measures.hidden.floor, HALF * measures.data.guess
    near = floor > NEAR_ALONE * measures.loss
    if not near and not floor > least:
        return None
    sentence = tr(
        "Without a hidden layer the border is straight, and no straight one brings the loss below {floor}",
        floor=number(floor, 3),
    )
    points = (measures.hidden.unsolved,) if measures.hidden.unsolved else ()
    return Finding(
        "no_hidden_layer",
        sentence,
        add_layer(evidence),
        where=Where.PLANE,
        proofs=_floor_proofs(measures, NEAR_ALONE) if near else (Proof(tr("floor"), floor, least),),
        points=points,
    )


def only_linear(evidence: Evidence) -> Finding | None:
    """All hidden layers are linear: together they are no more than one layer.

    Measured: of 6 such runs on data that no line parts all are found, and no other. One whose loss is low is told a
    fact.
    """
    measures, layers = evidence.measures, evidence.experiment.model.hidden_layers
    if measures is None or not layers or any(layer.activation != "identity" for layer in layers):
        return None
    sentence = tr(
        "The hidden layer has no bend: with a linear activation the network can do no more than without it|"
        "The {n} hidden layers have no bend: with linear activations the network can do no more than without them",
        "",
        len(layers),
    )
    gravity = Gravity.CAUSE if fails(measures) else Gravity.FACT
    return Finding("only_linear", sentence, use_activation(evidence, "tanh"), gravity, Where.NETWORK)


def layer_switched_off(evidence: Evidence) -> Finding | None:
    """A person switched off every unit of a layer: nothing of the inputs comes through it, whatever else is so."""
    measures = evidence.measures
    if measures is None:
        return None
    off = [i for i, layer in enumerate(measures.units) if not layer.on]
    if not off:
        return None
    sentence = tr(
        "Every unit of layer {layer} is switched off: nothing of the inputs comes through it", layer=off[0] + 1
    )
    units = tuple(UnitPlace(i, unit) for i in off for unit in range(_width(evidence, i)))
    proof = Proof(tr("units of layer {layer} that are switched on", layer=off[0] + 1), 0.0, 1.0, above=False)
    gravity = Gravity.CAUSE if is_high(measures) else Gravity.FACT
    return Finding("layer_switched_off", sentence, None, gravity, Where.NETWORK, (proof,), units)


def units_alike(evidence: Evidence) -> Finding | None:
    """All units of a layer have the same weights, and learn the same for ever: zeros as a start."""
    measures = evidence.measures
    if measures is None:
        return None
    alike = [i for i, layer in enumerate(measures.layers) if layer.spread is not None and layer.spread < ALIKE]
    hidden = [i for i in alike if i < len(measures.units)]
    if not hidden:
        return None
    first = hidden[0]
    sentence = tr(
        "The {n} unit of layer {layer} has no weights of its own|"
        "The {n} units of layer {layer} have the same weights, and so they learn the same for ever",
        "",
        _width(evidence, first),
        layer=first + 1,
    )
    units = tuple(UnitPlace(i, unit) for i in hidden for unit in range(_width(evidence, i)))
    fix = start_by(
        evidence, fitting_initializer([layer.activation for layer in evidence.experiment.model.hidden_layers])
    )
    gravity = Gravity.CAUSE if is_high(measures) else Gravity.FACT
    proof = Proof(tr("spread of the weights of layer {layer}", layer=first + 1), measures.layers[first].spread or 0.0,
                  ALIKE, above=False)  # fmt: skip
    return Finding("units_alike", sentence, fix, gravity, Where.NETWORK, (proof,), units)


def dead_units(evidence: Evidence) -> Finding | None:
    """Units that answer 0 to every training sample.

    A fact and no cause: of the XOR starts that succeed, seven of ten have one. Told from one unit on; where half of a
    layer is dead and the run is stuck, it is a hint: whether that is why says the floor.
    """
    measures = evidence.measures
    if measures is None:
        return None
    dead = tuple(UnitPlace(i, unit) for i, layer in enumerate(measures.units) for unit in layer.dead)
    if not dead:
        return None
    shares = [len(layer.dead) / layer.on if layer.on else 0.0 for layer in measures.units]
    layer = shares.index(max(shares))
    on, count = measures.units[layer].on, len(measures.units[layer].dead)
    if count == on:
        sentence = tr(
            "The only unit of layer {layer} is dead: it answers 0 to every training sample, and learns no more|"
            "All {n} units of layer {layer} are dead: they answer 0 to every training sample, and learn no more",
            "",
            count,
            layer=layer + 1,
        )
    else:
        sentence = tr(
            "{n} of the {units} units of layer {layer} is dead: it answers 0 to every training sample, and learns no "
            "more|"
            "{n} of the {units} units of layer {layer} are dead: they answer 0 to every training sample, and learn no "
            "more",
            "",
            count,
            units=on,
            layer=layer + 1,
        )
    alarm = shares[layer] >= HALF and is_stuck(evidence)
    proof = Proof(tr("share of dead units in layer {layer}", layer=layer + 1), shares[layer], HALF)
    gravity = Gravity.HINT if alarm else Gravity.FACT
    return Finding(
        "dead_units", sentence, _other_hidden(evidence) if alarm else None, gravity, Where.ACTIVATIONS, (proof,), dead
    )


def saturated_units(evidence: Evidence) -> Finding | None:
    """More than half of a layer's answers lie on the flat ends of its activation, and the loss is high.

    A cause where the loss doesn't fall and the weights were far too large at the start, or the inputs are. Else a hint:
    units of healthy runs are often so on their way, and of those that are stuck for other reasons they come to be.
    """
    measures = evidence.measures
    if measures is None or not is_high(measures):
        return None
    shares = [layer.saturated or 0.0 for layer in measures.units]
    if not shares or not max(shares) > HALF:
        return None
    layer = shares.index(max(shares))
    sentence = tr(
        "{share} % of the answers of layer {layer} lie on the flat ends of {activation}, where hardly any gradient "
        "comes through",
        share=f"{100 * shares[layer]:.0f}",
        layer=layer + 1,
        activation=tr(ACTIVATIONS[measures.units[layer].activation].label),
    )
    units = tuple(UnitPlace(i, unit) for i, each in enumerate(measures.units) for unit in each.saturated_units)
    proof = Proof(tr("share of answers with z beyond ±5 in layer {layer}", layer=layer + 1), shares[layer], HALF)
    large_inputs = max(measures.data.scales, default=0.0) > LARGE_INPUT and not evidence.experiment.data.standardize
    fix = standardize(evidence) if large_inputs else start_by(evidence, "xavier_normal")
    sized_wrong = large_inputs or measures.start_size > LARGE
    gravity = Gravity.CAUSE if sized_wrong and fails(measures) else Gravity.HINT
    return Finding("saturated_units", sentence, fix, gravity, Where.ACTIVATIONS, (proof,), units)


def _width(evidence: Evidence, layer: int) -> int:
    return evidence.experiment.model.hidden_layers[layer].units
