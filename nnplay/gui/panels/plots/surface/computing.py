"""Computes the slice between frames, coarse first, and reads the way of the run while it is paused."""

from collections import deque
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from nnplay.gui.session.session import Session
from nnplay.nn.engines import NoKernelError
from nnplay.training.landscape import (
    Directions,
    LossSlice,
    Objective,
    Path,
    directions_of_weights,
    random_directions,
)
from nnplay.training.record import Branch, MomentReader, Recording

Floats = NDArray[np.float64]

BITE, SMALL_BITE = 0.012, 0.005
"""Seconds for which it computes at once: between two frames, and while a run needs the time."""
PAUSE_MS = 25
"""Milliseconds between two bites while a run needs the time."""
GRIDS_WHILE_RUNNING = 33
"""Places along a side of the finest grid while a run goes on: it is on another place before there are more."""
LEAST_REACH, MOST_REACH = 1.0, 30.0
"""How far a slice goes to either side, at least and at most, as long as nobody looks nearer."""
ROOM = 1.15
"""Times as far as the way of the run goes on it."""
ZOOMS = (1e-3, 1e3)
MOST_SINCE, MOST_PARAMETERS = 256, 16384
"""Moments that are kept of a run that goes on, whose record isn't read meanwhile; and the largest network of which."""


@dataclass(frozen=True)
class Axes:
    """What the slice lies on.

    Attributes
    ----------
    seed
        Of the random directions.
    weights
        Two places among the parameters; None for random directions.
    """

    seed: int = 0
    weights: tuple[int, int] | None = None


