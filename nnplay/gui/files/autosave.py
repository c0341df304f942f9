"""A copy of what is open, kept every half minute and at exit, so that nothing is lost when the program is killed.

The state of the run is taken between two steps; writing it down happens in a thread, so that neither
window nor training waits for it.
"""

import contextlib
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from nnplay.data.packing import PackedRecords
from nnplay.errors import NnplayError
from nnplay.experiments import Document, read_document, record_of, started, write_document
from nnplay.gui.files.file_thread import FileThread
from nnplay.gui.session.session import Session
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from nnplay.training.trainer import Trainer

AUTOSAVE_MS = 30_000
AUTOSAVE_NAME = "autosave.nnplay"
SET_ASIDE = ".unreadable"

Taken = Future[tuple[Experiment, Moment]]


class Autosave(QObject):
    """Keeps the copy of a session.

    Parameters
    ----------
    folder
        Where the copy is kept; made where there is none.

    Attributes
    ----------
    path
        The copy.
    timer
        Says when the half minute is over.
    """

    def __init__(self, session: Session, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.path = folder / AUTOSAVE_NAME
        self._kept: Document | None = None
        self._packed = PackedRecords()
        self._thread: FileThread | None = None
        self.timer = QTimer(self, interval=AUTOSAVE_MS)
        self.timer.timeout.connect(self.keep)
        self.timer.start()

    @property
    def writing(self) -> bool:
        """Whether a copy is being written."""
        return self._thread is not None

    @Slot()
    def keep(self) -> None:
        """Begin to keep a copy, unless the last one is still being written."""
        if self._thread is not None:
            return
        taken = self._session.ask(lambda trainer: (trainer.experiment, Moment.of(trainer)))
        self._thread = FileThread(lambda _progress: self._write(taken), self)
        self._thread.finished.connect(self._on_written)
        self._thread.start()

    def close(self) -> None:
        """Keep a last copy, and wait until it is on the disk; call when training has ended."""
        self.timer.stop()
        for _ in range(2):  # the one that is being written may be older
            self.keep()
            assert self._thread is not None
            self._thread.wait()
            self._on_written()

    def _write(self, taken: Taken) -> None:
        """In the thread: write what is new."""
        experiment, moment = taken.result()
        document = Document(experiment=experiment, run=record_of(moment))
        if document != self._kept or not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_document(document, self.path, self._packed)
            self._kept = document

    @Slot()
    def _on_written(self) -> None:
        """A disk that can't take the copy stops nobody from playing."""
        thread = self._thread
        if thread is None or not thread.isFinished():
            return  # a late signal of a thread that has been waited for already
        self._thread = None
        thread.deleteLater()
        if isinstance(thread.error, (NnplayError, OSError)):
            self._session.refused.emit(tr("No copy could be kept: {reason}", reason=thread.error))
        elif thread.error is not None:
            self._session.failed.emit(thread.error)


def last_time(folder: Path) -> Trainer | None:
    """What was open when the program ended last; None for a first start.

    A copy that can't be read is set aside under another name, so that it is neither in the way nor lost.
    """
    path = folder / AUTOSAVE_NAME
    if not path.is_file():
        return None
    try:
        document = read_document(path)
        return started(document.experiment, document.run)
    except (NnplayError, ArithmeticError, LookupError, MemoryError, TypeError, ValueError):
        set_aside(folder)
        return None


def set_aside(folder: Path) -> None:
    """Give the copy another name, where there is one."""
    path = folder / AUTOSAVE_NAME
    with contextlib.suppress(OSError):
        path.replace(path.with_suffix(SET_ASIDE))
