"""The run of a session: the thread that trains, what controls it, its pace, and the frames that show it."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from nnplay.gui.guard import Guarded
from nnplay.gui.session.frames import FrameTimer
from nnplay.gui.session.pace import FASTEST, TrainingPace
from nnplay.training.probes.probe import Probes
from nnplay.training.run_control import Goal, Outcome, RunControl, RunState, Watch
from nnplay.training.snapshot import Snapshot
from nnplay.training.trainer import Trainer

Answer = TypeVar("Answer")


class TrainingThread(Guarded, QThread):
    """Runs a RunControl to its outcome; steps and figures never travel by signal.

    `outcome` is there once Qt's `finished` is emitted.
    """

    def __init__(self, control: RunControl, goal: Goal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._goal = goal
        self.outcome: Outcome | None = None

    def run(self) -> None:
        """Called by Qt in the new thread."""
        self.outcome = self._control.run(self._goal)


class Run(QObject):
    """Trains one trainer in stretches, each in a thread of its own; another trainer may take its place.

    At a pace by phase a stretch has no thread: a clock says when the next phase is due, and whoever walks through the
    steps comes to it.

    Signals
    -------
    state_changed
        The RunState.
    phase_due
        The run plays by phase, and the next one is due.
    met
        The run was ended by what watches it.
    broke_off
        The Outcome of a stretch that an error ended.

    Attributes
    ----------
    frames
        Brings snapshots to the panels.
    pace
        How fast it goes at most.
    """

    state_changed = Signal(object)
    phase_due = Signal()
    met = Signal()
    broke_off = Signal(object)

    def __init__(self, trainer: Trainer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._control = RunControl(trainer)
        self._thread: TrainingThread | None = None
        self.pace = FASTEST
        self._clock = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._on_clock)
        self.frames = FrameTimer(self._control, self)

    @property
    def trainer(self) -> Trainer:
        """What is trained; read it only while the run is paused, since a worker changes it otherwise."""
        return self._control.trainer

    @property
    def running(self) -> bool:
        """Whether training goes on, in its thread or by phase."""
        return self._thread is not None or self.playing

    @property
    def playing(self) -> bool:
        """Whether it goes on by phase."""
        return self._clock.isActive()

    @property
    def state(self) -> RunState:
        """Where the run stands."""
        return RunState.RUNNING if self.running else self._control.state

    def set_pace(self, pace: TrainingPace) -> None:
        """Go at another pace, at once: a run that goes on by phase becomes one in a thread, and the other way round."""
        before, self.pace = self.pace, pace
        if not pace.by_phase:
            self._control.set_pace(pace.rate)
        if pace.by_phase == before.by_phase:
            if self.playing:
                self._clock.start(self._phase_time())
        elif self.halt():
            self.begin(Goal.ENDLESS)

    def begin(self, goal: Goal) -> None:
        """Train, to the goal or until paused."""
        if goal is Goal.ENDLESS and self.pace.by_phase:
            self._clock.start(0)
        else:
            self._control.begin()
            self._thread = TrainingThread(self._control, goal, self)
            self._thread.finished.connect(self._on_thread_finished)
            self._thread.start()
            self.frames.start()
        self.state_changed.emit(self.state)

    def set_watch(self, watch: Watch | None) -> None:
        """Let this look at the run where a stretch begins and after each step, and end it there; None for nothing."""
        self._control.set_watch(watch)

    def look_on(self) -> None:
        """A step may have been made without a thread: end the run here, if its watch says so."""
        watch = self._control.watch
        if watch is not None and watch(self.trainer):
            self.halt()
            self.met.emit()

    def recover(self) -> None:
        """A step was made without a thread: what ended the last stretch is past."""
        if self._control.state is not RunState.PAUSED:
            self._control.state = RunState.PAUSED
            self.state_changed.emit(self.state)

    def pause(self) -> None:
        """Pause at the next step boundary, where the thread ends, or at the phase that it has come to."""
        if self.playing:
            self._end_play()
        else:
            self._control.pause()

    def halt(self) -> bool:
        """End the thread and wait for it, one step at most; whether training would have gone on."""
        if self.playing:
            self._end_play()
            return True
        thread = self._thread
        if thread is None:
            return False
        self._control.pause()
        thread.wait()
        self._on_thread_finished()
        return True

    def replace(self, trainer: Trainer, *, goes_on: bool = False) -> None:
        """Let another trainer take the place of this one, which is paused; the pace stays.

        A run that `goes_on` keeps the speed that it has come to, too; others begin slowly where no pace is set.
        """
        before = self._control
        self._control = self.frames.control = RunControl(trainer)
        self._control.pace = before.pace
        self._control.set_watch(before.watch)
        if goes_on:
            self._control.begins_slowly = before.begins_slowly
            self._control.head_start = before.head_start + before.trainer.epoch
        self.frames.refresh()

    def show_again(self) -> None:
        """The trainer, which is paused, was put to another place."""
        self._control.told_learned = self._control.trainer.learned
        self.frames.refresh()

    def look(self, probes: Probes) -> Snapshot | None:
        """What `probes` ask for, at once; None while a worker changes the network: frames bring it then."""
        return self._control.look(probes) if self._thread is None else None

    def ask(self, question: Callable[[Trainer], Answer]) -> Future[Answer]:
        """What `question` answers about the trainer between two steps; nothing waits until the answer is read."""
        return self._control.ask(question)

    def submit(self, change: Callable[[Trainer], object]) -> None:
        """Call `change` between two steps, and show what came of it."""
        self._control.submit(change)
        self.frames.refresh()

    def _phase_time(self) -> int:
        assert self.pace.rate is not None
        return round(1000 / self.pace.rate)

    def _end_play(self) -> None:
        self._clock.stop()
        self.state_changed.emit(self.state)
        self.frames.refresh()

    @Slot()
    def _on_clock(self) -> None:
        self._clock.start(self._phase_time())
        self.phase_due.emit()

    @Slot()
    def _on_thread_finished(self) -> None:
        thread = self._thread
        if thread is None or not thread.isFinished():
            return  # a late signal of a thread that has been waited for already
        self._thread = None
        outcome = thread.outcome
        thread.deleteLater()
        self.frames.stop()
        self.state_changed.emit(self.state)
        if outcome is None:
            return
        if outcome.met:
            self.met.emit()
        if outcome.error is not None:
            self.broke_off.emit(outcome)
