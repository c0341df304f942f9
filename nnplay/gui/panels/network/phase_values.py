"""What the numbers of a step are for the drawing: on units, edges and biases, at each phase of a walk through it.

They are the arrays of the step's record, or made of them by a product or a sum where the step doesn't keep them. The
numbers on units are those of one sample of the batch, or the mean over it; δ is a sample's own ∂ℓ/∂z, N times its row
of the record's delta, so that ∂L/∂w is the mean of a · δ. Gradients and changes are always those of the batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import StepTrace
from nnplay.training.phases import Phase, PhaseKind

Array = NDArray[np.floating]
NOTHING = 1e-12
"""What rounding leaves of a number that is 0, such as the gradient of a bias before batch norm."""


class OnUnit(Enum):
    """What stands on a unit."""

    INPUT = "input"
    Z = "z"
    NORM = "norm"
    A = "a"
    DROPPED = "dropped"
    DELTA = "delta"


class OnEdge(Enum):
    """What an edge shows; of a bias where there is one."""

    WEIGHT = "weight"
    FLOW = "flow"
    BACK = "back"
    GRADIENT = "gradient"
    PENALIZED = "penalized"
    CLIPPED = "clipped"
    CHANGE = "change"


GRADIENTS = frozenset({OnEdge.GRADIENT, OnEdge.PENALIZED, OnEdge.CLIPPED})
_UNIT_OF = {
    PhaseKind.PRE_ACTIVATION: OnUnit.Z,
    PhaseKind.BATCH_NORM: OnUnit.NORM,
    PhaseKind.ACTIVATION: OnUnit.A,
    PhaseKind.DROPOUT: OnUnit.DROPPED,
    PhaseKind.DELTA: OnUnit.DELTA,
}
_OF_ALL = {
    PhaseKind.PENALTY: OnEdge.PENALIZED,
    PhaseKind.CLIPPING: OnEdge.CLIPPED,
    PhaseKind.UPDATE: OnEdge.CHANGE,
}
"""Phases of all layers at once."""


@dataclass(frozen=True)
class PhaseState:
    """What has been computed when a phase is done, and what is at work in it.

    Attributes
    ----------
    phase
        The phase.
    units
        For each column, the inputs first, what stands on its units; None before it is computed.
    edges
        For each dense layer what its edges show.
    lit_columns, lit_edges, lit_biases
        The columns, and the dense layers, that are at work.
    dropped
        The dense layers whose dropout is done.
    """

    phase: Phase
    units: tuple[OnUnit | None, ...]
    edges: tuple[OnEdge, ...]
    lit_columns: frozenset[int] = field(default_factory=frozenset)
    lit_edges: frozenset[int] = field(default_factory=frozenset)
    lit_biases: frozenset[int] = field(default_factory=frozenset)
    dropped: frozenset[int] = field(default_factory=frozenset)

    @property
    def key(self) -> OnEdge:
        """What the key at the foot explains."""
        kind, layer = self.phase.kind, self.phase.layer
        if kind is PhaseKind.INPUTS:
            return OnEdge.WEIGHT
        if kind is PhaseKind.DELTA:
            return OnEdge.BACK
        return self.edges[-1] if layer is None else self.edges[layer]


def state_at(phases: Sequence[Phase], cursor: int, layers: int) -> PhaseState:
    """The state when the phase at `cursor` is done, of a network of so many dense layers."""
    units: list[OnUnit | None] = [None] * (layers + 1)
    edges, dropped = [OnEdge.WEIGHT] * layers, set[int]()
    for kind, layer in ((phase.kind, phase.layer) for phase in phases[: cursor + 1]):
        if kind is PhaseKind.INPUTS:
            units[0] = OnUnit.INPUT
        elif kind in _OF_ALL:
            edges = [_OF_ALL[kind]] * layers
        elif layer is not None:
            units[layer + 1] = _UNIT_OF.get(kind, units[layer + 1])
            if kind is PhaseKind.PRE_ACTIVATION:
                edges[layer] = OnEdge.FLOW
            elif kind is PhaseKind.GRADIENT:
                edges[layer] = OnEdge.GRADIENT
            elif kind is PhaseKind.DROPOUT:
                dropped.add(layer)
    phase = phases[cursor]
    if phase.kind is PhaseKind.DELTA and phase.layer is not None and phase.layer + 1 < layers:
        edges[phase.layer + 1] = OnEdge.BACK
    columns, bundles, biases = _at_work(phase, layers)
    return PhaseState(phase, tuple(units), tuple(edges), columns, bundles, biases, frozenset(dropped))


def _at_work(phase: Phase, layers: int) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """The columns, and the dense layers whose edges and whose biases are at work."""
    kind, layer = phase.kind, phase.layer
    nothing, every = frozenset[int](), frozenset(range(layers))
    if kind is PhaseKind.INPUTS:
        return frozenset({0}), nothing, nothing
    if kind is PhaseKind.LOSS:
        return frozenset({layers}), nothing, nothing
    if layer is None:
        return nothing, every, nothing if kind is PhaseKind.PENALTY else every
    if kind in (PhaseKind.PRE_ACTIVATION, PhaseKind.GRADIENT):
        return frozenset({layer, layer + 1}), frozenset({layer}), frozenset({layer})
    if kind is PhaseKind.DELTA and layer + 1 < layers:
        return frozenset({layer + 1, layer + 2}), frozenset({layer + 1}), nothing
    return frozenset({layer + 1}), nothing, nothing


class StepNumbers:
    """The numbers of a step, each made when it is asked for.

    Parameters
    ----------
    trace
        The step.
    row
        The sample's row in the batch; None for the mean over it.
    """

    def __init__(self, trace: StepTrace, row: int | None) -> None:
        self.trace, self.row = trace, row

    def on_units(self, what: OnUnit, column: int) -> Array:
        """(U,) the numbers on the units of a column, the inputs' being 0."""
        if what is OnUnit.INPUT:
            return self._of(self.trace.inputs)
        layer = self.trace.layers[column - 1]
        if what is OnUnit.DELTA:
            return self._deltas[column - 1]
        if what is OnUnit.NORM and layer.norm is not None:
            return self._of(layer.norm.output)
        return self._of({OnUnit.A: layer.a, OnUnit.DROPPED: layer.outputs}.get(what, layer.z))

    def largest(self, what: OnUnit, column: int) -> float:
        """The largest size of these numbers over the batch; 1 where all of them are 0."""
        layer = self.trace.layers[column - 1]
        values = layer.norm.output if what is OnUnit.NORM and layer.norm is not None else layer.z
        return float(np.abs(values).max(initial=0.0)) or 1.0

    @property
    def targets(self) -> Array:
        """(O,) what the outputs should be."""
        return self._of(self.trace.targets)

    def silenced(self, layer: int) -> NDArray[np.bool_]:
        """(O,) which units of a layer gave out nothing to the sample, or to any of the batch."""
        mask = self.trace.layers[layer].mask
        if mask is None:
            return np.zeros(self.trace.layers[layer].a.shape[-1], dtype=np.bool_)
        rows = mask if self.row is None else mask[self.row : self.row + 1]
        silent: NDArray[np.bool_] = (rows == 0).all(axis=0)
        return silent

    def on_edges(self, what: OnEdge) -> list[Array]:
        """For each dense layer (I, O) what its edges show."""
        return {
            OnEdge.WEIGHT: self._weights,
            OnEdge.FLOW: self._flows,
            OnEdge.BACK: self._backs,
            OnEdge.GRADIENT: self._gradients,
            OnEdge.PENALIZED: self._penalized,
            OnEdge.CLIPPED: [layer.weight_gradient for layer in self.trace.layers],
            OnEdge.CHANGE: self._changes,
        }[what]

    def on_biases(self, what: OnEdge) -> list[Array]:
        """For each dense layer (O,) what its biases show."""
        layers = self.trace.layers
        if what is OnEdge.CHANGE:
            return [layer.biases_after - layer.biases_before for layer in layers]
        if what is OnEdge.CLIPPED:
            return [layer.bias_gradient for layer in layers]
        if what in GRADIENTS:
            return self._bias_gradients
        return [layer.biases_before for layer in layers]

    def full(self, what: OnEdge) -> float:
        """The size that is shown at its strongest, the same one all through the step; 1 where all is 0."""
        if what is OnEdge.BACK:
            arrays = [*self._backs, *self._deltas]
        elif what in GRADIENTS:
            arrays = [a for kind in GRADIENTS for a in (*self.on_edges(kind), *self.on_biases(kind))]
        elif what is OnEdge.CHANGE:
            arrays = [*self._changes, *self.on_biases(what)]
        else:
            arrays = self.on_edges(what)
        return max((float(np.abs(array).max(initial=0.0)) for array in arrays), default=0.0) or 1.0

    def _of(self, values: Array) -> Array:
        result: Array = values.mean(axis=0) if self.row is None else values[self.row]
        return result

    @cached_property
    def _deltas(self) -> list[Array]:
        count = len(self.trace.inputs)
        return [self._of(count * layer.delta) for layer in self.trace.layers]

    @cached_property
    def _weights(self) -> list[Array]:
        return [layer.weights_before for layer in self.trace.layers]

    @cached_property
    def _flows(self) -> list[Array]:
        return [self._of(layer.inputs)[:, None] * layer.weights_before for layer in self.trace.layers]

    @cached_property
    def _backs(self) -> list[Array]:
        first, *others = self.trace.layers
        backs = [layer.weights_before * delta for layer, delta in zip(others, self._deltas[1:], strict=True)]
        return [np.zeros_like(first.weights_before), *backs]

    @cached_property
    def _gradients(self) -> list[Array]:
        if not self._is_altered:
            return [layer.weight_gradient for layer in self.trace.layers]
        return [layer.inputs.T @ layer.delta for layer in self.trace.layers]

    @cached_property
    def _penalized(self) -> list[Array]:
        l1, l2 = self.trace.l1, self.trace.l2
        pairs = zip(self._gradients, self._weights, strict=True)
        return [gradient + l2 * w + l1 * np.sign(w) for gradient, w in pairs]

    @cached_property
    def _bias_gradients(self) -> list[Array]:
        if not self._is_altered:
            return [layer.bias_gradient for layer in self.trace.layers]
        return [layer.delta.sum(axis=0) for layer in self.trace.layers]

    @cached_property
    def _changes(self) -> list[Array]:
        return [layer.weights_after - layer.weights_before for layer in self.trace.layers]

    @property
    def _is_altered(self) -> bool:
        """Whether the gradient that the record keeps isn't that of the data loss alone."""
        return bool(self.trace.l1 or self.trace.l2) or self.trace.clip_norm is not None
