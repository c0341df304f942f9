"""The page of Predict…: rows without a target from a file or the clipboard, and what the network makes of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from nnplay.data.tables.layout import Layout
from nnplay.data.tables.reading import patterns
from nnplay.data.tables.sheet import Sheet
from nnplay.data.tables.telling import listed
from nnplay.errors import NnplayError
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.tables.layout_row import LayoutRow
from nnplay.gui.files.tables.outlook import Outlook
from nnplay.gui.files.tables.prediction_table import PredictionTable
from nnplay.gui.files.tables.source import TableSource
from nnplay.gui.files.tables.work_bar import WorkBar
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_margins, set_row_height, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_format import count_text
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.screen_fit import size_dialog
from nnplay.texts import tr
from nnplay.training.predictions import Predictions, predict, preparation_of

SIZE = (1040, 720)
SMALLEST = (720, 440)
ROW_HEIGHT = 26
WIDEST = 240
"""Pixels of a column; what is longer is in its tooltip."""
BESIDE, DOT = 24, 24
"""Pixels beside a text in its cell, and for the colour of a class."""
FITTED, LONGEST = 30, 60
"""So many rows, and so many of the sheet's columns, tell how wide columns are; letters of a text that are measured."""


@dataclass(frozen=True, eq=False)
class Answered:
    """A sheet that was read, in the layout that was asked for, and what the network predicts of its rows."""

    sheet: Sheet
    asked: Layout
    predictions: Predictions


