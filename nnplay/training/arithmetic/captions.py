"""What is said of a phase of a step: a sentence, and its lines for the unit that is looked at."""

from nnplay.nn import StepTrace
from nnplay.nn.activations import ACTIVATIONS
from nnplay.nn.losses import LOSSES
from nnplay.nn.optimizers import OPTIMIZERS
from nnplay.texts import tr
from nnplay.training.arithmetic.backward import backward_lines
from nnplay.training.arithmetic.expression import Line, Number, Part
from nnplay.training.arithmetic.forward import (
    activation_line,
    batch_norm_lines,
    dropout_line,
    pre_activation_line,
)
from nnplay.training.arithmetic.gradient import clips, gradient_lines
from nnplay.training.arithmetic.loss import loss_lines, penalty_lines
from nnplay.training.arithmetic.quantities import Quantities, quietly
from nnplay.training.arithmetic.update import update_lines
from nnplay.training.phases import Phase, PhaseKind

MOST_INPUTS = 4
"""So many inputs are shown as numbers at most."""


@quietly
def phase_lines(trace: StepTrace, phase: Phase, at: Part | None, sample: int | None) -> tuple[Line, ...]:
    """The lines of a phase.

    Parameters
    ----------
    at
        The unit, weight (``"weight"`` with its `row`) or bias (``"bias"``) that is looked at. Where it isn't in the
        layer that is at work, or for None, the layer's first unit stands for all, and of a unit the weight that comes
        from the one that is looked at, else the one with the largest gradient.
    sample
        Row of the batch; None for the batch's means.
    """
    layer = _layer(trace, phase, at)
    unit = at.unit if at is not None and at.layer == layer else 0
    match phase.kind:
        case PhaseKind.INPUTS:
            return _input_lines(trace, sample)
        case PhaseKind.PRE_ACTIVATION:
            return (pre_activation_line(trace, layer, unit, sample),)
        case PhaseKind.BATCH_NORM:
            return batch_norm_lines(trace, layer, unit, sample)
        case PhaseKind.ACTIVATION:
            return (activation_line(trace, layer, unit, sample),)
        case PhaseKind.DROPOUT:
            return (dropout_line(trace, layer, unit, sample),)
        case PhaseKind.LOSS:
            return loss_lines(trace, sample)
        case PhaseKind.DELTA:
            return backward_lines(trace, layer, unit, sample)
    row = _row(trace, layer, unit, at)
    if phase.kind is PhaseKind.UPDATE:
        return update_lines(trace, layer, row, unit)
    return _gradient_part(trace, phase.kind, layer, row, unit, sample)


def phase_sentence(trace: StepTrace, phase: Phase) -> str:
    """What happens in a phase, in one sentence."""
    kind = phase.kind
    if phase.layer is None:
        return _sentence_of_all(trace, kind)
    last = phase.layer == len(trace.layers) - 1
    layer = tr("Output layer") if last else tr("Hidden layer {number}", number=phase.layer + 1)
    match kind:
        case PhaseKind.PRE_ACTIVATION:
            return tr("{layer}: each unit adds up its inputs, each times its weight, and its bias", layer=layer)
        case PhaseKind.BATCH_NORM:
            return tr("{layer}: batch norm brings each unit's sums to mean\u00a00 and variance\u00a01", layer=layer)
        case PhaseKind.ACTIVATION:
            return _activation_sentence(trace, phase.layer, layer)
        case PhaseKind.DROPOUT if trace.dropout:
            return tr("{layer}: dropout silences units at random and scales the others up", layer=layer)
        case PhaseKind.DROPOUT:
            return tr("{layer}: the units that are switched off give 0", layer=layer)
        case PhaseKind.DELTA if last:
            return tr("{layer}: how far each output is from its target is the error δ that goes back", layer=layer)
        case PhaseKind.DELTA:
            return tr("{layer}: the error comes back through the weights and the activation's slope", layer=layer)
    return tr("{layer}: each weight's gradient is its input times the error, as a mean over the batch", layer=layer)


def _layer(trace: StepTrace, phase: Phase, at: Part | None) -> int:
    if phase.layer is not None:
        return phase.layer
    return len(trace.layers) - 1 if at is None or at.layer < 0 else at.layer


def _row(trace: StepTrace, layer: int, unit: int, at: Part | None) -> int | None:
    """Where the weight begins; None for a bias."""
    if at is not None and at.layer == layer:
        if at.quantity == "bias":
            return None
        if at.row is not None:
            return at.row
    if at is not None and at.layer == layer - 1 and at.row is None and at.quantity != "bias":
        return at.unit
    return int(abs(trace.layers[layer].weight_gradient[:, unit]).argmax())


def _input_lines(trace: StepTrace, sample: int | None) -> tuple[Line, ...]:
    """The inputs, where they are few, and the sample's targets."""
    of, inputs, outputs = Quantities(trace), trace.inputs.shape[1], trace.targets.shape[1]
    numbers: list[Number] = []
    if inputs <= MOST_INPUTS:
        numbers += [of.taken(0, row, sample) for row in range(inputs)]
    if sample is not None and outputs <= MOST_INPUTS:
        numbers += [of.target(unit, sample) for unit in range(outputs)]
    return tuple(Line(number, number) for number in numbers)


def _gradient_part(
    trace: StepTrace, kind: PhaseKind, layer: int, row: int | None, unit: int, sample: int | None
) -> tuple[Line, ...]:
    """Of a gradient's lines those of the phase: the means, the penalty, or the clipping."""
    lines = gradient_lines(trace, layer, row, unit, sample)
    clipped = int(clips(trace))
    penalized = int(bool(trace.l1 or trace.l2) and row is not None)
    means = len(lines) - clipped - penalized
    if kind is PhaseKind.GRADIENT:
        return lines[:means]
    if kind is PhaseKind.PENALTY:
        return (*penalty_lines(trace), *lines[means : means + penalized])
    return lines[means + penalized :]


def _sentence_of_all(trace: StepTrace, kind: PhaseKind) -> str:
    match kind:
        case PhaseKind.INPUTS:
            return tr("A batch of {n} sample is fed in|A batch of {n} samples is fed in", "", len(trace.inputs))
        case PhaseKind.LOSS:
            return tr("The loss says how wrong the outputs are: {loss}", loss=tr(LOSSES[trace.loss_name].label))
        case PhaseKind.PENALTY:
            return tr("The penalty adds to each weight's gradient, towards smaller weights")
        case PhaseKind.CLIPPING if clips(trace):
            return tr("The gradient is longer than it may be, and is made shorter as a whole")
        case PhaseKind.CLIPPING:
            return tr("The gradient is no longer than it may be, and stays as it is")
    return tr(
        "The update: {optimizer} changes every weight and bias", optimizer=tr(OPTIMIZERS[trace.optimizer_name].label)
    )


def _activation_sentence(trace: StepTrace, layer: int, name: str) -> str:
    activation = trace.layers[layer].activation
    if activation == "softmax":
        return tr("{layer}: softmax turns the sums into probabilities that add up to 1", layer=name)
    label = tr(ACTIVATIONS[activation].label)
    return tr("{layer}: each unit's output is {activation} of its sum", layer=name, activation=label)
