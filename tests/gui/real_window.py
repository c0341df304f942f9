"""Opens the real window and tells on stdout, a JSON line every tenth of a second, what it shows.

Run by test_real_window.py in a process of its own, on the X server of its DISPLAY.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from nnplay.gui.window.start import open_window


def main() -> int:
    application = QApplication(sys.argv[:1])
    settings = QSettings(str(Path(sys.argv[1]) / "settings.ini"), QSettings.Format.IniFormat)
    window, refusal = open_window(None, settings, Path(sys.argv[1]) / "kept")
    assert refusal is None
    window.show()

    def tell() -> None:
        shown = int(window.transport.epoch.text().replace(",", ""))
        picture = application.primaryScreen().grabWindow(int(window.winId())).toImage()
        canvas = window.panel("output").canvas
        corner = canvas.mapTo(window, canvas.rect().center())
        print(
            json.dumps(
                {
                    "active": window.isActiveWindow(),
                    "epoch": shown,
                    # the last frame comes a moment after the thread's end
                    "resting": not window.session.running and shown == window.session.trainer.epoch,
                    "loss": window.session.ask(lambda trainer: trainer.figures.train.loss).result(),
                    "theme": window.session.theme.palette.name,
                    "points": len(window.session.prepared.table),
                    "lightness": picture.pixelColor(4, picture.height() // 2).lightness(),
                    "canvas": [corner.x(), corner.y()],
                    "colours": len(
                        {
                            picture.pixel(x, y)
                            for x in range(0, picture.width(), 7)
                            for y in range(0, picture.height(), 7)
                        }
                    ),
                }
            ),
            flush=True,
        )

    timer = QTimer(interval=100)
    timer.timeout.connect(tell)
    timer.start()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
