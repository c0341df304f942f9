"""What an open inspector costs a run: `python -m tests.benchmarks.inspector_pace`.

Needs a screen; without one, `xvfb-run -s "-screen 0 1600x1000x24" python -m tests.benchmarks.inspector_pace`.
One run at full speed goes on while the inspector is opened and closed in turn: the share is that of the epochs a second
with it open of those with it closed just before and after. Seconds are those that the program computes, so that what
else the machine does counts little: window and training share Python's lock. Beside it stands the share of the time in
which it recorded steps, laid out and painted. Then how long the table of a large matrix
takes to paint.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from nnplay.gui.panels.inspector.look_pace import LookPace
from nnplay.gui.panels.inspector.panel import InspectorPanel
from nnplay.gui.session.pace import FASTEST
from nnplay.gui.session.selection import WeightAddress
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import collected_at_rest
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec

ROUNDS, SECONDS, SETTLING = 8, 1.5, 0.4
LEAST = 90
"""Per cent of the epochs a second that must be left."""
RUNS = {
    "circles, [2, 8, 8, 1], batches of 10": Experiment(
        data=DataSpec(kind="circles", samples=500, train_share=0.5),
        model=ModelSpec(hidden_layers=(HiddenLayer(units=8, activation="tanh"),) * 2),
        training=TrainingSpec(batch_size=10, optimizer="adam", learning_rate=0.01),
    ),
    "XOR, [2, 4, 1]": Experiment(
        data=DataSpec(kind="xor"), model=ModelSpec(hidden_layers=(HiddenLayer(units=4, activation="relu"),))
    ),
    "digits, [784, 128, 10], batches of 50": Experiment(
        data=DataSpec(kind="digits", samples=1000),
        model=ModelSpec(hidden_layers=(HiddenLayer(units=128, activation="relu"),), loss="categorical_cross_entropy"),
        training=TrainingSpec(batch_size=50, learning_rate=0.05),
    ),
}


def live(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


class Spent:
    """Counts the seconds that the inspector says it took."""

    def __init__(self, pace: LookPace) -> None:
        self.seconds = 0.0
        for name in ("restart", "spend"):
            setattr(pace, name, self._counted(getattr(pace, name)))

    def _counted(self, tell: Callable[[float], None]) -> Callable[[float], None]:
        def count(seconds: float) -> None:
            self.seconds += seconds
            tell(seconds)

        return count


def rate(session: Session, opened: bool, window: MainWindow) -> float:
    """Epochs a second with the inspector open or closed."""
    window.place("inspector").setVisible(opened)
    live(SETTLING)
    epochs, began = session.trainer.epoch, time.process_time()
    live(SECONDS)
    return (session.trainer.epoch - epochs) / (time.process_time() - began)


def shares(window: MainWindow, tab: int, spent: Spent) -> tuple[list[float], list[float]]:
    """Per cent of the epochs a second that are left with the inspector open, each beside those around it; its time."""
    session, panel = window.session, window.panel("inspector")
    assert isinstance(panel, InspectorPanel)
    panel.header.tabs.setCurrentIndex(tab)
    session.reset()
    session.set_pace(FASTEST)
    session.toggle_training()
    live(1.0)
    found, taken = [], []
    closed = rate(session, False, window)
    for _ in range(ROUNDS):
        before_it, began = spent.seconds, time.perf_counter()
        opened = rate(session, True, window)
        taken.append(100 * (spent.seconds - before_it) / (time.perf_counter() - began))
        before, closed = closed, rate(session, False, window)
        found.append(200 * opened / (before + closed))
    session.pause()
    while session.running:
        live(0.01)
    return found, taken


def paint_times(window: MainWindow) -> list[float]:
    """Milliseconds to paint the visible part of the first layer's weights, one scroll step after the other."""
    panel = window.panel("inspector")
    assert isinstance(panel, InspectorPanel)
    window.place("inspector").show()
    panel.header.tabs.setCurrentIndex(1)
    live(0.5)
    view, times = panel.matrices.view, []
    bar = view.verticalScrollBar()
    for step in range(100):
        bar.setValue(37 * step % (bar.maximum() + 1))
        began = time.perf_counter()
        view.viewport().repaint()
        times.append(1000 * (time.perf_counter() - began))
    return times


def told(name: str, values: list[float], unit: str) -> None:
    """Print a median with its range."""
    ordered = sorted(values)
    print(f"  {name:34} median {statistics.median(ordered):6.1f} {unit}  ({ordered[0]:.1f} to {ordered[-1]:.1f})")


def main() -> int:
    """Print every figure as a line."""
    application = QApplication(sys.argv[:1])
    theme = Theme("light")
    theme.apply_style_sheet()
    with tempfile.TemporaryDirectory() as folder, collected_at_rest():
        for number, (name, experiment) in enumerate(RUNS.items()):
            settings = QSettings(str(Path(folder) / f"{number}.ini"), QSettings.Format.IniFormat)
            window = MainWindow(Session(experiment, theme), settings, Path(folder) / str(number))
            window.show()
            live(0.5)
            session = window.session
            session.selection.inspect(WeightAddress(0, 1, 1))
            session.selection.choose_sample(tuple(map(float, session.prepared.table.inputs[session.prepared.train[0]])))
            print(f"{name}  (at least {LEAST} %)")
            panel = window.panel("inspector")
            assert isinstance(panel, InspectorPanel)
            spent = Spent(panel._pace)
            for tab, title in enumerate(("numbers", "matrices")):
                left, taken = shares(window, tab, spent)
                told(f"epochs a second left, {title}", left, "%")
                told(f"its own share of the time, {title}", taken, "%")
            told("to paint the matrix of weights", paint_times(window), "ms")
            window.close()
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
