"""Asks which file: the dialogs of the File menu, and what is said when a file can't be taken."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from nnplay.errors import NnplayError
from nnplay.gui.files.experiment_files import SUFFIX, Files
from nnplay.gui.files.save_dialog import ask_where
from nnplay.gui.widgets.error_dialog import show_refusal
from nnplay.texts import tr


class FileDialogs(QObject):
    """Open, Save and Save As as a person sees them."""

    def __init__(self, files: Files, window: QWidget) -> None:
        super().__init__(window)
        self._files = files
        self._window = window

    def open(self) -> None:
        """Ask for a file and open it."""
        title, kinds = tr("Open an experiment"), tr("Experiments (*{suffix})", suffix=SUFFIX)
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(self._proposed()), kinds)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open this file, or say why not."""
        self._try(lambda: self._files.open(path))

    def new(self, preset: str) -> None:
        """A fresh experiment from a preset."""
        self._try(lambda: self._files.new(preset))

    def save(self) -> None:
        """Save to the file that is open; ask for one where there is none."""
        if self._files.path is None:
            self.save_as()
        else:
            self._try(self._files.save)

    def save_as(self) -> None:
        """Ask for a file and save to it."""
        kinds = {tr("Experiments"): SUFFIX}
        path = ask_where(self._window, tr("Save the experiment"), self._proposed(), kinds)
        if path is not None:
            self._try(lambda: self._files.save(path))

    def _proposed(self) -> Path:
        recent = self._files.recent
        return self._files.path or (recent[0].parent if recent else Path.home())

    def _try(self, action: Callable[[], None]) -> None:
        try:
            action()
        except NnplayError as error:
            show_refusal(self._window, error)
