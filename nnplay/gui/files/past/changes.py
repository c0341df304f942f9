"""Changes of the past: the run is computed again beside the one there is, with a bar and Cancel where that lasts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from nnplay.errors import NnplayError
from nnplay.gui.files.file_actions import FileActions
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.session.past import PastChange
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.number_format import count_text
from nnplay.texts import tr
from nnplay.training.record import DivergenceEdit, Recording

if TYPE_CHECKING:
    from nnplay.gui.files.past.page import BranchPage


class PastChanges(FileActions):
    """What a person wants of the past and of its branches.

    Attributes
    ----------
    page
        That with the branches; None until it is opened first.
    """

    page: "BranchPage | None" = None

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session, window)
        session.requests.past.connect(self.change)

    @Slot(object)
    def change(self, change: PastChange) -> None:
        """Compute the run again; it goes on on the new branch, or all stays as it was."""
        timeline = self._session.timeline
        if timeline.record.current is not change.branch:
            self._session.refused.emit(tr("The run is on another branch now"))
            return
        apart = timeline.apart()

        def work(progress: Progress) -> Recording:
            change.make(apart, progress)
            return apart

        def then(made: Recording) -> None:
            compared = change.compared(self._session.trainer, made.trainer) if change.compared is not None else ""
            timeline.adopt(change.text, made.current, made.trainer)
            self._session.message.emit(_told(change, made, compared))

        self._do(tr("Computing the run again"), work, then)

    @Slot()
    def open_page(self) -> None:
        """Open the page with the branches, or bring it to the front."""
        from nnplay.gui.files.past.page import BranchPage  # rarely wanted: not at the start

        if self.page is None:
            self.page = BranchPage(self._session, self._window)
        self.page.show()
        self.page.raise_()
        self.page.activateWindow()
        self.page.refresh()

    def _say(self, error: Exception) -> None:
        if isinstance(error, NnplayError):
            self._session.refused.emit(str(error))
        else:
            super()._say(error)


def _told(change: PastChange, made: Recording, compared: str) -> str:
    """What was done, and whether the new run came as far."""
    own = made.current.own
    if own and isinstance(own[-1].edit, DivergenceEdit):
        epoch = count_text(made.trainer.epoch)
        return tr(
            "{change}: the run diverged at epoch {epoch}, where this branch ends", change=change.text, epoch=epoch
        )
    if compared:
        return tr("{change}: {compared}", change=change.text, compared=compared)
    return tr("{change}: the run was computed again, as a branch", change=change.text)
