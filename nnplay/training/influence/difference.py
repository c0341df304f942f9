"""What a run without one of its samples came to, beside the run with it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.prepared import PreparedData
from nnplay.training.trainer import Trainer

Floats = NDArray[np.float64]

RESOLUTION = 64
"""Places along a side of the plane at which the two are compared."""


@dataclass(frozen=True)
class Difference:
    """How the answers of two runs on the same samples differ.

    Attributes
    ----------
    output
        The output that is told of: of several classes the one that was the likeliest at the sample.
    before, after
        What it answers to the sample, in the target's own unit.
    plane
        Of the plane, the part on which another class is the likeliest; of a regression, by how much its answer changed
        on the mean. None where the inputs span no plane.
    """

    output: int
    before: float
    after: float
    plane: float | None


def difference(before: Trainer, after: Trainer, row: int) -> Difference:
    """That of two runs, told at a sample by its row in the table."""
    prepared = before.prepared
    X = prepared.as_seen(prepared.table.inputs[row : row + 1])
    first, second = _outputs(before, prepared, X)[0], _outputs(after, prepared, X)[0]
    output = int(np.argmax(first))
    plane = None if prepared.plane is None else _on_plane(before, after, prepared)
    return Difference(output, float(first[output]), float(second[output]), plane)


def _on_plane(before: Trainer, after: Trainer, prepared: PreparedData) -> float:
    X = prepared.grid(RESOLUTION)
    one, other = (_outputs(run, prepared, X) for run in (before, after))
    if prepared.table.task == "regression":
        return float(np.abs(other - one).mean())
    return float((_classes(one) != _classes(other)).mean())


def _outputs(run: Trainer, prepared: PreparedData, X: NDArray[np.floating]) -> Floats:
    return np.asarray(prepared.to_target_units(run.network.forward(X)), np.float64)


def _classes(outputs: Floats) -> NDArray[np.intp]:
    return np.asarray(outputs[:, 0] > 0.5 if outputs.shape[1] == 1 else outputs.argmax(axis=1), np.intp)
