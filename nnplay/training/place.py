"""Where a run stands between two steps."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class EpochUnderWay:
    """Where an epoch stands.

    Attributes
    ----------
    position
        Samples trained on so far.
    order
        That of the epoch's samples; None for the order they stand in.
    losses
        The sum of those that its steps had.
    """

    position: int
    order: NDArray[np.integer] | None
    losses: float = 0.0


class Place(NamedTuple):
    """Where a run stands: whole epochs done, samples of the next one, and updates made by its optimiser.

    Between two edits of a run the same place is the same moment.
    """

    epoch: int
    position: int
    updates: int


class Advance(NamedTuple):
    """What a stretch of training came to: steps made, and epochs that ended."""

    steps: int
    epochs: int
