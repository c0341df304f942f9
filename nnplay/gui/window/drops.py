"""Files dragged onto the window: an experiment is opened, a table imported; anything else gets no drop cursor.

A file is copied, whatever the one who drags it would rather do: who hears of a move deletes what was dragged.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from nnplay.data.regular_file import is_regular
from nnplay.gui.guard import Guarded

Taker = Callable[[Path], None]
Takers = Mapping[str, Taker]

DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileDrops(Guarded, QObject):
    """Takes files wherever in the window they are dropped; make it when all of the window is there.

    Parameters
    ----------
    takers
        For each ending of a file's name, such as ``.csv``, what takes such a file; large and small letters are one.
    """

    def __init__(self, window: QWidget, takers: Takers) -> None:
        super().__init__(window)
        self._window = window
        self._takers = takers
        for child in window.findChildren(QWidget):
            child.setAcceptDrops(False)  # a field would take the file's name as text, a drawing nothing at all
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Called by Qt before the window sees `event`."""
        if event.type() not in DRAGS or not isinstance(event, QDropEvent):
            return False
        path = _dragged_file(event.mimeData())
        taker = None if path is None else taker_of(path, self._takers)
        if path is None or taker is None or QApplication.activeModalWidget() is not None:
            return False
        if not event.possibleActions() & Qt.DropAction.CopyAction:
            return False  # Qt would answer that it was moved
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:  # a dialog may open, and whoever dragged waits for the end of the drop
            QTimer.singleShot(0, self, lambda: taker(path))
        return True


def taker_of(path: Path, takers: Takers) -> Taker | None:
    """What takes a file of this name; None where nothing does."""
    name = path.name.lower()
    return next((taker for ending, taker in takers.items() if name.endswith(ending)), None)


def _dragged_file(dragged: QMimeData) -> Path | None:
    """The one file that is dragged, where it is one."""
    urls = dragged.urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and is_regular(path) else None
