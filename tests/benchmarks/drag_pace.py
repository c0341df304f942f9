"""How fast the real window follows a drag in the timeline: `python -m tests.benchmarks.drag_pace`.

Needs a screen; without one, `xvfb-run -s "-screen 0 1600x1000x24" python -m tests.benchmarks.drag_pace`.
The handle is dragged back and forth over a recorded run with everything visible; a moment counts from the event of the
pointer, or of the key ←, until every panel has painted it. At least 20 moments a second are wanted for [2, 8, 8, 1],
and 10 for the small digits network. With `--longest N` runs of that many epochs, of which the window must not stand
still: shown is for how long it did at most while a moment was computed.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QSettings, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from nnplay.gui.panels.timeline.panel import TimelinePanel
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import collected_at_rest
from nnplay.training.record import Recording
from nnplay.training.trainer import Trainer
from tests.benchmarks.record_cost import EXPERIMENTS
from tests.benchmarks.window_pace import live

SECONDS, FEWEST = 6.0, 30
"""Of the run, at least: seconds and epochs."""
MOVES, KEYS, FAR = 120, 60, 10
PATIENCE = 5.0
"""Seconds for one moment at most: two places of the pointer may be one moment of a short run."""


class Hand:
    """A person's, on one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        panel = window.panel("timeline")
        assert isinstance(panel, TimelinePanel)
        self.strip = panel.strip

    def move(self, kind: QEvent.Type, epochs: float) -> None:
        """Press, move or release the pointer where an epoch is."""
        place = QPointF(self.strip.where.x_of(epochs), self.strip.height() / 3)
        button, held = Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, place, self.strip.mapToGlobal(place), button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.postEvent(self.strip, event)

    def back(self) -> None:
        """Press ← with the keyboard on the strip."""
        key = Qt.Key.Key_Left
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QApplication.postEvent(self.strip, event)

    def until_painted(self, before: int) -> float:
        """Let the window live until it shows another moment than before; the longest time that it stood still."""
        timeline, longest = self._window.session.timeline, 0.0
        end = time.perf_counter() + PATIENCE
        while (timeline.step == before or timeline.coming is not None) and time.perf_counter() < end:
            began = time.perf_counter()
            QApplication.processEvents()
            longest = max(longest, time.perf_counter() - began)
        for _ in range(3):  # the snapshot, what it lets be painted, and what is painted
            QApplication.processEvents()
        return longest


def measured(hand: Hand, window: MainWindow, act: object, places: list[float]) -> list[float]:
    """Seconds for each moment."""
    taken = []
    for place in places:
        before, began = window.session.timeline.step, time.perf_counter()
        act(place)  # type: ignore[operator]
        hand.until_painted(before)
        taken.append(time.perf_counter() - began)
    return taken


def _keys(session: Session) -> int:
    """How often ← is pressed: not beyond the start."""
    timeline = session.timeline
    return min(KEYS, int(timeline.record.current.epochs_at(timeline.step)) - 1)


def report(name: str, folder: str, epochs: int | None) -> None:
    """Print the figures of one network."""
    record, end = Recording(Trainer(EXPERIMENTS[name])), time.perf_counter() + SECONDS
    while record.trainer.epoch < (FEWEST if epochs is None else epochs) or (
        epochs is None and time.perf_counter() < end
    ):
        record.trainer.run_epoch()
    settings = QSettings(str(Path(folder) / "drag.ini"), QSettings.Format.IniFormat)
    session = Session(record.trainer.experiment, Theme("light"), record=record)
    window = MainWindow(session, settings, Path(folder))
    window.show()
    live(1.0)
    hand, last = Hand(window), record.current.epochs_at(record.step)
    print(f"{name}: {int(last):,} epochs, {record.step:,} steps")
    with collected_at_rest():  # as in the program
        moves = min(MOVES, int(last) // 2)  # each of them to another epoch
        places = [last * (0.95 - 0.9 * k / moves) for k in range(1, moves)]
        hand.move(QEvent.Type.MouseButtonPress, last / 2)
        hand.until_painted(session.timeline.record.step)
        ways = {
            "dragged": measured(hand, window, lambda place: hand.move(QEvent.Type.MouseMove, place), places),
            "an epoch back by key": measured(hand, window, lambda _: hand.back(), [0.0] * _keys(session)),
        }
        for way, taken in ways.items():
            median, worst = statistics.median(taken), max(taken)
            print(
                f"  {way:22} {1 / median:6.1f} moments a second (median), the slowest {1000 * worst:.0f} ms", flush=True
            )
        hand.move(QEvent.Type.MouseButtonRelease, last / 2)
        still, took = [], []
        for k in range(FAR):
            before, began = session.timeline.step, time.perf_counter()
            session.timeline.look_at(int(record.step * (k * 0.618 % 1)) + 1)
            still.append(max(time.perf_counter() - began, hand.until_painted(before)))
            took.append(time.perf_counter() - began)
        print(
            f"  {'at random':22} {1000 * statistics.median(took):6.0f} ms (median), "
            f"the window still for {1000 * max(still):.0f} ms at most"
        )
    window.close()


def main() -> int:
    """Print every figure as a line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.drag_pace", description=__doc__.splitlines()[0])
    parser.add_argument("--longest", type=int, help="epochs of each run; else so many as some seconds give")
    parser.add_argument("--only", default="", help="a part of the name")
    given = parser.parse_args()
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        for name in EXPERIMENTS:
            if given.only in name:
                report(name, folder, given.longest)
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
