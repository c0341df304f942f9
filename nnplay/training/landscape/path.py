"""The way that a run took through its parameters, from the record's moments."""

from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from nnplay.training.landscape.directions import Directions
from nnplay.training.record import MomentReader

Floats = NDArray[np.float64]

MOMENTS = 128
"""So many are looked at, half of them by how much the loss changes."""
MOST_NUMBERS = 1 << 22
"""So many numbers the parameters of all of them have at most."""


class Path:
    """The parameters of a run at moments from its start to one of them; nothing is read before `go_on` is called.

    Parameters
    ----------
    reader
        Of the run, which stays paused while the path is read.
    parameters
        P, how many the network has.
    until
        After how many steps the last one is; None for all that were made.

    Attributes
    ----------
    parameters
        P.
    steps
        After how many steps the moments are.
    """

    def __init__(self, reader: MomentReader, parameters: int, until: int | None = None) -> None:
        self._reader, self.parameters = reader, parameters
        count = min(MOMENTS, max(MOST_NUMBERS // parameters, 2))
        self.steps = reader.steps_between(0, reader.end if until is None else until, count, by_loss=True)
        self._read: list[Floats] = []

    @property
    def is_complete(self) -> bool:
        """Whether all moments have been read."""
        return len(self._read) == len(self.steps)

    def go_on(self, seconds: float = float("inf")) -> None:
        """Read for about so long, and compute what isn't kept."""
        end = perf_counter() + seconds
        while not self.is_complete:
            step = self.steps[len(self._read)]
            if not self._reader.approach(step, end - perf_counter()):
                return
            self._read.append(self._reader.run_at(step).network.parameters.astype(np.float64))
            if perf_counter() >= end:
                return

    @property
    def seen(self) -> Floats:
        """(M, P) the parameters at the moments that have been read, the start first."""
        return np.stack(self._read) if self._read else np.empty((0, self.parameters))

    def on(self, directions: Directions) -> Floats:
        """Where they lie on a slice, (M, 2)."""
        return directions.places_of(self.seen)
