"""What the canvas shows of the network: its output, or what one of its units outputs over the plane."""

import numpy as np

from nnplay.gui.paint.colour_scale import SmoothedScale, stays_within_one
from nnplay.gui.paint.heatmap import Heatmap
from nnplay.gui.paint.marks import class_title, value_range
from nnplay.gui.panels.output.outputs import OUTPUT, outputs_at
from nnplay.gui.panels.output.readout import Part
from nnplay.gui.panels.output.tools.tool import Place
from nnplay.gui.session.selection import UnitAddress
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.number_format import decimal_text, signed_text
from nnplay.texts import one_line, tr
from nnplay.training.probes.maps import Array, PlaneMaps

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
LONGEST = 14
"""Letters of an input's name before its value."""


class ShownMap:
    """Chooses the map, paints it, and says what it is worth at a place."""

    def __init__(self, session: Session, heatmap: Heatmap) -> None:
        self._session, self._heatmap = session, heatmap
        self._chosen: UnitAddress | None = None
        self._scale = SmoothedScale()
        self._maps: PlaneMaps | None = None

    @property
    def maps(self) -> PlaneMaps | None:
        """The newest ones."""
        return self._maps

    @property
    def caption(self) -> str:
        """``"Unit 3 of layer 1"``; empty for the output."""
        unit = self._hidden_unit()
        return "" if unit is None else tr("Unit {number} of layer {layer}", number=unit.unit + 1, layer=unit.layer + 1)

    def choose(self, unit: UnitAddress | None) -> None:
        """Show what this unit outputs, where it is a hidden one, or else the network's output."""
        if unit != self._chosen:
            self._chosen = unit
            self._scale.forget()
            if self._maps is not None:
                self.draw(self._maps)

    def forget(self) -> None:
        """Other data, or another network: what was seen is not true any more."""
        self._maps = None
        self._scale.forget()

    def draw(self, maps: PlaneMaps | None) -> None:
        """Paint these."""
        self._maps = maps
        if maps is None:
            self._heatmap.show_nothing()
            return
        self._heatmap.set_plane(maps.plane)
        unit = self._hidden_unit()
        if unit is None:
            self._draw_output(maps.layers[OUTPUT])
        else:
            self._draw_unit(maps.layers[unit.layer][unit.unit], unit.layer)

    def parts(self, place: Place) -> tuple[Part, ...]:
        """The coordinates and what the shown map is worth there."""
        prepared = self._session.prepared
        names = [input_title(prepared.table.input_names[index]) for index in prepared.spec.plane_inputs]
        coordinates = tuple(Part(name, signed_text(value)) for name, value in zip(names, place, strict=True))
        if prepared.plane_is_line:
            coordinates = coordinates[:1]
        if self._maps is None:
            return coordinates
        unit = self._hidden_unit()
        if unit is None:
            return (*coordinates, *self._output_parts(outputs_at(self._session, self._maps, place)))
        activation = float(outputs_at(self._session, self._maps, place, unit.layer)[unit.unit])
        return (*coordinates, Part("a", signed_text(activation, 3)))

    def _hidden_unit(self) -> UnitAddress | None:
        """The hidden unit that is shown; None where the output is."""
        layers, unit = self._session.experiment.model.hidden_layers, self._chosen
        if unit is None or not 0 <= unit.layer < len(layers) or unit.unit >= layers[unit.layer].units:
            return None
        return unit

    def _draw_unit(self, values: Array, layer: int) -> None:
        if not stays_within_one(self._session.experiment.model.hidden_layers[layer].activation):
            # like the units' small pictures: a square root lets weak outputs show
            scale = self._scale.follow(float(np.abs(values).max(initial=0.0)))
            values = np.sign(values) * np.sqrt(np.abs(values) / scale)
        self._heatmap.show_numbers(values, -1.0, 1.0)

    def _draw_output(self, outputs: Array) -> None:
        table = self._session.prepared.table
        if table.task == "regression":
            self._heatmap.show_numbers(outputs[0], *value_range(table))
        elif len(outputs) == 1:
            self._heatmap.show_probability(outputs[0])
        elif len(outputs) == 2:
            self._heatmap.show_probability(_shares(outputs)[1])
        else:
            self._heatmap.show_probabilities(_shares(outputs))

    def _output_parts(self, outputs: np.ndarray) -> tuple[Part, ...]:
        table, loss = self._session.prepared.table, self._session.experiment.model.loss
        if table.task == "regression":
            return (Part("ŷ", signed_text(float(outputs[0]), 3)),)
        if len(outputs) <= 2:
            name = "ŷ" if loss == "mean_squared_error" else f"p({class_title(table, 1)})"
            return (Part(name, decimal_text(outputs[-1], 3)),)
        decimals = 3 if len(outputs) == 3 else 2
        return tuple(Part("", decimal_text(p, decimals), group) for group, p in enumerate(outputs))


def _shares(outputs: Array) -> Array:
    """Outputs (K, …) as shares that sum to one; sigmoids and identities don't by themselves."""
    positive = np.clip(outputs, 0.0, 1.0)
    shares: Array = positive / np.maximum(positive.sum(axis=0), 1e-6)
    return shares


def input_title(name: str) -> str:
    """``"x1"`` as ``"x₁"``; a name that a file gives stays as it is, cut short where it is long."""
    if name[:1] == "x" and name[1:].isdigit():
        return name.translate(SUBSCRIPTS)
    name = one_line(name)
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
