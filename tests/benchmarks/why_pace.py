"""What findings cost a run in the window: `python -m tests.benchmarks.why_pace`.

Needs a screen; without one, `xvfb-run -s "-screen 0 1600x1000x24" python -m tests.benchmarks.why_pace`.
One run at full speed goes on while nobody is told (quiet, the Why panel behind another), the window tells, and the
panel lists, in turn: the share is that of the epochs a second of those without findings just before and after. Seconds
are those that the program computes, so that what else the machine does counts little. At least 97 % are to be left.
"""

import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from nnplay.gui.session.pace import FASTEST
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import collected_at_rest
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from tests.benchmarks.inspector_pace import RUNS, live, told

ROUNDS, SECONDS, SETTLING = 8, 2.0, 0.4
STUCK = "XOR that is stuck, [2, 4, 1]"
ALL = {**RUNS, STUCK: Experiment(seed=5), "a rate too low, circles": with_value(
    next(iter(RUNS.values())), "training.learning_rate", 1e-9)}  # fmt: skip


def rate(window: MainWindow, *, told: bool, listed: bool) -> float:
    """Epochs a second while findings are told, listed, or neither."""
    session = window.session
    session.findings.set_quiet(not told)
    window.place("why" if listed else "data").raise_()
    live(SETTLING)
    epochs, began = session.trainer.epoch, time.process_time()
    live(SECONDS)
    return (session.trainer.epoch - epochs) / (time.process_time() - began)


def shares(window: MainWindow, *, listed: bool) -> list[float]:
    """Per cent of the epochs a second that are left, each beside those around it."""
    found, without = [], rate(window, told=False, listed=False)
    for _ in range(ROUNDS):
        with_it = rate(window, told=True, listed=listed)
        before, without = without, rate(window, told=False, listed=False)
        found.append(200 * with_it / (before + without))
    return found


def main() -> int:
    """Print every figure as a line."""
    application = QApplication(sys.argv[:1])
    theme = Theme("light")
    theme.apply_style_sheet()
    with tempfile.TemporaryDirectory() as folder, collected_at_rest():
        for number, (name, experiment) in enumerate(ALL.items()):
            settings = QSettings(str(Path(folder) / f"{number}.ini"), QSettings.Format.IniFormat)
            window = MainWindow(Session(experiment, theme), settings, Path(folder) / str(number))
            window.show()
            session = window.session
            session.set_pace(FASTEST)
            session.toggle_training()
            live(2.0)
            print(f"{name}  (at least 97 %)")
            told("epochs a second left, told", shares(window, listed=False), "%")
            told("epochs a second left, listed", shares(window, listed=True), "%")
            session.pause()
            while session.running:
                live(0.01)
            window.close()
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
