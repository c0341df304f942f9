"""What the inspector calls units, weights and samples."""

from dataclasses import dataclass

from nnplay.data import FEATURES
from nnplay.gui.paint.marks import class_label, class_title
from nnplay.gui.session.selection import Address, UnitAddress
from nnplay.gui.widgets.number_format import number_text
from nnplay.texts import one_line, tr
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.step import SamplePlace
from nnplay.training.slices import Point

MOST_INPUTS = 4
"""Inputs of a sample that are written out."""
FIGURES = 4


@dataclass(frozen=True, eq=False)
class PartNames:
    """The names of one network on its data.

    Attributes
    ----------
    layers
        How many dense layers there are.
    """

    prepared: PreparedData
    layers: int

    def has(self, address: Address) -> bool:
        """Whether there may be such a unit or weight."""
        return address.layer < self.layers

    def of(self, address: Address) -> str:
        """``Unit 3 of layer 1``, ``Weight from x₁ to unit 3 of layer 1``, ``Bias of the output``."""
        if isinstance(address, UnitAddress):
            return self.unit(address)
        end = self.unit(UnitAddress(address.layer, address.unit))
        if address.row is None:
            return tr("Bias: {unit}", unit=end)
        return tr("Weight: {start} → {end}", start=self.unit(UnitAddress(address.layer - 1, address.row)), end=end)

    def unit(self, unit: UnitAddress) -> str:
        """``x₁²``, ``Pixel 3, 14``, ``Unit 3 of layer 1``, ``Output``, ``Output “7”``."""
        number = unit.unit + 1
        if unit.layer < 0:
            return self._input(unit.unit)
        if unit.layer < self.layers - 1:
            return tr("Unit {number} of layer {layer}", number=number, layer=unit.layer + 1)
        if self.prepared.outputs == 1:
            return tr("Output")
        return tr("Output “{name}”", name=class_title(self.prepared.table, unit.unit))

    def short(self, unit: UnitAddress) -> str:
        """The same as the head of a column."""
        if unit.layer < 0:
            picture = self.prepared.table.picture
            return str(unit.unit + 1) if picture else self._input(unit.unit)
        if unit.layer == self.layers - 1 and self.prepared.outputs > 1:
            return class_label(self.prepared.table, unit.unit)
        return str(unit.unit + 1)

    def layer(self, layer: int) -> str:
        """``Layer 1``; the last one is the output."""
        return tr("Output") if layer == self.layers - 1 else tr("Layer {number}", number=layer + 1)

    def sample(self, point: Point | None) -> str:
        """``(0.5, −1.2)``; of a picture nothing, since it has too many numbers."""
        if point is None or len(point) > MOST_INPUTS:
            return ""
        return f"({', '.join(number_text(value, FIGURES) for value in point)})"

    def _input(self, index: int) -> str:
        table = self.prepared.table
        if table.picture is not None:
            rows_columns = divmod(index, table.picture[1])
            return tr("Pixel {row}, {column}", row=rows_columns[0] + 1, column=rows_columns[1] + 1)
        if index >= len(self.prepared.feature_names):
            return tr("Input {number}", number=index + 1)
        name = self.prepared.feature_names[index]
        return FEATURES[name].label if name in FEATURES else one_line(name)


def sample_name(place: SamplePlace, inputs: str) -> str:
    """``Sample (0.5, −1.2)``; ``inputs`` is "" where it has no short name."""
    if place is SamplePlace.NONE:
        return tr("no sample chosen")
    if place is SamplePlace.TEST:
        return tr("test sample {inputs}", inputs=inputs) if inputs else tr("the chosen test sample")
    if place is SamplePlace.FREE:
        return tr("place {inputs}", inputs=inputs) if inputs else tr("the chosen inputs")
    return tr("sample {inputs}", inputs=inputs) if inputs else tr("the chosen sample")


def sample_note(place: SamplePlace, *, comes_back: bool, walking: bool, running: bool) -> str:
    """What the sample's place means for the numbers that are shown; "" where it is in the batch of the step."""
    if place is SamplePlace.NONE:
        return tr("Means over the batch: click a point, a row or a picture for the numbers of one sample")
    if place is SamplePlace.IN_BATCH:
        return ""
    if place is SamplePlace.FREE:
        return tr("These inputs have no target: there is only a way forward")
    if running and not walking and comes_back:
        return tr("While training goes on the sample is computed by itself, without dropout")
    if running and not walking:
        return tr("While training goes on: forward only, with batch norm's running mean and variance")
    if not comes_back:
        return tr("Not in the batch of this step: forward only, with batch norm's running mean and variance")
    if walking:
        return tr("Not in the batch of this step: the sample is computed by itself, without dropout")
    return tr("Not in the coming batch: the sample is computed by itself, without dropout")
