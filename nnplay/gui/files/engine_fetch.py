"""What compiles the steps of training, fetched where it is missing: from `main.py`, into its environment."""

import importlib
import sys
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

import nnplay
from nnplay.errors import NnplayError
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.waiting import Waiting
from nnplay.gui.session.notice import Suggestion
from nnplay.gui.session.session import Session
from nnplay.nn.engines import is_installed
from nnplay.texts import tr

STEPS = 6
"""Words about how far it is, about as many as come."""
LOOK_EVERY = 0.05
"""Seconds between two looks at whether a person still wants it."""


class FetchFailedError(NnplayError):
    """It could not be fetched; the message says why."""


def fetch_command() -> Sequence[str] | None:
    """What fetches it; None where nnplay wasn't started by `main.py`, whose environment this would be."""
    checkout = Path(nnplay.__file__).parents[1]
    own = checkout / ".venv"
    if not (checkout / "main.py").exists() or not own.exists() or not own.samefile(sys.prefix):
        return None
    return [sys.executable, str(checkout / "main.py"), "--fetch-compiled"]


def fetch(command: Sequence[str], progress: Progress) -> None:
    """Run it to its end, telling how far it is; where `progress` raises, it is ended."""
    import subprocess  # no start of the window needs it

    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    said = list[str]()
    assert process.stderr is not None
    reader = threading.Thread(target=said.extend, args=(process.stderr,), daemon=True)
    reader.start()
    try:
        while reader.is_alive():
            reader.join(LOOK_EVERY)
            progress(min(len(said), STEPS - 1), STEPS)
    finally:
        process.terminate()
        process.wait()
        reader.join()
        process.stderr.close()
    if process.returncode:
        words = [line.strip().removeprefix("nnplay: ") for line in said if line.strip()]
        sentence = words[-1] if words else tr("numba could not be fetched")
        raise FetchFailedError(sentence[0].upper() + sentence[1:])


class EngineFetch(QObject):
    """Says it in the banner as soon as compiled steps are chosen, or opened, where they can't be made; offers to."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._lacked = ""
        # behind the banner, which clears when the experiment is another one
        for signal in (session.experiment_changed, session.engine.changed):
            signal.connect(self._on_experiment_changed, Qt.ConnectionType.QueuedConnection)
        self._on_experiment_changed()

    @Slot()
    def _on_experiment_changed(self) -> None:
        engine = self._session.engine
        before, self._lacked = self._lacked, engine.problem
        if self._lacked in ("", before):
            return
        command = None if is_installed() else fetch_command()
        if command is None:
            engine.say_problem()
        else:
            tip = tr("Fetch it into nnplay's own environment, some 65 MB; nothing else of the system changes")
            engine.say_problem(Suggestion(tr("Fetch numba"), tip, partial(self.fetch, command)))

    def fetch(self, command: Sequence[str]) -> None:
        """Fetch it behind a bar with Cancel."""
        waiting = Waiting(tr("Fetching numba …"), lambda progress: fetch(command, progress), self._window)
        waiting.done.connect(self._on_fetched)
        waiting.failed.connect(self._on_failed)
        waiting.start(at_once=False)

    @Slot()
    def _on_fetched(self) -> None:
        importlib.invalidate_caches()
        self._session.message.emit(tr("numba is there: the steps are compiled now, once, which takes some seconds"))
        self._session.engine.look()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._session.refused.emit(str(error))
