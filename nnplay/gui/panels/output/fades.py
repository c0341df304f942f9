"""How far points fade that lie beside the slice that is shown, and those that are left out of training."""

import numpy as np

from nnplay.gui.paint.points import FADES, Indices, picked
from nnplay.training.left_out import Sample, counting
from nnplay.training.prepared import PreparedData
from nnplay.training.slices import Distances, Point

FARTHER = (0.5, 0.9, 1.3, 1.8)
"""Distances, in standard deviations of the other inputs, from which on a point is drawn in the next fainter opacity."""


def without_left_out(fades: Indices | None, prepared: PreparedData, left_out: tuple[Sample, ...]) -> Indices | None:
    """The same, where the points that count nothing are as faint as any; None where all are drawn alike."""
    counts = counting(prepared, left_out)
    if counts is None:
        return fades
    faded = np.zeros(len(prepared.table), np.intp) if fades is None else fades.copy()
    faded[prepared.train[~counts]] = len(FADES) - 1
    return faded


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
