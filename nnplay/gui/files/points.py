"""Points in and out of the window: CSV files, and text that spreadsheets understand on the clipboard."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog

from nnplay.data import Table
from nnplay.data.delimited import CsvSheet, open_csv, table_to_text, text_to_table, write_csv
from nnplay.gui.files.file_actions import FileActions
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.save_dialog import ask_where
from nnplay.texts import tr
from nnplay.training.edits import with_table

TABLES = ("*.csv", "*.tsv", "*.txt")
"""What the names of files of points look like."""
SHORT_TEXT = 200_000
"""Characters that are read within some hundredths of a second."""
SHORT_TABLE = 20_000
"""Numbers that are written within some hundredths of a second."""


class PointsImportExport(FileActions):
    """Import, export, copy and paste, as a person sees them."""

    @Slot()
    def ask_import(self) -> None:
        """Ask for a file and import it."""
        title, kinds = tr("Import points"), tr("Tables ({patterns});;All files (*)", patterns=" ".join(TABLES))
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(Path.home()), kinds)
        if name:
            self.import_path(Path(name))

    def import_path(self, path: Path) -> None:
        """Read this file, then ask what its columns are."""
        waited_for = tr("Reading {file}", file=path.name)
        self._do(waited_for, lambda progress: open_csv(path, progress=progress), self._choose_columns)

    def ask_export(self) -> None:
        """Ask for a file and write the points to it."""
        path = ask_where(self._window, tr("Export points"), Path.home() / "points.csv", {tr("Tables"): ".csv"})
        if path is None:
            return
        table = self._session.prepared.table
        written = tr("{n} point written to {file}|{n} points written to {file}", "", len(table), file=path.name)
        self._do(
            tr("Writing {file}", file=path.name),
            lambda progress: write_csv(table, path, progress),
            lambda _: self._session.message.emit(written),
            short=table.inputs.size <= SHORT_TABLE,
            reads=False,
        )

    def copy(self) -> None:
        """All points as text, a row each, onto the clipboard."""
        table = self._session.prepared.table

        def put(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self._session.message.emit(tr("{n} point copied|{n} points copied", "", len(table)))

        def write(progress: Progress) -> str:
            return table_to_text(table, progress)

        self._do(tr("Copying points"), write, put, short=table.inputs.size <= SHORT_TABLE, reads=False)

    def paste(self) -> None:
        """The points of the clipboard's text in place of those there are; Ctrl+Z brings those back."""
        text = QGuiApplication.clipboard().text()

        def read(progress: Progress) -> Table:
            return text_to_table(text, progress=progress)

        def take(table: Table) -> None:
            text = tr("Paste {n} point|Paste {n} points", "", len(table))
            self._take(text, table, (0, min(1, table.inputs.shape[1] - 1)))

        self._do(tr("Reading the clipboard"), read, take, short=len(text) <= SHORT_TEXT)

    def _choose_columns(self, sheet: CsvSheet) -> None:
        from nnplay.gui.files.table_dialog import CsvImportDialog  # rarely wanted: not at the start

        dialog = CsvImportDialog(sheet, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.table is not None:
            self._take(tr("Import {file}", file=sheet.name), dialog.table, dialog.plane_inputs)

    def _take(self, text: str, table: Table, plane_inputs: tuple[int, int]) -> None:
        self._session.change(text, with_table(self._session.settle(), table, plane_inputs))
