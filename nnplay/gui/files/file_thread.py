"""The thread that reads or writes one file, so that the window needn't wait."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread

from nnplay.data.file_error import ReadCancelled
from nnplay.gui.guard import Guarded

Progress = Callable[[int, int], None]


class FileThread(Guarded, QThread):
    """Does one long piece of work with a file; `result` or `error` is there once Qt's `finished` is emitted.

    Parameters
    ----------
    work
        Called in the thread with a function that it tells (done, in all); when that raises, it was cancelled.
    """

    def __init__(self, work: Callable[[Progress], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = False
        self.share = 0.0
        """How much is done, 0 to 1."""
        self.result: object = None
        self.error: Exception | None = None

    def cancel(self) -> None:
        """End it at the next word of its progress, with neither result nor error."""
        self._cancelled = True

    @property
    def cancelled(self) -> bool:
        """Whether a person didn't want to wait."""
        return self._cancelled

    def run(self) -> None:
        """Called by Qt in the new thread."""
        try:
            self.result = self._work(self._on_progress)
        except ReadCancelled:
            self._cancelled = True
        except Exception as error:  # noqa: BLE001 - the thread's end: whatever it was is shown in the window
            self.error = error

    def _on_progress(self, done: int, total: int) -> None:
        if self._cancelled:
            raise ReadCancelled("cancelled")
        self.share = done / total if total else 0.0
