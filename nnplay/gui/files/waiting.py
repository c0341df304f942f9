"""Waits for work with a file without stopping the window: a bar after half a second, and Cancel."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from nnplay.gui.files.file_thread import FileThread, Progress
from nnplay.gui.widgets.plain_text import PlainLabel

PATIENCE_MS = 500
TICK_MS = 50
STEPS = 1000


class Waiting(QObject):
    """One piece of work in a thread of its own.

    Signals
    -------
    done(result)
        It came to an end.
    failed(error)
        It did not; an `NnplayError` is the file's fault, anything else ours.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, title: str, work: Callable[[Progress], object], window: QWidget) -> None:
        super().__init__(window)
        self._thread = FileThread(work, self)
        self._thread.finished.connect(self._on_finished)
        self._dialog = WaitingDialog(title, window)
        self._dialog.rejected.connect(self._thread.cancel)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._on_patience_over)

    def start(self) -> None:
        """Begin."""
        self._patience.start()
        self._thread.start()

    def stop(self) -> None:
        """Cancel, and wait for the thread's end: the window closes."""
        self._thread.finished.disconnect(self._on_finished)
        self._thread.cancel()
        self._thread.wait()
        self._end()

    @Slot()
    def _on_patience_over(self) -> None:
        self._tick.start()
        self._dialog.open()

    @Slot()
    def _on_tick(self) -> None:
        self._dialog.bar.setValue(round(STEPS * self._thread.share))

    @Slot()
    def _on_finished(self) -> None:
        thread = self._thread
        self._end()
        if thread.cancelled:
            return
        if thread.error is not None:
            self.failed.emit(thread.error)
        else:
            self.done.emit(thread.result)

    def _end(self) -> None:
        self._patience.stop()
        self._tick.stop()
        self._dialog.hide()
        self._dialog.deleteLater()
        self.deleteLater()


class WaitingDialog(QDialog):
    """What is going on, how far it is, and Cancel."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("waiting")
        self.setWindowTitle("nnplay")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(360)
        self.label = PlainLabel(title)
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        self.cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        for widget in (self.label, self.bar, buttons):
            column.addWidget(widget)
