"""Brings snapshots to the panels at frame rate, and holds the worker while they are painted."""

from contextlib import ExitStack
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from nnplay.training.run_control import RunControl
from nnplay.training.snapshot import Snapshot, SnapshotRequest

FRAME_MS = 33


class Viewer(Protocol):
    """A widget that draws snapshots."""

    @property
    def needs(self) -> SnapshotRequest:
        """What it draws from."""

    def isVisible(self) -> bool:
        """Whether it is shown; the panel of a closed dock is not."""

    def window(self) -> QWidget:
        """The window that it is in."""

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
        self._viewers: list[Viewer] = []
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_frame)
        self._painted = QTimer(self, interval=0, singleShot=True)
        self._painted.timeout.connect(self._on_painted)
        self._still = QTimer(self, interval=0, singleShot=True)
        self._still.timeout.connect(self._on_still)

    def add(self, viewer: Viewer) -> None:
        """Show `viewer` every frame while it is seen, and the newest one when it comes into sight."""
        self._viewers.append(viewer)
        if isinstance(viewer, QWidget):
            viewer.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Called by Qt before a viewer sees `event`."""
        if event.type() == QEvent.Type.Show:
            self.refresh()
        return False

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
        """What the viewers that are seen need, together."""
        needs = [viewer.needs for viewer in self._seen()]
        return SnapshotRequest(
            maps=any(n.maps for n in needs),
            history=any(n.history for n in needs),
            weights=any(n.weights for n in needs),
            test=any(n.test for n in needs),
            gradients=any(n.gradients for n in needs),
            activations=any(n.activations for n in needs),
            sample=next((n.sample for n in needs if n.sample is not None), None),
            confusion=next((n.confusion for n in needs if n.confusion is not None), None),
        )

    def _seen(self) -> list[Viewer]:
        return [viewer for viewer in self._viewers if viewer.isVisible() and not viewer.window().isMinimized()]

    def _on_frame(self) -> None:
        snapshot = self.control.take_snapshot()
        if snapshot is None:
            return
        self.control.close_gate()
        self._painted.start()
        self._show(snapshot)

    def _on_painted(self) -> None:
        self.control.open_gate(self.needs())

    def _on_still(self) -> None:
        if not self._timer.isActive():
            self._show(self.control.look(self.needs()))

    def _show(self, snapshot: Snapshot) -> None:
        with ExitStack() as stack:  # every viewer has its turn, even if one before it raises
            for viewer in reversed(self._seen()):
                stack.callback(viewer.show_snapshot, snapshot)
