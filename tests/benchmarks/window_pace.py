"""How fast the real window trains, draws and answers: `python -m tests.benchmarks.window_pace`.

Needs a screen; without one, `xvfb-run -s "-screen 0 1600x1000x24" python -m tests.benchmarks.window_pace`.
Each figure is the median of several runs, in one process, on 250 training points in batches of 10, everything visible.
Before and after each run the same network trains without a window: a machine may give twice as much in one minute
as in the next, and the share tells what the window costs. It is told twice: of the same seconds of a run alone, and of
the first second, by which the bars were set; both are nearly one with NumPy, and a third apart for compiled steps.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from nnplay.gui.session.pace import FASTEST
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.catalogue import PANELS
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import collected_at_rest
from nnplay.nn.engines import COMPILED, NUMPY, have_kernel, is_installed
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.probes.probe import Probes
from nnplay.training.run_control import RunControl
from nnplay.training.snapshot import Snapshot
from nnplay.training.trainer import Trainer

RUNS = 5
SECONDS = 4.0
FIRST, SAME = (0.2, 1.2), (0.5, 4.5)
"""From when to when a run without a window is measured, in seconds."""
NETWORKS = {"[2, 4, 2, 1] tanh": ((4, 2), 900, 70), "[2, 8, 8, 8, 1] tanh": ((8, 8, 8), 500, 60)}
"""Units of the hidden layers; with NumPy the least epochs a second, and the least share of those without a window."""
COMPILED_SHARE, LONGEST_GAP = 85, 40
"""The least share of a compiled run, and the most milliseconds from a frame to the next in 99 of 100 cases."""
GAP, SHARE = "frame gap, 99th percentile, ms", "of its first second alone, %"
PING = QEvent.Type(QEvent.registerEventType())
STARTED = """
import sys, time
from nnplay import app
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class FirstPaint(QObject):
    def eventFilter(self, window, event):
        if event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            QTimer.singleShot(0, lambda: (print(time.time(), flush=True), application.exit()))
        return False
class Application(QApplication):
    def exec(self):
        paint = FirstPaint(self)
        for window in self.topLevelWidgets():
            if isinstance(window, QMainWindow):
                window.installEventFilter(paint)
        return super().exec()
application = Application(["nnplay"])
sys.exit(app.main([]))
"""
"""The program as a person starts it, until its window has been painted for the first time."""


class Stopwatch(QWidget):
    """A viewer that notes when frames come, and how long an event waits until it is answered."""

    needs: Probes = frozenset()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setGeometry(0, 0, 1, 1)
        self.frames: list[float] = []
        self.waits: list[float] = []
        self._asked: list[float] = []

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Called at frame rate."""
        self.frames.append(time.perf_counter())

    def ask(self) -> None:
        """From another thread: an event as a click would be."""
        self._asked.append(time.perf_counter())
        QCoreApplication.postEvent(self, QEvent(PING))

    def event(self, event: QEvent) -> bool:
        """Called by Qt."""
        if event.type() == PING:
            self.waits.append(time.perf_counter() - self._asked.pop(0))
            return True
        return super().event(event)


def live(seconds: float, until: Callable[[], bool] | None = None) -> None:
    """Let the window live, and look every millisecond whether it's enough only where that is asked."""
    loop, check = QEventLoop(), QTimer(interval=1)
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    if until is not None:
        check.timeout.connect(lambda: loop.quit() if until() else None)
        check.start()
    loop.exec()
    check.stop()  # nothing collects it while runs are measured, and it would wake the window 1,000 times a second


def measure(window: MainWindow, watch: Stopwatch) -> dict[str, float]:
    """One run at full speed."""
    session = window.session
    watch.frames.clear()
    watch.waits.clear()
    session.reset()
    session.set_pace(FASTEST)  # no slow beginning
    session.toggle_training()
    live(0.5)
    epochs, began = session.trainer.epoch, time.perf_counter()
    watch.frames.clear()
    asking = threading.Event()

    def ask() -> None:
        generator = np.random.default_rng(0)
        while not asking.wait(0.02 + 0.06 * generator.random()):
            watch.ask()

    asker = threading.Thread(target=ask)
    asker.start()
    live(SECONDS)
    rate = (session.trainer.epoch - epochs) / (time.perf_counter() - began)
    asking.set()
    asker.join()
    gaps = 1000 * np.diff(watch.frames)
    began = time.perf_counter()
    session.pause()
    live(2.0, until=lambda: not session.running)
    paused = time.perf_counter() - began
    return {
        "epochs a second": rate,
        "frames a second": 1000 / float(np.mean(gaps)),
        GAP: float(np.percentile(gaps, 99)),
        "answer, 95th percentile, ms": 1000 * float(np.percentile(watch.waits, 95)),
        "pause, ms": 1000 * paused,
    }


