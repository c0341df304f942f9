"""Asks which file: the dialogs of the File menu, and what is said when a file can't be taken."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from nnplay.gui.files.experiment_files import SUFFIX, Files, read_run
from nnplay.gui.files.file_actions import FileActions
from nnplay.gui.files.save_dialog import ask_where, file_name
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.plain_text import message_box
from nnplay.texts import tr
from nnplay.training.titles import data_title


class FileDialogs(FileActions):
    """Open, Save and Save As as a person sees them."""

    def __init__(self, session: Session, files: Files, window: QWidget) -> None:
        super().__init__(session, window)
        self._files = files

    def open(self) -> None:
        """Ask for a file and open it."""
        title, kinds = tr("Open an experiment"), tr("Experiments (*{suffix})", suffix=SUFFIX)
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(self._proposed()), kinds)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open this file, or say why not."""
        self._do(
            tr("Opening {file}", file=path.name),
            partial(read_run, path),
            lambda run: self._files.take(run, path),
        )

    def open_copy(self, path: Path, title: str) -> None:
        """Open the copy of a window that is no longer there, or say why not."""
        self._do(
            tr("Opening {file}", file=title),
            partial(read_run, path),
            lambda run: self._files.take_copy(run, title),
        )

    def new(self, preset: str) -> None:
        """A fresh experiment from a preset, in place of a file that is still being read too."""
        self._stop_reading()
        self._attempt(lambda: self._files.new(preset))

    def save(self) -> None:
        """Save to the file that is open; ask for one where there is none."""
        path = self._files.path
        if path is None:
            self.save_as()
        elif not self._files.on_disk.is_another(path):
            self._attempt(self._files.save)
        else:
            self._ask_about_another(path)

    def _ask_about_another(self, path: Path) -> None:
        """Something else was written to the file: nobody's work is replaced unasked."""
        buttons = QMessageBox.StandardButton
        text = tr(
            "{file} was saved by another window or program since it was opened here. "
            "Save to another file, or replace what is there?",
            file=path.name,
        )
        box = message_box(QMessageBox.Icon.Warning, text, buttons.Cancel, self._window)
        box.setObjectName("another on the disk")
        other = box.addButton(tr("Save As…"), QMessageBox.ButtonRole.AcceptRole)
        replace = box.addButton(tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(other)
        box.exec()
        if box.clickedButton() is other:
            self.save_as()
        elif box.clickedButton() is replace:
            self._attempt(self._files.save)

    def save_as(self) -> None:
        """Ask for a file and save to it."""
        kinds = {tr("Experiments"): SUFFIX}
        path = ask_where(self._window, tr("Save the experiment"), self._proposed_file(), kinds)
        if path is not None:
            self._attempt(lambda: self._files.save(path))

    def _proposed_file(self) -> Path:
        """The file that is open; where there is none, one that is named after the data."""
        data = self._session.experiment.data
        name = file_name(data_title(data.kind, data.name)) + SUFFIX
        return self._files.path or self._proposed() / name

    def _proposed(self) -> Path:
        recent = self._files.recent
        return self._files.path or (recent[0].parent if recent else Path.home())
