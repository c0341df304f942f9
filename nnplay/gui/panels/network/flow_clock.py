"""How long the flow along the edges has run, and when it is to be painted where no frame of training does it."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

INTERVAL = 80
"""Milliseconds between two pictures of the flow while no frame comes from training."""


class FlowClock(QObject):
    """Stands still at first.

    Signals
    -------
    due
        The flow has gone on, and nothing was painted meanwhile.
    """

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock, self._last_paint = QElapsedTimer(), QElapsedTimer()
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self._on_timer)

    @property
    def seconds(self) -> float | None:
        """Since it started; None while it stands still."""
        return self._clock.elapsed() / 1000 if self._timer.isActive() else None

    def set_running(self, running: bool) -> None:
        """Let it run, from 0 on, or stand still."""
        if running and not self._timer.isActive():
            self._clock.start()
            self._last_paint.start()
            self._timer.start()
        elif not running:
            self._timer.stop()

    def painted(self) -> None:
        """The flow has just been painted."""
        self._last_paint.restart()

    @Slot()
    def _on_timer(self) -> None:
        if self._last_paint.elapsed() >= INTERVAL:
            self.due.emit()
