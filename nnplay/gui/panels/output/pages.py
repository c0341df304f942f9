"""The plane, and in its place the pad and the test pictures: the page that is seen says how small they may be."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.session.session import Session

if TYPE_CHECKING:
    from nnplay.gui.panels.output.digits.view import DigitsPanel


class Pages(Guarded, QStackedWidget):
    """A stack that can be as small as the page that is seen; Qt's own needs the room of the largest.

    What pictures need is made where there are some for the first time.
    """

    def __init__(self, session: Session, plane: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._plane = plane
        self._presented = False
        self._digits: DigitsPanel | None = None
        self.addWidget(plane)
        self.currentChanged.connect(self.updateGeometry)

    @property
    def digits(self) -> "DigitsPanel":
        """What is seen where samples are pictures."""
        if self._digits is None:
            from nnplay.gui.panels.output.digits.view import DigitsPanel

            self._digits = DigitsPanel(self._session)
            self._digits.set_presented(self._presented)
            self.addWidget(self._digits)
        return self._digits

    def show_page(self, *, plane: bool) -> None:
        """Show the one or the other."""
        self.setCurrentWidget(self._plane if plane else self.digits)

    def look_as(self, other: "Pages") -> None:
        """Show the same drawing as other ones do."""
        if other._digits is not None:
            self.digits.look_as(other._digits)

    def set_presented(self, presented: bool) -> None:
        """Before a class there is nothing to work with."""
        self._presented = presented
        if self._digits is not None:
            self._digits.set_presented(presented)

    def minimumSizeHint(self) -> QSize:
        """That of the page."""
        page = self.currentWidget()
        return QSize() if page is None else page.minimumSizeHint()
