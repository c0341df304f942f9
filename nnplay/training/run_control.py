"""Starts, paces, pauses and observes one trainer from another thread; knows threads, but no Qt.

The window's side makes requests, the worker's side meets them at the next step boundary::

    PAUSED ──run()──▶ RUNNING ──pause() or goal──▶ PAUSED
                         ├──the numbers diverge──▶ DIVERGED ──run()──▶ RUNNING
                         └──anything else raised─▶ FAILED

- The *gate*: while the window draws a frame the worker waits, since both share Python's one lock; compiled steps don't.
- The *mailbox of one*: the newest snapshot replaces the one before; it is made only when asked for.
- *Changes* are functions of the trainer, called between two steps.
"""

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TypeVar

from nnplay.errors import DivergedError
from nnplay.training.awaiting import coming_kernel
from nnplay.training.observer import Observer
from nnplay.training.one_thread import one_thread
from nnplay.training.probes.probe import Probes
from nnplay.training.snapshot import Snapshot
from nnplay.training.stretches import Stretches
from nnplay.training.trainer import NEVER, Trainer

Answer = TypeVar("Answer")
Watch = Callable[[Trainer], bool]

GATE_TIMEOUT = 0.25
"""Seconds after which the worker goes on although no frame was finished: a window that hangs stops nothing."""
PARKING_TIMEOUT = 0.003
"""Seconds that a frame waits for the worker to come to its step boundary; a long step is not waited for."""
WHILE_DRAWING = 4
"""Times as long as else compiled steps are made at once while a frame is drawn."""
SWITCH_INTERVAL, SWITCH_WHILE_DRAWING = sys.getswitchinterval(), 0.0005
"""Seconds after which a thread that waits for Python's lock gets it, and where that is a compiled run's beside a frame:
it needs the lock for a moment at the end of each interval of its history, of which a young run has thousands a second.
"""
LOOK_EVERY = 0.05
"""Seconds between two looks at whether the steps are compiled."""
RATE_WINDOW = 1.0
"""Seconds over which epochs per second are counted."""
FIRST_PACE, RISE = 10.0, 1.15
"""Epochs a second with which a run begins, and by how much it is faster with each epoch.

A pace that rises with the epochs rises tenfold every two seconds: 10, 100, 1,000 and, after 6 s, 10,000 a second.
"""
FULL_SPEED = 10_000.0
"""Epochs a second from which on a beginning is over: hardly any run is faster."""


class RunState(Enum):
    """Where a run stands."""

    PAUSED = "paused"
    RUNNING = "running"
    DIVERGED = "diverged"
    FAILED = "failed"


class Goal(Enum):
    """How far a run goes by itself."""

    ENDLESS = "endless"
    EPOCH = "epoch"
    BATCH = "batch"


@dataclass(frozen=True)
class Outcome:
    """Why a run ended; `error` where it did not end by itself, `met` where its watch ended it."""

    state: RunState
    error: Exception | None = None
    met: bool = False


