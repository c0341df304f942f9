"""The program, with a window that does what lines on stdin tell it, and answers each with a line of JSON.

Run by test_two_windows.py. It closes as by a person at the end of stdin.
"""

import json
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QMessageBox

from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import SETTLED_MS, run_window


class Told(QObject):
    """Does what it is told."""

    line = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.line.connect(self._do)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.line.emit(line)
        self.line.emit("")

    @Slot(str)
    def _do(self, line: str) -> None:
        if not line:
            self._window.close()
            return
        what, *words = json.loads(line)
        print(json.dumps(getattr(self, what.replace(" ", "_").replace("?", "_now"))(*words)), flush=True)

    def recent(self) -> list[str]:
        return [path.name for path in self._window.files.recent]

    def theme(self, mode: str) -> None:
        self._window.session.theme.set_mode(mode)

    def theme_now(self) -> str:
        return self._window.session.theme.mode

    def close_panel(self, key: str) -> None:
        self._window.place(key).close()

    def panel_now(self, key: str) -> bool:
        return not self._window.place(key).isHidden()

    def copy_now(self) -> str:
        return str(self._window.autosave.path)

    def epoch(self) -> None:
        session = self._window.session
        before = session.trainer.epoch
        session.step_epoch()
        while session.trainer.epoch == before or session.running:
            QApplication.processEvents()

    def save(self, answer: str) -> str:
        """What was asked, "" where nothing was, and is answered by the button of this text."""
        asked: list[str] = []

        def answer_it() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox):
                asked.append(box.text())
                next(button for button in box.buttons() if button.text().replace("&", "") == answer).click()

        timer = QTimer(self, interval=5)
        timer.timeout.connect(answer_it)
        timer.start()
        self._window.file_dialogs.save()
        timer.stop()
        return asked[0] if asked else ""


def main() -> int:
    application = QApplication(sys.argv[:1])

    def begin() -> None:
        window = next(each for each in application.topLevelWidgets() if isinstance(each, MainWindow))
        window.told = Told(window)
        print(json.dumps("there"), flush=True)

    QTimer.singleShot(2 * SETTLED_MS, begin)  # a person needs longer to begin
    return run_window(Path(sys.argv[1]) if sys.argv[1:] else None)


if __name__ == "__main__":
    sys.exit(main())
