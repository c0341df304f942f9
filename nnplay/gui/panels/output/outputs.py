"""What the network outputs at points of the plane: exactly while paused, from the newest maps while it trains."""

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.paint.heatmap import sampled
from nnplay.gui.session.session import Session
from nnplay.nn.metrics import class_indices
from nnplay.training.probes.maps import PlaneMaps
from nnplay.training.probes.outputs import SetOutputsProbe
from nnplay.training.probes.place import PlaceProbe
from nnplay.training.probes.probe import Probes

Floats = NDArray[np.float64]
OUTPUT = -1
"""The layer of the outputs."""
TRAINING, TEST = SetOutputsProbe("training"), SetOutputsProbe("test")
ALL_SAMPLES: Probes = frozenset({TRAINING, TEST})


def outputs_at(session: Session, maps: PlaneMaps, place: tuple[float, float], layer: int = OUTPUT) -> Floats:
    """What the units (U,) of one layer output at (x₁, x₂); while it trains, read between the grid points."""
    probe = PlaceProbe(*place)
    exact = session.look(frozenset({probe}))
    outputs = None if exact is None else exact.answer(probe)
    if outputs is None:
        between: Floats = sampled(maps.layers[layer], maps.plane, np.array([place]))[0]
        return between
    return np.asarray(outputs.layers[layer], dtype=np.float64)


def misclassified_samples(session: Session, maps: PlaneMaps) -> NDArray[np.intp]:
    """Indices of the samples whose likeliest class is not their own; none for a regression."""
    prepared = session.prepared
    points = prepared.plane_points
    if points is None or prepared.table.task != "classification" or not len(points):
        return np.empty(0, np.intp)
    exact = session.look(ALL_SAMPLES)
    if exact is None:
        classes = class_indices(sampled(maps.layers[OUTPUT], maps.plane, points))
    else:
        classes = np.empty(len(points), np.intp)
        for probe, indices in ((TRAINING, prepared.train), (TEST, prepared.test)):
            outputs = exact.answer(probe)
            assert outputs is not None
            classes[indices] = class_indices(outputs)
    return np.flatnonzero(classes != prepared.table.labels)
