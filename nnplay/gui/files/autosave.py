"""A copy of what is open, kept every half minute and at exit, so that nothing is lost when the program is killed.

The state of the run is taken between two steps; writing it down happens in a thread, so that neither
window nor training waits for it.
"""

from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from nnplay.data.packing import PackedRecords
from nnplay.errors import NnplayError
from nnplay.experiments import Document, TakenRun, write_document
from nnplay.gui.files.copies import Copy, make_folder, tidy
from nnplay.gui.files.file_thread import FileThread
from nnplay.gui.session.session import Session
from nnplay.texts import tr

AUTOSAVE_MS = 30_000

Taken = Future[TakenRun]


@dataclass(frozen=True)
class _Job:
    """What is to be written, to which copy, and whether that is left over then."""

    copy: Copy
    taken: Taken
    leaves: bool = False


class Autosave(QObject):
    """Keeps the copy of a session, once it is started.

    Parameters
    ----------
    folder
        Where copies are kept; made where there is none.
    copy
        The one to go on with, which is held; None for a fresh one.

    Attributes
    ----------
    folder
        Where copies are kept.
    packed
        What was packed for the last copy.
    timer
        Says when the half minute is over.
    """

    def __init__(self, session: Session, folder: Path, copy: Copy | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.folder = folder
        self._copy = copy
        self._kept: tuple[Path, Document] | None = None
        self.packed = PackedRecords()
        self._jobs: deque[_Job] = deque()
        self._thread: FileThread | None = None
        self.timer = QTimer(self, interval=AUTOSAVE_MS)
        self.timer.timeout.connect(self.keep)

    def start(self) -> None:
        """Keep a copy from now on: call it when the window is whole, so that no half of one is kept."""
        if self._copy is None:
            self._copy = Copy.fresh(self.folder)
        self.timer.start()

    @property
    def path(self) -> Path:
        """The copy, once it is started."""
        assert self._copy is not None
        return self._copy.path

    @property
    def writing(self) -> bool:
        """Whether a copy is being written."""
        return self._thread is not None

    @Slot()
    def keep(self) -> None:
        """Begin to keep a copy, unless the last one is still being written."""
        if self._thread is None:
            self._begin()

    def close(self) -> None:
        """Keep a last copy, wait until it is on the disk, and leave it over; call when training has ended."""
        if not self.timer.isActive():
            return
        self.timer.stop()
        self._finish()
        self._begin()  # the one that was written last may be older
        self._finish()
        assert self._copy is not None
        self._copy.release()

    @Slot()
    def leave(self) -> None:
        """Leave the copy over with what is open now, and keep another one from now on; nothing waits for it."""
        if not self.timer.isActive():
            return
        self._begin(leaves=True)
        self._copy = Copy.fresh(self.folder)
        QTimer.singleShot(0, self, self._keep_what_came)  # what takes its place is there then, for a kill at any time

    @Slot()
    def _keep_what_came(self) -> None:
        if self.timer.isActive():
            self._begin()

    def _begin(self, *, leaves: bool = False) -> None:
        """Take what is open, and let it be written behind what is being written."""
        assert self._copy is not None
        taken = self._session.timeline.ask(TakenRun)
        self._jobs.append(_Job(self._copy, taken, leaves))
        self._go_on()

    def _go_on(self) -> None:
        if self._thread is None and self._jobs:
            job = self._jobs.popleft()
            self._thread = FileThread(lambda _progress: self._write(job), self)
            self._thread.finished.connect(self._on_written)
            self._thread.start()

    def _finish(self) -> None:
        while self._thread is not None:
            self._thread.wait()
            self._on_written()

    def _write(self, job: _Job) -> None:
        """In the thread: write what is new."""
        document = job.taken.result().document()
        path = job.copy.path
        try:
            if (path, document) != self._kept or not path.exists():
                make_folder(self.folder)
                if not job.copy.hold():
                    raise NnplayError(tr("{folder} can't be written to", folder=self.folder))
                write_document(document, path, self.packed, private=True)
                self._kept = path, document
        finally:
            if job.leaves:
                job.copy.release()
                tidy(self.folder)

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
        self._go_on()
