"""The fixes: edits from one experiment to the next, with what their button says."""

import numpy as np

from nnplay.data import DATA_SETS
from nnplay.nn import ACTIVATIONS, INITIALIZERS, OWN
from nnplay.texts import number, tr
from nnplay.training.diagnosis.evidence import Evidence
from nnplay.training.diagnosis.finding import Fix, Way
from nnplay.training.edits import (
    replace,
    with_activation,
    with_fitting_start,
    with_layers,
    with_new_start,
    with_units,
    with_value,
)
from nnplay.training.experiment import MAX_SEED, MOST_START, Experiment, HiddenLayer

MORE_UNITS = 4
MILD_DROPOUT = 0.2
MOST_PENALTY = 0.001
LEAST_PENALTY, PENALTY_OF_ONE, PENALTY_STEP = 0.003, 0.6, 3.0
"""L2 against what is learnt by heart: of many samples, the product of it and of few, and times a former one."""
MORE_POINTS, ENOUGH_POINTS = 4, 640
"""Times as many, but not fewer than these."""
MOST_WEIGHT = 1e30


def use_rate(evidence: Evidence, rate: float, way: Way) -> Fix:
    """Another learning rate, in two digits."""
    rate = _in_two_digits(min(rate, 1000.0))
    text = number(rate)
    experiment = with_value(evidence.experiment, "training.learning_rate", rate)
    if way is Way.AT_ONCE:
        label = tr("Use rate {rate} from here on", rate=text)
        tip = tr("Train on from here with a learning rate of {rate}", rate=text)
        return Fix(label, tip, experiment, tr("Goes on with learning rate {rate}", rate=text), way)
    label = tr("Go back and use rate {rate}", rate=text)
    tip = tr("Bring the starting weights back and train with a learning rate of {rate}", rate=text)
    return Fix(label, tip, experiment, tr("Back to the start, with learning rate {rate}", rate=text), way)


def use_activation_kept(evidence: Evidence, name: str) -> Fix | None:
    """Another activation in every hidden layer on the weights there are; None where they can't be kept.

    Measured on XOR starts that are stuck: ELU and GELU solve all of them, since a unit that answered 0 to a point has
    a slope there again; nothing that was learnt is lost.
    """
    values = evidence.parameters
    if values is None or values.size > MOST_START or not (np.abs(values) <= MOST_WEIGHT).all():
        return None
    changed = with_activation(evidence.experiment, name)
    experiment = with_value(changed, "model.start", tuple(values.tolist()))
    label = tr(ACTIVATIONS[name].label)
    return Fix(
        tr("Use {activation}, keep the weights", activation=label),
        tr("Train on from these weights with {activation} in every hidden layer", activation=label),
        experiment,
        tr("Starts from these weights, with {activation}", activation=label),
    )


def use_activation(evidence: Evidence, name: str) -> Fix:
    """Another activation in every hidden layer, from a start drawn for it."""
    experiment = _redrawn(evidence, with_activation(evidence.experiment, name))
    if evidence.experiment.model.initializer in ("zeros", "normal"):
        experiment = with_value(experiment, "model.initializer", "xavier_normal")
    label = tr(ACTIVATIONS[name].label)
    return Fix(
        tr("Go back and use {activation}", activation=label),
        tr("Start again with {activation} in every hidden layer", activation=label),
        experiment,
        tr("Back to the start, with {activation}", activation=label),
    )


def use_fewer_layers(evidence: Evidence, count: int, name: str) -> Fix:
    """The first hidden layers alone, with another activation, from a start drawn for them."""
    model = evidence.experiment.model
    layers = tuple(replace(layer, activation=name) for layer in model.hidden_layers[:count])
    fewer = replace(evidence.experiment, model=replace(model, hidden_layers=layers, initializer="xavier_normal"))
    names = {"activation": tr(ACTIVATIONS[name].label)}
    return Fix(
        tr("Use {n} layer of {activation}|Use {n} layers of {activation}", "", count, **names),
        tr("Start again with {n} hidden layer, of {activation}|Start again with {n} hidden layers, all of {activation}",
           "", count, **names),
        _redrawn(evidence, fewer),
        tr("Back to the start, with {n} layer of {activation}|Back to the start, with {n} layers of {activation}",
           "", count, **names),
    )  # fmt: skip


def start_elsewhere(evidence: Evidence) -> Fix:
    """Other starting weights, of the next seed."""
    seed = (evidence.experiment.seed + 1) % MAX_SEED
    return Fix(
        tr("Start elsewhere"),
        tr("Draw other starting weights, from seed {seed}", seed=seed),
        with_new_start(evidence.experiment, seed),
        tr("A new start, from seed {seed}", seed=seed),
    )


