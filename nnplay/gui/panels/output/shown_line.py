"""The curve of the output, or of a unit, along the one input of a strip; the background has the likeliest class."""

import numpy as np

from nnplay.gui.paint.marks import class_title, value_range
from nnplay.gui.paint.round_ticks import place_text
from nnplay.gui.panels.output.plane_view import PlaneView
from nnplay.gui.panels.output.readout import ReadoutPart
from nnplay.gui.panels.output.shown import OUTPUT, Floats, Shown, in_place, shares_of
from nnplay.gui.panels.output.tools.tool import Place
from nnplay.gui.session.session import Session
from nnplay.texts import tr
from nnplay.training.probes.line import Array, LineOutputs, LineProbe
from nnplay.training.ranges import GrowingEnd

PALE = 0.4
"""How much of a class's colour the background has: curves and points stand on it."""
STANDING_BACK = 0.25
"""Opacity of the points while a unit is shown, which is on a scale of its own."""
ROOM = 0.06
"""Of a unit's range, above and below it."""


class ShownLine(Shown[LineOutputs]):
    """Paints curves on a strip."""

    def __init__(self, session: Session, view: PlaneView) -> None:
        super().__init__(session)
        self._view = view
        self._ends = (GrowingEnd(), GrowingEnd())

    @property
    def probe(self) -> LineProbe:
        """The curves at the slice that is looked at."""
        return LineProbe(self._session.selection.slice)

    def parts(self, place: Place) -> tuple[ReadoutPart, ...]:
        """The input, what the shown curve is worth there, and the target of the nearest point."""
        return (*super().parts(place), *self._nearest(place))

    def _is_of_now(self, answer: LineOutputs) -> bool:
        prepared = self._session.prepared
        if prepared.plane is None or answer.plane_inputs != prepared.spec.plane_inputs:
            return False
        return (float(answer.x[0]), float(answer.x[-1])) == prepared.plane[:2]

    def _begin_scale(self) -> None:
        self._ends = (GrowingEnd(), GrowingEnd())

    def _draw(self, answer: LineOutputs) -> None:
        unit = self._hidden_unit()
        self._view.points.set_opacity(1.0 if unit is None else STANDING_BACK)
        if unit is None:
            self._draw_output(answer.layers[OUTPUT])
        else:
            self._draw_unit(answer.layers[unit.layer][unit.unit])

    def _draw_nothing(self) -> None:
        self._view.heatmap.show_nothing()
        self._view.curves.show_nothing()

    def _between(self, answer: LineOutputs, place: Place, layer: int) -> Floats:
        return np.array([np.interp(place[0], answer.x, curve) for curve in answer.layers[layer]])

    def _draw_unit(self, values: Array) -> None:
        below, above = self._ends
        low, high = below.fit(float(np.max(-values, initial=0.0))), above.fit(float(values.max(initial=0.0)))
        room = ROOM * (low + high) or 1.0
        self._draw_curves(values[None], -low - room, high + room)
        self._draw_background(None)

    def _draw_output(self, outputs: Array) -> None:
        prepared = self._session.prepared
        assert prepared.plane is not None
        low, high = prepared.plane[2:]
        if prepared.table.task == "regression":
            self._draw_curves(outputs, low, high)
            self._draw_background(None)
        elif len(outputs) <= 2:
            self._draw_curves(outputs[-1:], low, high, probabilities=True)
            self._draw_background(outputs if len(outputs) == 1 else shares_of(outputs)[1:])
        else:
            self._draw_curves(outputs, low, high, probabilities=True)
            self._draw_background(shares_of(outputs))

    def _draw_curves(self, values: Array, low: float, high: float, *, probabilities: bool = False) -> None:
        self._view.show_heights(low, high, probabilities=probabilities)
        with np.errstate(over="ignore", invalid="ignore"):
            heights = (values.astype(np.float64) - low) / (high - low)
        self._view.curves.show(np.linspace(0.0, 1.0, values.shape[1]), heights, classes=len(values) > 1)

    def _draw_background(self, probabilities: Array | None) -> None:
        """The colour of the likeliest class at each place; that between all of them where none is asked for."""
        heatmap = self._view.heatmap
        heatmap.setOpacity(1.0 if probabilities is None else PALE)
        if probabilities is None:
            heatmap.show_numbers(np.zeros((2, 2), np.float32), -1.0, 1.0)
            return
        rows = np.broadcast_to(probabilities[:, None], (len(probabilities), 2, probabilities.shape[1]))
        if len(rows) == 1:
            heatmap.show_probability(rows[0])
        else:
            heatmap.show_probabilities(rows)

    def _nearest(self, place: Place) -> tuple[ReadoutPart, ...]:
        """The target of the point that lies nearest to the pointer, across."""
        prepared = self._session.prepared
        table, (across, _) = prepared.table, prepared.spec.plane_inputs
        if not len(table):
            return ()
        target = float(table.targets[int(np.argmin(np.abs(table.inputs[:, across] - place[0])))])
        if table.task == "regression":
            return (ReadoutPart(tr("nearest point"), in_place(place_text(target, *value_range(table)))),)
        return (ReadoutPart(tr("nearest point"), class_title(table, int(target)), int(target)),)
