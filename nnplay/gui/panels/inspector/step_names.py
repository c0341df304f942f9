"""What the inspector calls the columns of its matrices, layers and samples."""

from dataclasses import dataclass

from nnplay.data import FEATURES
from nnplay.gui.paint.marks import class_label
from nnplay.gui.session.part_names import PartNames
from nnplay.gui.session.selection import UnitAddress
from nnplay.gui.widgets.number_format import number_text
from nnplay.texts import one_line, tr
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.step import SamplePlace
from nnplay.training.slices import Point

MOST_INPUTS = 4
"""Inputs of a sample that are written out."""
FIGURES = 4


@dataclass(frozen=True, eq=False)
class StepNames:
    """The names of one step: the parts of its network, and its samples.

    Attributes
    ----------
    prepared
        The data.
    parts
        What units, weights and biases are called.
    """

    prepared: PreparedData
    parts: PartNames

    @property
    def layers(self) -> int:
        """How many dense layers there are."""
        return len(self.parts.sizes) - 1

    def short(self, unit: UnitAddress) -> str:
        """A unit as the head of a column."""
        names = self.prepared.feature_names
        if unit.layer < 0 and self.parts.picture is None and unit.unit < len(names):
            name = names[unit.unit]
            return FEATURES[name].label if name in FEATURES else one_line(name)
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
