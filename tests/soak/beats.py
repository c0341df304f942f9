"""Measures for how long the window answers nobody, and sees from another thread what it does meanwhile."""

import sys
import threading
import time
import traceback

from PySide6.QtCore import QObject, QTimer

from tests.soak.faults import FaultFile

LONGEST = 0.5
"""Seconds between two beats of the event loop, from which on it is a freeze."""


class Beats(QObject):
    """A timer that beats whenever the event loop comes round, and a thread that looks whether it does.

    Attributes
    ----------
    longest
        Seconds of the longest gap.
    of_processor
        Freezes of which more than half was time of the processor: the rest may be the machine's.
    """

    def __init__(self, faults: FaultFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._faults = faults
        self.longest = 0.0
        self.of_processor = 0
        self._last, self._cpu = time.perf_counter(), time.thread_time()
        self._seen = ""
        self._own = 0
        self._main = threading.get_ident()
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
        self._last, self._cpu, self._seen = time.perf_counter(), time.thread_time(), ""

    def beat(self) -> None:
        """Called by the event loop."""
        now, cpu = time.perf_counter(), time.thread_time()
        gap, spent = now - self._last, cpu - self._cpu
        self.longest = max(self.longest, gap)
        if gap > LONGEST:
            self.of_processor += spent > LONGEST / 2
            place = _innermost(self._seen)
            what = f"{1000 * gap:.0f} ms, of which {1000 * spent:.0f} ms of the processor\n{self._seen}"
            self._faults.add("freeze", f"freeze in {place}", what)
        self.skip()

    def _look(self) -> None:
        while not self._end.wait(0.05):
            if not self._seen and time.perf_counter() - self._last > LONGEST / 2:
                self._seen = _stack_of(self._main)


def _stack_of(thread: int) -> str:
    """What a thread does; its frames aren't kept, since a painter in one of them would stay active."""
    return "".join(traceback.format_stack(sys._current_frames()[thread], limit=30))


def _innermost(stack: str) -> str:
    places = [line.strip() for line in stack.splitlines() if "/nnplay/" in line and line.strip().startswith("File")]
    return places[-1].split("/nnplay/", 1)[-1].replace('"', "") if places else "the program's own"
