"""The page of Stop When…: the condition that a run ends at."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from nnplay.gui.files.until.page import ConditionPage
from nnplay.gui.session.session import Session
from nnplay.texts import tr

NAME = "stop_when"


class StopPage(ConditionPage):
    """Sets it, or takes it away."""

    def __init__(self, session: Session, window: QWidget) -> None:
        tip = tr("End this run, and those after it, at the very step at which the condition comes true")
        super().__init__(session, window, NAME, tr("Stop When"), tr("Stop There"), tip, stops=True)
        self.remove = self._button(
            tr("Stop No More"), tr("Take the condition away: training goes on until it is paused"), self.stop_no_more
        )
        self.buttons.addButton(self.remove, QDialogButtonBox.ButtonRole.ActionRole)
        session.stop_when.changed.connect(self._show_armed)
        if session.stop_when.condition is not None:
            self.show_condition(session.stop_when.condition)
        self._show_armed()

    def use(self) -> None:
        """Let a run end at what is chosen."""
        self.form.commit()
        if not self.problem:
            self.remember()
            self._session.stop_when.set_condition(self.condition)
            self.accept()

    @Slot()
    def stop_no_more(self) -> None:
        """Let no run end by itself."""
        self._session.stop_when.set_condition(None)

    @Slot()
    def _show_armed(self) -> None:
        self.remove.setEnabled(self._session.stop_when.condition is not None)
