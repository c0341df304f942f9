"""Help ▸ Add to the Applications Menu, and Remove once it is there: for who runs nnplay without a package."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence

from nnplay import desktop_entry
from nnplay.errors import NnplayError
from nnplay.gui.session.session import Session
from nnplay.texts import tr

KEYS = "Ctrl+Shift+F1"


class MenuEntry(QAction):
    """Writes the entry and the file type for the person's own account, or takes them away again."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.setShortcut(QKeySequence(KEYS))
        self.triggered.connect(self._toggle)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say what it would do now."""
        added = desktop_entry.is_added()
        self.setText(tr("Remove from the Applications Menu") if added else tr("Add to the Applications Menu"))

    @Slot()
    def _toggle(self) -> None:
        try:
            if desktop_entry.is_added():
                desktop_entry.remove()
                self._session.message.emit(tr("nnplay is no longer in the applications menu"))
            else:
                desktop_entry.add()
                self._session.message.emit(tr("nnplay is in the applications menu, and opens its files"))
        except NnplayError as error:
            self._session.refused.emit(str(error))
        self.refresh()
