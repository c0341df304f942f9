"""The parts of the window that a person wants pictures of: copied, or written as PNG or SVG."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QAction, QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from nnplay.errors import NnplayError
from nnplay.gui.files.export import history_as_csv, picture_of, png_of, svg_of, write_whole
from nnplay.gui.files.save_dialog import ask_where
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.error_dialog import show_refusal
from nnplay.texts import mark, tr

KINDS = {mark("PNG picture"): ".png", mark("SVG drawing"): ".svg"}
FOLDER = "files/pictures"


class PictureSource(NamedTuple):
    """A view that a person wants pictures of, and what they call it."""

    title: str
    view: QWidget


class Pictures(QObject):
    """The window's views by their keys, and the actions on their pictures.

    Parameters
    ----------
    settings
        Where the folder of the last picture is remembered.
    window
        The view that all others are in.
    """

    def __init__(self, session: Session, settings: QSettings, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window
        self._sources: dict[str, PictureSource] = {}
        self._by_menu = False

    def add(self, key: str, title: str, view: QWidget, *, menu: bool = False) -> None:
        """Call `view` by this key, and by this title for a person; with `menu` a right click on it has its picture."""
        self._sources[key] = PictureSource(title, view)
        if not menu:
            return
        for text, command in ((tr("Copy Picture"), self.copy), (tr("Export Picture…"), self.export)):
            action = QAction(text, view)
            action.triggered.connect(lambda _=False, command=command: command(key))
            view.addAction(action)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def watch(self, menu: QMenu) -> None:
        """Know when an action comes from this menu: then the pointer is on the menu, and on no view."""
        menu.aboutToShow.connect(lambda: setattr(self, "_by_menu", True))
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, lambda: setattr(self, "_by_menu", False)))

    def copy(self, key: str | None = None) -> None:
        """Copy the picture of a view: where None, of the one under the pointer, else the one with the keyboard."""
        key = key if key is not None else self._pointed_at()
        view = self._view(key)
        if view is None:
            return
        QGuiApplication.clipboard().setImage(picture_of(view, self._background(view)))
        if key:
            self._session.message.emit(tr("Picture of {view} copied", view=self._sources[key].title))
        else:
            self._session.message.emit(tr("Picture of the whole window copied"))

    def export(self, key: str = "") -> None:
        """Ask for a file, and write the picture of a view to it; "" for the whole window."""
        view = self._view(key)
        if view is None:
            return
        kinds = {tr(kind): suffix for kind, suffix in KINDS.items()}
        path = ask_where(self._window, tr("Export picture"), self._proposed(key or "window", ".png"), kinds)
        if path is None:
            return
        colour, heading = self._background(view), self._window.windowTitle()
        self._write(path, svg_of(view, colour, heading) if path.suffix.lower() == ".svg" else png_of(view, colour))

    def export_history(self) -> None:
        """Ask for a file, and write the figures of the run to it."""
        kinds = {tr("Tables"): ".csv"}
        path = ask_where(self._window, tr("Export history"), self._proposed("history", ".csv"), kinds)
        if path is not None:
            rows, now = self._session.ask(lambda trainer: (trainer.history.rows(), trainer.figures)).result()
            self._write(path, history_as_csv(rows, now))

    def _view(self, key: str) -> QWidget | None:
        """The view of this key; None, and said, where it is closed."""
        if not key:
            return self._window
        title, view = self._sources[key]
        if view.isVisible():
            return view
        self._session.refused.emit(tr("{view} is closed: the View menu brings it back", view=title))
        return None

    def _background(self, view: QWidget) -> str:
        palette = self._session.theme.palette
        return palette.window if view is self._window else palette.panel

    def _pointed_at(self) -> str:
        """The key of the view under the pointer, else of the one with the keyboard, else ""."""
        focused = QApplication.focusWidget()
        views = [(key, view) for key, (_, view) in self._sources.items() if view.isVisible()]
        views.sort(key=lambda each: each[1].window() is self._window)  # those that float lie above
        for key, view in views:
            if not self._by_menu and view.rect().contains(view.mapFromGlobal(QCursor.pos())):
                return key
        if focused is None:
            return ""
        return next((key for key, view in views if view is focused or view.isAncestorOf(focused)), "")

    def _proposed(self, name: str, suffix: str) -> Path:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        folder = Path(str(self._settings.value(FOLDER, pictures)))
        folder = folder if folder.is_dir() else Path.home()
        return folder / f"{self._session.experiment.data.kind} {name}{suffix}"

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_whole(path, data)
        except NnplayError as error:
            show_refusal(self._window, error)
            return
        self._settings.setValue(FOLDER, str(path.parent))
        self._session.message.emit(tr("Wrote {file}", file=path.name))
