"""Makes snapshots of a trainer: figures, weights, and every unit's answer over the plane.

One forward pass over a grid has the activation of every unit in it; the grid itself is kept until
the data change.
"""

import numpy as np

from nnplay.nn import NeuralNetwork
from nnplay.training.prepared import PreparedData
from nnplay.training.snapshot import Array, PlaneMaps, Snapshot, SnapshotRequest
from nnplay.training.statistics import RunStatistics
from nnplay.training.trainer import Trainer
from nnplay.training.twin import bring_along

FINEST, COARSEST = 100, 40
LARGEST = 1e12
UNITS_AT_FINEST = 64
"""Up to this many units the grid is at its finest; beyond, it coarsens so that a pass costs about the same."""


class Observer:
    """Looks at one trainer, at step boundaries only."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self._statistics = RunStatistics(trainer)
        self._grid_of: PreparedData | None = None
        self._grid: Array = np.empty((0, 0))
        self._narrow_grid: Array = self._grid
        self._input_maps: Array = np.empty((0, 0, 0))
        self._painted: NeuralNetwork | None = None

    def snapshot(self, request: SnapshotRequest, epochs_per_second: float = 0.0) -> Snapshot:
        """What `request` asks for, with arrays of its own."""
        trainer, network, measured = self.trainer, self.trainer.network, self._statistics
        weights = tuple(w.copy() for w in network.weights) if request.weights else ()
        biases = tuple(b.copy() for b in network.biases) if request.weights else ()
        return Snapshot(
            figures=trainer.figures,
            batch=trainer.batch,
            weights=weights,
            biases=biases,
            disabled_units=network.disabled_units,
            maps=self._maps() if request.maps and trainer.prepared.plane is not None else None,
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

    def _maps(self) -> PlaneMaps:
        prepared = self.trainer.prepared
        assert prepared.plane is not None
        resolution = grid_resolution(self.trainer.network.layer_sizes)
        if self._grid_of is not prepared:
            self._grid = prepared.grid(resolution)
            self._narrow_grid = self._grid.astype(np.float32)
            self._input_maps = _as_maps(self._grid.T.copy(), resolution)
            self._grid_of = prepared
        answers = self._answers_on_grid()
        return PlaneMaps(prepared.plane, self._input_maps, tuple(_as_maps(a, resolution) for a in answers))

    def _answers_on_grid(self) -> list[Array]:
        """(U, R²) a layer, what every unit answers: in 32 bits, several times as fast and finer than any picture.

        A run about to diverge has numbers that 32 bits can't hold; it is shown by its own network.
        """
        network = self.trainer.network
        if not np.abs(network.parameters).max() < LARGEST:
            return network.layer_outputs(self._grid, units_first=True)
        if self._painted is None:
            self._painted = network.copy(dtype="float32")
        bring_along(self._painted, network)
        return self._painted.layer_outputs(self._narrow_grid, units_first=True)


def grid_resolution(layer_sizes: tuple[int, ...]) -> int:
    """Points along one side of the grid, so that one pass over it stays within a frame."""
    units = sum(layer_sizes[1:])
    return int(np.clip(FINEST * np.sqrt(UNITS_AT_FINEST / max(units, 1)), COARSEST, FINEST))


def _as_maps(answers: Array, resolution: int) -> Array:
    """(U, R²) as maps (U, R, R), within what pictures can hold even when a run diverges; overwrites them."""
    np.clip(answers, -LARGEST, LARGEST, out=answers)
    return answers.astype(np.float32, copy=False).reshape(-1, resolution, resolution)
