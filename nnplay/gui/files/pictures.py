"""The parts of the window that a person wants pictures of: copied, or written as PNG or SVG."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QAction, QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from nnplay.gui.files.export import history_as_csv, picture_of, png_of, svg_of, write_whole
from nnplay.gui.files.file_actions import FileActions
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.save_dialog import ask_where
from nnplay.gui.paint.figure import Figure, figure_of, titled
from nnplay.gui.session.session import Session
from nnplay.texts import mark, tr

KINDS = {mark("PNG picture"): ".png", mark("SVG drawing"): ".svg"}
FOLDER = "files/pictures"


class PictureSource(NamedTuple):
    """A view that a person wants pictures of, and what they call it; None as long as nobody has opened it."""

    title: str
    view: Callable[[], QWidget | None]


class Pictures(FileActions):
    """The window's views by their keys, and the actions on their pictures.

    Parameters
    ----------
    settings
        Where the folder of the last picture is remembered.
    window
        The view that all others are in.
    """

    def __init__(self, session: Session, settings: QSettings, window: QWidget) -> None:
        super().__init__(session, window)
        self._settings = settings
        self._sources: dict[str, PictureSource] = {}
        self._by_menu = False

    def add(self, key: str, title: str, view_of: Callable[[], QWidget | None], *, menu: bool = False) -> None:
        """Call a view by this key, and by this title for a person; with `menu` a right click on it has its picture."""
        self._sources[key] = PictureSource(title, view_of)
        view = view_of() if menu else None
        if view is None:
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
        QGuiApplication.clipboard().setImage(picture_of(self._figure(key), self._background(view)))
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
        figure, colour = self._figure(key), self._background(view)
        if path.suffix.lower() == ".svg":
            drawing = svg_of(figure, colour, self._window.windowTitle(), view.logicalDpiX())
            self._write(path, lambda: drawing)
        else:
            image = picture_of(figure, colour)
            self._write(path, lambda: png_of(image))

    def export_history(self) -> None:
        """Ask for a file, and write the figures of the run to it."""
        kinds = {tr("Tables"): ".csv"}
        path = ask_where(self._window, tr("Export history"), self._proposed("history", ".csv"), kinds)
        if path is not None:
            rows, now = self._session.ask(lambda trainer: (trainer.history.rows(), trainer.figures)).result()
            self._write(path, lambda: history_as_csv(rows, now))

    def _view(self, key: str) -> QWidget | None:
        """The view of this key; None, and said, where it is closed."""
        if not key:
            return self._window
        title, view_of = self._sources[key]
        view = view_of()
        if view is not None and view.isVisible():
            return view
        self._session.refused.emit(tr("{view} is closed: the View menu brings it back", view=title))
        return None

    def _figure(self, key: str) -> Figure:
        """What stands in the picture: of a panel what it says is its figure, else all of the view as it is seen."""
        view = self._sources[key].view() if key else None
        if view is None:
            return figure_of(self._window)
        title = self._sources[key].title
        own = getattr(view, "figure", None)
        figure: Figure = figure_of(view, title) if own is None else own()
        return titled(figure, self._session.theme.palette)

    def _background(self, view: QWidget) -> str:
        palette = self._session.theme.palette
        return palette.window if view is self._window else palette.panel

    def _pointed_at(self) -> str:
        """The key of the view under the pointer, else of the one with the keyboard, else ""."""
        focused = QApplication.focusWidget()
        there = [(key, source.view()) for key, source in self._sources.items()]
        views = [(key, view) for key, view in there if view is not None and view.isVisible()]
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

    def _write(self, path: Path, data: Callable[[], bytes]) -> None:
        """Write what `data` gives, in a thread; that it is written is said when it is."""

        def write(_progress: Progress) -> None:  # has no step to be cancelled at: who closes the window gets the file
            write_whole(path, data())

        def tell(_: None) -> None:
            self._settings.setValue(FOLDER, str(path.parent))
            self._session.message.emit(tr("Wrote {file}", file=path.name))

        self._do(tr("Writing {file}", file=path.name), write, tell, reads=False)
