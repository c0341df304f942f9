"""The texts about units and weights: on the hover card, in the editor, for those who can't see the drawing."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.shape import NetworkShape
from nnplay.gui.widgets.number_format import parameter_text
from nnplay.nn import ACTIVATIONS
from nnplay.texts import mark, tr
from nnplay.training.probes.weights import Weights


class _UnitNames(NamedTuple):
    """What units are called."""

    pixels: str
    input: str
    hidden: str
    only_output: str
    output: str
    named_output: str


_ALONE = _UnitNames(
    pixels=mark("{rows} × {columns} pixels"),
    input=mark("Input {number}"),
    hidden=mark("Unit {number} of layer {layer}"),
    only_output=mark("Output"),
    output=mark("Output {number}"),
    named_output=mark("Output “{name}”"),
)
_INSIDE = _UnitNames(
    pixels=mark("{rows} × {columns} pixels"),
    input=mark("input {number}"),
    hidden=mark("unit {number} of layer {layer}"),
    only_output=mark("output"),
    output=mark("output {number}"),
    named_output=mark("output “{name}”"),
)
"""Inside a sentence."""


class NextClick(Enum):
    """What a click on a unit does."""

    PINS, INSPECTS, UNPINS = range(3)


_OF_HIDDEN = {
    NextClick.PINS: mark("Click pins it, X switches it off"),
    NextClick.INSPECTS: mark("Click or Enter inspects it, X switches it off"),
    NextClick.UNPINS: mark("Click unpins it, X switches it off"),
}
_OF_OUTPUT = {
    NextClick.PINS: mark("Click pins it"),
    NextClick.INSPECTS: mark("Click or Enter inspects it"),
    NextClick.UNPINS: mark("Click unpins it"),
}


@dataclass(frozen=True)
class Words:
    """What a hover card says."""

    title: str
    value: str
    hint: str = ""


def unit_name(shape: NetworkShape, unit: Unit, *, inside: bool = False) -> str:
    """``Unit 3 of layer 1``, ``x₁²``, ``Output``, ``Output “7”``; with a small letter `inside` a sentence."""
    names, number, last = _INSIDE if inside else _ALONE, unit.position + 1, len(shape.sizes) - 1
    if unit.column == 0 and shape.picture:
        rows, columns = shape.picture
        return tr(names.pixels, rows=rows, columns=columns)
    if unit.column == 0:
        return shape.left[unit.position] if unit.position < len(shape.left) else tr(names.input, number=number)
    if unit.column < last:
        return tr(names.hidden, number=number, layer=unit.column)
    if shape.sizes[last] == 1:
        return tr(names.only_output)
    if unit.position < len(shape.right):
        return tr(names.named_output, name=shape.right[unit.position])
    return tr(names.output, number=number)


def weight_name(shape: NetworkShape, layer: int, row: int, target: int) -> str:
    """``Weight from x₁ to unit 3 of layer 1``."""
    start, end = (unit_name(shape, unit, inside=True) for unit in (Unit(layer, row), Unit(layer + 1, target)))
    return tr("Weight from {start} to {end}", start=start, end=end)


def bias_name(shape: NetworkShape, unit: Unit) -> str:
    """``Bias of unit 3 of layer 1``."""
    return tr("Bias of {unit}", unit=unit_name(shape, unit, inside=True))


def unit_words(
    shape: NetworkShape, unit: Unit, weights: Weights | None, click: NextClick = NextClick.PINS, *, off: bool
) -> Words:
    """What a unit is, and its bias now."""
    name = unit_name(shape, unit)
    if unit.column == 0:
        return Words(name, "", _input_hint(shape))
    if off:
        return Words(name, tr("switched off"), tr("X switches it on again"))
    bias = bias_of(weights, unit)
    figure = "" if bias is None else parameter_text(bias)
    if unit.column > len(shape.kinds.activations):
        return Words(name, tr("bias {bias}", bias=figure) if figure else "", tr(_OF_OUTPUT[click]))
    activation = tr(ACTIVATIONS[shape.kinds.activations[unit.column - 1]].label)
    value = tr("bias {bias} · {activation}", bias=figure, activation=activation) if figure else activation
    return Words(name, value, tr(_OF_HIDDEN[click]))


def bias_of(weights: Weights | None, unit: Unit) -> float | None:
    """A unit's bias, or None where it isn't known."""
    layer = unit.column - 1
    if weights is None or not 0 <= layer < len(weights.biases) or unit.position >= len(weights.biases[layer]):
        return None
    return float(weights.biases[layer][unit.position])


def weight_of(weights: Weights | None, layer: int, row: int, target: int) -> float | None:
    """A weight, or None where it isn't known."""
    if weights is None or not 0 <= layer < len(weights.weights):
        return None
    matrix = weights.weights[layer]
    return float(matrix[row, target]) if row < matrix.shape[0] and target < matrix.shape[1] else None


def _input_hint(shape: NetworkShape) -> str:
    if shape.features:
        return tr("The network sees it: click to switch it off")
    return tr("One sample as the network sees it") if shape.picture else tr("An input of the data")
