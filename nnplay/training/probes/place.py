"""What every unit outputs at one place of the plane."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.probes.probe import Probe
from nnplay.training.shadow import ProbedRun
from nnplay.training.slices import Point

Array = NDArray[np.floating]


@dataclass(frozen=True)
class PlaceOutputs:
    """The activation of every unit at a place.

    Attributes
    ----------
    inputs
        (F,) features as the network sees them.
    layers
        One array (U,) a layer, the outputs last (after sigmoid or softmax, in the target's own unit).
    """

    inputs: Array
    layers: tuple[Array, ...]


@dataclass(frozen=True)
class PlaceProbe(Probe[PlaceOutputs]):
    """Asks for the activations at (x₁, x₂), exactly, where `MapsProbe` has them on a grid and in 32 bits.

    `others` as in `MapsProbe`.
    """

    x1: float
    x2: float
    others: Point | None = None

    def measure(self, run: ProbedRun) -> PlaceOutputs | None:
        """The activations; None where the inputs span no plane."""
        prepared = run.trainer.prepared
        if prepared.plane is None:
            return None
        X = prepared.on_plane(np.array([[self.x1, self.x2]]), self.others)
        *hidden, outputs = run.trainer.network.layer_outputs(X)
        layers = (*hidden, prepared.to_target_units(outputs))
        return PlaceOutputs(X[0], tuple(layer[0] for layer in layers))
