"""Work in a thread of its own, of which the window hears when it is done; it ends with the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from nnplay.gui.files.file_thread import FileThread, Progress

AT_ONCE_MS = 40
"""Milliseconds for which the window waits: what is done by then happens at once."""


class Work(QObject):
    """One piece of work. The window stays open to everything meanwhile, to its own end too.

    Parameters
    ----------
    work
        Done in the thread, with a function to tell (done, in all); it must not touch the window.
    window
        What stops it when it closes; not a dialog, which may go before the thread has ended.

    Signals
    -------
    done(result)
        It came to an end.
    failed(error)
        It did not; an `NnplayError` is the file's fault, anything else ours.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[Progress], object], window: QWidget) -> None:
        super().__init__(window)
        self._ended = False
        self._thread = FileThread(work, self)
        self._thread.finished.connect(self._on_finished)

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self._thread.share

    def start(self, *, at_once: bool) -> None:
        """Begin; with `at_once`, short work is done when this returns."""
        self._thread.start()
        if at_once and self._thread.wait(AT_ONCE_MS):
            self._on_finished()

    def cancel(self) -> None:
        """Leave it; what it has done comes to nothing."""
        self._thread.cancel()

    def stop(self) -> None:
        """Cancel, and wait for the thread's end: the window closes."""
        self._thread.cancel()
        self._thread.wait()
        self._on_finished()

    @Slot()
    def _on_finished(self) -> None:
        if self._ended:
            return  # a late signal of a thread that has been waited for already
        self._ended = True
        thread = self._thread
        self._end()
        if thread.cancelled:
            return
        if thread.error is not None:
            self.failed.emit(thread.error)
        else:
            self.done.emit(thread.result)

    def _end(self) -> None:
        """Nothing is waited for any more."""
        self.deleteLater()