def start_by(evidence: Evidence, initializer: str) -> Fix:
    """Starting weights that are drawn as fits the layers."""
    label = tr(INITIALIZERS[initializer].label)
    experiment = with_value(_redrawn(evidence, evidence.experiment), "model.initializer", initializer)
    if experiment == evidence.experiment:  # it was drawn so: other weights, then
        return start_elsewhere(evidence)
    return Fix(
        tr("Start from {initializer}", initializer=label),
        tr("Draw starting weights by {initializer}, whose size fits the layers", initializer=label),
        experiment,
        tr("A new start, by {initializer}", initializer=label),
    )


def add_units(evidence: Evidence, layer: int | None = None) -> Fix | None:
    """Four more units in a hidden layer, the last one if left out; None where there can't be more."""
    layer = len(evidence.experiment.model.hidden_layers) - 1 if layer is None else layer
    units = evidence.experiment.model.hidden_layers[layer].units + MORE_UNITS
    experiment = with_units(evidence.experiment, layer, units)
    if experiment is None:
        return None
    return Fix(
        tr("Add {n} unit|Add {n} units", "", MORE_UNITS),
        tr("Start again with {units} units in layer {layer}", units=units, layer=layer + 1),
        with_fitting_start(evidence.experiment, experiment),
        tr("Back to the start, with {units} units in layer {layer}", units=units, layer=layer + 1),
    )


def add_layer(evidence: Evidence) -> Fix | None:
    """A hidden layer, of units that bend."""
    experiment = with_layers(evidence.experiment, 1)
    if experiment is None:
        return None
    layers = (*experiment.model.hidden_layers[:-1], HiddenLayer(units=8, activation="tanh"))
    experiment = replace(experiment, model=replace(experiment.model, hidden_layers=layers))
    return Fix(
        tr("Add a hidden layer"),
        tr("Start again with a hidden layer of {n} tanh unit|Start again with a hidden layer of {n} tanh units", "", 8),
        with_fitting_start(evidence.experiment, experiment),
        tr("Back to the start, with a hidden layer"),
    )


def standardize(evidence: Evidence) -> Fix:
    """Inputs of one scale."""
    experiment = with_value(evidence.experiment, "data.standardize", True)
    return Fix(
        tr("Standardise the inputs"),
        tr("Bring each input to mean 0 and standard deviation 1, and start again"),
        experiment,
        tr("Back to the start, with standardised inputs"),
    )


def use_cross_entropy(evidence: Evidence) -> Fix:
    """The loss that belongs to the outputs, on the weights there are where they can be brought along."""
    model = evidence.experiment.model
    loss = "categorical_cross_entropy" if model.output == "softmax" else "binary_cross_entropy"
    experiment = with_value(with_value(evidence.experiment, "model.loss", loss), "model.output", OWN)
    values = evidence.parameters
    if values is not None and (np.abs(values) <= MOST_WEIGHT).all():
        experiment = with_value(experiment, "model.start", tuple(values.tolist()))
    return Fix(
        tr("Use cross-entropy"),
        tr("Train on from these weights with cross-entropy, whose slope is the error itself"),
        experiment,
        tr("Starts from these weights, with cross-entropy"),
    )


def weigh_classes(evidence: Evidence) -> Fix:
    """Each class counts the same."""
    return Fix(
        tr("Weigh the classes alike"),
        tr("Let every class count the same, however few samples it has, and train on"),
        with_value(evidence.experiment, "training.class_weights", "balanced"),
        tr("Goes on with classes that count the same"),
        Way.AT_ONCE,
    )


def lower_dropout(evidence: Evidence) -> Fix:
    """A milder dropout."""
    share = f"{100 * MILD_DROPOUT:g}"
    return Fix(
        tr("Use {share} % dropout", share=share),
        tr("Silence {share} % of the units in a step, and train on", share=share),
        with_value(evidence.experiment, "model.dropout", MILD_DROPOUT),
        tr("Goes on with {share} % dropout", share=share),
        Way.AT_ONCE,
    )