class SurfaceComputing(QObject):
    """The slice of the moment that was shown last.

    Signals
    -------
    changed
        There is more of it, or another one.

    Attributes
    ----------
    axes, zoom
        What it lies on, and how many times nearer it is seen than by itself.
    found, directions
        The slice, and what spans it; None before there is any.
    aspect
        How many times as wide as high it is seen: random directions have one scale, as their angles count.
    places
        (M, 2) where the moments of the run lie on it, the start first; empty while they aren't known.
    share
        Of the distances of the moments, which part lies in the slice: 0 to 1; None where there are none.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.axes, self.zoom = Axes(), 1.0
        self.found: LossSlice | None = None
        self.aspect = 1.0
        self.places: Floats = np.empty((0, 2))
        self.share: float | None = None
        self._objective: Objective | None = None
        self._path: Path | None = None
        self._reading: Path | None = None
        self._way_of: tuple[Recording, Branch] | None = None
        self._is_readable = True
        self._since: deque[tuple[int, Floats]] = deque(maxlen=MOST_SINCE)
        self._slope: Floats | None = None
        self._running = False
        self._bites = QTimer(self, singleShot=True)
        self._bites.timeout.connect(self._on_bite)

    @property
    def directions(self) -> Directions | None:
        """What spans the slice."""
        return None if self.found is None else self.found.directions

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing left to compute."""
        return not self._bites.isActive()

    @property
    def downhill(self) -> Floats | None:
        """(2,) which way a plain step of gradient descent goes on the slice; None where it goes nowhere."""
        if self.directions is None or self._objective is None:
            return None
        if self._slope is None:
            self._slope = self.directions.shares_of(-self._objective.gradient()[None])[0]
        return self._slope if np.isfinite(self._slope).all() and self._slope.any() else None

    def show(self, objective: Objective | None, *, running: bool) -> None:
        """Look around the weights of this moment."""
        self._running = running or self._session.running
        if objective is None:
            self.stop()
            self._objective = self.found = None
            self.changed.emit()
        elif objective is not self._objective:
            self._objective = objective
            self._note_place(objective)
            self._begin()
        elif not running:
            self._go_on()

    def look_on(self, axes: Axes) -> None:
        """Let it lie on these from now on."""
        if axes != self.axes:
            self.axes = axes
            self._begin()

    def fill(self, aspect: float, *, computes: bool) -> None:
        """See as much of it as fills a room that is so many times as wide as high."""
        if aspect != self.aspect:
            self.aspect = aspect
            if computes and self.axes.weights is None:
                self._begin()

    def look_nearer(self, zoom: float) -> None:
        """See a part that is so many times as small as what it shows by itself."""
        zoom = min(max(zoom, ZOOMS[0]), ZOOMS[1])
        if zoom != self.zoom:
            self.zoom = zoom
            self._begin()

    def compute_now(self) -> None:
        """As fine as it is while a run goes on, with the path, without waiting: for a figure."""
        objective = self._objective
        if objective is None:
            return
        self._forget_others()
        if self._path is None:  # of all of the run, as the next figure may be of another moment
            path = Path(MomentReader(self._session.timeline.record), objective.network.layout.size)
            with suppress(NoKernelError):
                path.go_on()
            if path.is_complete:
                self._path = path
            self._begin()
        found = self.found
        assert found is not None
        while found.finished is None or len(found.finished) < GRIDS_WHILE_RUNNING:
            found.go_on()
        self.changed.emit()

    def stop(self) -> None:
        """Nobody looks."""
        self._bites.stop()

    def _begin(self) -> None:
        objective = self._objective
        if objective is None:
            return
        network, weights = objective.network, self.axes.weights
        if weights is not None and max(weights) >= network.layout.size:
            self.axes = Axes(self.axes.seed)
            weights = None
        if weights is None:
            directions = random_directions(network, self.axes.seed)
        else:
            directions = directions_of_weights(network, *weights)
        self._slope = None
        self._place_path(directions)
        self.found = LossSlice(objective, directions, self._reach())
        self._go_on()

    def _go_on(self) -> None:
        if not self._bites.isActive():
            self._bites.start(PAUSE_MS if self._running else 0)

    @Slot()
    def _on_bite(self) -> None:
        found = self.found
        if found is None:
            return
        self._running = self._running or self._session.running  # the record is read while it stays as it is
        bite = SMALL_BITE if self._running else BITE
        if found.finished is not None and not self._running and not self._has_path():
            self._read_path(bite)
        elif not found.is_complete and found.go_on(bite):
            self.changed.emit()
        if self._is_more():
            self._go_on()

    def _is_more(self) -> bool:
        found = self.found
        assert found is not None
        if self._running:
            return found.finished is None or len(found.finished) < GRIDS_WHILE_RUNNING
        return not found.is_complete or not self._has_path()

    # ---- the way of the run: what the record has of it, and what was seen since

    def _has_path(self) -> bool:
        """Whether the record was read up to the moment that is seen."""
        self._forget_others()
        if not self._is_readable:
            return True  # what was seen is all that there is to show
        return self._path is not None and self._path.steps[-1] == self._session.timeline.step

    def _forget_others(self) -> None:
        """What belongs to another run or branch, or comes behind where the run stands since it was taken back."""
        record = self._session.timeline.record
        of, step = (record, record.current), record.step
        ends = [self._path.steps[-1]] if self._path is not None else []
        if of != self._way_of or any(end > step for end in (*ends, *(seen for seen, _ in self._since))):
            self._way_of, self._path, self._reading, self._is_readable = of, None, None, True
            self._since.clear()

    def _note_place(self, objective: Objective) -> None:
        """Remember where the run stands now, unless an earlier moment is looked at."""
        self._forget_others()
        timeline = self._session.timeline
        if timeline.looked_at is None and objective.network.layout.size <= MOST_PARAMETERS:
            self._since.append((timeline.record.step, objective.network.parameters.astype(np.float64)))

    def _read_path(self, seconds: float) -> None:
        assert self._objective is not None
        assert self.found is not None
        timeline = self._session.timeline
        if self._reading is None or self._reading.steps[-1] != timeline.step:
            self._reading = Path(MomentReader(timeline.record), self._objective.network.layout.size, timeline.step)
        try:
            self._reading.go_on(seconds)
        except NoKernelError:
            self._reading, self._is_readable = None, False
            return
        if self._reading.is_complete:
            self._path, self._reading = self._reading, None
            self._place_path(self.found.directions)
            reach = self._reach()
            if reach != self.found.reach:
                self.found = LossSlice(self._objective, self.found.directions, reach)
            self.changed.emit()

    def _place_path(self, directions: Directions) -> None:
        """What is known of the path up to the moment that is seen."""
        now, end = self._session.timeline.step, -1
        seen = [np.empty((0, len(directions.centre)))]
        if self._path is not None:
            end = self._path.steps[-1]
            seen.append(self._path.seen[: np.searchsorted(self._path.steps, now, side="right")])
        seen += [place[None] for step, place in self._since if end < step <= now]
        parameters = np.concatenate(seen)
        if len(parameters) and not np.array_equal(parameters[-1], directions.centre):
            parameters = np.concatenate([parameters, directions.centre[None]])  # it ends where the run stands
        self.places, self.share = directions.places_of(parameters), directions.share_of(parameters)

    def _reach(self) -> tuple[float, float]:
        """As far as the path goes, along each of two weights apart; nearer, where a person looks nearer."""
        across, up = np.abs(self.places).max(axis=0) if len(self.places) else np.zeros(2)
        if self.axes.weights is None:
            wide, high = max(self.aspect, 1.0), max(1.0 / self.aspect, 1.0)
            whole = np.clip(ROOM * max(across / wide, up / high), LEAST_REACH, MOST_REACH)
            across, up = whole * wide, whole * high
        else:
            across, up = np.clip(ROOM * np.array([across, up]), LEAST_REACH, MOST_REACH)
        return float(across / self.zoom), float(up / self.zoom)
