"""What hidden space and folds cost a run: `python -m tests.benchmarks.space_pace`.

Needs a screen; without one, `xvfb-run -s "-screen 0 1600x1000x24" python -m tests.benchmarks.space_pace`.
One run of [2, 8, 8, 1] goes on at full speed while they are opened and closed in turn: frames a second, the epochs a
second of the program's own time that are left of those with both closed, the milliseconds of processor time that the
window's thread spends on a frame, and those that it takes to measure a picture and to paint it.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.panels.space.panel import SpacePanel
from nnplay.gui.session.pace import FASTEST
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import collected_at_rest
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.folds import fold_lines, regions
from nnplay.training.folds.folds import MOST_LIVE
from nnplay.training.probes.hidden_space import HiddenSpaceProbe
from nnplay.training.shadow import ProbedRun
from nnplay.training.trainer import Trainer
from tests.benchmarks.window_pace import Stopwatch, live

ROUNDS, SECONDS, SETTLING = 5, 2.0, 0.4
EVERYTHING = "both, inspector and why"
WANTED = 30
"""Frames a second; the timer's own are 33 ms apart."""
RUN = Experiment(
    data=DataSpec(kind="circles", samples=500, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=8),) * 2),
    training=TrainingSpec(batch_size=10, optimizer="adam", learning_rate=0.01),
)


def pace(window: MainWindow, watch: Stopwatch, *, space: bool, folds: bool) -> tuple[float, float, float]:
    """Frames a second, epochs a second of the program's own time, and milliseconds of the window's thread a frame."""
    output = window.panel("output")
    assert isinstance(output, OutputPanel)
    window.place("space").setVisible(space)
    output.checks.folds.setChecked(folds)
    live(SETTLING)
    watch.frames.clear()
    epochs, began, own = window.session.trainer.epoch, time.process_time(), time.thread_time()
    live(SECONDS)
    spent, own = time.process_time() - began, time.thread_time() - own
    a_second = 1 / float(np.mean(np.diff(watch.frames)))
    return a_second, (window.session.trainer.epoch - epochs) / spent, 1000 * own / len(watch.frames)


def others(window: MainWindow, *, shown: bool) -> None:
    """Show what is closed at first, or in the background, beside them; or close it."""
    window.place("inspector").setVisible(shown)
    window.place("why" if shown else "data").raise_()


def told(name: str, values: list[float], unit: str) -> None:
    """Print a median with its range."""
    ordered = sorted(values)
    print(f"  {name:40} median {statistics.median(ordered):7.2f} {unit}  ({ordered[0]:.2f} to {ordered[-1]:.2f})")


def measured() -> None:
    """Print how long the measurements take by themselves."""
    trainer = Trainer(RUN)
    run = ProbedRun(trainer)
    probe = HiddenSpaceProbe(2)
    times: dict[str, list[float]] = {"hidden space": [], "lines of folds": [], "regions": []}
    for _ in range(100):
        trainer.step()
        run.look(full_speed=True, running=True)
        for name, measure in (
            ("hidden space", lambda: probe.measure(run)),
            ("lines of folds", lambda: fold_lines(trainer.prepared, trainer.network, most=MOST_LIVE)),
            ("regions", lambda: regions(trainer.prepared, trainer.network)),
        ):
            began = time.thread_time()
            measure()
            times[name].append(1000 * (time.thread_time() - began))
    for name, values in times.items():
        told(f"to measure {name}", values, "ms")


def painted(window: MainWindow) -> list[float]:
    """Milliseconds to paint the picture."""
    panel = window.panel("space")
    assert isinstance(panel, SpacePanel)
    times = []
    for _ in range(100):
        began = time.thread_time()
        panel.view.repaint()
        times.append(1000 * (time.thread_time() - began))
    return times


def main() -> int:
    """Print every figure as a line."""
    application = QApplication(sys.argv[:1])
    theme = Theme("light")
    theme.apply_style_sheet()
    print(f"circles, [2, 8, 8, 1], 500 points, batches of 10  (at least {WANTED} frames a second)")
    measured()
    with tempfile.TemporaryDirectory() as folder, collected_at_rest():
        settings = QSettings(str(Path(folder) / "pace.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Session(RUN, theme), settings, Path(folder))
        watch = Stopwatch(window)
        window.session.add_viewer(watch)
        window.show()
        window.session.set_pace(FASTEST)
        window.session.toggle_training()
        live(1.0)
        closed = pace(window, watch, space=False, folds=False)
        frames: dict[str, list[float]] = {"both closed": [closed[0]]}
        own: dict[str, list[float]] = {"both closed": [closed[2]]}
        left: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            for name, space, folds in (
                ("hidden space", True, False),
                ("folds", False, True),
                ("both", True, True),
                (EVERYTHING, True, True),
            ):
                others(window, shown=name == EVERYTHING)
                opened = pace(window, watch, space=space, folds=folds)
                others(window, shown=False)
                before, closed = closed, pace(window, watch, space=False, folds=False)
                frames.setdefault(name, []).append(opened[0])
                frames["both closed"].append(closed[0])
                own.setdefault(name, []).append(opened[2])
                own["both closed"].append(closed[2])
                left.setdefault(name, []).append(200 * opened[1] / (before[1] + closed[1]))
        for name, values in frames.items():
            told(f"frames a second, {name}", values, "")
        for name, values in own.items():
            told(f"window's thread a frame, {name}", values, "ms")
        for name, values in left.items():
            told(f"epochs a second left, {name}", values, "%")
        window.session.pause()
        while window.session.running:
            live(0.01)
        window.place("space").show()
        live(SETTLING)
        told("to paint hidden space", painted(window), "ms")
        window.close()
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
