"""Draws points in the real window, trains, lets the half minute pass, tells what is there, and goes on until killed.

Run by test_autosave.py and test_recent.py in a process of its own. With "paused" it rests while it goes on.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPointF, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnplay.gui.window.start import open_window


def main() -> int:
    application = QApplication(sys.argv[:1])
    folder = Path(sys.argv[1])
    window, _ = open_window(None, QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat), folder / "kept")
    window.show()
    application.processEvents()
    panel = window.panel("output")
    for place in ((0.5, 0.2), (-0.3, 1.2), (1.4, 0.9)):
        QTest.mouseClick(
            panel.canvas,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            panel.to_widget(QPointF(*place)),
        )
    window.session.toggle_training()
    while window.session.trainer.epoch < 20:
        application.processEvents()
    epoch = window.session.trainer.epoch
    window.autosave.timer.timeout.emit()
    while window.autosave.writing:
        application.processEvents()
    if "paused" in sys.argv:
        window.session.toggle_training()
    print(json.dumps({"points": len(window.session.prepared.table), "epoch": epoch}), flush=True)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
