"""The import page: how a table is read, what its columns are used as, and what will come of it."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from nnplay.data.tables.layout import Layout
from nnplay.errors import NnplayError
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.tables.layout_row import LayoutRow
from nnplay.gui.files.tables.look import Correction, SheetLook, first_look, is_long, look_again
from nnplay.gui.files.tables.outlook import Outlook
from nnplay.gui.files.tables.sheet_view import SheetView
from nnplay.gui.files.tables.source import TableSource
from nnplay.gui.files.tables.use_row import UseRow
from nnplay.gui.files.tables.work_bar import WorkBar
from nnplay.gui.session.session import Session
from nnplay.gui.theme.sizes import set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import PlainLabel, title_text
from nnplay.gui.widgets.screen_fit import size_dialog
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.texts import tr

SIZE = (1040, 720)
SMALLEST = (760, 480)


class ImportPage(QDialog):
    """A table before it is imported.

    A change of the layout reads it again in a thread, and so is looked at a large one; what was asked for last comes.

    Parameters
    ----------
    look
        What was recognised at first.

    Attributes
    ----------
    look
        What is shown; once the page was accepted, what is to be imported.
    """

    def __init__(self, source: TableSource, look: SheetLook, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("import_page")
        self.setWindowTitle(title_text(tr("Import {file}", file=source.name)))
        self.look = look
        self._source = source
        self._session = session
        self._window = window
        self._read_as = Layout()
        self._corrections: list[Correction] = []
        self._build()
        self._show_look(look)
        size_dialog(self, SIZE, SMALLEST)
        self.finished.connect(self.bar.stop)
        self.view.setFocus()

    # what stands on it

    def _build(self) -> None:
        self.layout_row = LayoutRow()
        self.summary = PlainLabel()
        self.bar = WorkBar(tr("Reading {file}", file=self._source.name), self._window)
        self.view = SheetView(self._session.theme)
        self.use_row = UseRow()
        self.outlook = Outlook()
        self.settings = ShortLabel(tr("Settings"))
        set_role(self.settings, "quiet")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.okay = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.okay.setText(tr("Import"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.layout_row.changed.connect(self._on_layout)
        self.view.corrected.connect(self._on_corrected)
        self.use_row.corrected.connect(self._on_corrected)
        self.bar.done.connect(self._on_done)
        self.bar.failed.connect(self._on_failed)
        self._lay_out()

    def _lay_out(self) -> None:
        said = QHBoxLayout()
        set_spacing(said, 16)
        said.addWidget(self.summary)
        said.addWidget(self.bar, 1)
        end = QHBoxLayout()
        set_spacing(end, 16)
        end.addWidget(self.settings, 1)
        end.addWidget(self.buttons)
        column = QVBoxLayout(self)
        set_margins(column, 20, 16, 20, 16)
        set_spacing(column, 10)
        column.addWidget(self.layout_row)
        column.addLayout(said)
        column.addWidget(self.view, 1)
        column.addWidget(self.use_row)
        column.addWidget(self.outlook)
        column.addLayout(end)

    # what a person does

    @Slot(object)
    def _on_layout(self, _layout: Layout) -> None:
        self._renew()

    @Slot(object)
    def _on_corrected(self, correction: Correction) -> None:
        self._corrections.append(correction)
        self._renew()

    def _renew(self) -> None:
        """Look again with what is wanted now, and read again where that asks for it."""
        self.bar.stop()
        wanted, look, corrections = self.layout_row.wanted(), self.look, tuple(self._corrections)
        experiment = self._session.experiment
        if wanted != self._read_as:
            source = self._source
            self._begin(lambda progress: (wanted, first_look(source, wanted, experiment, corrections, progress)))
        elif is_long(look.sheet):
            self._begin(lambda _progress: (wanted, look_again(look, experiment, corrections)))
        else:
            self._show_look(look_again(look, experiment, corrections))

    def _begin(self, work: Callable[[Progress], tuple[Layout, SheetLook]]) -> None:
        self.okay.setEnabled(False)
        self.bar.begin(work)

    # what comes of it

    @Slot(object)
    def _on_done(self, result: object) -> None:
        self._read_as, look = cast("tuple[Layout, SheetLook]", result)
        self._show_look(look)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """It can't be read so: the table stays as it was read before, and the controls stay as they are."""
        self.view.setEnabled(False)
        self.use_row.setEnabled(False)
        self.summary.setText(tr("It can't be read so; before it was:"))
        if isinstance(error, NnplayError):
            self.outlook.show_sentences(str(error), ())
        else:
            self.outlook.show_sentences(tr("Something went wrong inside nnplay."), ())
            self._session.failed.emit(error)

    def _show_look(self, look: SheetLook) -> None:
        if look.refused:  # it would be refused again and again
            self._corrections.pop()
        self.look = look
        sheet = look.sheet
        self.layout_row.show_layout(sheet.layout, sheet.sheets)
        self.summary.setText(
            tr(
                "{rows} of {columns}. Tick the inputs, mark the target.",
                rows=tr("{n} row|{n} rows", "", sheet.rows),
                columns=tr("{n} column|{n} columns", "", len(sheet.columns)),
            )
        )
        self.view.setEnabled(True)
        self.use_row.setEnabled(True)
        self.view.show_look(look)
        self.use_row.show_look(look)
        self.outlook.show_sentences(look.refused or look.problem, look.notes)
        self.settings.show_text(look.settings)
        self.okay.setEnabled(not look.problem)
