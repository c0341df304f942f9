"""The words about units and weights: on the hover card, in the editor, for those who can't see the drawing."""

from dataclasses import dataclass

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.shape import NetworkShape
from nnplay.gui.widgets.number_format import parameter_text
from nnplay.nn import ACTIVATIONS
from nnplay.training.probes.weights import Weights

PIN_HINT = "Click pins it, X switches it off"


@dataclass(frozen=True)
class Words:
    """What a hover card says."""

    title: str
    value: str
    hint: str = ""


def unit_name(shape: NetworkShape, unit: Unit) -> str:
    """``Unit 3 of layer 1``, ``x₁²``, ``Output``, ``Output "7"``."""
    last = len(shape.sizes) - 1
    if unit.column == 0:
        if shape.picture_side:
            return f"{shape.picture_side} × {shape.picture_side} pixels"
        return shape.left[unit.position] if unit.position < len(shape.left) else f"Input {unit.position + 1}"
    if unit.column < last:
        return f"Unit {unit.position + 1} of layer {unit.column}"
    if shape.sizes[last] == 1:
        return "Output"
    return (
        f"Output “{shape.right[unit.position]}”" if unit.position < len(shape.right) else f"Output {unit.position + 1}"
    )


def weight_name(shape: NetworkShape, layer: int, row: int, target: int) -> str:
    """``Weight from x₁ to unit 3 of layer 1``."""
    source = Unit(layer, shape.active[row] if layer == 0 and row < len(shape.active) else row)
    names = (unit_name(shape, source), unit_name(shape, Unit(layer + 1, target)))
    start, end = (name[0].lower() + name[1:] if name[0] in "UOI" else name for name in names)
    return f"Weight from {start} to {end}"


def unit_words(shape: NetworkShape, unit: Unit, weights: Weights | None, *, off: bool) -> Words:
    """What a unit is, and its bias now."""
    name = unit_name(shape, unit)
    if unit.column == 0:
        return Words(name, "", _input_hint(shape, off=off))
    if off:
        return Words(name, "switched off", "X switches it on again")
    parts = []
    bias = bias_of(weights, unit)
    if bias is not None:
        parts.append(f"bias {parameter_text(bias)}")
    if unit.column <= len(shape.answers.activations):
        activation = shape.answers.activations[unit.column - 1]
        parts.append(ACTIVATIONS[activation].label)
        return Words(name, " · ".join(parts), PIN_HINT)
    return Words(name, " · ".join(parts), "Click pins it")


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


def _input_hint(shape: NetworkShape, *, off: bool) -> str:
    if not shape.features:
        return "One sample as the network sees it" if shape.picture_side else "An input of the data"
    return "Off: click to let the network see it" if off else "The network sees it: click to switch it off"
