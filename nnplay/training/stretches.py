"""How many steps are made at once where nobody looks in between: as many as take about two milliseconds."""

import time

from nnplay.training.place import Advance
from nnplay.training.trainer import NEVER, Trainer

SECONDS = 0.002
"""So soon a run sees what is wanted of it."""
MOST_GROWTH = 4
"""Times as many steps as before there may be at most: the time of a few tells little of that of many."""


class Stretches:
    """Finds out by itself how long a step takes."""

    def __init__(self) -> None:
        self._steps = 1

    def advance(self, trainer: Trainer, epochs: int = NEVER, steps: int = NEVER) -> Advance:
        """Train for about so long, up to so many ends of epochs and so many steps."""
        begin = time.perf_counter()
        made = trainer.advance(min(self._steps, steps), epochs)
        seconds = time.perf_counter() - begin
        fitting = int(SECONDS * made.steps / seconds) if seconds > 0.0 else MOST_GROWTH * self._steps
        self._steps = max(min(fitting, MOST_GROWTH * self._steps), 1)
        return made
