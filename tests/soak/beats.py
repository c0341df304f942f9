"""Measures for how long the window answers nobody, and sees from another thread what it does meanwhile."""

import faulthandler
import tempfile
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from tests.soak.faults import FaultFile

LONGEST = 0.5
"""Seconds between two beats of the event loop, from which on it is a freeze."""


class Beats(QObject):
    """A timer that beats whenever the event loop comes round, and a thread that looks whether it does.

    Attributes
    ----------
    longest
        Seconds of the longest gap, without the time in which the thread waited for a processor that others had.
    """

    def __init__(self, faults: FaultFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._faults = faults
        self.longest = 0.0
        self._last, self._cpu, self._queued = 0.0, 0.0, 0.0
        self._seen = ""
        self._main = threading.get_ident()
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self.skip()
        self._end = threading.Event()
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self.beat)
        self._timer.start()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def stop(self) -> None:
        """End the thread."""
        self._timer.stop()
        self._end.set()
        self._watch.join()

    def skip(self) -> None:
        """What went on since the last beat was the soak's own, and no fault."""
        self._last, self._cpu, self._queued = time.perf_counter(), time.thread_time(), self._waited()
        self._seen = ""

    def beat(self) -> None:
        """Called by the event loop."""
        whole, spent = time.perf_counter() - self._last, time.thread_time() - self._cpu
        own = whole - (self._waited() - self._queued)
        self.longest = max(self.longest, own)
        if own > LONGEST:
            what = f"{1000 * own:.0f} ms ({1000 * whole:.0f} by the clock, {1000 * spent:.0f} of the processor)"
            self._faults.add("freeze", f"freeze in {_innermost(self._seen)}", f"{what}\n{self._seen}")
        self.skip()

    def _waited(self) -> float:
        """Seconds for which the thread could have run, and others did."""
        try:
            return int(self._schedule.read_text().split()[1]) / 1e9
        except (OSError, ValueError, IndexError):
            return 0.0

    def _look(self) -> None:
        while not self._end.wait(0.05):
            if not self._seen and time.perf_counter() - self._last > LONGEST / 2:
                self._seen = _stack_of(self._main)


def _stack_of(thread: int) -> str:
    """What a thread does, innermost first.

    Whoever holds its frames here keeps what is in them: a painter would stay active, and end in the wrong thread.
    """
    with tempfile.TemporaryFile("w+") as file:
        faulthandler.dump_traceback(file)
        file.seek(0)
        threads = file.read().split("\n\n")
    return next((each for each in threads if f"{thread:016x}" in each), "")


def _innermost(stack: str) -> str:
    places = [line for line in stack.splitlines() if "/nnplay/" in line]
    return places[0].rpartition("/nnplay/")[2].replace('"', "") if places else "the program's own"
