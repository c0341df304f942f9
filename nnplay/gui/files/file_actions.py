"""What actions on files and long texts have in common: short ones are done at once, long ones don't stop the window."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from nnplay.errors import NnplayError
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.waiting import Waiting
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.error_dialog import show_refusal
from nnplay.texts import mark, tr

Result = TypeVar("Result")

READING = "reading"
"""The name of whatever waits for something that is brought in."""


class FileActions(QObject):
    """Actions of a person; what can't be done is said, and leaves everything as it was."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    def _do(
        self,
        title: str,
        work: Callable[[Progress], Result],
        then: Callable[[Result], None],
        *,
        short: bool = False,
        reads: bool = True,
    ) -> None:
        """Do `work`, and `then` what its result is for.

        Parameters
        ----------
        title
            What a person waits for, as the bar says it.
        work
            Done in a thread of its own, with a function to tell (done, in all); it must not touch the window.
        then
            Done in the window's thread, unless the work failed or was cancelled.
        short
            Whether the work takes less than a tenth of a second: then it is done here and now.
        reads
            Whether it brings something in: then it takes the place of what is still being read, and is waited for a
            little, so that short work happens at once.
        """
        if reads:
            self._stop_reading()
        if short:
            self._attempt(lambda: then(work(_nothing)))
            return
        waiting = Waiting(title, work, self._window)
        waiting.setObjectName(READING if reads else "")
        waiting.done.connect(lambda result: self._attempt(lambda: then(cast("Result", result))))
        waiting.failed.connect(self._tell)
        waiting.start(at_once=reads)

    def _write_chosen(self, path: Path, beside: Iterable[str], write: Callable[[Progress], tuple[Path, ...]]) -> None:
        """Write a file that a person chose, and tell of it; what lies `beside` it is not replaced unasked."""
        others = map(path.with_suffix, beside)
        taken = next((each for each in others if each.exists() and not path.exists()), None)
        if taken is not None:  # nobody was asked about it, and it may belong to something else
            problem = mark("{file} would be replaced by what belongs to {program}: choose another name")
            self._session.refused.emit(tr(problem, file=taken.name, program=path.name))
            return
        self._do(tr("Writing {file}", file=path.name), write, self._tell_written, reads=False)

    def _tell_written(self, written: tuple[Path, ...]) -> None:
        first, *beside = (path.name for path in written)
        if beside:
            self._session.message.emit(tr("Wrote {file}, and {other} beside it", file=first, other=", ".join(beside)))
        else:
            self._session.message.emit(tr("Wrote {file}", file=first))

    def _stop_reading(self) -> None:
        """What a person asked for last is what comes."""
        for waiting in self._window.findChildren(Waiting, READING):
            waiting.cancel()

    def _attempt(self, action: Callable[[], None]) -> None:
        """Do it, or say why not."""
        try:
            action()
        except NnplayError as error:
            self._tell(error)

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        """Say what the file's fault is, or hand on what is ours: at the start when there is a window to say it over."""
        if self._window.isVisible():
            self._say(error)
        else:
            QTimer.singleShot(0, self._window, lambda: self._say(error))

    def _say(self, error: Exception) -> None:
        if isinstance(error, NnplayError):
            show_refusal(self._window, error)
        else:
            self._session.failed.emit(error)


def _nothing(_done: int, _total: int) -> None:
    """Nobody waits so long that progress is of interest."""
