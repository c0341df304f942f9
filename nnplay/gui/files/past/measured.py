"""What is measured of branches: the figures at their ends, and their best epochs, each computed once."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from nnplay.gui.guard import Guarded
from nnplay.gui.session.session import Session
from nnplay.nn.engines import NoKernelError
from nnplay.training.awaiting import awaits_kernel
from nnplay.training.history import Figures
from nnplay.training.record import Branch, Recording, Spot, look_for_best

AT_MOST = 0.05
"""Seconds to compute the end of a branch, of which nearly always the moment is kept."""
BITE, PAUSE_MS = 0.008, 5
"""Seconds of looking for a best epoch at a time, and milliseconds between two of them."""
TOLD_EVERY = 0.25
"""Seconds between two times that what was found is told."""


@dataclass(frozen=True)
class Best:
    """The lowest loss, and after which epoch it was."""

    loss: float
    epoch: int


class Measured:
    """What is known of branches; of one that has changed since it is measured again."""

    def __init__(self) -> None:
        self._ends: WeakKeyDictionary[Branch, tuple[object, Figures | None]] = WeakKeyDictionary()
        self._bests: WeakKeyDictionary[Branch, tuple[object, Best | None]] = WeakKeyDictionary()

    def end(self, record: Recording, branch: Branch) -> Figures | None:
        """The figures at its end; None where to compute them would take too long."""
        if branch is record.current:
            record.trainer.finish()
            return record.trainer.figures
        state = _state(record, branch)
        known = self._ends.get(branch)
        if known is None or known[0] != state:
            cursor = record.cursor()
            try:
                late = cursor.approach(branch, branch.end, AT_MOST)
            except NoKernelError:
                late = branch.end
            if not late:
                cursor.trainer.finish()
            elif awaits_kernel(cursor.trainer):
                return None
            known = self._ends[branch] = (state, None if late else cursor.trainer.figures)
        return known[1]

    def knows_best(self, record: Recording, branch: Branch) -> bool:
        """Whether it was looked for, or the history has every epoch."""
        history = record.trainer.history
        interval = history.interval if branch is record.current else branch.history_interval
        return interval == 1 or self._found(record, branch) is not None

    def best(self, record: Recording, branch: Branch) -> Best | None:
        """The best epoch; None where it isn't known, or there is none."""
        found = self._found(record, branch)
        return None if found is None else found[1]

    def take_best(self, record: Recording, branch: Branch, spot: Spot | None) -> None:
        """Remember what was found."""
        best = None if spot is None else Best(spot.loss, branch.place_of(spot.step)[0])
        self._bests[branch] = (_state(record, branch), best)

    def _found(self, record: Recording, branch: Branch) -> tuple[object, Best | None] | None:
        known = self._bests.get(branch)
        return known if known is not None and known[0] == _state(record, branch) else None


class BestFinder(Guarded, QObject):
    """Looks for the best epochs of branches in bites, while the window goes on and nothing trains.

    Signals
    -------
    found
        More are known: all of them, or those of the last moments, as there may be a thousand branches.
    """

    found = Signal()

    def __init__(self, session: Session, measured: Measured, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._measured = session, measured
        self._record: Recording | None = None
        self._wanted: list[Branch] = []
        self._search: Iterator[Spot | None] | None = None
        self._told = 0.0
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self._on_bite)

    def look(self, record: Recording, branches: Sequence[Branch]) -> None:
        """Look for those of these branches that aren't known."""
        self._record, self._search = record, None
        self._wanted = [branch for branch in branches if not self._measured.knows_best(record, branch)]
        if self._wanted:
            self._timer.start()
        else:
            self.forget()

    def forget(self) -> None:
        """Nobody looks, or the run goes on."""
        self._timer.stop()
        self._record, self._search, self._wanted = None, None, []

    @Slot()
    def _on_bite(self) -> None:
        record, timeline = self._record, self._session.timeline
        if record is None or self._session.running or timeline.record is not record or not self._wanted:
            self.forget()
            return
        if timeline.coming is not None or self._session.film.playing:
            return  # that comes first
        branch = self._wanted[0]
        if self._search is None:
            self._search = look_for_best(record, branch)
        end = time.monotonic() + BITE
        while time.monotonic() < end:
            spot = next(self._search, self._search)
            if spot is None:
                continue
            self._measured.take_best(record, branch, spot if isinstance(spot, Spot) else None)
            self._search = None
            del self._wanted[0]
            if not self._wanted or time.monotonic() >= self._told + TOLD_EVERY:
                self._told = time.monotonic()
                self.found.emit()
            return


def _state(record: Recording, branch: Branch) -> object:
    return record.end_of(branch), branch.edits
