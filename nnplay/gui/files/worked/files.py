"""Help ▸ Worked Example…: the window of the sheet, which goes on where it was left, and the sheet as a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from nnplay.gui.files.file_actions import FileActions
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.save_dialog import ask_where
from nnplay.gui.session.session import Session
from nnplay.texts import tr

if TYPE_CHECKING:
    from nnplay.experiments.worked.example import WorkedExample
    from nnplay.experiments.worked.sheet import WorkedSheet
    from nnplay.gui.files.worked.window import WorkedWindow

# what writes and shows sheets is imported when it is wanted: not at the start


class WorkedExamples(FileActions):
    """The worked example of one window."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session, window)
        self._page: WorkedWindow | None = None

    @Slot()
    def open_page(self) -> None:
        """Open the sheet: of the network as it is now, or as it was left where something was filled in."""
        self._session.settle()
        page = self._page = self._page or self._made()
        if not page.isVisible() and not page.has_progress:
            page.show_present()
        page.show()
        page.raise_()
        page.activateWindow()

    def _made(self) -> "WorkedWindow":
        from nnplay.gui.files.worked.answers import Answers
        from nnplay.gui.files.worked.window import WorkedWindow

        page = WorkedWindow(self._session, Answers(self), self._present, self._window)
        page.export_asked.connect(self._export)
        return page

    def _present(self) -> "WorkedExample":
        """The example of the run as it is now, on the sample that is chosen."""
        from nnplay.experiments.worked.from_run import example_of

        sample = self._session.selection.sample
        return self._session.ask(lambda trainer: example_of(trainer, sample)).result()

    @Slot(object, str, bool)
    def _export(self, sheet: "WorkedSheet", suffix: str, answers: bool) -> None:
        from nnplay.experiments.worked.export import BESIDE, KINDS, write_sheet

        kinds = {tr(KINDS[suffix]): suffix}
        proposed = Path.home() / (tr("Worked example") + suffix)
        path = ask_where(self._page or self._window, tr("Export the worked example"), proposed, kinds)
        if path is None:
            return
        digits = self._session.digits.count

        def write(_progress: Progress) -> tuple[Path, ...]:
            return write_sheet(sheet, path, digits=digits, answers=answers, overwrite=True)

        self._write_chosen(path, BESIDE.get(suffix, ()), write)
