"""A window that tells on stdout, a JSON line each, what is open in it, until somebody ends it.

Run by `tests.soak.kills` as ``python -m tests.soak.kill_window WAY MARK``: a change takes the next seed, from MARK on.
WAY is ``play``; ``shelf``, which draws and chooses data sets of the shelf; ``new``, which opens fresh experiments too;
``look``, which tells what is open at the start and ends; ``full``, whose files can't grow after the first copy; or a
moment of the n-th write, such as ``half:3``, at which the process kills itself.
"""

import json
import os
import signal
import stat
import sys
import time
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from nnplay.data import Table
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import run_window
from nnplay.training.edits import with_data_set, with_points
from nnplay.training.experiment import YOURS, DataSpec

COPY_MS = 300
"""Milliseconds between two copies here, in place of half a minute."""
CHANGE_MS = 40
MOMENTS = ("before", "half", "after", "unnamed", "named")
"""Of a write: before and after it is on the disk, with half of it there, before and after it has its name."""


def tell(**told: object) -> None:
    """A line for whoever watches."""
    print(json.dumps(told | {"time": time.time()}), flush=True)


class Teller(QObject):
    """Changes the experiment again and again, and tells it."""

    def __init__(self, window: MainWindow, way: str, mark: int) -> None:
        super().__init__(window)
        self._window, self._way, self._mark = window, way, mark
        session = window.session
        session.refused.connect(lambda text: tell(refused=text))
        session.failed.connect(lambda error: tell(failed=repr(error)))
        self._dialogs = QTimer(self, interval=10)
        self._dialogs.timeout.connect(self._answer)
        self._dialogs.start()
        self._changes = QTimer(self, interval=CHANGE_MS)
        self._changes.timeout.connect(self._change)
        if way == "look":
            QTimer.singleShot(300, self, self._look)
            return
        window.autosave.timer.setInterval(COPY_MS)
        self._changes.start()
        if way == "full":
            QTimer.singleShot(4 * COPY_MS, self, self._fill)

    def _change(self) -> None:
        session = self._window.session
        if not self._window.isVisible():  # it has been closed, and ends
            self._changes.stop()
            return
        if self._way == "shelf":
            self._draw_or_choose()
            return
        session.change(f"number {self._mark}", msgspec.structs.replace(session.experiment, seed=self._mark))
        if self._mark % 3 == 0:
            session.step_epoch()
        if self._way == "new" and self._mark % 25 == 0:
            tell(replaced=self._mark)
            self._window.file_dialogs.new("xor")
        tell(mark=self._mark)
        self._mark += 1

    def _draw_or_choose(self) -> None:
        """A point more each time, on one data set of the shelf or on another; what is left is told with its points."""
        session, mark = self._window.session, self._mark
        self._mark += 1
        data = session.experiment.data
        if mark % 20 == 0 and data.key:
            tell(left=data.key, points=len(session.prepared.table))
            entries = session.shelf.entries()
            if mark % 40 == 0 and len(entries) > 1:
                session.shelf.chosen.emit(entries[-1].data.key)
            else:
                session.change("circles", with_data_set(session.experiment, "circles"))
            return
        if data.kind != YOURS:
            data = DataSpec(kind=YOURS, table=Table(np.zeros((1, 2)), np.zeros(1)))
        assert data.table is not None
        table = Table(np.full((len(data.table) + 1, 2), 0.5), np.zeros(len(data.table) + 1))
        session.change("a point", with_points(session.experiment, msgspec.structs.replace(data, table=table)))
        tell(mark=mark, key=session.experiment.data.key, points=len(table))

    def _fill(self) -> None:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        tell(full=True)

    def _look(self) -> None:
        tell(open=self._window.session.experiment.seed)
        self._window.close()
        QApplication.quit()

    def _answer(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            tell(said=[label.text() for label in dialog.findChildren(QLabel)])
            dialog.reject()


def kill_in_write(moment: str, number: int) -> None:
    """Let the process kill itself at this moment of the n-th write."""
    count = 0

    def patched(name: str, moments: dict[str, Callable[..., None]]) -> None:
        call: Callable[..., Any] = getattr(os, name)

        def patch(*arguments: Any, **names: Any) -> Any:
            nonlocal count
            count += name == "fsync" and stat.S_ISREG(os.fstat(arguments[0]).st_mode)
            if count == number and moment in moments and "late" not in moment:
                moments[moment](*arguments)
            result = call(*arguments, **names)
            if count == number and f"{moment} late" in moments:
                moments[f"{moment} late"](*arguments)
            return result

        setattr(os, name, patch)

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def halve(file: int) -> None:
        os.ftruncate(file, os.fstat(file).st_size // 2)
        die()

    patched("fsync", {"before": die, "half": halve, "after late": die})
    patched("replace", {"unnamed": die, "named late": die})


def main() -> int:
    """Open the window."""
    way, mark = sys.argv[1], int(sys.argv[2])
    moment, _, number = way.partition(":")
    if moment in MOMENTS:
        kill_in_write(moment, int(number))

    class Application(QApplication):
        def exec(self) -> int:
            window = next(each for each in self.topLevelWidgets() if isinstance(each, MainWindow))
            Teller(window, way, mark)
            return super().exec()

    application = Application(["nnplay"])
    code = run_window(None)
    del application
    return code


if __name__ == "__main__":
    sys.exit(main())
