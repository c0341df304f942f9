"""Tables from files and the clipboard, taken as points: by the import page, or pasted as they are recognised."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from nnplay.data.tables.choice import Choice
from nnplay.data.tables.imported import Imported
from nnplay.data.tables.layout import Layout
from nnplay.data.tables.making import make_import
from nnplay.data.tables.pasting import choice_of_points
from nnplay.data.tables.reading import patterns
from nnplay.data.tables.sheet import Sheet
from nnplay.gui.files.file_actions import FileActions
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.tables.look import SheetLook, first_look, is_long
from nnplay.gui.files.tables.source import TableSource
from nnplay.gui.files.tables.words import roles_of
from nnplay.texts import tr
from nnplay.training.edits import named_data, with_import
from nnplay.training.experiment import Experiment
from nnplay.training.trainer import Trainer

if TYPE_CHECKING:
    from nnplay.gui.files.tables.page import ImportPage


@dataclass(frozen=True)
class Arrival:
    """A sheet with what its columns are used as, on its way to be trained on.

    Attributes
    ----------
    name
        What the table is called on the shelf.
    least_classes
        With fewer there is nothing to learn; points may be of one class.
    change, said
        What the change is called, and what is said when it is done, by the number of rows.
    """

    sheet: Sheet
    choice: Choice
    least_classes: int
    name: str
    change: Callable[[int], str]
    said: Callable[[int], str]


@dataclass(frozen=True)
class ImportedRun:
    """A fresh run on a table that was made of an arrival, and the experiment that it changed."""

    arrival: Arrival
    imported: Imported
    trainer: Trainer
    before: Experiment


class TableImport(FileActions):
    """Import and paste, as a person sees them: a table is a fresh start, which Ctrl+Z brings back from."""

    @Slot()
    def ask_import(self) -> None:
        """Ask for a file and import it."""
        title, kinds = tr("Import a table"), tr("Tables ({patterns});;All files (*)", patterns=patterns())
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(Path.home()), kinds)
        if name:
            self.import_path(Path(name))

    def import_path(self, path: Path) -> None:
        """Read this file, and show what its columns are taken for."""
        self._ask(TableSource.of_file(path))

    @Slot()
    def import_clipboard(self) -> None:
        """Read the clipboard, and show what its columns are taken for."""
        self._ask(TableSource.of_clipboard(QGuiApplication.clipboard().text()))

    @Slot()
    def paste(self) -> None:
        """The points of the clipboard's text, as they are recognised, in place of those there are."""
        source, before = TableSource.of_clipboard(QGuiApplication.clipboard().text()), self._session.settle()

        def read(progress: Progress) -> ImportedRun:
            sheet = source.read(Layout(), progress)
            choice = choice_of_points(sheet)
            return _made(
                Arrival(sheet, choice, 1, source.title, _paste, lambda n: _pasted(n, sheet, choice)), before, progress
            )

        self._do(tr("Reading the clipboard"), read, self._take)

    def _ask(self, source: TableSource) -> None:
        experiment = self._session.settle()

        def read(progress: Progress) -> "tuple[SheetLook, type[ImportPage]]":
            from nnplay.gui.files.tables.page import ImportPage  # rarely wanted, and no short work for the window

            return first_look(source, Layout(), experiment, (), progress), ImportPage

        self._do(tr("Reading {file}", file=source.name), read, lambda found: self._show_page(source, *found))

    def _show_page(self, source: TableSource, look: SheetLook, kind: "type[ImportPage]") -> None:
        page = kind(source, look, self._session, self._window)

        def import_it() -> None:
            sheet, choice = page.look.sheet, page.look.choice
            said, change = _imported(source.name), _import(source.name)
            self._make(Arrival(sheet, choice, 2, source.title, change, said))

        page.accepted.connect(import_it)
        page.finished.connect(page.deleteLater)
        QTimer.singleShot(0, page, page.open)  # another turn of the window, which is there by then at the start too

    def _make(self, arrival: Arrival) -> None:
        """Make the table, and a run on it: not in the window's thread where that would stand still for seconds."""
        before = self._session.settle()
        self._do(
            tr("Importing {file}", file=arrival.sheet.name),
            lambda progress: _made(arrival, before, progress),
            self._take,
            short=not is_long(arrival.sheet),
        )

    def _take(self, run: ImportedRun) -> None:
        session = self._session
        if session.settle() is not run.before:  # a person went on playing meanwhile
            self._make(run.arrival)
            return
        rows = len(run.imported.table)
        goes_on = session.running
        session.replace_run(run.arrival.change(rows), run.trainer)
        if goes_on:
            session.toggle_training()
        said, notes = run.arrival.said(rows), run.imported.notes
        session.message.emit(tr("{said}; {notes}", said=said, notes="; ".join(notes)) if notes else said)


def _made(arrival: Arrival, before: Experiment, progress: Progress) -> ImportedRun:
    """Make the table and a run on it; a person may cancel in between."""
    progress(0, 3)
    imported = make_import(arrival.sheet, arrival.choice, least_classes=arrival.least_classes)
    progress(1, 3)
    experiment = named_data(with_import(before, imported), arrival.name)
    progress(2, 3)
    return ImportedRun(arrival, imported, Trainer(experiment), before)


def _import(file: str) -> Callable[[int], str]:
    return lambda _rows: tr("Import {file}", file=file)


def _imported(file: str) -> Callable[[int], str]:
    return lambda rows: tr("Imported {n} row of {file}|Imported {n} rows of {file}", "", rows, file=file)


def _paste(rows: int) -> str:
    return tr("Paste {n} point|Paste {n} points", "", rows)


def _pasted(rows: int, sheet: Sheet, choice: Choice) -> str:
    return tr("Pasted {n} point: {roles}|Pasted {n} points: {roles}", "", rows, roles=roles_of(sheet, choice))
