"""How often an open inspector asks a run that goes on for its numbers: so that it costs the run next to nothing."""

import time

INTERVAL = 0.1
"""Seconds between two looks at least: nobody reads faster."""
SHARE = 0.03
"""Of a run's time that it may take at most: to record the step, to lay the numbers out and to paint them."""


class LookPace:
    """Tells when the next look is due, by what the last ones took."""

    def __init__(self) -> None:
        self._began, self._spent = 0.0, 0.0

    @property
    def due(self) -> bool:
        """Whether enough time has passed."""
        return time.perf_counter() >= self._began + max(INTERVAL, self._spent / SHARE)

    def begin(self) -> None:
        """A look is asked for now; what it takes is not known yet, and is taken to be what the last one took."""
        self._began = time.perf_counter()

    def restart(self, seconds: float) -> None:
        """It has come, and took so long to record."""
        self._spent = seconds

    def spend(self, seconds: float) -> None:
        """It took so much longer, to lay it out or to paint it."""
        self._spent += seconds
