"""Points in and out of the window: CSV files, and text that spreadsheets understand on the clipboard."""

from pathlib import Path

import msgspec
import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from nnplay.data import Table
from nnplay.data.delimited import CsvSheet, open_csv, table_to_text, text_to_table, write_csv
from nnplay.data.idx import read_images
from nnplay.data.plane import PLANE_EDGE
from nnplay.errors import NnplayError
from nnplay.gui.dialogs.csv_import import CsvImportDialog
from nnplay.gui.dialogs.waiting import Waiting
from nnplay.gui.error_dialog import show_refusal
from nnplay.gui.panels.choices import with_points
from nnplay.gui.session import Session
from nnplay.training.experiment import YOURS, DataSpec

replace = msgspec.structs.replace
TABLES = "Tables (*.csv *.tsv *.txt)"
FEW = 10
"""Fewer points than this all train."""


class PointExchange(QObject):
    """Import, export, copy and paste, as a person sees them; what can't be taken leaves everything as it was."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    @Slot()
    def ask_import(self) -> None:
        """Ask for a file and import it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Import points", str(Path.home()), TABLES)
        if name:
            self.import_path(Path(name))

    def import_path(self, path: Path) -> None:
        """Read this file in a thread of its own, then ask what its columns are."""
        waiting = Waiting(f"Reading {path.name}", lambda progress: open_csv(path, progress=progress), self._window)
        waiting.done.connect(self._on_read)
        waiting.failed.connect(self._on_failed)
        waiting.start()

    def ask_digits(self) -> None:
        """Ask for the images of an MNIST or Fashion-MNIST and read them with the labels beside them."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Import digits (IDX images)", str(Path.home()))
        if name:
            self.import_digits(Path(name))

    def import_digits(self, path: Path) -> None:
        """Read this IDX file of images, and its labels, in a thread of its own."""
        waiting = Waiting(f"Reading {path.name}", lambda progress: read_images(path, progress=progress), self._window)
        waiting.done.connect(self._on_pictures_read)
        waiting.failed.connect(self._on_failed)
        waiting.start()

    @Slot(object)
    def _on_pictures_read(self, table: Table) -> None:
        try:
            self._take(f"Import {len(table):,} pictures", table, (0, 1))
        except NnplayError as error:
            show_refusal(self._window, error)

    def ask_export(self) -> None:
        """Ask for a file and write the points to it."""
        name, _ = QFileDialog.getSaveFileName(self._window, "Export points", str(Path.home() / "points.csv"), TABLES)
        if not name:
            return
        try:
            write_csv(self._session.prepared.table, Path(name))
            self._session.message.emit(f"{len(self._session.prepared.table):,} points written to {Path(name).name}")
        except NnplayError as error:
            show_refusal(self._window, error)

    def copy(self) -> None:
        """All points as text, a row each, onto the clipboard."""
        table = self._session.prepared.table
        QGuiApplication.clipboard().setText(table_to_text(table))
        self._session.message.emit(f"{len(table):,} points copied")

    def paste(self) -> None:
        """The points of the clipboard's text in place of those there are; Ctrl+Z brings those back."""
        try:
            table = text_to_table(QGuiApplication.clipboard().text())
            self._take(f"Paste {len(table):,} points", table, (0, min(1, table.inputs.shape[1] - 1)))
        except NnplayError as error:
            show_refusal(self._window, error)

    @Slot(object)
    def _on_read(self, sheet: CsvSheet) -> None:
        dialog = CsvImportDialog(sheet, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted or dialog.table is None:
            return
        try:
            self._take(f"Import {sheet.name}", dialog.table, dialog.plane_inputs)
        except NnplayError as error:
            show_refusal(self._window, error)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, NnplayError):
            show_refusal(self._window, error)
        else:
            self._session.failed.emit(error)

    def _take(self, text: str, table: Table, plane_inputs: tuple[int, int]) -> None:
        old = self._session.experiment.data
        data = DataSpec(
            kind=YOURS,
            table=table,
            plane_inputs=plane_inputs,
            features=old.features,
            standardize=len(table) > 0 and bool(np.abs(table.inputs).max() > PLANE_EDGE),
            train_share=0.8 if len(table) >= FEW else 1.0,
            seed=old.seed,
        )
        self._session.change(text, with_points(self._session.experiment, data))
