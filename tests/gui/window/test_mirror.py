"""pyqtgraph gets Qt's own classes, and only those that it asks for."""

import subprocess
import sys

TOLD = """
import PySide6.QtWidgets as widgets
listed = dir(widgets)
import nnplay.gui.window
import pyqtgraph as pg
assert pg.QtWidgets.QPushButton is widgets.QPushButton
assert pg.Qt.QtCore.Signal is __import__("PySide6.QtCore").QtCore.Signal
assert set(listed) <= set(dir(widgets))
assert not hasattr(pg.QtCore, "QNothing")
print("QCalendarWidget" in vars(widgets))
"""


def test_classes_that_nobody_uses_stay_unknown() -> None:
    done = subprocess.run([sys.executable, "-c", TOLD], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
