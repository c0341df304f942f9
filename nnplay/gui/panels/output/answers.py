"""What the network answers at points of the plane: exactly while it rests, from the newest maps while it trains."""

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.paint.heatmap import sampled
from nnplay.gui.session.session import Session
from nnplay.nn.metrics import class_indices
from nnplay.training.snapshot import PlaneMaps

Floats = NDArray[np.float64]
OUTPUT = -1
"""The layer of the outputs."""
FEATURES = -2
"""The layer of the features."""


def layer_answers(session: Session, maps: PlaneMaps, points: Floats, layer: int = OUTPUT) -> Floats:
    """The answers (N, U) of one layer's units at points (N, 2).

    While a worker changes the network it must not be asked; then the maps of the newest frame are read between
    their grid points. So are they where the inputs are more than the two of the plane.
    """
    prepared = session.prepared
    if session.running or prepared.table.inputs.shape[1] != 2:
        values = maps.inputs if layer == FEATURES else maps.layers[layer]
        return sampled(values, maps.plane, points)
    X = prepared.as_seen(points)
    if layer == FEATURES:
        return np.asarray(X, dtype=np.float64)
    return np.asarray(session.trainer.network.layer_outputs(X)[layer], dtype=np.float64)


def wrong_answers(session: Session, maps: PlaneMaps) -> NDArray[np.intp]:
    """Indices of the samples whose likeliest class is not their own; none for a regression."""
    prepared = session.prepared
    points = prepared.plane_points
    if points is None or prepared.table.task != "classification" or not len(points):
        return np.empty(0, np.intp)
    if session.running or prepared.table.inputs.shape[1] == 2:
        outputs = layer_answers(session, maps, points)
    else:
        outputs = np.asarray(session.trainer.network.forward(prepared.as_seen(prepared.table.inputs)))
    return np.flatnonzero(class_indices(outputs) != prepared.table.labels)
