"""Run ▸ Back Until… and Stop When…: open the pages on which a person chooses the condition."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from nnplay.gui.session.session import Session

if TYPE_CHECKING:
    from nnplay.gui.files.until.back import BackPage
    from nnplay.gui.files.until.page import ConditionPage
    from nnplay.gui.files.until.stop import StopPage


class Until(QObject):
    """The pages of one window; asked for again, the same one comes to the front."""

    back: "BackPage | None" = None
    stop: "StopPage | None" = None

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window

    @Slot()
    def open_back(self) -> None:
        """Open the page of Back Until."""
        from nnplay.gui.files.until.back import BackPage  # rarely wanted: not at the start

        if self.back is None:
            self.back = BackPage(self._session, self._window)
            self.back.finished.connect(self._on_back_finished)
        _bring(self.back)

    @Slot()
    def open_stop(self) -> None:
        """Open the page of Stop When."""
        from nnplay.gui.files.until.stop import StopPage

        if self.stop is None:
            self.stop = StopPage(self._session, self._window)
            self.stop.finished.connect(self._on_stop_finished)
        _bring(self.stop)

    @Slot()
    def _on_back_finished(self) -> None:
        page, self.back = self.back, None
        if page is not None:
            page.deleteLater()

    @Slot()
    def _on_stop_finished(self) -> None:
        page, self.stop = self.stop, None
        if page is not None:
            page.deleteLater()


def _bring(page: "ConditionPage") -> None:
    page.refresh()
    page.show()
    page.raise_()
    page.activateWindow()
