"""Predict…: rows without a target and what the network makes of them, to be seen, saved as CSV or copied."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication

from nnplay.gui.files.export import write_whole
from nnplay.gui.files.file_actions import FileActions
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.save_dialog import ask_where
from nnplay.texts import tr
from nnplay.training.predictions import Predictions

SHORT = 20_000
"""Cells that are written within some hundredths of a second."""


class Prediction(FileActions):
    """The page, and what is done with what it shows."""

    @Slot()
    def open_page(self) -> None:
        """Open the page, on no rows yet."""
        from nnplay.gui.files.tables.predict_page import PredictPage  # rarely wanted: not at the start

        self._session.settle()
        page = PredictPage(self._session, self._window)
        page.save_asked.connect(self._save)
        page.copy_asked.connect(self._copy)
        page.finished.connect(page.deleteLater)
        page.open()

    @Slot(object)
    def _save(self, predictions: Predictions) -> None:
        """Ask for a file and write them to it."""
        proposed, kinds = Path.home() / "predictions.csv", {tr("Tables"): ".csv"}
        path = ask_where(self._window, tr("Save the predictions"), proposed, kinds)
        if path is None:
            return
        written = tr("{n} row written to {file}|{n} rows written to {file}", "", len(predictions), file=path.name)
        self._do(
            tr("Writing {file}", file=path.name),
            lambda progress: write_whole(path, predictions.as_csv(progress=progress).encode("utf-8", "replace")),
            lambda _: self._session.message.emit(written),
            short=_is_short(predictions),
            reads=False,
        )

    @Slot(object)
    def _copy(self, predictions: Predictions) -> None:
        """All rows as text onto the clipboard."""

        def write(progress: Progress) -> str:
            return predictions.as_csv("\t", progress)

        def put(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self._session.message.emit(tr("{n} row copied|{n} rows copied", "", len(predictions)))

        self._do(tr("Copying predictions"), write, put, short=_is_short(predictions), reads=False)


def _is_short(predictions: Predictions) -> bool:
    return len(predictions) * len(predictions.header) <= SHORT
