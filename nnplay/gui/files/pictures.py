"""The parts of the window that a person wants pictures of: copied, or written as PNG or SVG."""

from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QAction, QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from nnplay.errors import NnplayError
from nnplay.gui.files.export import history_as_csv, picture_of, png_of, svg_of, write_whole
from nnplay.gui.files.save_dialog import ask_where
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.error_dialog import show_refusal

PICTURES = {"PNG picture": ".png", "SVG drawing": ".svg"}
FOLDER = "files/pictures"


class Pictures(QObject):
    """The window's views by name, and the acts on their pictures.

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
        self._views: dict[str, QWidget] = {}
        self._by_menu = False

    def add(self, title: str, view: QWidget, *, menu: bool = False) -> None:
        """Call `view` by this title; with `menu` a right click on it offers its picture."""
        self._views[title] = view
        if not menu:
            return
        for text, act in (("Copy Picture", self.copy), ("Export Picture…", self.export)):
            action = QAction(text, view)
            action.triggered.connect(lambda _=False, act=act: act(title))
            view.addAction(action)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def watch(self, menu: QMenu) -> None:
        """Know when an act comes from this menu: then the pointer is on the menu, and on no view."""
        menu.aboutToShow.connect(lambda: setattr(self, "_by_menu", True))
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, lambda: setattr(self, "_by_menu", False)))

    def copy(self, title: str | None = None) -> None:
        """Copy the picture of a view: where None, of the one under the pointer, else the one with the keyboard."""
        title = title if title is not None else self._pointed_at()
        view = self._view(title)
        if view is not None:
            QGuiApplication.clipboard().setImage(picture_of(view, self._ground(view)))
            self._session.message.emit(f"Picture of {title or 'the whole window'} copied")

    def export(self, title: str = "") -> None:
        """Ask for a file, and write the picture of a view to it; "" for the whole window."""
        view = self._view(title)
        if view is None:
            return
        path = ask_where(self._window, "Export picture", self._proposed(title or "window", ".png"), PICTURES)
        if path is None:
            return
        ground, heading = self._ground(view), self._window.windowTitle()
        self._write(path, svg_of(view, ground, heading) if path.suffix.lower() == ".svg" else png_of(view, ground))

    def export_history(self) -> None:
        """Ask for a file, and write the figures of the run to it."""
        path = ask_where(self._window, "Export history", self._proposed("history", ".csv"), {"Tables": ".csv"})
        if path is not None:
            rows, now = self._session.ask(lambda trainer: (trainer.history.rows(), trainer.figures)).result()
            self._write(path, history_as_csv(rows, now))

    def _view(self, title: str) -> QWidget | None:
        view = self._views[title] if title else self._window
        if view.isVisible():
            return view
        self._session.refused.emit(f"{title} is closed: the View menu brings it back")
        return None

    def _ground(self, view: QWidget) -> str:
        palette = self._session.theme.palette
        return palette.window if view is self._window else palette.panel

    def _pointed_at(self) -> str:
        """The title of the view under the pointer, else of the one with the keyboard, else ""."""
        focused = QApplication.focusWidget()
        views = [(title, view) for title, view in self._views.items() if view.isVisible()]
        views.sort(key=lambda each: each[1].window() is self._window)  # those that float lie above
        for title, view in views:
            if not self._by_menu and view.rect().contains(view.mapFromGlobal(QCursor.pos())):
                return title
        if focused is None:
            return ""
        return next((title for title, view in views if view is focused or view.isAncestorOf(focused)), "")

    def _proposed(self, name: str, suffix: str) -> Path:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        folder = Path(str(self._settings.value(FOLDER, pictures)))
        folder = folder if folder.is_dir() else Path.home()
        return folder / f"{self._session.experiment.data.kind} {name.lower()}{suffix}"

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_whole(path, data)
        except NnplayError as error:
            show_refusal(self._window, error)
            return
        self._settings.setValue(FOLDER, str(path.parent))
        self._session.message.emit(f"Wrote {path.name}")
