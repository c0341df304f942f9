"""How far points fade that lie beside the slice that is shown."""

import numpy as np

from nnplay.gui.paint.points import Indices, picked
from nnplay.training.prepared import PreparedData
from nnplay.training.slices import Distances, Point

FARTHER = (0.5, 0.9, 1.3, 1.8)
"""Distances, in standard deviations of the other inputs, from which on a point is drawn in the next fainter opacity."""


class Fades:
    """The opacities of the points of one set of data."""

    def __init__(self, prepared: PreparedData) -> None:
        self._count, self._every = len(prepared.table), picked(len(prepared.table))
        self._distances = Distances(prepared.table, prepared.spec.plane_inputs, self._every)

    def at(self, point: Point) -> Indices:
        """(N,) indices into `FADES`, where the slice goes through a point; 0 for those that aren't drawn."""
        fades = np.zeros(self._count, np.intp)
        fades[:: self._every] = np.digitize(self._distances.of(point), FARTHER)
        return fades
