"""Plays the recorded run from its start, at the pace that is set."""

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from nnplay.gui.guard import Guarded
from nnplay.gui.session.session import Session
from nnplay.training.run_control import RunState

FRAME_MS = 33
SECONDS = 12.0
"""How long it takes where no pace is set."""


class Film(Guarded, QObject):
    """Looks at one moment after another.

    Signals
    -------
    changed
        It has begun or ended.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._place, self._seen = 0.0, 0.0
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_frame)
        session.state_changed.connect(self._on_state_changed)
        session.experiment_changed.connect(self._on_run_changed)
        self._record = session.timeline.record

    @property
    def playing(self) -> bool:
        """Whether it goes on."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Begin at the start of the record, or end where it is."""
        if self.playing:
            self.stop()
            return
        timeline = self._session.timeline
        timeline.go_to_start()
        if timeline.looked_at is None:
            return  # there is nothing yet
        self._record = timeline.record
        self._place, self._seen = timeline.record.current.epochs_at(0), time.monotonic()
        self._timer.start()
        self.changed.emit()

    def stop(self) -> None:
        """End it; the moment that is seen stays."""
        if self.playing:
            self._timer.stop()
            self.changed.emit()

    @Slot()
    def _on_frame(self) -> None:
        timeline = self._session.timeline
        if timeline.looked_at is None or timeline.record is not self._record:
            self.stop()
            return
        now = time.monotonic()
        passed, self._seen = now - self._seen, now
        record = timeline.record
        self._place += passed * self._pace()
        timeline.look_at(max(record.current.step_near(self._place, record.step), timeline.step))
        if timeline.looked_at is None:
            self.stop()

    def _pace(self) -> float:
        """Epochs a second."""
        pace, record = self._session.pace, self._session.timeline.record
        if pace.rate is None:
            branch = record.current
            return (branch.epochs_at(record.step) - branch.epochs_at(0)) / SECONDS
        return pace.rate / record.trainer.batches if pace.by_phase else pace.rate

    @Slot(object)
    def _on_state_changed(self, state: RunState) -> None:
        if state is RunState.RUNNING:
            self.stop()

    @Slot()
    def _on_run_changed(self) -> None:
        if self._session.timeline.record is not self._record:
            self.stop()
