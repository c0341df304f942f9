"""Brings snapshots to the panels at frame rate, and holds the worker while they are painted."""

from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer

from nnplay.training.run_control import RunControl
from nnplay.training.snapshot import Snapshot, SnapshotRequest

FRAME_MS = 33


class Viewer(Protocol):
    """A widget that draws snapshots."""

    @property
    def needs(self) -> SnapshotRequest:
        """What it draws from."""

    def isVisible(self) -> bool:
        """Whether anybody can see it."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw it."""


class FrameTimer(QObject):
    """Takes the newest snapshot 30 times a second while a run goes on, and at once when it rests.

    While the viewers draw, the gate is closed; it opens when Qt has painted, since a timer of 0 ms
    comes after the paint events that are posted before it.
    """

    def __init__(self, control: RunControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self.viewers: list[Viewer] = []
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_frame)
        self._painted = QTimer(self, interval=0, singleShot=True)
        self._painted.timeout.connect(self._on_painted)
        self._still = QTimer(self, interval=0, singleShot=True)
        self._still.timeout.connect(self._on_still)

    def start(self) -> None:
        """A run goes on: frames from its worker."""
        self.control.open_gate(self.needs())
        self._timer.start()

    def stop(self) -> None:
        """The run rests: one last frame of what it came to."""
        self._timer.stop()
        self._painted.stop()
        self.refresh()

    def refresh(self) -> None:
        """Draw again what rests; a running worker draws anyway. Several calls in a row make one frame."""
        if not self._timer.isActive():
            self._still.start()

    def needs(self) -> SnapshotRequest:
        """What the visible viewers need, together."""
        needs = [viewer.needs for viewer in self.viewers if viewer.isVisible()]
        return SnapshotRequest(
            maps=any(n.maps for n in needs),
            history=any(n.history for n in needs),
            weights=any(n.weights for n in needs),
            test=any(n.test for n in needs),
            sample=next((n.sample for n in needs if n.sample is not None), None),
        )

    def _on_frame(self) -> None:
        snapshot = self.control.take_snapshot()
        if snapshot is None:
            return
        self.control.close_gate()
        self._show(snapshot)
        self._painted.start()

    def _on_painted(self) -> None:
        self.control.open_gate(self.needs())

    def _on_still(self) -> None:
        if not self._timer.isActive():
            self._show(self.control.look(self.needs()))

    def _show(self, snapshot: Snapshot) -> None:
        for viewer in self.viewers:
            if viewer.isVisible():
                viewer.show_snapshot(snapshot)
