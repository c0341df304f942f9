"""Plays the recorded run from its start, at the pace that is set."""

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from nnplay.gui.guard import Guarded
from nnplay.gui.session.run import Run
from nnplay.gui.session.timeline import Timeline
from nnplay.training.record import Recording
from nnplay.training.run_control import RunState

FRAME_MS = 33
SECONDS = 12.0
"""How long it takes where no pace is set."""


class Film(Guarded, QObject):
    """Looks at one moment after another, until the end of the run, or until a person goes somewhere else.

    Signals
    -------
    changed
        It has begun or ended.
    """

    changed = Signal()

    def __init__(self, timeline: Timeline, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timeline, self._run = timeline, run
        self._place, self._seen = 0.0, 0.0
        self._shown = 0
        self._record: Recording | None = None  # while it plays: a run that is left takes no memory
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_frame)
        timeline.changed.connect(self._on_changed)
        run.state_changed.connect(self._on_state_changed)

    @property
    def playing(self) -> bool:
        """Whether it goes on."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Begin at the start of the record, or end where it is."""
        if self.playing:
            self.stop()
            return
        self._timeline.go_to_start()
        if self._timeline.looked_at is None:
            return  # there is nothing yet
        self._record, self._shown = self._timeline.record, self._timeline.wanted
        self._place, self._seen = self._timeline.record.current.epochs_at(0), time.monotonic()
        self._timer.start()
        self.changed.emit()

    def stop(self) -> None:
        """End it; the moment that is seen stays."""
        if self.playing:
            self._timer.stop()
            self._record = None
            self.changed.emit()

    @Slot()
    def _on_frame(self) -> None:
        timeline, record = self._timeline, self._timeline.record
        if record is not self._record:
            self.stop()  # another run took its place
            return
        now = time.monotonic()
        passed, self._seen = now - self._seen, now
        self._place += passed * self._pace()
        if timeline.coming is None:  # else it takes a while, and the next one is farther
            self._shown = min(max(record.current.step_near(self._place, record.step), timeline.step), record.step)
            timeline.look_at(self._shown)
        if timeline.looked_at is None or timeline.wanted != self._shown:  # it can't be computed
            self.stop()

    def _pace(self) -> float:
        """Epochs a second."""
        pace, record = self._run.pace, self._timeline.record
        if pace.rate is None:
            branch = record.current
            return (branch.epochs_at(record.step) - branch.epochs_at(0)) / SECONDS
        return pace.rate / record.trainer.batches if pace.by_phase else pace.rate

    @Slot()
    def _on_changed(self) -> None:
        """A person went somewhere else, or to another branch."""
        timeline = self._timeline
        elsewhere = timeline.coming is None and timeline.step != self._shown
        if self.playing and (timeline.record is not self._record or elsewhere or timeline.looked_at is None):
            self.stop()

    @Slot(object)
    def _on_state_changed(self, state: RunState) -> None:
        if state is RunState.RUNNING or self._timeline.record is not self._record:
            self.stop()
