"""What every unit outputs over the plane.

One forward pass over a grid has the activation of every unit in it; the grid itself is kept until the data change, or
the place of the plane among the other inputs.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.prepared import Plane, PreparedData
from nnplay.training.probes.probe import Probe
from nnplay.training.shadow import ProbedRun
from nnplay.training.slices import Point

Array = NDArray[np.floating]

FINEST, MOVING, COARSEST = 100, 64, 40
LARGEST = 1e12
FARTHEST = 1e30
"""What 32 bits hold beside its square, as a target in its own unit, which may be far from the network's numbers."""
FINEST_UNITS = 64
"""Up to this many units the grid is at its finest; beyond, it coarsens so that a pass costs about the same. A run at
full speed waits for each of 30 passes a second, and while the picture moves, one of `MOVING` points along a side is
hardly told from it.
"""
MOST_VALUES, LEAST = 500_000, 16
"""Of many inputs a grid has about so many numbers, which fit a frame, and at least so many points along a side."""


@dataclass(frozen=True)
class PlaneMaps:
    """The activation of every unit over the plane.

    Attributes
    ----------
    plane
        (x₁ from, x₁ to, x₂ from, x₂ to).
    inputs
        (F, R, R): each feature as the network sees it. Row 0 is the smallest x₂, column 0 the smallest x₁.
    layers
        One array (U, R, R) a layer, the outputs last (after sigmoid or softmax, in the target's own unit).
    plane_inputs
        Which two inputs span it.
    """

    plane: Plane
    inputs: Array
    layers: tuple[Array, ...]
    plane_inputs: tuple[int, int] = (0, 1)


@dataclass(frozen=True)
class MapsProbe(Probe[PlaneMaps]):
    """Asks for the maps of all units.

    Attributes
    ----------
    others
        A point of all inputs that the plane goes through, where there are more than two; None for the usual point.
    """

    others: Point | None = None

    def measure(self, run: ProbedRun) -> PlaneMaps | None:
        """The maps; None where the inputs span no plane."""
        prepared = run.trainer.prepared
        if prepared.plane is None:
            return None
        resolution = grid_resolution(run.trainer.network.layer_sizes, full_speed=run.full_speed)
        grid = run.memory(_Grids).grid(prepared, resolution, self.others)
        *layers, outputs = (as_maps(outputs, resolution) for outputs in _outputs_on(grid, run))
        targets = np.clip(prepared.to_target_units(outputs), -FARTHEST, FARTHEST).astype(np.float32, copy=False)
        return PlaneMaps(prepared.plane, grid.maps, (*layers, targets), prepared.spec.plane_inputs)


@dataclass(frozen=True)
class _Grid:
    """The places at which every unit is looked at.

    Attributes
    ----------
    points, narrow
        (R², F) features, or (R, F) of a strip, in the network's precision and in 32 bits; None where these can't hold
        them.
    maps
        (F, R, R) the same as maps.
    """

    points: Array
    narrow: Array | None
    maps: Array


class _Grids:
    """The grids of a run's data by their resolution, at one place among the other inputs."""

    def __init__(self) -> None:
        self._of: PreparedData | None = None
        self._others: Point | None = None
        self._known: dict[int, _Grid] = {}

    def grid(self, prepared: PreparedData, resolution: int, others: Point | None) -> _Grid:
        """The grid over the plane of these data."""
        if self._of is not prepared or self._others != others:
            self._of, self._others, self._known = prepared, others, {}
        if resolution not in self._known:
            points = prepared.grid(resolution, others)
            maps = as_maps(points.T.copy(), resolution)
            narrow = points.astype(np.float32) if np.abs(points).max() < LARGEST else None
            self._known[resolution] = _Grid(points, narrow, maps)
        return self._known[resolution]


def _outputs_on(grid: _Grid, run: ProbedRun) -> list[Array]:
    """(U, R²) a layer, what every unit outputs: in 32 bits, several times as fast and finer than any picture.

    A run about to diverge has numbers that 32 bits can't hold, and so may the data; it is shown by its own network.
    """
    network = run.trainer.network
    arrays = (network.parameters, *network.running_means, *network.running_variances)
    small = all(max(float(array.max()), -float(array.min())) < LARGEST for array in arrays)
    if grid.narrow is None or not small:
        return network.layer_outputs(grid.points, units_first=True)
    return run.narrow_network.layer_outputs(grid.narrow, units_first=True)


def grid_resolution(layer_sizes: tuple[int, ...], *, full_speed: bool = False) -> int:
    """Points along one side of the grid, so that one pass over it stays within a frame."""
    units = max(sum(layer_sizes[1:]), 1)
    wanted = max(FINEST * math.sqrt(FINEST_UNITS / units), COARSEST)
    if full_speed:
        wanted = min(wanted, MOVING)
    return int(max(min(wanted, FINEST, math.sqrt(MOST_VALUES / layer_sizes[0])), LEAST))


def as_maps(outputs: Array, resolution: int) -> Array:
    """(U, R²) as maps (U, R, R), within what pictures can hold even when a run diverges; overwrites them.

    Those of a strip, (U, R), are the same in every row.
    """
    if not (outputs.max(initial=0.0) <= LARGEST and outputs.min(initial=0.0) >= -LARGEST):  # NaN is neither
        np.nan_to_num(outputs, copy=False)
        np.clip(outputs, -LARGEST, LARGEST, out=outputs)
    rows = outputs.shape[-1] // resolution
    maps = outputs.astype(np.float32, copy=False).reshape(-1, rows, resolution)
    return np.broadcast_to(maps, (len(maps), resolution, resolution))
