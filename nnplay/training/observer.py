"""Makes snapshots of a trainer: figures, weights, and every unit's answer over the plane.

One forward pass over a grid has the activation of every unit in it; the grid itself is kept until
the data change.
"""

import math
from dataclasses import dataclass

import numpy as np

from nnplay.nn import NeuralNetwork
from nnplay.training.prepared import PreparedData
from nnplay.training.shadow import bring_along
from nnplay.training.snapshot import Array, PlaneMaps, Snapshot, SnapshotRequest
from nnplay.training.statistics import RunStatistics
from nnplay.training.trainer import Trainer

FINEST, MOVING, COARSEST = 100, 64, 40
LARGEST = 1e12
AT_LEISURE, HURRIED = 64, 16
"""Up to this many units the grid is at its finest; beyond, it coarsens so that a pass costs about the same. A run at
full speed waits for each of 30 passes a second, and while the picture moves, a coarser one, down to `MOVING`, is
hardly told from it.
"""


@dataclass(frozen=True)
class _Grid:
    """The places that every unit answers.

    Attributes
    ----------
    points, narrow
        (R², F) features, in the network's precision and in 32 bits.
    maps
        (F, R, R) the same as maps.
    """

    points: Array
    narrow: Array
    maps: Array


class Observer:
    """Looks at one trainer, at step boundaries only."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self._statistics = RunStatistics(trainer)
        self._grids: dict[int, _Grid] = {}
        self._grids_of: PreparedData | None = None
        self._painted: NeuralNetwork | None = None

    def snapshot(self, request: SnapshotRequest, epochs_per_second: float = 0.0, *, hurried: bool = False) -> Snapshot:
        """What `request` asks for, with arrays of its own; `hurried` where a run at full speed waits for it."""
        trainer, network, measured = self.trainer, self.trainer.network, self._statistics
        weights = tuple(w.copy() for w in network.weights) if request.weights else ()
        biases = tuple(b.copy() for b in network.biases) if request.weights else ()
        return Snapshot(
            figures=trainer.figures,
            batch=trainer.batch,
            weights=weights,
            biases=biases,
            disabled_units=network.disabled_units,
            maps=self._maps(hurried) if request.maps and trainer.prepared.plane is not None else None,
            history=trainer.history.rows() if request.history else None,
            answer=self._answer(request.sample),
            test_outputs=self._test_outputs() if request.test else None,
            epochs_per_second=epochs_per_second,
            learning_rate=float(trainer.optimizer.learning_rate),
            gradients=measured.gradients() if request.gradients else None,
            activations=measured.activations() if request.activations else None,
            confusion=measured.confusion(request.confusion) if request.confusion is not None else None,
        )

    def _answer(self, sample: Array | None) -> Array | None:
        network = self.trainer.network
        if sample is None or sample.shape != (1, network.layer_sizes[0]):
            return None
        answer: Array = network.forward(sample)[0]
        return answer

    def _test_outputs(self) -> Array:
        outputs: Array = self.trainer.network.forward(self.trainer.prepared.X_test)
        return outputs

    def _maps(self, hurried: bool) -> PlaneMaps:
        plane = self.trainer.prepared.plane
        assert plane is not None
        resolution = grid_resolution(self.trainer.network.layer_sizes, hurried=hurried)
        grid = self._grid(resolution)
        answers = self._answers_on(grid)
        return PlaneMaps(plane, grid.maps, tuple(_as_maps(layer, resolution) for layer in answers))

    def _grid(self, resolution: int) -> _Grid:
        prepared = self.trainer.prepared
        if self._grids_of is not prepared:
            self._grids_of, self._grids = prepared, {}
        if resolution not in self._grids:
            points = prepared.grid(resolution)
            maps = _as_maps(points.T.copy(), resolution)
            self._grids[resolution] = _Grid(points, points.astype(np.float32), maps)
        return self._grids[resolution]

    def _answers_on(self, grid: _Grid) -> list[Array]:
        """(U, R²) a layer, what every unit answers: in 32 bits, several times as fast and finer than any picture.

        A run about to diverge has numbers that 32 bits can't hold; it is shown by its own network.
        """
        network = self.trainer.network
        if not np.abs(network.parameters).max() < LARGEST:
            return network.layer_outputs(grid.points, units_first=True)
        if self._painted is None:
            self._painted = network.copy(dtype="float32")
        bring_along(self._painted, network)
        return self._painted.layer_outputs(grid.narrow, units_first=True)


def grid_resolution(layer_sizes: tuple[int, ...], *, hurried: bool = False) -> int:
    """Points along one side of the grid, so that one pass over it stays within a frame."""
    units = max(sum(layer_sizes[1:]), 1)
    at_leisure = max(FINEST * math.sqrt(AT_LEISURE / units), COARSEST)
    wanted = min(at_leisure, max(FINEST * math.sqrt(HURRIED / units), MOVING)) if hurried else at_leisure
    return int(min(wanted, FINEST))


def _as_maps(answers: Array, resolution: int) -> Array:
    """(U, R²) as maps (U, R, R), within what pictures can hold even when a run diverges; overwrites them."""
    np.clip(answers, -LARGEST, LARGEST, out=answers)
    return answers.astype(np.float32, copy=False).reshape(-1, resolution, resolution)
