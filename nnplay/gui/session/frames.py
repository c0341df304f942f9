"""Brings snapshots to the panels at frame rate, and holds the worker while they are painted."""

from contextlib import ExitStack
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from nnplay.gui.guard import Guarded
from nnplay.training.probes.probe import Probes
from nnplay.training.run_control import RunControl
from nnplay.training.snapshot import Snapshot

FRAME_MS = 33
LATE_MS = 4
"""After which a frame whose snapshot was not there yet is tried again: a whole frame left out would be seen."""


class Beat(Enum):
    """Which frames of a run a viewer draws: what is read is steadier, and cheaper, at every second one.

    Those of one beat tell of the same moments, and the two kinds of every second take turns: figures and curves draw
    the even ones, the network's drawing the odd ones.
    """

    EVERY = "every"
    FIGURES = "figures"
    DRAWING = "drawing"


class Viewer(Protocol):
    """A widget that draws snapshots."""

    @property
    def needs(self) -> Probes:
        """What it draws from, beside the figures that are always there."""

    def isVisible(self) -> bool:
        """Whether it is shown; the panel of a closed dock is not."""

    def window(self) -> QWidget:
        """The window that it is in."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw it."""


class FrameTimer(Guarded, QObject):
    """Takes the newest snapshot 30 times a second while a run goes on, and at once when it pauses.

    While the viewers draw, the gate is closed; it opens when Qt has painted, since a timer of 0 ms
    comes after the paint events that are posted before it.

    Signals
    -------
    learned(epoch)
        The run has learnt its training samples, and at which epoch.
    """

    learned = Signal(int)

    def __init__(self, control: RunControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self._beats: dict[Viewer, Beat] = {}
        self._even = True
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_frame)
        self._late = QTimer(self, interval=LATE_MS, singleShot=True)
        self._late.timeout.connect(self._on_frame)
        self._painted = QTimer(self, interval=0, singleShot=True)
        self._painted.timeout.connect(self._on_painted)
        self._still = QTimer(self, interval=0, singleShot=True)
        self._still.timeout.connect(self._on_still)

    def add(self, viewer: Viewer, beat: Beat = Beat.EVERY) -> None:
        """Show `viewer` the frames of its beat while it is seen, and the newest one when it comes into sight."""
        self._beats[viewer] = beat
        if isinstance(viewer, QWidget):
            viewer.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Called by Qt before a viewer sees `event`."""
        if event.type() == QEvent.Type.Show:
            self.refresh()
        return False

    def start(self) -> None:
        """A run goes on: frames from its worker."""
        self.control.open_gate(self._needs(self._due()))
        self._timer.start()

    def stop(self) -> None:
        """The run has paused: one last frame of what it came to."""
        self._timer.stop()
        self._late.stop()
        self._painted.stop()
        self.refresh()

    def refresh(self) -> None:
        """Draw a paused run again; a running worker draws anyway. Several calls in a row make one frame."""
        if not self._timer.isActive():
            self._still.start()

    def draw(self) -> None:
        """Draw a paused run at once."""
        self._still.stop()
        self._on_still()

    @staticmethod
    def _needs(viewers: list[Viewer]) -> Probes:
        """What these need, together; what several of them need is measured once."""
        return frozenset().union(*(viewer.needs for viewer in viewers))

    def _seen(self) -> list[Viewer]:
        return [viewer for viewer in self._beats if viewer.isVisible() and not viewer.window().isMinimized()]

    def _due(self) -> list[Viewer]:
        """Who draws the next frame of a run."""
        other = Beat.DRAWING if self._even else Beat.FIGURES
        return [viewer for viewer in self._seen() if self._beats[viewer] is not other]

    def _on_frame(self) -> None:
        snapshot = self.control.take_snapshot()
        if self.control.pausing:  # the last frame comes when it pauses, and needn't wait for this
            return
        if snapshot is None:
            self._late.start()
            return
        self.control.close_gate()
        self._painted.start()
        self._tell(snapshot)
        due, self._even = self._due(), not self._even
        self._show(snapshot, due)

    def _on_painted(self) -> None:
        self.control.open_gate(self._needs(self._due()))

    def _on_still(self) -> None:
        if not self._timer.isActive():
            seen = self._seen()
            snapshot = self.control.look(self._needs(seen))
            self._tell(snapshot)
            self._show(snapshot, seen)

    def _tell(self, snapshot: Snapshot) -> None:
        if snapshot.learned is not None and self.control.told_learned is None:
            self.control.told_learned = snapshot.learned
            self.learned.emit(snapshot.learned)

    @staticmethod
    def _show(snapshot: Snapshot, viewers: list[Viewer]) -> None:
        with ExitStack() as stack:  # every viewer has its turn, even if one before it raises
            for viewer in reversed(viewers):
                stack.callback(viewer.show_snapshot, snapshot)
