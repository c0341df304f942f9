"""Through the layers: every unit cuts the plane by its line, layer by layer, into cells where the network is straight.

The number of cells of one layer of U units is at most 1 + U + U (U − 1) / 2 (Zaslavsky 1975); deeper layers cut each of
these again (Montúfar and others 2014), so that there may be too many of them to show.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.folds.polygons import Polygons, crossings, cut
from nnplay.training.folds.straight import StraightLayer

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Cells:
    """The parts of the plane in which all layers so far are straight.

    Attributes
    ----------
    polygons
        P of them.
    maps
        (P, 3, U) what the last layer outputs in each, as a straight map.
    above
        One (P, U) a layer that bends, the first one first: which of its units have a sum above 0 there.
    """

    polygons: Polygons
    maps: Floats
    above: tuple[Flags, ...] = ()

    def __len__(self) -> int:
        return len(self.polygons)


def through(cells: Cells, layer: StraightLayer, most: int) -> Cells | None:
    """The cells behind a layer that is straight but for its bends; None where they are more than `most`."""
    assert layer.slopes is not None
    sums = layer.sums(cells.maps)
    if not layer.bends:
        return Cells(cells.polygons, sums * layer.slopes[0] * layer.enabled, cells.above)
    polygons, parents = cells.polygons, np.arange(len(cells))
    above: Flags = np.zeros((len(cells), len(layer.biases)), np.bool_)
    for unit in np.flatnonzero(layer.enabled):
        done = cut(polygons, sums[parents, :, unit])
        polygons, parents, above = done.polygons, parents[done.parents], above[done.parents]
        above[:, unit] = done.above
        if len(polygons) > most:
            return None
    slopes = np.where(above, layer.slopes[1], layer.slopes[0]) * layer.enabled
    return Cells(polygons, sums[parents] * slopes[:, None], (*(each[parents] for each in cells.above), above))


def bends(cells: Cells, layer: StraightLayer) -> tuple[Floats, Indices]:
    """(S, 2, 2) the pieces of the lines where a layer's units bend, and (S,) whose each is."""
    segments, _, units = crossings(cells.polygons, layer.sums(cells.maps))
    on = layer.enabled[units] != 0.0
    return segments[on], units[on]
