"""How far the work is that a page waits for; what was asked for last comes, and nothing before it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.waiting import PATIENCE_MS, STEPS, TICK_MS
from nnplay.gui.files.work import Work


class WorkBar(QProgressBar):
    """Does one piece of work at a time in a thread, and is seen where that takes a while.

    Parameters
    ----------
    name
        What is done, for those who don't see it.
    window
        What stops the work when it closes.

    Signals
    -------
    done(result), failed(error)
        As those of `Work`.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, name: str, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._work: Work | None = None
        self.setRange(0, STEPS)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        room = self.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.setSizePolicy(room)
        self.hide()
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self.show)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    def begin(self, work: Callable[[Progress], object], *, at_once: bool = True) -> None:
        """Do this, and not what was asked for before; with `at_once`, short work is done when this returns."""
        self.stop()
        self._work = Work(work, self._window)
        self._work.done.connect(self._on_done)
        self._work.failed.connect(self._on_failed)
        self._patience.start()
        self._tick.start()
        self._work.start(at_once=at_once)

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return 0.0 if self._work is None else self._work.share

    @Slot()
    def stop(self) -> None:
        """What was asked for isn't wanted any more."""
        if self._work is not None:
            self._work.cancel()
        self._rest()

    def _rest(self) -> None:
        self._work = None
        self._patience.stop()
        self._tick.stop()
        self.hide()
        self.setValue(0)

    @Slot()
    def _on_tick(self) -> None:
        if self._work is not None:
            self.setValue(round(STEPS * self._work.share))

    @Slot(object)
    def _on_done(self, result: object) -> None:
        self._rest()
        self.done.emit(result)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._rest()
        self.failed.emit(error)
