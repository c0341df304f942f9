"""One play in a process of its own: the program as it starts, a player at its window, and nets for what goes wrong.

Run by `tests.soak.player` as ``python -m tests.soak.play FOLDER SEED ACTS [FILE]``; FILE has the acts to repeat.
"""

import contextlib
import faulthandler
import json
import os
import random
import sys
import warnings
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QGroupBox, QLabel, QLineEdit, QWidget

from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import run_window
from tests.soak.answers import Answers
from tests.soak.beats import Beats
from tests.soak.choosing import Choosing
from tests.soak.exactness import differences, settle, state_of, undo_and_redo
from tests.soak.faults import FaultFile
from tests.soak.hands import Act, Hands
from tests.soak.nets import Nets
from tests.soak.pool import make

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
EVERY = 20
"""Acts between two looks at memory and texts."""


class Keeper(QObject):
    """Keeps the window open: a player finds Quit sooner or later."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Called by Qt before the window sees `event`."""
        if event.type() == QEvent.Type.Close:
            event.ignore()
            return True
        return False


class Play(QObject):
    """A play, from the window's first moment to the last act."""

    def __init__(self, window: MainWindow, nets: Nets, folder: Path, seed: int, acts: int | list[Act]) -> None:
        super().__init__()
        self._window, self._folder = window, folder
        self._repeated = acts if isinstance(acts, list) else None
        self._count = len(acts) if isinstance(acts, list) else acts
        self._nets, self._faults = nets, nets.faults
        generator = random.Random(seed)
        files = make(folder / "files", seed)
        self._hands = Hands(window, folder / "files")
        self._choosing = Choosing(window, generator, files)
        self._answers = Answers(self._nets, self._act_in)
        self._beats = Beats(self._faults, self)
        self._keeper = Keeper()
        window.installEventFilter(self._keeper)
        self._done = 0
        self._trained = False
        window.session.state_changed.connect(self._on_state)
        self._log = (folder / "acts.jsonl").open("w", encoding="utf-8")
        self._memory = (folder / "memory.txt").open("w", encoding="utf-8")

    def begin(self) -> None:
        """Do the first act as soon as the window is there."""
        self._beats.skip()
        QTimer.singleShot(0, self, self._next)

    def _next(self) -> None:
        if self._done >= self._count:
            self._finish()
            return
        act = self._choosing.act() if self._repeated is None else self._repeated[self._done]
        self._faults.act = self._done
        self._log.write(json.dumps(act, ensure_ascii=False) + "\n")
        self._log.flush()
        self._answers.generator = random.Random(act.get("answers", 0))
        self._answers.path = None if act.get("answers", 0) % 5 == 0 else self._folder / "files" / str(act.get("path"))
        self._answers.busy = True
        self._beats.skip()
        try:
            self._do(act)
        except Exception as error:  # noqa: BLE001 - it came through a call of ours, and belongs to the faults
            self._nets.exception(error)
        self._answers.busy = False
        self._done += 1
        self._beats.beat()
        if self._done % EVERY == 0:
            self._look()
            self._beats.skip()
        QTimer.singleShot(0, self, self._next)

    def _do(self, act: Act) -> None:
        if act["do"] == "check":
            self._tell_wrong(undo_and_redo(self._window, self._beats.skip))
        elif act["do"] == "undo_one":
            self._undo_one(act["act"])
        elif act["do"] == "fault":
            _FAULTS[act["kind"]]()
        else:
            self._hands.do(act)
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _undo_one(self, act: Act) -> None:
        """Do an act, and look whether undo and redo lead back and forth between what was and what is."""
        window, stack = self._window, self._window.session.undo_stack
        settle(window)
        before, place = state_of(window), stack.index()
        self._trained = False
        self._beats.skip()
        self._hands.do(act)
        settle(window)
        after, steps = state_of(window), stack.index() - place
        if self._trained or steps < 1:
            return
        text = stack.undoText()
        for go, expected in ((stack.undo, before), (stack.redo, after)):
            for _ in range(steps):
                go()
            wrong = differences(expected, state_of(window))
            if wrong:
                self._tell_wrong([f"after {go.__name__} of “{text}”: {', '.join(wrong)}"])
        self._beats.skip()

    def _tell_wrong(self, sentences: list[str]) -> None:
        for sentence in sentences:
            self._faults.add("undo", "undo: " + sentence.rpartition(": ")[2], sentence)

    def _on_state(self, _state: object) -> None:
        self._trained = self._trained or self._window.session.running

    def _look(self) -> None:
        self._memory.write(f"{resident() / 1e6:.1f}\n")
        self._memory.flush()
        for widget in self._window.findChildren(QWidget):
            text = _shown(widget)
            if text and widget.isVisible():
                self._nets.text(f"{type(widget).__name__} {widget.accessibleName()}", text)

    def _act_in(self, dialog: QWidget, generator: random.Random) -> None:
        choosing = Choosing(self._window, generator, ["moons.nnplay"])
        ways = (choosing.click, choosing.click, choosing.drag, choosing.wheel, choosing.type_text, choosing.walk)
        self._hands.do(generator.choice(ways)(dialog))

    def _finish(self) -> None:
        self._answers.stop()
        self._beats.stop()
        self._window.removeEventFilter(self._keeper)
        told = {"acts": self._done, "longest": self._beats.longest, "dialogs": self._answers.given}
        (self._folder / "end.json").write_text(json.dumps(told))
        self._window.close()
        QApplication.quit()


def _shown(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QGroupBox):
        return widget.title()
    if isinstance(widget, QLineEdit) and not widget.hasFocus() and not widget.isModified():
        return widget.text()
    return ""


def resident() -> int:
    """Bytes of memory that the process has now."""
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE
    return 0


def _raise() -> None:
    raise IndexError("made for a test")


_FAULTS = {
    "exception": lambda: QTimer.singleShot(0, _raise),
    "warning": lambda: warnings.warn("made for a test", RuntimeWarning, stacklevel=1),
    "freeze": lambda: __import__("time").sleep(0.6),
    "crash": os.abort,
}
"""Faults for the tests of the soak itself."""


def main() -> int:
    """Play."""
    folder, seed, acts = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    lines = Path(sys.argv[4]).read_text(encoding="utf-8").splitlines() if len(sys.argv) > 4 else None
    repeated = None if lines is None else [json.loads(line) for line in lines if line.strip()]
    nets = Nets(FaultFile(folder / "faults.jsonl"))
    faulthandler.enable((folder / "crash.txt").open("w"))
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    plays: list[Play] = []

    class Application(QApplication):
        def exec(self) -> int:
            window = next(each for each in self.topLevelWidgets() if isinstance(each, MainWindow))
            plays.append(Play(window, nets, folder, seed, acts if repeated is None else repeated))
            nets.spread_after()
            plays[0].begin()
            return super().exec()

    application = Application(["nnplay"])
    nets.spread_before()
    code = run_window(None)
    del application
    return code


if __name__ == "__main__":
    sys.exit(main())
