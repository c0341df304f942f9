"""How long a change of theme and an export of a picture stop the window: `python -m tests.benchmarks.window_stops`.

A timer ticks each millisecond; the longest time between two ticks, while the action is done, painted and, in a thread,
written, is how long the window answers nothing. Shown are the median and the longest of some runs, in milliseconds.
Needs a screen, or `QT_QPA_PLATFORM=offscreen`. To compare with another commit, take turns: what else a machine does
changes by the minute.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from nnplay.gui.files import pictures
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import collected_at_rest
from nnplay.training.edits import with_data_set
from nnplay.training.experiment import Experiment

RUNS = 7
SECONDS = 0.7
"""Long enough for all that an action leaves behind."""
SIZE = (1440, 900)
DATA_SETS = ("spirals", "digits")
VIEWS = ("", "network", "output", "plots")


def live(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def longest_stop(action: Callable[[], object]) -> float:
    """Milliseconds of the longest time without a tick, from just before `action` to `SECONDS` after it."""
    ticks = [time.perf_counter()]
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start()
    QTimer.singleShot(20, action)
    live(SECONDS)
    timer.stop()
    return 1000 * max(later - earlier for earlier, later in pairwise(ticks))


def report(name: str, action: Callable[[], object]) -> None:
    """Print the figures of one action as a line."""
    longest_stop(action)  # the first one loads what is rarely wanted
    stops = sorted(longest_stop(action) for _ in range(RUNS))
    print(f"  {name:26} median {statistics.median(stops):6.0f}  longest {stops[-1]:6.0f}", flush=True)


def measure(window: MainWindow, folder: Path) -> None:
    """All figures of one window."""
    report("theme", window.session.theme.toggle)
    for key in VIEWS:
        for kind in ("png", "svg"):
            path = folder / f"picture.{kind}"
            pictures.ask_where = lambda *_, path=path: path  # type: ignore[assignment]  # where a person is asked
            report(f"{key or 'whole window'}, {kind}", lambda key=key: window.pictures.export(key))  # type: ignore[misc]


def main() -> int:
    """Print every figure as a line."""
    application = QApplication(sys.argv[:1])
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    for data_set in (name,) if name else DATA_SETS:
        with tempfile.TemporaryDirectory() as folder:
            theme = Theme("light", styled=False)
            settings = QSettings(str(Path(folder) / "stops.ini"), QSettings.Format.IniFormat)
            window = MainWindow(Session(with_data_set(Experiment(), data_set), theme), settings, Path(folder))
            theme.apply_style_sheet()
            window.resize(*SIZE)
            window.show()
            live(1.0)
            print(f"{data_set}, {window.width()} × {window.height()}")
            with collected_at_rest():  # as in the program
                measure(window, Path(folder))
            window.close()
            window.deleteLater()
            live(0.1)
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
