"""Run ▸ Check Gradients…: opens the page, on the step that comes next or the one that is walked through."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from nnplay.gui.files.file_actions import FileActions

if TYPE_CHECKING:
    from nnplay.gui.files.gradients.page import GradientPage


class GradientChecks(FileActions):
    """The page of one window; asked for again, it checks again."""

    page: "GradientPage | None" = None

    @Slot()
    def open_page(self) -> None:
        """Open the page, or bring it to the front, and check."""
        from nnplay.gui.files.gradients.page import GradientPage  # rarely wanted: not at the start

        if self.page is None:
            self.page = GradientPage(self._session, self._window)
            self.page.finished.connect(self._on_finished)
        self.page.show()
        self.page.raise_()
        self.page.activateWindow()
        self.page.check()

    @Slot()
    def _on_finished(self) -> None:
        page, self.page = self.page, None
        if page is not None:
            page.deleteLater()
