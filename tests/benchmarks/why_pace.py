"""What findings cost a run in the window: `python -m tests.benchmarks.why_pace`.

Needs a screen; without one, `xvfb-run -s "-screen 0 1600x1000x24" python -m tests.benchmarks.why_pace`.
Runs go on at full speed while findings are told, and while the Why panel lists them, too. The share is that of the
seconds that the program computes in which it looked at the run, judged it and showed what it found: what else the
machine does counts little. It is to be below 3 %, with at most two looks a second.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from nnplay.gui.session.findings import Findings
from nnplay.gui.session.pace import FASTEST
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import collected_at_rest
from nnplay.training.diagnosis import probe
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from tests.benchmarks.inspector_pace import RUNS, live

SECONDS, SETTLING = 10.0, 2.0
CIRCLES = next(iter(RUNS.values()))
ALL = {
    **RUNS,
    "XOR that is stuck, [2, 4, 1]": Experiment(seed=5),
    "a rate too low, [2, 8, 8, 1]": with_value(CIRCLES, "training.learning_rate", 1e-9),
}


class Spent:
    """Counts the calls of a function, and the seconds of its thread that they took."""

    def __init__(self, owner: object, name: str) -> None:
        self.calls, self.seconds = 0, 0.0
        self._function: Callable[..., Any] = getattr(owner, name)
        setattr(owner, name, self._counted())

    def _counted(self) -> Callable[..., Any]:
        def count(*values: object) -> object:
            began = time.thread_time()
            answer = self._function(*values)
            self.calls += 1
            self.seconds += time.thread_time() - began
            return answer

        return count


def show(window: MainWindow, looks: Spent, shown: Spent, *, listed: bool) -> None:
    """Print what a run costs whose findings are told, or listed, too."""
    window.place("why" if listed else "data").raise_()
    live(SETTLING)
    calls, seconds, in_window = looks.calls, looks.seconds, shown.seconds
    began, wall = time.process_time(), time.perf_counter()
    live(SECONDS)
    computed = (time.process_time() - began) / 100
    print(
        f"  {'listed' if listed else 'told':8}"
        f"{(looks.calls - calls) / (time.perf_counter() - wall):6.2f} looks a second"
        f"{(looks.seconds - seconds) / computed:8.2f} % to look"
        f"{(shown.seconds - in_window) / computed:8.2f} % to judge and show"
    )


def main() -> int:
    """Print every figure as a line."""
    application = QApplication(sys.argv[:1])
    theme = Theme("light")
    theme.apply_style_sheet()
    looks, shown = Spent(probe, "_look"), Spent(Findings, "show_snapshot")
    with tempfile.TemporaryDirectory() as folder, collected_at_rest():
        for number, (name, experiment) in enumerate(ALL.items()):
            settings = QSettings(str(Path(folder) / f"{number}.ini"), QSettings.Format.IniFormat)
            window = MainWindow(Session(experiment, theme), settings, Path(folder) / str(number))
            window.show()
            window.session.set_pace(FASTEST)
            window.session.toggle_training()
            print(f"{name}  (at most 3 %)")
            for listed in (False, True):
                show(window, looks, shown, listed=listed)
            window.session.pause()
            while window.session.running:
                live(0.01)
            window.close()
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
