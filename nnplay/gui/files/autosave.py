"""A copy of what is open, kept every half minute and at exit, so that nothing is lost when the program is killed.

The state of the run is taken between two steps; writing it down happens in a thread, so that neither
window nor training waits for it.
"""

from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from nnplay.data.packing import PackedRecords
from nnplay.errors import NnplayError
from nnplay.experiments import Document, record_of, write_document
from nnplay.gui.files.copies import Copy, make_folder
from nnplay.gui.files.file_thread import FileThread
from nnplay.gui.session.session import Session
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment

AUTOSAVE_MS = 30_000

Taken = Future[tuple[Experiment, Moment]]


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
    timer
        Says when the half minute is over.
    """

    def __init__(self, session: Session, folder: Path, copy: Copy | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.folder = folder
        self._copy = copy
        self._kept: Document | None = None
        self._packed = PackedRecords()
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
        if self._thread is not None:
            return
        taken = self._session.ask(lambda trainer: (trainer.experiment, Moment.of(trainer)))
        self._thread = FileThread(lambda _progress: self._write(taken), self)
        self._thread.finished.connect(self._on_written)
        self._thread.start()

    def close(self) -> None:
        """Keep a last copy, wait until it is on the disk, and leave it over; call when training has ended."""
        if not self.timer.isActive():
            return
        self.timer.stop()
        for _ in range(2):  # the one that is being written may be older
            self.keep()
            assert self._thread is not None
            self._thread.wait()
            self._on_written()
        assert self._copy is not None
        self._copy.release()

    @Slot()
    def leave(self) -> None:
        """Leave the copy over as it is now, and keep another one from now on."""
        self.close()
        self._copy = self._kept = None
        self.start()

    def _write(self, taken: Taken) -> None:
        """In the thread: write what is new."""
        experiment, moment = taken.result()
        document = Document(experiment=experiment, run=record_of(moment))
        if document != self._kept or not self.path.exists():
            assert self._copy is not None
            make_folder(self.folder)
            if not self._copy.hold():
                raise NnplayError(tr("{folder} can't be written to", folder=self.folder))
            write_document(document, self.path, self._packed, private=True)
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
