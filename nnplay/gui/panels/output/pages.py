"""Pages of which one is seen: it alone says how small they may be."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from nnplay.gui.guard import Guarded


class Pages(Guarded, QStackedWidget):
    """A stack that can be as small as the page that is seen; Qt's own needs the room of the largest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """That of the page."""
        page = self.currentWidget()
        return QSize() if page is None else page.minimumSizeHint()
