"""What every unit outputs along the one input that spans a strip."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.prepared import PreparedData
from nnplay.training.probes.probe import Probe
from nnplay.training.shadow import ProbedRun
from nnplay.training.slices import Point

Array = NDArray[np.floating]

PLACES = 401
"""More than a curve has pixels between two of them that bend."""


@dataclass(frozen=True)
class LineOutputs:
    """The activation of every unit along an input.

    Attributes
    ----------
    x
        (R,) values of the input, rising.
    layers
        One array (U, R) a layer, the outputs last (after sigmoid or softmax, in the target's own unit).
    plane_inputs
        The input, twice.
    """

    x: Array
    layers: tuple[Array, ...]
    plane_inputs: tuple[int, int]


@dataclass(frozen=True)
class LineProbe(Probe[LineOutputs]):
    """Asks for the activations along the strip; `others` as in `MapsProbe`."""

    others: Point | None = None

    def measure(self, run: ProbedRun) -> LineOutputs | None:
        """The activations; None where the data span no strip."""
        prepared = run.trainer.prepared
        if prepared.plane is None or not prepared.plane_is_line:
            return None
        line = run.memory(_Line)
        layers = run.trainer.network.layer_outputs(line.features(prepared, self.others), units_first=True)
        layers[-1] = prepared.to_target_units(layers[-1])
        return LineOutputs(line.x, tuple(layers), prepared.spec.plane_inputs)


class _Line:
    """The places that are looked at, until the data change."""

    def __init__(self) -> None:
        self._of: tuple[PreparedData, Point | None] | None = None
        self._features: Array = np.empty((0, 0))
        self.x: Array = np.empty(0)

    def features(self, prepared: PreparedData, others: Point | None) -> Array:
        """(R, F) features of the places along the strip of these data."""
        if self._of is None or self._of[0] is not prepared or self._of[1] != others:
            assert prepared.plane is not None
            self._of = (prepared, others)
            self._features = prepared.grid(PLACES, others)
            self.x = np.linspace(*prepared.plane[:2], PLACES)
        return self._features
