"""Looks for the places that a run names itself, in bites, while the window goes on."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from nnplay.gui.guard import Guarded
from nnplay.training.record import Recording, Spot, look_for_spots

QUIET_MS = 300
"""Milliseconds for which nothing is done before it begins."""
BITE = 0.008
"""Seconds of looking at a time."""


class SpotFinder(Guarded, QObject):
    """Finds the spots of the branch that a run is on, which is paused.

    Signals
    -------
    found
        The Spots that are known by now, all of them or not yet.
    """

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._of: tuple[object, ...] = ()
        self._search: Iterator[Spot | None] = iter(())
        self._spots: list[Spot] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_bite)

    def look(self, record: Recording) -> None:
        """Begin soon, or go on where it was; what was found of the same run holds."""
        of = (record, record.current, record.step, record.edits)
        if of != self._of:
            self._of, self._search, self._spots = of, look_for_spots(record), []
        self._timer.start(QUIET_MS)

    def rest(self) -> None:
        """Something else comes first."""
        self._timer.stop()

    def forget(self) -> None:
        """What was found holds no longer, or nobody looks; a run that is left takes no memory."""
        self._timer.stop()
        self._of, self._search, self._spots = (), iter(()), []

    @Slot()
    def _on_bite(self) -> None:
        end, known = time.monotonic() + BITE, len(self._spots)
        ended = False
        while time.monotonic() < end and not ended:
            spot = next(self._search, self._search)
            ended = spot is self._search
            if isinstance(spot, Spot):
                self._spots.append(spot)
        if len(self._spots) > known or ended:
            self.found.emit(tuple(self._spots))
        if not ended:
            self._timer.start(0)
