"""How long a phase of a step of [784, 128, 64, 10] takes to be shown: `python -m tests.benchmarks.phase_step`.

From the key to the painted window, whose network panel tells the phase in its caption, with the mean of a batch and
with a sample and a weight of the widest layer: the first phase of a step, which records the whole step, those between,
and the update, which makes it. Then until all is done that the key leads to: after the update all samples are measured
for the figures. Shown are medians of some steps, in milliseconds; none should take more than 50 to be painted. Needs a
screen, or `QT_QPA_PLATFORM=offscreen`. To compare with another commit, take turns: what else a machine does changes by
the minute.
"""

import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, Qt
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
Times = dict[str, list[tuple[float, float]]]


def digits() -> Experiment:
    """The digits that are shipped, on two hidden layers."""
    experiment = with_data_set(Experiment(), "digits")
    while len(experiment.model.hidden_layers) < 2:
        experiment = with_layers(experiment, 1)
    return with_units(with_units(experiment, 0, 128), 1, 64)


class Painted(QObject):
    """Notes when an event comes that was posted behind those that paint."""

    at = 0.0

    def event(self, event: QEvent) -> bool:
        """Called by Qt."""
        self.at = time.perf_counter()
        return super().event(event)


def timed(action: Callable[[], object], application: QApplication) -> tuple[float, float]:
    """Milliseconds until what `action` changes is painted, and until all is done."""
    painted, began = Painted(), time.perf_counter()
    action()
    QCoreApplication.postEvent(painted, QEvent(QEvent.Type.User), Qt.EventPriority.LowEventPriority.value)
    for _ in range(3):  # the frame of a run at rest comes with a timer of 0 ms, and is painted after it
        application.processEvents()
    return 1000 * (painted.at - began), 1000 * (time.perf_counter() - began)


def steps(window: MainWindow, application: QApplication) -> Times:
    """The times of some steps, by what was come to."""
    found: Times = defaultdict(list)
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


def report(title: str, found: Times) -> bool:
    """Print the figures; whether all are within the limit."""
    print(title)
    within = True
    for name, times in found.items():
        painted, done = (statistics.median(each) for each in zip(*times, strict=True))
        print(f"  {name:26} painted {painted:6.1f}  done {done:6.1f}", flush=True)
        within &= painted <= LIMIT
    return within


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
