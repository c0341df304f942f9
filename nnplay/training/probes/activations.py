"""What the units of each hidden layer output right now, and how much of it is lost to learning."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import ACTIVATIONS
from nnplay.training.probes.probe import Probe
from nnplay.training.probes.samples import some_training_samples
from nnplay.training.ranges import GrowingEnd
from nnplay.training.shadow import ProbedRun

Array = NDArray[np.floating]
Counts = NDArray[np.intp]

BINS = 40
NEAR = 0.02
"""How near to a bound a value counts as saturated, as a part of the way from bound to bound."""
DEAD_BELOW = 1e-6


@dataclass(frozen=True)
class LayerActivations:
    """What the units of one hidden layer output; units that are switched off don't count.

    Attributes
    ----------
    activation
        The name of the layer's activation.
    units
        How many units count.
    mean, standard_deviation
        Of all their outputs; NaN where no unit counts.
    counts
        (BINS,) outputs in each of the equal bins of `Activations.span`; those beyond it are in the outer bins.
    saturated
        The share of outputs, 0 to 1, nearer to a bound than 2 % of the way between the bounds: below 0.02 or above
        0.98 for sigmoid, beyond ±0.96 for tanh, below −0.98 for ELU. None for activations without such bounds.
    dead
        How many units output 0 (less than 10⁻⁶ in size) for every sample, for activations that go to 0 on one side:
        ReLU, GELU, SiLU, softplus. None for all others.
    """

    activation: str
    units: int
    mean: float
    standard_deviation: float
    counts: Counts
    saturated: float | None
    dead: int | None


@dataclass(frozen=True)
class Activations:
    """What the hidden layers output, without dropout and with batch norm's running statistics.

    Attributes
    ----------
    layers
        One a hidden layer, the first layer first; empty where there is none.
    span
        From where to where the bins of all layers reach.
    samples, of
        Over how many of how many training samples.
    """

    layers: tuple[LayerActivations, ...]
    span: tuple[float, float]
    samples: int
    of: int


@dataclass(frozen=True)
class ActivationsProbe(Probe[Activations]):
    """Asks for what the hidden layers output for the training samples."""

    kept = True

    @np.errstate(all="ignore")  # what overflows is shown as what it is
    def measure(self, run: ProbedRun) -> Activations | None:
        """The statistics; None without training samples."""
        data, network = run.trainer.prepared, run.network
        X, _ = some_training_samples(data, network.parameters.size)
        if not len(X):
            return None
        enabled = [
            outputs[:, layer.enabled != 0.0]
            for outputs, layer in zip(network.layer_outputs(X)[:-1], network.hidden_layers, strict=True)
        ]
        kept_span = run.memory(OutputSpan) if run.running else OutputSpan()
        span = kept_span.fit(network.activations, enabled)
        layers = [layer_activations(*each, span) for each in zip(network.activations, enabled, strict=True)]
        return Activations(tuple(layers), span, len(X), len(data.X_train))


@dataclass
class OutputSpan:
    """The range of all outputs of a run: the bounds where an activation has two, else round steps."""

    below: GrowingEnd = field(default_factory=GrowingEnd)
    above: GrowingEnd = field(default_factory=GrowingEnd)

    def fit(self, activations: Sequence[str], outputs: Sequence[Array]) -> tuple[float, float]:
        """From where to where the outputs (N, U) of these layers reach."""
        low, high = 0.0, 0.0
        for name, values in zip(activations, outputs, strict=True):
            limits = ACTIVATIONS[name].limits
            if limits is not None:
                low, high = min(low, limits[0]), max(high, limits[1])
            elif values.size:
                low, high = min(low, float(values.min())), max(high, float(values.max()))
        if all(ACTIVATIONS[name].limits is not None for name in activations):
            return low, high
        return 0.0 - self.below.fit(-low), self.above.fit(high) or 1.0


def layer_activations(activation: str, outputs: Array, span: tuple[float, float]) -> LayerActivations:
    """Statistics of the outputs (N, U) of one layer's units; see `LayerActivations`."""
    if not outputs.size:
        none = np.zeros(BINS, np.intp)
        return LayerActivations(activation, 0, math.nan, math.nan, none, None, None)
    saturated, dead = None, None
    kind = ACTIVATIONS[activation]
    if kind.bounds is not None:
        low, high = kind.bounds
        near = NEAR * (high - low)
        beyond = outputs < low + near
        if kind.limits is not None:
            beyond |= outputs > high - near
        saturated = float(np.mean(beyond))
    if kind.can_die:
        dead = int(np.sum(np.abs(outputs).max(axis=0) < DEAD_BELOW))
    mean = float(np.mean(outputs, dtype=np.float64))
    standard_deviation = float(np.std(outputs, dtype=np.float64))
    counts = _binned(outputs, span)
    return LayerActivations(activation, outputs.shape[1], mean, standard_deviation, counts, saturated, dead)


def _binned(outputs: Array, span: tuple[float, float]) -> Counts:
    """As `numpy.histogram`, but several times as fast since the bins are equal; the outer bins have what is beyond."""
    low, high = span
    places = np.clip((outputs.ravel() - low) * (BINS / (high - low)), 0, BINS - 1)
    return np.bincount(np.nan_to_num(places).astype(np.intp), minlength=BINS)