class PredictPage(QDialog):
    """Rows and their predictions, to be saved or copied; training may go on behind it.

    Reading and predicting are done in a thread; what was asked for last comes.

    Signals
    -------
    save_asked(predictions), copy_asked(predictions)
        A person wants them as a file, or on the clipboard.

    Attributes
    ----------
    predictions
        What is shown; None before the first table.
    """

    save_asked = Signal(object)
    copy_asked = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("predict_page")
        self.setWindowTitle(tr("Predict"))
        self._session = session
        self._window = window
        self._source: TableSource | None = None
        self._answered: Answered | None = None
        self._build()
        self._lay_out()
        self._show_nothing()
        size_dialog(self, SIZE, SMALLEST)
        self.finished.connect(self.bar.stop)

    @property
    def predictions(self) -> Predictions | None:
        """What is shown; None before the first table."""
        return None if self._answered is None else self._answered.predictions

    # what stands on it

    def _build(self) -> None:
        self._add_sources()
        self.layout_row = LayoutRow()
        self.layout_row.changed.connect(self._on_layout)
        self.summary = PlainLabel()
        self.summary.setWordWrap(True)
        self.bar = WorkBar(tr("Predicting"), self._window)
        self.bar.done.connect(self._on_done)
        self.bar.failed.connect(self._on_failed)
        self.table = PredictionTable(self._session.theme, self)
        self.view = QTableView()
        self.view.setModel(self.table)
        self.view.setAccessibleName(tr("Predictions"))
        self.view.setAccessibleDescription(
            tr("A row each: its own cells, then what the network predicts; a click shows it in the network")
        )
        self.view.clicked.connect(self._on_row)
        self.view.setTabKeyNavigation(False)
        self.view.setWordWrap(False)
        self.view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        set_row_height(self.view, ROW_HEIGHT)
        self.outlook = Outlook()
        self.outlook.setAccessibleName(tr("What was left out or changed"))
        self._add_buttons()

    def _add_sources(self) -> None:
        keys = QKeySequence.StandardKey
        self.open_file = self._button(tr("Open…"), tr("Rows of a file, with the columns of the inputs"), self.ask_file)
        self.paste = self._button(
            tr("Paste"), tr("Rows of the clipboard, with the columns of the inputs"), self.take_clipboard
        )
        self.again = self._button(
            tr("Predict Again"), tr("The same rows, by the network of now: training may go on"), self.predict_again
        )
        QShortcut(QKeySequence(keys.Open), self, self.ask_file)
        QShortcut(QKeySequence(keys.Paste), self, self.take_clipboard)

    def _add_buttons(self) -> None:
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.save = self._button(tr("Save as CSV…"), tr("All rows with their predictions, as a file"), self._on_save)
        self.copy = self._button(tr("Copy"), tr("All rows with their predictions, for a spreadsheet"), self._on_copy)
        self.buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.rejected.connect(self.reject)

    def _button(self, text: str, tip: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        set_tip(button, tip)
        button.setAccessibleDescription(tip)
        button.clicked.connect(lambda: do())
        return button

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        set_spacing(first, 8)
        for button in (self.open_file, self.paste, self.again):
            first.addWidget(button)
        first.addStretch(1)
        first.addWidget(self.bar, 1)
        column = QVBoxLayout(self)
        set_margins(column, 20, 16, 20, 16)
        set_spacing(column, 10)
        column.addLayout(first)
        column.addWidget(self.layout_row)
        column.addWidget(self.summary)
        column.addWidget(self.view, 1)
        column.addWidget(self.outlook)
        column.addWidget(self.buttons)

    def _show_nothing(self) -> None:
        """Before the first table: which columns it is to have."""
        prepared = self._session.prepared
        names = [column.name for column in preparation_of(prepared.spec, prepared.table).columns]
        self.layout_row.hide()
        set_role(self.summary, "")
        self.summary.setText(
            tr(
                "Open or paste rows with the column {names}; a target is not needed.|"
                "Open or paste rows with the {n} columns {names}; a target is not needed.",
                "",
                len(names),
                names=listed(names),
            )
        )
        for button in (self.again, self.save, self.copy):
            button.setEnabled(False)
        self.open_file.setDefault(True)  # Enter closes nothing

    # what a person does

    @Slot()
    def ask_file(self) -> None:
        """Ask for a file, and predict its rows."""
        title, kinds = tr("Predict rows of a table"), tr("Tables ({patterns});;All files (*)", patterns=patterns())
        name, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if name:
            self.take(TableSource.of_file(Path(name)))

    @Slot()
    def take_clipboard(self) -> None:
        """Predict the rows of the clipboard."""
        self.take(TableSource.of_clipboard(QGuiApplication.clipboard().text()))

    def take(self, source: TableSource) -> None:
        """Read a table as it is recognised, and predict its rows."""
        self._source = source
        self.layout_row.show_nothing_asked()
        self._read()

    @Slot()
    def predict_again(self) -> None:
        """Predict the same rows by the network of now."""
        answered = self._answered
        if answered is not None:
            self._begin(lambda _progress: answered.sheet, answered.asked)

    @Slot(object)
    def _on_layout(self, _layout: Layout) -> None:
        self._read()

    def _read(self) -> None:
        source, wanted = self._source, self.layout_row.wanted()
        if source is not None:
            self._begin(lambda progress: source.read(wanted, progress), wanted)

    def _begin(self, read: Callable[[Progress], Sheet], asked: Layout) -> None:
        """Read and predict in a thread; the network is the one between the next two steps."""
        asked_for = self._session.ask(lambda trainer: (trainer.network.copy(), trainer.prepared))

        def work(progress: Progress) -> Answered:
            sheet = read(progress)
            network, prepared = asked_for.result()
            return Answered(sheet, asked, predict(network, prepared, sheet, progress))

        self.bar.begin(work)

    @Slot(QModelIndex)
    def _on_row(self, index: QModelIndex) -> None:
        """Choose the sample of a row: the network shows it go through."""
        sample = None if self.predictions is None else self.predictions.sample(index.row())
        if sample is not None:
            self._session.selection.choose_sample(sample)

    @Slot()
    def _on_save(self) -> None:
        self.save_asked.emit(self.predictions)

    @Slot()
    def _on_copy(self) -> None:
        self.copy_asked.emit(self.predictions)

    # what comes of it

    @Slot(object)
    def _on_done(self, result: object) -> None:
        again = self._answered
        self._answered = answered = cast("Answered", result)
        predictions = answered.predictions
        self.layout_row.show_layout(answered.sheet.layout, answered.sheet.sheets)
        self.layout_row.show()
        set_role(self.summary, "")
        self.summary.setText(_summary(predictions))
        self.table.show_predictions(predictions)
        self.view.setEnabled(True)
        if again is None or again.sheet is not answered.sheet:
            self._fit_columns(predictions)
        self.outlook.show_sentences("", predictions.notes)
        for button in (self.again, self.save, self.copy):
            button.setEnabled(True)

    def _fit_columns(self, predictions: Predictions) -> None:
        """As wide as what the first rows have in them; what is predicted is in sight."""
        first, end = len(predictions.own), self.table.columnCount()
        metrics = QFontMetrics(self.view.font())
        bold = QFontMetrics(label_font(bold=True))
        for column in (*range(min(first, FITTED)), *range(first, end)):
            name = str(self.table.headerData(column, Qt.Orientation.Horizontal))
            texts = (self.table.text(row, column)[:LONGEST] for row in range(min(len(predictions), FITTED)))
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            dot = px(DOT) if column == first and predictions.classes else 0
            room = max(widest + dot, bold.horizontalAdvance(name[:LONGEST])) + px(BESIDE)
            self.view.setColumnWidth(column, min(room, px(WIDEST)))
        self.view.setCurrentIndex(self.table.index(0, first))
        self.view.scrollTo(self.table.index(0, first))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """It can't be: what was shown before stays, greyed, and the layout can be corrected."""
        self.view.setEnabled(False)
        for button in (self.again, self.save, self.copy):
            button.setEnabled(False)
        set_role(self.summary, "alarm")
        if isinstance(error, NnplayError):
            self.summary.setText(str(error))
        else:
            self.summary.setText(tr("Something went wrong inside nnplay."))
            self._session.failed.emit(error)
        self.outlook.clear()


def _summary(predictions: Predictions) -> str:
    rows, total = predictions.predicted, len(predictions)
    if rows == total:
        return tr("{file}: {n} row predicted|{file}: {n} rows predicted", "", total, file=predictions.name)
    return tr(
        "{file}: {predicted} of {n} row predicted|"
        "{file}: {predicted} of {n} rows predicted; in place of the others it says why not",
        "",
        total,
        file=predictions.name,
        predicted=count_text(rows),
    )
