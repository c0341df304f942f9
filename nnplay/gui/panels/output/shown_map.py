"""The map of the output, or of a unit, over a plane."""

import numpy as np

from nnplay.gui.paint.colour_scale import SmoothedScale, stays_within_one
from nnplay.gui.paint.heatmap import Heatmap, sampled
from nnplay.gui.paint.marks import value_range
from nnplay.gui.panels.output.colour_key import ColourKey, key_of_unit
from nnplay.gui.panels.output.shown import OUTPUT, Floats, Shown, shares_of
from nnplay.gui.panels.output.tools.tool import Place
from nnplay.gui.session.selection import UnitAddress
from nnplay.gui.session.session import Session
from nnplay.training.probes.maps import Array, MapsProbe, PlaneMaps


class ShownMap(Shown[PlaneMaps]):
    """Paints maps as a heatmap."""

    def __init__(self, session: Session, heatmap: Heatmap) -> None:
        super().__init__(session)
        self._heatmap = heatmap
        self._scale = SmoothedScale()

    @property
    def probe(self) -> MapsProbe:
        """The maps of the slice that is looked at."""
        return MapsProbe(self._session.selection.slice)

    @property
    def scale(self) -> float | None:
        """That of a unit whose outputs have no ends."""
        unit = self._hidden_unit()
        return None if unit is None or stays_within_one(self._activation(unit)) else self._scale.value

    def key(self, *, discrete: bool) -> ColourKey:
        """That of the output, or of the unit that is shown."""
        unit = self._hidden_unit()
        if unit is None:
            return super().key(discrete=discrete)
        return key_of_unit(unit, self._activation(unit), self.scale, discrete=discrete)

    def _activation(self, unit: UnitAddress) -> str:
        return self._session.experiment.model.hidden_layers[unit.layer].activation

    def _is_of_now(self, answer: PlaneMaps) -> bool:
        prepared = self._session.prepared
        return answer.plane == prepared.plane and answer.plane_inputs == prepared.spec.plane_inputs

    def _begin_scale(self) -> None:
        self._scale.forget()

    def _draw(self, answer: PlaneMaps) -> None:
        unit = self._hidden_unit()
        if unit is None:
            self._draw_output(answer.layers[OUTPUT])
        else:
            self._draw_unit(answer.layers[unit.layer][unit.unit], unit.layer)

    def _draw_nothing(self) -> None:
        self._heatmap.show_nothing()

    def _between(self, answer: PlaneMaps, place: Place, layer: int) -> Floats:
        between: Floats = sampled(answer.layers[layer], answer.plane, np.array([place]))[0]
        return between

    def _draw_unit(self, values: Array, layer: int) -> None:
        if not stays_within_one(self._session.experiment.model.hidden_layers[layer].activation):
            # like the units' small pictures: a square root lets weak outputs show
            largest = float(np.abs(values).max(initial=0.0))
            scale = self._scale.follow(largest, resting=not self._session.running)
            values = np.sign(values) * np.sqrt(np.abs(values) / scale)
        self._heatmap.show_numbers(values, -1.0, 1.0)

    def _draw_output(self, outputs: Array) -> None:
        table = self._session.prepared.table
        if table.task == "regression":
            self._heatmap.show_numbers(outputs[0], *value_range(table))
        elif len(outputs) == 1:
            self._heatmap.show_probability(outputs[0])
        elif len(outputs) == 2:
            self._heatmap.show_probability(shares_of(outputs)[1])
        else:
            self._heatmap.show_probabilities(shares_of(outputs))
