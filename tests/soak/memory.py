"""A long run in a window, with memory and speed: `python -m tests.soak.memory --seed 1 --minutes 60`.

The window trains as fast as it goes and is looked at; the last tenth of the time is held against the first. Offscreen,
unless QT_QPA_PLATFORM says otherwise. The exit code is 1 where memory grows, or training slows down.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from nnplay.gui.files.experiment_files import PRESETS
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import collected_at_rest, open_window
from tests.soak.play import resident

SAMPLES = 200
"""Looks at memory and speed in all."""
MOST_GROWTH = 30.0
"""Megabytes from the first tenth to the last."""
LEAST_SPEED = 0.8
"""Of the first tenth's epochs for a second of the processor in the last: others may use the machine too."""
LEFT_OUT = ("digits", "too_large_a_rate")
"""Presets that take seconds an epoch, or diverge."""


class Look(NamedTuple):
    """What is there at one moment: seconds by the clock and of the processor, epochs done, megabytes."""

    clock: float
    processor: float
    epochs: int
    size: float


def soak(window: MainWindow, seconds: float, epochs: int | None) -> list[Look]:
    """Train for so long, or for so many epochs."""
    session = window.session
    found: list[Look] = []
    session.toggle_training()
    began = time.perf_counter()
    loop, look = QEventLoop(), QTimer(interval=max(10, round(1000 * seconds / SAMPLES)))

    def note() -> None:
        done, epoch = time.perf_counter() - began, session.trainer.epoch
        found.append(Look(done, time.process_time(), epoch, resident() / 1e6))
        if not session.running or done > seconds or (epochs is not None and epoch >= epochs):
            loop.quit()

    look.timeout.connect(note)
    look.start()
    loop.exec()
    look.stop()
    session.pause()
    return found


def report(name: str, found: list[Look]) -> int:
    """The line of figures; the exit code."""
    tenth = max(2, len(found) // 10)
    parts = (found[:tenth], found[-tenth:])
    speeds = [_change(part, "epochs") / _change(part, "clock") for part in parts]
    shares = [_change(part, "epochs") / _change(part, "processor") for part in parts]
    sizes = [statistics.median(look.size for look in part) for part in parts]
    minutes, ratio, growth = found[-1].clock / 60, shares[1] / max(shares[0], 1e-9), sizes[1] - sizes[0]
    print(
        f"{name}: {found[-1].epochs} epochs in {minutes:.1f} min; {speeds[0]:.0f} epochs a second in the first tenth, "
        f"{speeds[1]:.0f} in the last ({ratio:.2f} of it for the same time of the processor); "
        f"memory {sizes[0]:.0f} MB, then {sizes[1]:.0f} MB "
        f"({growth / max(minutes, 1e-9):+.2f} MB a minute)"
    )
    return 1 if growth > MOST_GROWTH or ratio < LEAST_SPEED else 0


def _change(part: list[Look], name: str) -> float:
    return max(getattr(part[-1], name) - getattr(part[0], name), 1e-9)


def main() -> int:
    """Soak."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.memory", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1, help="chooses what is trained")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--epochs", type=int, help="no more than these")
    given = parser.parse_args()
    preset = random.Random(given.seed).choice([name for name in PRESETS if name not in LEFT_OUT])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder, collected_at_rest():
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window, _ = open_window(None, settings, Path(folder) / "kept")
        window.files.new(preset)
        window.show()
        application.processEvents()
        found = soak(window, 60 * given.minutes, given.epochs)
        window.close()
    return report(f"seed {given.seed}, {preset}", found)


if __name__ == "__main__":
    sys.exit(main())
