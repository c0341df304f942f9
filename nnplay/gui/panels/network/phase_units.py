"""What stands on the units at a phase of a step: forward in the colours of their pictures, backward in those of δ."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from nnplay.gui.paint.marks import value_range
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.phase_edges import PhaseEdges
from nnplay.gui.panels.network.phase_texts import small_text
from nnplay.gui.panels.network.phase_values import OnEdge, OnUnit, PhaseState, StepNumbers
from nnplay.gui.panels.network.sample_values import output_values, signed_values
from nnplay.gui.panels.network.shape import NetworkShape
from nnplay.gui.panels.network.unit_pictures import UnitPictures
from nnplay.gui.panels.network.unit_values import UnitValue
from nnplay.gui.theme.palette import Palette
from nnplay.gui.widgets.number_format import decimal_text, number_text
from nnplay.texts import tr
from nnplay.training.phases import PhaseKind
from nnplay.training.prepared import PreparedData


@dataclass(frozen=True)
class UnitWriter:
    """Writes the numbers of one step on the units.

    Attributes
    ----------
    shown
        Units that are drawn of each column.
    roomy
        Whether a unit has room for a few words.
    """

    numbers: StepNumbers
    edges: PhaseEdges
    shape: NetworkShape
    prepared: PreparedData
    pictures: UnitPictures
    palette: Palette
    shown: Sequence[int]
    roomy: bool

    def values(self, state: PhaseState) -> dict[Unit, UnitValue]:
        """What stands on the units of each column that is computed."""
        values: dict[Unit, UnitValue] = {}
        for column, what in enumerate(state.units):
            if what is not None and not (column == 0 and self.shape.picture):
                values |= self._of_column(what, column)
        return values

    def targets(self, state: PhaseState) -> dict[Unit, UnitValue]:
        """What stands above the outputs when the loss is computed."""
        if state.phase.kind is not PhaseKind.LOSS:
            return {}
        column = len(self.shape.sizes) - 1
        targets = self.numbers.targets[: self.shown[column]]
        texts = [number_text(round(value, 2)) for value in targets.tolist()]
        if self.roomy:
            texts = [tr("y = {target}", target=text) for text in texts]
        values = self._outputs(targets)
        return {unit: replace(value, text=text) for (unit, value), text in zip(values.items(), texts, strict=True)}

    def crossed(self, state: PhaseState) -> frozenset[Unit]:
        """The units that dropout silenced."""
        return frozenset(
            Unit(layer + 1, unit)
            for layer in state.dropped
            for unit in np.flatnonzero(self.numbers.silenced(layer)).tolist()
        )

    def _of_column(self, what: OnUnit, column: int) -> dict[Unit, UnitValue]:
        numbers = self.numbers.on_units(what, column)[: self.shown[column]]
        if what is OnUnit.DELTA:
            return {
                Unit(column, index): UnitValue(small_text(value), self.edges.colour(OnEdge.BACK, value))
                for index, value in enumerate(numbers.tolist())
            }
        if what is OnUnit.INPUT:
            return signed_values(column, numbers, self.pictures.shares_of_inputs(numbers), self.palette)
        if what in (OnUnit.Z, OnUnit.NORM):
            shares = np.sign(numbers) * np.sqrt(np.abs(numbers) / self.numbers.largest(what, column))
            return signed_values(column, numbers, shares, self.palette)
        if column == len(self.shape.sizes) - 1:
            return self._outputs(numbers)
        activation = self.shape.kinds.activations[column - 1]
        shares = self.pictures.shares_of_hidden(numbers, column - 1, activation)
        return signed_values(column, numbers, shares, self.palette)

    def _outputs(self, numbers: np.ndarray) -> dict[Unit, UnitValue]:
        """Outputs and targets as the loss takes them, in the colours of the points."""
        column, kind = len(self.shape.sizes) - 1, self.shape.kinds.output
        if kind != "value":
            values = output_values(column, numbers, kind, (0.0, 1.0), self.palette)
        else:
            low, high = value_range(self.prepared.table)
            shares = (self.prepared.to_target_units(numbers) - low) / (high - low) * 2.0 - 1.0
            texts = [decimal_text(value, 2) for value in numbers.tolist()]
            values = signed_values(column, numbers, shares, self.palette, texts)
        return values