def lower_penalty(evidence: Evidence, *, afresh: bool) -> Fix:
    """A tenth of the penalties; where the weights are gone, at most a usual one, from the start."""
    training = evidence.experiment.training
    share = 0.1 if not afresh else min(0.1, MOST_PENALTY / max(training.l1, training.l2))
    l1, l2 = (_in_two_digits(value * share) for value in (training.l1, training.l2))
    experiment = with_value(with_value(evidence.experiment, "training.l1", l1), "training.l2", l2)
    names = {"l1": number(l1), "l2": number(l2)}
    if afresh:
        label, message = tr("Go back with less penalty"), tr("Back to the start, with L1 {l1} and L2 {l2}", **names)
        tip = tr("Start again, and let large weights cost less: L1 {l1} and L2 {l2}", **names)
    else:
        label, message = tr("Use a tenth of the penalty"), tr("Goes on with L1 {l1} and L2 {l2}", **names)
        tip = tr("Let large weights cost a tenth, L1 {l1} and L2 {l2}, and train on", **names)
    return Fix(label, tip, experiment, message, Way.AFRESH if afresh else Way.AT_ONCE)


def back_to_generalise(evidence: Evidence) -> Fix:
    """Back to the best moment, with what makes the network tell more than its training samples.

    Measured: spirals of 80 points of which half train are learnt by heart from 12 of 12 starts, with a test accuracy of
    0.35 to 0.65. Eight times as many points bring 0.88 to 0.98, and with L2 0.001 the test loss hardly rises in 1,200
    epochs, which from 640 points alone it does again; L2 of any strength alone, dropout or fewer units bring at most
    0.62. Where there are no more points to be had, as of a table, L2 is what helps against wrong labels: 0.01 of 40 and
    0.003 of 200 training samples are silenced by it, at the accuracy of the best moment or above.
    """
    data = evidence.experiment.data
    most = int(DATA_SETS[data.kind].samples.highest) if data.kind in DATA_SETS else 0
    samples = min(max(MORE_POINTS * data.samples, ENOUGH_POINTS), most)
    return _back_with_points(evidence, samples) if samples >= 2 * data.samples else _back_with_penalty(evidence)


def _back_with_points(evidence: Evidence, samples: int) -> Fix:
    """More points, where they are drawn from a shape, and a mild penalty."""
    l2 = max(evidence.experiment.training.l2, MOST_PENALTY)
    names = {"points": f"{samples:,}", "l2": number(l2)}
    experiment = with_value(with_value(evidence.experiment, "data.samples", samples), "training.l2", l2)
    return Fix(
        tr("Back to the best, with {points} points and L2 {l2}", **names),
        tr("Go back to the lowest test loss, draw {points} points, and let large weights cost: L2 {l2}", **names),
        experiment,
        tr("Back to the lowest test loss, with {points} points and L2 {l2}", **names),
        Way.AT_BEST,
    )


def _back_with_penalty(evidence: Evidence) -> Fix:
    """A penalty on large weights or a larger one; the fewer samples, the stronger."""
    measures, before = evidence.measures, evidence.experiment.training.l2
    samples = measures.data.samples if measures is not None else 0
    l2 = PENALTY_STEP * before or min(max(PENALTY_OF_ONE / max(samples, 1), LEAST_PENALTY), 10.0 * MOST_PENALTY)
    l2 = _in_two_digits(min(l2, 10.0))
    return Fix(
        tr("Back to the best, with L2 {l2}", l2=number(l2)),
        tr("Go back to the lowest test loss, and let large weights cost: L2 {l2}", l2=number(l2)),
        with_value(evidence.experiment, "training.l2", l2),
        tr("Back to the lowest test loss, with L2 {l2}", l2=number(l2)),
        Way.AT_BEST,
    )


def use_batches(evidence: Evidence, size: int) -> Fix:
    """Larger batches."""
    return Fix(
        tr("Use batches of {n} sample|Use batches of {n} samples", "", size),
        tr(
            "Take the mean gradient of {n} sample in each step, and train on|"
            "Take the mean gradient of {n} samples in each step, and train on",
            "",
            size,
        ),
        with_value(evidence.experiment, "training.batch_size", size),
        tr("Goes on with batches of {n} sample|Goes on with batches of {n} samples", "", size),
        Way.AT_ONCE,
    )


def clip_gradient(evidence: Evidence, norm: float) -> Fix:
    """No longer gradients than usual."""
    norm = _in_two_digits(norm)
    return Fix(
        tr("Clip gradients at {norm}", norm=number(norm)),
        tr("Shorten every gradient that is longer than {norm}, and train on", norm=number(norm)),
        with_value(evidence.experiment, "training.clip_norm", norm),
        tr("Goes on with gradients of at most {norm}", norm=number(norm)),
        Way.AT_ONCE,
    )


def _redrawn(evidence: Evidence, experiment: Experiment) -> Experiment:
    """The same without weights that were given to start from."""
    return with_new_start(experiment, evidence.experiment.seed)


def _in_two_digits(value: float) -> float:
    """As a person types it."""
    return float(f"{value:.2g}")
