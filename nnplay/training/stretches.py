"""How many steps are made at once where nobody looks in between: as many as take about two milliseconds."""

import math
import time
from typing import Protocol

from nnplay.training.place import Advance
from nnplay.training.trainer import NEVER

SECONDS = 0.002
"""So soon a run sees what is wanted of it."""
FORGETS = 1.1
"""By so much a step may take longer than at its best before: what else the machine did meanwhile is not its time."""
MOST_GROWTH = 4
"""Times as many steps as before there may be at most: the time of a few tells little of that of many."""


class Advancing(Protocol):
    """A run, or several side by side."""

    def advance(self, steps: int, epochs: int) -> Advance:
        """Make so many steps at most, up to so many ends of epochs; one step at least."""


class Stretches:
    """Finds out by itself how long a step takes."""

    def __init__(self) -> None:
        self._steps, self._step_seconds = 1, math.inf

    def advance(self, trainer: Advancing, epochs: int = NEVER, steps: int = NEVER, times: int = 1) -> Advance:
        """Train for about so long, or `times` as long, up to so many ends of epochs and so many steps."""
        begin = time.perf_counter()
        made = trainer.advance(min(times * self._steps, steps), epochs)
        took = (time.perf_counter() - begin) / max(made.steps, 1)
        self._step_seconds = max(min(took, FORGETS * self._step_seconds), 1e-9)
        self._steps = max(min(int(SECONDS / self._step_seconds), MOST_GROWTH * self._steps), 1)
        return made
