"""The sheet: one step of an example in sections, as a teacher would number them on the board, with every line of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from nnplay.experiments.worked.blanks import BlankNumber, Blanks, blanks_of, with_blanks
from nnplay.experiments.worked.example import WorkedExample, WorkedStep, step_of
from nnplay.experiments.worked.given import GivenTable, given_tables
from nnplay.nn import ACTIVATIONS, LOSSES, OPTIMIZERS, StepTrace
from nnplay.texts import number, tr
from nnplay.training.arithmetic.expression import Line, Number, Part
from nnplay.training.arithmetic.forward import pre_activation_line
from nnplay.training.arithmetic.lines import backward_lines, forward_lines, gradient_lines, update_lines
from nnplay.training.arithmetic.loss import batch_loss_line, penalty_lines, sample_loss_line
from nnplay.training.arithmetic.shown import shown

TO_NORM = 2
"""Lines of the way back that come to what batch norm gave out: f′, and ∂ℓ/∂u."""


@dataclass(frozen=True)
class SheetLine:
    """A line with its number on the sheet, from 1."""

    number: int
    line: Line


@dataclass(frozen=True)
class LineGroup:
    """Lines that belong together, under a heading of their own; "" for none."""

    title: str
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True)
class Section:
    """A numbered part of the sheet.

    Attributes
    ----------
    title, words
        What it is called, and what is done in it in a sentence.
    groups
        Its lines.
    """

    title: str
    words: str
    groups: tuple[LineGroup, ...]


@dataclass(frozen=True)
class WorkedSheet:
    """A step that is written out.

    Attributes
    ----------
    example
        What it is the step of.
    step
        What was computed.
    given
        Tables of what one begins with.
    sections
        The way from there to the new weights, and whether they are better.
    conclusion
        Whether the loss fell, in a sentence.
    """

    example: WorkedExample
    step: WorkedStep
    given: tuple[GivenTable, ...]
    sections: tuple[Section, ...]
    conclusion: str

    @property
    def title(self) -> str:
        """What stands above it."""
        sizes = "-".join(map(str, self.example.sizes))
        return tr("One training step of a {sizes} network, worked by hand", sizes=sizes)

    @property
    def summary(self) -> str:
        """Its choices in a sentence."""
        example = self.example
        labels = [tr(ACTIVATIONS[name].label) for name in dict.fromkeys(example.activations)]
        names = {
            "loss": tr(LOSSES[example.loss].label),
            "optimiser": tr(OPTIMIZERS[example.optimizer].label),
            "rate": number(example.learning_rate),
        }
        if not labels:
            return tr("No hidden layer, loss {loss}, optimiser {optimiser} with a learning rate of {rate}.", **names)
        return tr(
            "Activation {activation}, loss {loss}, optimiser {optimiser} with a learning rate of {rate}.",
            activation=", ".join(labels),
            **names,
        )

    @property
    def lines(self) -> Iterator[SheetLine]:
        """All lines in their order."""
        for section in self.sections:
            for group in section.groups:
                yield from group.lines

    @cached_property
    def blanks(self) -> tuple[BlankNumber, ...]:
        """All blanks in their order."""
        return tuple(blank for each in self.lines for blank in blanks_of(each.line))


def sheet_of(example: WorkedExample, blanks: Blanks = Blanks.NONE) -> WorkedSheet:
    """Make the step of an example and write it out.

    Raises
    ------
    InputError
        Something of the example is not allowed.
    DivergedError
        The step leaves the finite numbers.
    """
    step = step_of(example)
    sections = tuple(_numbered(list(_sections(step)), blanks))
    return WorkedSheet(example, step, given_tables(example, step.trace), sections, _conclusion(step))


def _sections(step: WorkedStep) -> Iterator[Section]:
    trace = step.trace
    yield Section(
        tr("Forward"),
        tr("Layer by layer: each unit sums what comes in, weighted, adds its bias, and applies its activation."),
        tuple(_forward(trace)),
    )
    yield Section(
        tr("Loss"),
        tr("How far the outputs are from the targets, for each sample and as the mean."),
        tuple(_loss(trace)),
    )
    yield Section(
        tr("Backward: the deltas"),
        tr(
            "From the last layer back: how much each unit's sum has to do with the sample's own loss, "
            "δ\u00a0=\u00a0∂ℓ/∂z."
        ),
        tuple(_backward(trace)),
    )
    yield Section(
        tr("Gradients"),
        tr("How much the loss changes with each weight and bias: the mean over the samples of what came in times δ."),
        tuple(_gradients(trace)),
    )
    yield Section(
        tr("Update"),
        tr("What the optimiser makes of the gradients, called g from here on: the new weights and biases."),
        tuple(_updates(trace)),
    )
    yield Section(
        tr("Check"),
        tr("Forward once more with the new weights: did it help?"),
        tuple(_check(step.after)),
    )


def _forward(trace: StepTrace) -> Iterator[LineGroup]:
    for layer, record in enumerate(trace.layers):
        samples, units = range(len(trace.inputs)), range(record.z.shape[1])
        if record.norm is None:
            for sample in samples:
                lines = (line for unit in units for line in forward_lines(trace, layer, unit, sample))
                yield _group(_heading(trace, layer, sample), lines)
            continue
        for sample in samples:  # batch norm needs all samples' z first
            sums = (pre_activation_line(trace, layer, unit, sample) for unit in units)
            yield _group(_heading(trace, layer, sample), sums)
        for sample in samples:
            rest = (line for unit in units for line in forward_lines(trace, layer, unit, sample)[1:])
            yield _group(tr("{heading}, batch norm and activation", heading=_heading(trace, layer, sample)), rest)


def _loss(trace: StepTrace) -> Iterator[LineGroup]:
    for sample in range(len(trace.inputs)):
        yield _group(_sample_heading(trace, sample), [sample_loss_line(trace, sample)])
    closing = [batch_loss_line(trace), *(penalty_lines(trace) if trace.l1 or trace.l2 else ())]
    yield _group(tr("All samples") if len(trace.inputs) > 1 else "", closing)


def _backward(trace: StepTrace) -> Iterator[LineGroup]:
    for layer in reversed(range(len(trace.layers))):
        units, samples = range(trace.layers[layer].z.shape[1]), range(len(trace.inputs))
        if trace.layers[layer].norm is None:
            for sample in samples:
                lines = (line for unit in units for line in backward_lines(trace, layer, unit, sample))
                yield _group(_heading(trace, layer, sample), lines)
            continue
        for sample in samples:  # batch norm needs what comes back to all samples first
            back = (line for unit in units for line in backward_lines(trace, layer, unit, sample)[:TO_NORM])
            yield _group(_heading(trace, layer, sample), back)
        for sample in samples:
            rest = (line for unit in units for line in backward_lines(trace, layer, unit, sample)[TO_NORM:])
            yield _group(tr("{heading}, through batch norm", heading=_heading(trace, layer, sample)), rest)


def _gradients(trace: StepTrace) -> Iterator[LineGroup]:
    for layer in reversed(range(len(trace.layers))):
        lines = (
            line
            for row, unit, quantity in _parameters(trace, layer)
            for line in gradient_lines(trace, layer, row, unit, None, quantity)
        )
        yield _group(_layer_heading(trace, layer), lines)


def _updates(trace: StepTrace) -> Iterator[LineGroup]:
    for layer in range(len(trace.layers)):
        lines = (
            line
            for row, unit, quantity in _parameters(trace, layer)
            for line in update_lines(trace, layer, row, unit, quantity)
            if not isinstance(line.expression, Number)  # g is the gradient of above, as the section says
        )
        yield _group(_layer_heading(trace, layer), lines)


def _check(after: StepTrace) -> Iterator[LineGroup]:
    yield from (*_forward(after), *_loss(after))


def _parameters(trace: StepTrace, layer: int) -> Iterator[tuple[int | None, int, str]]:
    """(row, unit, quantity) of each number that a layer learns."""
    record = trace.layers[layer]
    inputs, units = record.weights_before.shape
    for unit in range(units):
        for row in range(inputs):
            yield row, unit, "weight"
        yield None, unit, "bias"
        if record.norm is not None:
            yield None, unit, "gamma"
            yield None, unit, "beta"


def _group(title: str, lines: Iterable[Line]) -> LineGroup:
    return LineGroup(title, tuple(SheetLine(0, line) for line in lines))


def _heading(trace: StepTrace, layer: int, sample: int) -> str:
    if len(trace.inputs) == 1:
        return _layer_heading(trace, layer)
    return tr("{layer}, sample {sample}", layer=_layer_heading(trace, layer), sample=sample + 1)


def _layer_heading(trace: StepTrace, layer: int) -> str:
    if layer == len(trace.layers) - 1:
        return tr("Output layer") if layer == 0 else tr("Layer {layer}, the output", layer=layer + 1)
    return tr("Layer {layer}", layer=layer + 1)


def _sample_heading(trace: StepTrace, sample: int) -> str:
    return tr("Sample {sample}", sample=sample + 1) if len(trace.inputs) > 1 else ""


def _numbered(sections: list[Section], blanks: Blanks) -> Iterator[Section]:
    """The sections with their lines numbered and with their blanks; what was said for all samples isn't said again."""
    said: set[tuple[str, object, Part]] = set()
    kept = [
        [[line for line in group.lines if _is_new(section.title, line.line, said)] for group in section.groups]
        for section in sections
    ]
    written = iter(
        enumerate(with_blanks((each.line for groups in kept for lines in groups for each in lines), blanks), 1)
    )
    for section, groups in zip(sections, kept, strict=True):
        numbered = (
            replace(group, lines=tuple(SheetLine(*next(written)) for _ in own))
            for group, own in zip(section.groups, groups, strict=True)
        )
        yield replace(section, groups=tuple(group for group in numbered if group.lines))


def _is_new(section: str, line: Line, said: set[tuple[str, object, Part]]) -> bool:
    """Whether this section has not said it yet: batch norm's mean is that of all samples."""
    part = line.result.part
    if part is None or part.sample is not None or part.quantity in ("memory", "update"):
        return True
    name = section, line.result.symbol, part
    if name in said:
        return False
    said.add(name)
    return True


def _conclusion(step: WorkedStep) -> str:
    before, after = _total(step.trace), _total(step.after)
    places = {"before": shown(before, 4).text, "after": shown(after, 4).text}
    penalized = bool(step.trace.l1 or step.trace.l2)
    if after < before:
        return (
            tr("Loss and penalty fell together from {before} to {after}.", **places)
            if penalized
            else tr("The loss fell from {before} to {after}.", **places)
        )
    if after == before:
        return tr("The step changed nothing: {before} before and after.", **places)
    return (
        tr("Loss and penalty rose together from {before} to {after}: the step was too long.", **places)
        if penalized
        else tr("The loss rose from {before} to {after}: the step was too long.", **places)
    )


def _total(trace: StepTrace) -> float:
    return float(trace.loss) + float(trace.penalty)
