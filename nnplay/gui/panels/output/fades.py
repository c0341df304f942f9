"""How far points fade that lie beside the slice that is shown, and those that are left out of training."""

import numpy as np

from nnplay.gui.paint.points import FADES, Indices, picked
from nnplay.training.left_out import Sample, counting
from nnplay.training.prepared import PreparedData
from nnplay.training.slices import Distances, Point

FARTHER = (0.5, 0.9, 1.3, 1.8)
"""Distances, in standard deviations of the other inputs, from which on a point is drawn in the next fainter opacity."""


def left_out_rows(prepared: PreparedData, left_out: tuple[Sample, ...]) -> Indices:
    """The rows of the table that count nothing in training."""
    counts = counting(prepared, left_out)
    return np.empty(0, np.intp) if counts is None else np.asarray(prepared.train[~counts], np.intp)


def with_left_out(fades: Indices | None, prepared: PreparedData, rows: Indices) -> Indices | None:
    """The same, where these rows are faint; None where all are drawn alike."""
    if not len(rows):
        return fades
    faded = np.zeros(len(prepared.table), np.intp) if fades is None else fades.copy()
    faded[rows] = len(FADES) - 2
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
