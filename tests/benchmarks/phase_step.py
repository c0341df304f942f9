"""How long a phase of a step takes to be shown, with digits and [784, 128, 64, 10]: `python -m tests.benchmarks.phase_step`.

From the key to the painted window, whose network panel tells the phase in its caption, with the mean of a batch and
with a sample and a unit of the widest layer: the first phase of a step, which records the whole step, those between, and
the update, which makes it and measures all samples. Shown are median and longest of some steps, in milliseconds; no
answer should take more than 50. Needs a screen, or `QT_QPA_PLATFORM=offscreen`. To compare with another commit, take
turns: what else a machine does changes by the minute.
"""

import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from nnplay.gui.session.selection import WeightAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_data_set, with_layers, with_units
from nnplay.training.experiment import Experiment

STEPS = 9
SIZE = (1440, 900)
LIMIT = 50.0


def digits() -> Experiment:
    """The digits that are shipped, on two hidden layers."""
    experiment = with_data_set(Experiment(), "digits")
    while len(experiment.model.hidden_layers) < 2:
        experiment = with_layers(experiment, 1)
    return with_units(with_units(experiment, 0, 128), 1, 64)


def timed(action: Callable[[], object], application: QApplication) -> float:
    """Milliseconds until what `action` changes is painted."""
    began = time.perf_counter()
    action()
    for _ in range(3):  # the frame of a run at rest comes with a timer of 0 ms, and is painted after it
        application.processEvents()
    return 1000 * (time.perf_counter() - began)


def steps(window: MainWindow, application: QApplication) -> dict[str, list[float]]:
    """The times of some steps, by what was come to."""
    found: dict[str, list[float]] = defaultdict(list)
    for number in range(STEPS + 1):
        while True:
            took = timed(window.actions_.step_phase.trigger, application)
            walk = window.session.walk.walk
            assert walk is not None
            name = "first phase" if walk.cursor == 0 else "update" if walk.through else "phases between"
            if number:  # the first step loads what is rarely wanted
                found[name].append(took)
            if walk.through:
                break
    for _ in range(STEPS):
        found["back from the update"].append(timed(window.actions_.back_phase.trigger, application))
        timed(window.actions_.step_phase.trigger, application)
    return found


def report(title: str, found: dict[str, list[float]]) -> bool:
    """Print the figures; whether all are within the limit."""
    print(title)
    for name, times in found.items():
        print(f"  {name:26} median {statistics.median(times):6.1f}  longest {max(times):6.1f}", flush=True)
    return all(statistics.median(times) <= LIMIT for times in found.values())


def main() -> int:
    """Print every figure as a line; 1 where a median is beyond the limit."""
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "phases.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Session(digits(), Theme("light", styled=False)), settings, Path(folder))
        window.session.theme.apply_style_sheet()
        window.resize(*SIZE)
        window.show()
        for _ in range(10):
            application.processEvents()
        within = report("mean of the batch", steps(window, application))
        selection, trainer = window.session.selection, window.session.trainer
        selection.choose_sample(tuple(trainer.prepared.table.inputs[0]))
        selection.inspect(WeightAddress(0, 400, 3))
        within &= report("a sample and a weight", steps(window, application))
        window.close()
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
