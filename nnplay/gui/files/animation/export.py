"""File ▸ Export ▸ Animation…: opens the dialog on the run as it was up to where it stands."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QWidget

from nnplay.gui.files.animation.views import AnimatedView
from nnplay.gui.files.file_actions import FileActions
from nnplay.gui.session.session import Session
from nnplay.texts import tr

if TYPE_CHECKING:
    from nnplay.gui.files.animation.page import AnimationPage


class AnimationExport(FileActions):
    """The views of a window that can be animated, and the dialog that does so."""

    page: "AnimationPage | None" = None

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session, window)
        self._views: list[AnimatedView] = []
        self._last_folder: Path | None = None

    def add(self, view: AnimatedView) -> None:
        """Let a view be animated."""
        self._views.append(view)

    @Slot()
    def ask_export(self) -> None:
        """Open the dialog; a run that goes on pauses."""
        from nnplay.gui.files.animation.page import AnimationPage  # rarely wanted: not at the start

        self._session.timeline.rest()
        views = [each for each in self._views if each.is_seen]
        if not self._session.timeline.record.step:
            self._session.refused.emit(tr("There is nothing to animate yet: train the network first"))
        elif not views:
            self._session.refused.emit(tr("All views are closed: the View menu brings them back"))
        else:
            self.page = AnimationPage(self._session, views, self._folder(), self._window)
            self.page.written.connect(self._on_written)
            self.page.finished.connect(self._on_finished)
            self.page.open()

    def _folder(self) -> Path:
        if self._last_folder is not None and self._last_folder.is_dir():
            return self._last_folder
        pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        return pictures if pictures.is_dir() else Path.home()

    @Slot(object, str)
    def _on_written(self, path: Path, sentence: str) -> None:
        self._last_folder = path.parent
        self._session.message.emit(sentence)

    @Slot()
    def _on_finished(self) -> None:
        page, self.page = self.page, None
        if page is not None:
            page.deleteLater()
