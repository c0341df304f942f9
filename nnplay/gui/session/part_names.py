"""What the units, weights and biases of a network are called, wherever they are named."""

from dataclasses import dataclass
from typing import NamedTuple

from nnplay.data import FEATURES
from nnplay.gui.paint.marks import class_title
from nnplay.gui.session.selection import Address, UnitAddress, WeightAddress
from nnplay.texts import mark, one_line, tr
from nnplay.training.prepared import PreparedData


class _Texts(NamedTuple):
    """Names with places for numbers."""

    pixel: str
    input: str
    hidden: str
    only_output: str
    output: str
    named_output: str


_ALONE = _Texts(
    pixel=mark("Pixel {row}, {column}"),
    input=mark("Input {number}"),
    hidden=mark("Unit {number} of layer {layer}"),
    only_output=mark("Output"),
    output=mark("Output {number}"),
    named_output=mark("Output “{name}”"),
)
_INSIDE = _Texts(
    pixel=mark("pixel {row}, {column}"),
    input=mark("input {number}"),
    hidden=mark("unit {number} of layer {layer}"),
    only_output=mark("output"),
    output=mark("output {number}"),
    named_output=mark("output “{name}”"),
)
"""Inside a sentence."""


@dataclass(frozen=True)
class PartNames:
    """The names of one network's parts.

    Attributes
    ----------
    sizes
        Units of each layer, the inputs first.
    inputs, outputs
        What the inputs and the outputs are called themselves; none where they are pixels, or a single output.
    picture
        Rows and columns of the pixels that the inputs are; None where they are no picture.
    """

    sizes: tuple[int, ...]
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    picture: tuple[int, int] | None = None

    def of(self, address: Address) -> str:
        """``Unit 3 of layer 1``, ``Weight from x₁ to unit 3 of layer 1``, ``Bias of output``."""
        if isinstance(address, UnitAddress):
            return self.unit(address)
        end = self.unit(UnitAddress(address.layer, address.unit), inside=True)
        if address.row is None:
            return bias_text(end)
        return weight_text(self.unit(UnitAddress(address.layer - 1, address.row), inside=True), end)

    def unit(self, unit: UnitAddress, *, inside: bool = False) -> str:
        """``x₁²``, ``Pixel 3, 14``, ``Output “7”``; with a small letter `inside` a sentence."""
        texts, place = _INSIDE if inside else _ALONE, unit.unit
        if unit.layer < 0 and self.picture is not None:
            row, column = divmod(place, self.picture[1])
            return tr(texts.pixel, row=row + 1, column=column + 1)
        if unit.layer < 0:
            return self.inputs[place] if place < len(self.inputs) else tr(texts.input, number=place + 1)
        if unit.layer < len(self.sizes) - 2:
            return tr(texts.hidden, number=place + 1, layer=unit.layer + 1)
        if self.sizes[-1] == 1:
            return tr(texts.only_output)
        if place < len(self.outputs):
            return tr(texts.named_output, name=self.outputs[place])
        return tr(texts.output, number=place + 1)

    def has(self, address: Address) -> bool:
        """Whether the network has such a unit, weight or bias."""
        if not -1 <= address.layer < len(self.sizes) - 1 or address.unit >= self.sizes[address.layer + 1]:
            return False
        row = address.row if isinstance(address, WeightAddress) else None
        return row is None or row < self.sizes[address.layer]


def weight_text(start: str, end: str) -> str:
    """The name of a weight between two units."""
    return tr("Weight from {start} to {end}", start=start, end=end)


def bias_text(unit: str) -> str:
    """The name of a unit's bias."""
    return tr("Bias of {unit}", unit=unit)


def part_names(prepared: PreparedData, sizes: tuple[int, ...]) -> PartNames:
    """The names of a network of these sizes on its data."""
    picture = picture_of(prepared)
    return PartNames(sizes, () if picture else input_labels(prepared), output_titles(prepared), picture)


def picture_of(prepared: PreparedData) -> tuple[int, int] | None:
    """Rows and columns of the pixels that the network sees; None where it sees none."""
    return prepared.table.picture if prepared.plane is None else None


def input_labels(prepared: PreparedData) -> tuple[str, ...]:
    """What a person calls what the network sees."""
    names = prepared.table.input_names
    if prepared.table.inputs.shape[1] != 2:
        return tuple(map(one_line, names))
    labels = features_labels(names)
    return tuple(labels[name] for name in prepared.feature_names)


def features_labels(inputs: tuple[str, ...]) -> dict[str, str]:
    """``x₁²`` … by the features' names; what a file calls the inputs stands behind their signs, used by the others."""
    named = {
        sign: tr("{sign} · {name}", sign=FEATURES[sign].label, name=name)
        for sign, name in zip(("x1", "x2"), inputs, strict=True)
        if name != sign
    }
    return {name: named.get(name, feature.label) for name, feature in FEATURES.items()}


def output_titles(prepared: PreparedData) -> tuple[str, ...]:
    """The names of the classes, where each has an output of its own."""
    return tuple(class_title(prepared.table, k) for k in range(prepared.outputs)) if prepared.outputs > 1 else ()
