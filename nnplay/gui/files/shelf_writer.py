"""Writes the data sets of the shelf, one thread at a time, and knows what is on the disk."""

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from nnplay.gui.files.file_thread import FileThread
from nnplay.gui.files.shelf_folder import ShelfFolder
from nnplay.training.experiment import DataSpec


class ShelfWriter(QObject):
    """The data sets that wait to be written, the newest state of each, and those that are being written.

    Signals
    -------
    failed(error)
        One couldn't be written; it waits until `go_on` is called again.
    written(key)
        One is on the disk.
    """

    failed = Signal(object)
    written = Signal(str)

    def __init__(self, folder: ShelfFolder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._waiting: dict[str, DataSpec | str] = {}
        self._kept: dict[str, DataSpec] = {}
        self._thread: FileThread | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being written, or waits to be."""
        return self._thread is not None or bool(self._waiting)

    def knows(self, key: str) -> bool:
        """Whether this data set is on the disk, or on its way there."""
        return key in self._kept or key in self._waiting

    def put(self, data: DataSpec) -> None:
        """Let it be written, unless that is what is on the disk."""
        if self._kept.get(data.key) != data:
            self._waiting[data.key] = data
        else:
            self._waiting.pop(data.key, None)

    def rename(self, key: str, name: str) -> None:
        """Let the one on the disk have another name."""
        self._waiting[key] = name

    def is_kept_as(self, data: DataSpec) -> None:
        """This is what is on the disk."""
        self._kept[data.key] = data

    def forget(self, key: str) -> None:
        """It isn't to be written; what is on its way to the disk is there when this returns."""
        self._waiting.pop(key, None)
        self._kept.pop(key, None)
        self._wait()

    @Slot()
    def go_on(self) -> None:
        """Begin to write what waits, unless something is being written: then it comes behind that."""
        if self._thread is not None or not self._waiting:
            return
        jobs, self._waiting = self._waiting, {}
        self._thread = FileThread(lambda _progress: self._write(jobs), self)
        self._thread.finished.connect(self._on_written)
        self._thread.start()

    def finish(self) -> None:
        """Write all that waits, and return when it is on the disk, or can't be."""
        for _ in range(2):  # the one that is being written may be older
            self._wait()
            self.go_on()
        self._wait()

    def _wait(self) -> None:
        if self._thread is not None:
            self._thread.wait()
            self._on_written(goes_on=False)

    def _write(self, jobs: dict[str, DataSpec | str]) -> list[tuple[str, DataSpec | str, Exception | None]]:
        """In the thread: what became of each."""
        return [(key, job, _tried(partial(self._write_one, key, job))) for key, job in jobs.items()]

    def _write_one(self, key: str, job: DataSpec | str) -> None:
        self._folder.write(replace(self._folder.read(key), name=job) if isinstance(job, str) else job)

    @Slot()
    def _on_written(self, *, goes_on: bool = True) -> None:
        thread = self._thread
        if thread is None or not thread.isFinished():
            return  # a late signal of a thread that has been waited for already
        self._thread = None
        thread.deleteLater()
        results = thread.result if isinstance(thread.result, list) else []
        for key, job, error in results:
            if error is not None:
                self._waiting.setdefault(key, job)
                self.failed.emit(error)
            elif not isinstance(job, str):
                self._kept[key] = job
                self.written.emit(key)
        if goes_on and not any(error for _, _, error in results):
            self.go_on()


def _tried(action: Callable[[], None]) -> Exception | None:
    """Do it; what went wrong."""
    try:
        action()
    except Exception as error:  # noqa: BLE001 - the thread's end: whatever it was is shown in the window
        return error
    return None
