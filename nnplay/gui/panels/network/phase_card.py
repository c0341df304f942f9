"""What the hover card says of a unit, a weight or a bias at a phase of a step: as far as it has been computed."""

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.phase_values import GRADIENTS, OnEdge, OnUnit, PhaseState, StepNumbers
from nnplay.gui.panels.network.shape import NetworkShape
from nnplay.gui.widgets.number_format import parameter_text
from nnplay.texts import mark, tr

_NAMES = {
    OnUnit.INPUT: mark("x {value}"),
    OnUnit.Z: mark("z {value}"),
    OnUnit.NORM: mark("u {value}"),
    OnUnit.A: mark("a {value}"),
    OnUnit.DROPPED: mark("after dropout {value}"),
    OnUnit.DELTA: mark("δ {value}"),
}
_BETWEEN = " · "


class PhaseCard:
    """Says the numbers of one phase."""

    def __init__(self, numbers: StepNumbers, state: PhaseState, shape: NetworkShape) -> None:
        self._numbers, self._state, self._shape = numbers, state, shape

    def unit(self, unit: Unit) -> str:
        """``z 0.640 · a 0.640 · δ −0.120``, "" for a picture."""
        if unit.column == 0 and self._shape.picture:
            return ""
        return _BETWEEN.join(self._said(what, unit) for what in self._known(unit.column))

    def weight(self, layer: int, row: int, unit: int) -> str:
        """``w 0.510 · w · a 0.640 · ∂L/∂w 0.080``, and at the update ``0.510 → 0.470`` in place of w."""
        record, parts = self._numbers.trace.layers[layer], list[str]()
        before, after = float(record.weights_before[row, unit]), float(record.weights_after[row, unit])
        if self._state.edges[layer] is OnEdge.CHANGE:
            parts.append(_change(before, after))
        else:
            parts.append(tr("w {value}", value=parameter_text(before)))
        if self._state.units[layer + 1] is not None:
            parts.append(tr("w · a {value}", value=parameter_text(self._on_edge(OnEdge.FLOW, layer, row, unit))))
        if layer > 0 and self._state.units[layer] is OnUnit.DELTA:
            parts.append(tr("w · δ {value}", value=parameter_text(self._on_edge(OnEdge.BACK, layer, row, unit))))
        what = self._gradient(layer)
        if what is not None:
            parts.append(tr("∂L/∂w {value}", value=parameter_text(self._on_edge(what, layer, row, unit))))
        return _BETWEEN.join(parts)

    def bias(self, unit: Unit) -> str:
        """``b 0.130 · ∂L/∂b 0.080``, and at the update ``0.130 → 0.120`` in place of b."""
        layer, parts = unit.column - 1, list[str]()
        record = self._numbers.trace.layers[layer]
        before, after = float(record.biases_before[unit.position]), float(record.biases_after[unit.position])
        if self._state.edges[layer] is OnEdge.CHANGE:
            parts.append(_change(before, after))
        else:
            parts.append(tr("b {value}", value=parameter_text(before)))
        what = self._gradient(layer)
        if what is not None:
            value = float(self._numbers.on_biases(what)[layer][unit.position])
            parts.append(tr("∂L/∂b {value}", value=parameter_text(value)))
        return _BETWEEN.join(parts)

    def _known(self, column: int) -> list[OnUnit]:
        """What is computed of a column's units, in order."""
        last = self._state.units[column]
        if last is None or column == 0:
            return [] if last is None else [OnUnit.INPUT]
        record = self._numbers.trace.layers[column - 1]
        order = [OnUnit.Z]
        order += [OnUnit.NORM] if record.norm is not None else []
        order += [OnUnit.A]
        order += [OnUnit.DROPPED] if record.mask is not None else []
        order += [OnUnit.DELTA]
        return order[: order.index(last) + 1]

    def _said(self, what: OnUnit, unit: Unit) -> str:
        value = float(self._numbers.on_units(what, unit.column)[unit.position])
        return tr(_NAMES[what], value=parameter_text(value))

    def _on_edge(self, what: OnEdge, layer: int, row: int, unit: int) -> float:
        return float(self._numbers.on_edges(what)[layer][row, unit])

    def _gradient(self, layer: int) -> OnEdge | None:
        """The gradient of a layer's weights as far as it is computed; None before that."""
        what = self._state.edges[layer]
        if what is OnEdge.CHANGE:
            return OnEdge.CLIPPED  # what the optimiser took, clipped or not
        if what is OnEdge.BACK:
            return OnEdge.GRADIENT
        return what if what in GRADIENTS else None


def _change(before: float, after: float) -> str:
    return tr("{before} → {after}", before=parameter_text(before), after=parameter_text(after))