class RunControl:
    """The two sides of one trainer's thread.

    `run` belongs to the worker; everything else is called by the window.
    """

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.state = RunState.PAUSED
        self.pace: float | None = None
        """Epochs a second at most; None for as fast as it goes, after a beginning that can be watched."""
        self.begins_slowly = True
        """Whether there is such a beginning still: until a pace is set, or full speed is reached."""
        self.head_start = 0
        """Epochs that count as done already, as of a run that this one took the place of while it went on."""
        self.told_learned = trainer.learned
        """What the window knows of `Trainer.learned`."""
        self._due = 0.0  # when the next epoch may begin
        self._observer = Observer(trainer)
        self._wake = threading.Condition()
        self._attention = False  # read after every step: whether there are requests to look at
        self._pausing = False
        self._gate_closed = False
        self._drawing = False  # the window draws, and compiled steps are made meanwhile
        self._parked = False  # the worker is at a step boundary, and waits there
        self._asked: Probes | None = None
        self._mailbox: Snapshot | None = None
        self._changes: deque[Callable[[Trainer], object]] = deque()
        self._watch: Watch | None = None
        self._met = False
        self._rate = EpochRate()
        self._stretches = Stretches()
        self._kernel = ""  # the precision whose kernel is known to be there
        self._awaits_kernel = False

    # the window's side

    def pause(self) -> None:
        """Ask the run to end at the next step boundary."""
        with self._wake:
            self._pausing = self._attention = True
            self._wake.notify_all()

    @property
    def pausing(self) -> bool:
        """Whether the run was asked to end and hasn't yet."""
        return self._pausing

    def close_gate(self) -> None:
        """Hold the worker at its next step boundary, for as long as a frame is drawn.

        Python's one lock would go to and fro between the two at each of the step's products until it is there: it
        takes less time to wait for that. Compiled steps do without the lock, and train on; for longer at a time, since
        whoever draws wishes nothing, and the lock would have to be waited for at each look at what is wished.
        """
        if self.trainer.is_compiled:
            with self._wake:
                if self.state is RunState.RUNNING:  # else nobody would set it back
                    self._drawing = True
                    sys.setswitchinterval(SWITCH_WHILE_DRAWING)
            return
        with self._wake:
            self._gate_closed = self._attention = True
            if self.state is RunState.RUNNING:
                self._wake.wait_for(lambda: self._parked or self.state is not RunState.RUNNING, PARKING_TIMEOUT)

    def open_gate(self, probes: Probes | None = None) -> None:
        """Let the worker go on, and ask for a snapshot with these probes' answers to be left in the mailbox."""
        sys.setswitchinterval(SWITCH_INTERVAL)
        with self._wake:
            self._gate_closed = self._drawing = False
            if probes is not None:
                self._asked, self._attention = probes, True
            self._wake.notify_all()

    def take_snapshot(self) -> Snapshot | None:
        """The newest snapshot, once; None if there is none since the last."""
        with self._wake:
            snapshot, self._mailbox = self._mailbox, None
            return snapshot

    def look(self, probes: Probes) -> Snapshot:
        """A snapshot of a paused run, which is measured where that wasn't done: a step may have been made by hand."""
        if self.state is RunState.PAUSED and not self.trainer.is_measured:
            with one_thread():
                self.trainer.finish()
        return self._observer.snapshot(probes)

    def submit(self, change: Callable[[Trainer], object]) -> None:
        """Call `change` between two steps: now if the run is paused, else at the next step boundary."""
        with self._wake:
            if self.state is RunState.RUNNING:
                self._changes.append(change)
                self._attention = True
                self._wake.notify_all()
                return
        change(self.trainer)

    def ask(self, question: Callable[[Trainer], Answer]) -> Future[Answer]:
        """What `question` answers between two steps: at once if the run is paused."""
        future: Future[Answer] = Future()

        def answer(trainer: Trainer) -> None:
            try:
                future.set_result(question(trainer))
            except Exception as error:  # noqa: BLE001 - raised where the answer is read
                future.set_exception(error)

        self.submit(answer)
        return future

    def set_pace(self, epochs_per_second: float | None) -> None:
        """Apply another speed at once, also from within a wait for the next epoch; a slow beginning ends."""
        with self._wake:
            self.pace, self.begins_slowly = epochs_per_second, False
            self._attention = True
            self._wake.notify_all()

    @property
    def watch(self) -> Watch | None:
        """What looks at the run where it begins and after each step, and ends it there by True."""
        return self._watch

    def set_watch(self, watch: Watch | None) -> None:
        """Let another one look, or none, from the next step on."""
        with self._wake:
            self._watch, self._attention = watch, True
            self._wake.notify_all()

    def begin(self) -> None:
        """Announce a run before its thread starts, so that whatever is submitted meanwhile waits for it."""
        with self._wake:
            self.state, self._pausing = RunState.RUNNING, False

    # the worker's side

    def run(self, goal: Goal = Goal.ENDLESS) -> Outcome:
        """Train until paused, or to the goal; never raises."""
        outcome = Outcome(RunState.PAUSED)
        try:
            with one_thread():
                self._train(goal)
                self.trainer.finish()
            outcome = Outcome(RunState.PAUSED, met=self._met)
        except DivergedError as error:
            outcome = Outcome(RunState.DIVERGED, error)
        except Exception as error:  # noqa: BLE001 - the thread's end: whatever it was is shown in the window
            outcome = Outcome(RunState.FAILED, error)
        return self._end(outcome)

    def _train(self, goal: Goal) -> None:
        self._rate, self._due = EpochRate(), time.monotonic()
        self._met = self._watch is not None and self._watch(self.trainer)
        if self._met:
            return
        step = self._step(goal)
        while True:
            if self._attention or self._awaits_kernel:
                if self._attend() or (self._awaits_kernel and self._wait_for_kernel()):
                    return
                step = self._step(goal)
                continue
            if epochs := step():
                self._rate.count(epochs)
                if goal is Goal.EPOCH:
                    return
                if self.begins_slowly or self.pace is not None:
                    if self._wait_for_pace():
                        return
                    step = self._step(goal)
            if goal is Goal.BATCH:
                return

    def _step(self, goal: Goal) -> Callable[[], int]:
        """What trains on, and answers how many epochs ended: a run that nobody watches doesn't ask after each step.

        Compiled steps are made without Python's lock, some milliseconds of them at once.
        """
        self._awaits_kernel = self.trainer.is_compiled and self._kernel != self.trainer.network.dtype
        if self._watch is not None:
            return self._watched_step
        if goal is Goal.BATCH or not self.trainer.is_compiled:
            return self.trainer.step
        is_endless = goal is Goal.ENDLESS and not self.begins_slowly and self.pace is None
        return partial(self._stretch, NEVER if is_endless else 1)

    def _stretch(self, epochs: int) -> int:
        times = WHILE_DRAWING if self._drawing else 1
        return self._stretches.advance(self.trainer, epochs, times=times).epochs

    def _wait_for_kernel(self) -> bool:
        """Wait until the compiled steps are there, or there are requests; True when the run is to end."""
        dtype = self.trainer.network.dtype
        kernel = coming_kernel(dtype)
        while kernel is not None and kernel.is_coming:
            with self._wake:
                self._wake.wait_for(lambda: self._attention, LOOK_EVERY)
            if self._attention:
                return False
        self._kernel = dtype
        return kernel is not None and kernel.is_given_up

    def _watched_step(self) -> bool:
        is_last = self.trainer.step()
        if self._watch is not None and self._watch(self.trainer):
            with self._wake:
                self._met = self._pausing = self._attention = True
        return is_last

    def _attend(self) -> bool:
        """Meet the requests; True when the run is to end."""
        with self._wake:
            self._attention = False
            probes, self._asked = self._asked, None
        self._make_changes()
        if probes is not None:
            snapshot = self._observer.snapshot(probes, self._rate.per_second(), full_speed=self._pace() is None)
            with self._wake:
                self._mailbox = snapshot
        with self._wake:
            self._parked = True
            self._wake.notify_all()
            self._wake.wait_for(lambda: self._pausing or self._changes or not self._gate_closed, GATE_TIMEOUT)
            self._parked = False
            if not self._changes:  # a change may be waited for by whoever draws: it comes first, the gate stays closed
                self._gate_closed = False
            return self._pausing

    def _make_changes(self) -> None:
        while True:
            with self._wake:
                if not self._changes:
                    return
                change = self._changes.popleft()
            change(self.trainer)

    def _pace(self) -> float | None:
        """The most epochs a second that there may be now."""
        pace = self.pace
        if pace is None and self.begins_slowly:
            pace = FIRST_PACE + RISE * (self.trainer.epoch + self.head_start)
            if pace >= FULL_SPEED:
                self.begins_slowly, pace = False, None
        return pace

    def _wait_for_pace(self) -> bool:
        """Wait until the next epoch is due, meeting requests meanwhile; True when the run is to end.

        An epoch that took longer than its pace allows is not waited for, and not made up for either.
        """
        began, now = self._due, time.monotonic()
        while (pace := self._pace()) is not None:
            self._due = max(began + 1.0 / pace, now)
            left = self._due - time.monotonic()
            if left <= 0:
                break
            with self._wake:
                self._parked = True
                self._wake.wait_for(lambda: self._attention, left)
                self._parked = False
            if self._attention and self._attend():
                return True
        return False

    def _end(self, outcome: Outcome) -> Outcome:
        """Come to the end; what was submitted until now is still done first, so that no edit is lost."""
        while True:
            try:
                self._make_changes()
            except Exception as error:  # noqa: BLE001 - as in `run`
                outcome = outcome if outcome.error else Outcome(RunState.FAILED, error)
            with self._wake:
                if self._changes:
                    continue
                self.state = outcome.state
                self._pausing = self._gate_closed = self._drawing = self._attention = False
                sys.setswitchinterval(SWITCH_INTERVAL)
                self._mailbox = self._asked = None
                self._wake.notify_all()
                return outcome


class EpochRate:
    """Counts epochs and tells how many a second there were lately."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])
        self._epochs = 0

    def count(self, epochs: int) -> None:
        """So many epochs more."""
        self._epochs += epochs

    def per_second(self) -> float:
        """Epochs per second over the last second or so; 0.0 before any time has passed."""
        now = time.monotonic()
        self._marks.append((now, self._epochs))
        while len(self._marks) > 2 and now - self._marks[1][0] >= RATE_WINDOW:
            self._marks.popleft()
        since, epochs = self._marks[0]
        return (self._epochs - epochs) / (now - since) if now > since else 0.0
