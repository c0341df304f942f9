"""Points out of the window: CSV files, and text that spreadsheets understand on the clipboard."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication

from nnplay.data.tables.writer import table_to_text, write_csv
from nnplay.gui.files.file_actions import FileActions
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.save_dialog import ask_where, file_name
from nnplay.texts import tr
from nnplay.training.titles import data_title

SHORT_TABLE = 20_000
"""Numbers that are written within some hundredths of a second."""


class PointsExport(FileActions):
    """Export and copy, as a person sees them."""

    def ask_export(self) -> None:
        """Ask for a file and write the points to it."""
        data = self._session.experiment.data
        proposed = Path.home() / f"{file_name(data_title(data.kind, data.name))}.csv"
        path = ask_where(self._window, tr("Export points"), proposed, {tr("Tables"): ".csv"})
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
