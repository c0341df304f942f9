"""The heights of a slice through the loss, coarse first: each grid has the places of the one before it, and those
between them.
"""

from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from nnplay.training.landscape.directions import Directions
from nnplay.training.landscape.objective import Objective
from nnplay.training.one_thread import one_thread

Floats = NDArray[np.float64]

GRIDS = (9, 17, 33, 65)
"""Places along a side, of one grid after the other."""


class LossSlice:
    """Nothing is computed before `go_on` is called.

    Parameters
    ----------
    objective
        What is as high as the slice shows.
    directions
        What spans it.
    reach
        How far it goes to either side along each of the two.

    Attributes
    ----------
    losses
        (R, R) of the finest grid, the second coordinate rising by row and the first by column; NaN for what isn't
        there yet.
    """

    def __init__(self, objective: Objective, directions: Directions, reach: tuple[float, float]) -> None:
        self.objective, self.directions, self.reach = objective, directions, reach
        self.losses = np.full((GRIDS[-1], GRIDS[-1]), np.nan)
        self._grid = 0
        self._waiting = self._places_of(0)

    @property
    def is_complete(self) -> bool:
        """Whether the finest grid is there."""
        return self._grid == len(GRIDS)

    @property
    def share(self) -> float:
        """Of all places those that are there, 0 to 1."""
        return 1.0 - float(np.isnan(self.losses).mean())

    @property
    def finished(self) -> Floats | None:
        """(n, n) the finest grid of which all is there."""
        if self._grid == 0:
            return None
        step = _stride(self._grid - 1)
        return self.losses[::step, ::step]

    def go_on(self, seconds: float = float("inf")) -> bool:
        """Compute for about so long, one stack at least, until a grid is finished; whether one is."""
        end, before = perf_counter() + seconds, self._grid
        with one_thread():
            while self._grid == before and not self.is_complete:
                self._compute()
                if perf_counter() >= end:
                    break
        return self._grid > before

    def _compute(self) -> None:
        """The next places, as many as a stack takes."""
        some, self._waiting = np.split(self._waiting, [self.objective.at_once])
        rows, columns = some.T
        across, up = (np.linspace(-reach, reach, GRIDS[-1]) for reach in self.reach)
        places = np.column_stack([across[columns], up[rows]])
        self.losses[rows, columns] = self.objective.at(self.directions.parameters_at(places))
        if not len(self._waiting):
            self._grid += 1
            if not self.is_complete:
                self._waiting = self._places_of(self._grid)

    def _places_of(self, grid: int) -> NDArray[np.intp]:
        """(M, 2) rows and columns of a grid that aren't there yet."""
        step = _stride(grid)
        wanted = np.zeros(self.losses.shape, bool)
        wanted[::step, ::step] = True
        return np.argwhere(wanted & np.isnan(self.losses))


def _stride(grid: int) -> int:
    return (GRIDS[-1] - 1) // (GRIDS[grid] - 1)
