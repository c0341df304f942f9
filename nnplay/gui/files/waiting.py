"""Waits for work with a file without stopping the window: a bar after half a second, and Cancel."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.work import Work
from nnplay.gui.theme.sizes import set_margins, set_minimum_width, set_spacing
from nnplay.gui.widgets.plain_text import PlainLabel

PATIENCE_MS = 500
TICK_MS = 50
STEPS = 1000


class Waiting(Work):
    """One piece of work, with a bar and Cancel where it lasts."""

    def __init__(self, title: str, work: Callable[[Progress], object], window: QWidget) -> None:
        super().__init__(work, window)
        self._dialog = WaitingDialog(title, window)
        self._dialog.rejected.connect(self._thread.cancel)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._on_patience_over)

    def start(self, *, at_once: bool) -> None:
        """Begin; with `at_once`, short work is done when this returns."""
        self._patience.start()
        super().start(at_once=at_once)

    def cancel(self) -> None:
        """Leave it; what it has done comes to nothing."""
        super().cancel()
        self._dialog.hide()

    @Slot()
    def _on_patience_over(self) -> None:
        if not self._thread.cancelled:
            self._tick.start()
            self._dialog.show()

    @Slot()
    def _on_tick(self) -> None:
        self._dialog.bar.setValue(round(STEPS * self.share))

    def _end(self) -> None:
        self._patience.stop()
        self._tick.stop()
        self._dialog.hide()
        self._dialog.deleteLater()
        super()._end()


class WaitingDialog(QDialog):
    """What is going on, how far it is, and Cancel; all keys of the window hold here too."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("waiting")
        self.setWindowTitle("nnplay")
        set_minimum_width(self, 360)
        self.addActions(parent.actions())
        self.label = PlainLabel(title)
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        self.cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.cancel.setAutoDefault(False)  # it has the keyboard only when it is reached by Tab: Space trains, as ever
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column = QVBoxLayout(self)
        set_margins(column, 20, 18, 20, 16)
        set_spacing(column, 12)
        for widget in (self.label, self.bar, buttons):
            column.addWidget(widget)