def alone(experiment: Experiment) -> tuple[float, float]:
    """Epochs a second of the same run with nobody looking: in its first second, and in those measured in the window.

    A young run measures its figures after every few epochs, which slows compiled steps down.
    """
    control = RunControl(Trainer(experiment))
    control.set_pace(None)
    control.begin()
    thread = threading.Thread(target=control.run)
    began = time.perf_counter()
    thread.start()
    marks = []
    for seconds in sorted((*FIRST, *SAME)):
        time.sleep(max(began + seconds - time.perf_counter(), 0.0))
        marks.append((control.trainer.epoch, time.perf_counter()))
    control.pause()
    thread.join()
    (first, same) = (
        (end[0] - start[0]) / (end[1] - start[1]) for start, end in ((marks[0], marks[2]), (marks[1], marks[3]))
    )
    return first, same


def start_time(folder: str) -> float:
    """Seconds from the start of the process to a drawn window."""
    home = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), folder)
    began = time.time()
    command = [sys.executable, "-c", STARTED]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | home)
    return float(done.stdout.split()[-1]) - began


def report(name: str, experiment: Experiment, folder: str, least_share: float, *, all_panels: bool) -> None:
    """Print every figure of one network as a line, in a window as it opens first or with all panels open."""
    bars = {GAP: ("at most", LONGEST_GAP), SHARE: ("at least", least_share)}
    settings = QSettings(str(Path(folder) / "pace.ini"), QSettings.Format.IniFormat)
    settings.clear()  # the window before left its panels open, which else were measured here, too
    window = MainWindow(Session(experiment, Theme("light")), settings, Path(folder))
    watch = Stopwatch(window)
    window.session.add_viewer(watch)
    window.show()
    if all_panels:
        for row in PANELS:
            window.place(row.key).show()
    live(0.5)
    runs = []
    with collected_at_rest():  # as in the program
        for _ in range(RUNS):
            before, run, after = alone(experiment), measure(window, watch), alone(experiment)
            first, same = (sum(rates) / 2 for rates in zip(before, after, strict=True))
            run |= {"without a window, epochs a second": same, "of these, %": 100 * run["epochs a second"] / same}
            runs.append(run | {SHARE: 100 * run["epochs a second"] / first})
    print(name)
    for figure in runs[0]:
        values = sorted(run[figure] for run in runs)
        bar = "{} {}".format(*bars[figure]) if figure in bars else ""
        print(f"  {figure:34} median {statistics.median(values):8.1f}  ({values[0]:.1f} to {values[-1]:.1f})  {bar}")
    window.close()
    window.deleteLater()
    live(0.1)


def main() -> int:
    """Print every figure as a line."""
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        starts = sorted(start_time(folder) for _ in range(RUNS))
        print(f"start to drawn window  median {statistics.median(starts):.2f} s  ({starts[0]:.2f} to {starts[-1]:.2f})")
        engines = (NUMPY, COMPILED) if is_installed() else (NUMPY,)
        if is_installed():
            have_kernel("float64")  # no run waits for it
        for (name, (units, least, share)), engine in product(NETWORKS.items(), engines):
            layers = tuple(HiddenLayer(units=count, activation="tanh") for count in units)
            experiment = Experiment(
                data=DataSpec(kind="circles", samples=500, train_share=0.5),
                model=ModelSpec(hidden_layers=layers, initializer="xavier_normal"),
                training=TrainingSpec(learning_rate=0.03, batch_size=10, engine=engine),
            )
            if engine == NUMPY:
                report(f"{name}  (at least {least} epochs a second)", experiment, folder, share, all_panels=False)
            else:
                report(f"{name}  (compiled, all panels open)", experiment, folder, COMPILED_SHARE, all_panels=True)
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
