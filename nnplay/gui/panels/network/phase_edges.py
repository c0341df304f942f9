"""The edges at the phases of a step: what flows along them, gradients or changes, on the curves of the weights.

Each kind of number has its colours and one scale for the whole step, so that what is seen in one phase can be compared
with what is seen in the next, and the key says what each width means.
"""

from collections.abc import Collection

import numpy as np
from PySide6.QtGui import QPainter

from nnplay.gui.panels.network.bundles import Floats
from nnplay.gui.panels.network.edges import EdgePainter, Highlight, back_tones, forward_tones
from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.panels.network.phase_values import NOTHING, OnEdge, PhaseState, StepNumbers
from nnplay.gui.panels.network.placement import LEAST_BIAS, BiasLevels, bias_level
from nnplay.gui.theme.theme import Theme

FORWARD = frozenset({OnEdge.WEIGHT, OnEdge.FLOW})


class PhaseEdges:
    """The edges of one step, each kind made when it is first shown.

    Parameters
    ----------
    weights
        Shows the weights, whose curves these are.
    numbers
        Of the step.
    """

    def __init__(self, theme: Theme, layout: NetworkLayout, weights: EdgePainter, numbers: StepNumbers) -> None:
        self._theme, self._layout, self._weights, self._numbers = theme, layout, weights, numbers
        self._made: dict[OnEdge, EdgePainter] = {}

    def of(self, what: OnEdge) -> EdgePainter:
        """The edges of one kind."""
        if what is OnEdge.WEIGHT:
            return self._weights
        if what not in self._made:
            made = EdgePainter(self._theme, forward_tones if what in FORWARD else back_tones, of_step=True)
            made.set_layout(self._layout, self._weights.paths)
            made.show_weights(self._numbers.on_edges(what), full=self._numbers.full(what))
            self._made[what] = made
        return self._made[what]

    def colour(self, what: OnEdge, value: float) -> str:
        """The colour of a number on a unit, on the scale of these edges; the middle's for 0, and what is left of it."""
        return self.of(what).pen(value).color().name() if abs(value) > NOTHING else self._theme.palette.middle

    def paint(self, painter: QPainter, state: PhaseState, highlight: Highlight, off: Collection[Unit]) -> None:
        """Paint the edges that are at work; the others step back."""
        for lit in (False, True):
            for layer, what in enumerate(state.edges):
                if (layer in state.lit_edges) == lit:
                    self.of(what).paint_bundle(painter, layer, highlight, off, dim=not lit)
        if highlight.edge is not None:
            self.of(state.edges[highlight.edge[0]]).paint_pointed(painter, *highlight.edge)

    def values(self, what: OnEdge) -> list[Floats]:
        """For each bundle (E,) the numbers that the edges show."""
        return self.of(what).values

    def bias_levels(self, state: PhaseState) -> list[BiasLevels]:
        """For each layer what its bias dots show."""
        return [self._bias_levels(layer, what) for layer, what in enumerate(state.edges)]

    def _bias_levels(self, layer: int, what: OnEdge) -> BiasLevels:
        """No bias carries a delta back, so that its gradient, which is known by then, stays."""
        what = OnEdge.GRADIENT if what is OnEdge.BACK else what
        values, palette = self._numbers.on_biases(what), self._theme.palette
        if what in FORWARD:
            full, tones = max(float(np.abs(each).max(initial=LEAST_BIAS)) for each in values), forward_tones(palette)
        else:
            full, tones = self._numbers.full(what), back_tones(palette)
        return BiasLevels([bias_level(value, full) for value in values[layer].tolist()], tones)
