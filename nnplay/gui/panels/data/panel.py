"""The left panel: which points there are, how many, how noisy, and how they are split and fed."""

from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QPushButton, QVBoxLayout, QWidget

from nnplay.data import DATA_SETS
from nnplay.gui.guard import Guarded
from nnplay.gui.panels.data.formula_field import FormulaField
from nnplay.gui.panels.data.gallery import Gallery, GalleryEntry, picture_side
from nnplay.gui.panels.data.numbers import DataNumbers
from nnplay.gui.panels.data.pictures import picture_of, picture_of_yours
from nnplay.gui.panels.data.thumbnail import glyph_thumbnail
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_margins, set_minimum_width, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_format import count_text
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.scroll_column import MARGIN, ScrollColumn
from nnplay.texts import tr
from nnplay.training.edits import with_data_set, with_empty_plane
from nnplay.training.experiment import YOURS, DataSpec, Experiment
from nnplay.training.prepared import PreparedData, task_of
from nnplay.training.titles import data_title

replace = msgspec.structs.replace
WIDTH = 258
ROWS, LOW, ROW = 3, 580, 75
"""Rows of the gallery in a panel of so many pixels, and for how many more pixels there is another row."""


class DataPanel(Guarded, QWidget):
    """Gallery of data sets above the numbers of the one chosen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task = ""
        self._rows = ROWS
        self._shown: list[GalleryEntry] = []
        self.gallery = Gallery()
        self.gallery.chosen.connect(self._on_chosen)
        self.gallery.rename_wanted.connect(self._on_rename)
        self.gallery.delete_wanted.connect(session.shelf.delete_wanted)
        self.formula = FormulaField()
        self.formula.committed.connect(self._on_formula)
        session.undo_stack.settling.connect(self.formula.settle)
        self.numbers = DataNumbers(session)
        self.noise, self.samples, self.classes = self.numbers.noise, self.numbers.samples, self.numbers.classes
        self.share, self.batch = self.numbers.share, self.numbers.batch
        self._lay_out()
        session.experiment_changed.connect(self.show_experiment)
        session.data_changed.connect(self.show_data)
        session.theme.changed.connect(self._draw_pictures)
        session.shelf.changed.connect(self._on_shelf_changed)
        self.show_experiment(session.experiment)
        self.show_data(session.prepared)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A high panel shows more of one's own data sets; in a low one nothing below them is cut."""
        super().resizeEvent(event)
        if self._rows != self._rows_with_room():
            self._fill_gallery()

    def _rows_with_room(self) -> int:
        return ROWS + max(0, self.height() - px(LOW)) // px(ROW)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what the experiment says of its data."""
        spec, task = experiment.data, task_of(experiment.data)
        if task != self._task:
            self._task = task
            self._fill_gallery()
        self._show_chosen()
        data_set = DATA_SETS.get(spec.kind)
        self.formula.setVisible(data_set is not None and data_set.formula is not None)
        if data_set is not None and data_set.formula is not None:
            self.formula.show_formula(spec.kind, spec.formula or data_set.formula)
        self.numbers.show_experiment(experiment)

    def show_data(self, prepared: PreparedData) -> None:
        """Show how many samples there are, and points that are on no shelf in the place of those that would be."""
        if YOURS in self.gallery.names():
            self._draw_picture(YOURS)
        self.counts.setText(_counts_sentence(len(prepared.train), len(prepared.test)))

    def _lay_out(self) -> None:
        self.area = ScrollColumn(7)
        column = self.area.column
        column.addWidget(self.gallery)
        column.addWidget(self.formula)
        column.addWidget(self.numbers)
        self.counts = PlainLabel()
        self.counts.setAccessibleName(tr("Number of points"))
        self.counts.setWordWrap(True)
        set_role(self.counts, "quiet")
        column.addWidget(self.counts)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        set_margins(whole, 0, 0, 0, 0)
        set_spacing(whole, 8)
        whole.addWidget(self.area, 1)
        whole.addLayout(self._buttons())  # below what scrolls: they stand in one place whatever the data are
        set_minimum_width(self, WIDTH)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        set_margins(row, MARGIN, 0, MARGIN, 0)
        set_spacing(row, 8)
        self.draw = QPushButton(tr("Draw"))
        set_tip(self.draw, tr("Put points of your own on an empty plane, as a new data set; the network stays"))
        self.draw.clicked.connect(self._on_draw)
        self.import_points = QPushButton(tr("Import…"))
        set_tip(self.import_points, tr("Take the rows of a spreadsheet, CSV or other table"))
        self.import_points.clicked.connect(partial(self._session.requests.action.emit, "import_points"))
        for button in (self.draw, self.import_points):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        return row

    def _fill_gallery(self) -> None:
        """The generated sets of this problem, and one's own, the newest first; a pencil while there are none."""
        sets = [data_set for data_set in DATA_SETS.values() if data_set.task == self._task]
        generated = [GalleryEntry(d.key, tr(d.title), tr(d.description)) for d in sets]
        own = [_own_entry(entry.data) for entry in self._session.shelf.entries()]
        if not own:
            sentence = tr("Points of your own: drawn on the output, pasted, or imported from a file")
            own = [GalleryEntry(YOURS, tr("Yours"), sentence)]
        self._shown = [*generated, *own]
        self._rows = self._rows_with_room()
        self.gallery.set_entries(self._shown, self._rows, needed=self._session.experiment.data.key)
        self._draw_pictures()
        self._show_chosen()

    def _show_chosen(self) -> None:
        data = self._session.experiment.data
        self.gallery.set_chosen(data.key if data.key in self.gallery.names() else data.kind)

    @Slot(str)
    def _on_shelf_changed(self, key: str) -> None:
        """Another picture; or another entry or name, and with it all of them."""
        entry = self._session.shelf.entry(key)
        if entry is not None and key in self.gallery.names() and _own_entry(entry.data) in self._shown:
            self._draw_picture(key)
        else:
            self._fill_gallery()

    @Slot()
    def _draw_pictures(self) -> None:
        for key in self.gallery.names():
            self._draw_picture(key)
        palette = self._session.theme.palette
        more = glyph_thumbnail("more", palette, picture_side(), self.devicePixelRatioF())
        self.gallery.set_more_picture(more, palette)

    def _draw_picture(self, key: str) -> None:
        palette, ratio = self._session.theme.palette, self.devicePixelRatioF()
        if key in DATA_SETS:
            picture = picture_of(key, palette, ratio)
        else:
            entry = self._session.shelf.entry(key)
            picture = picture_of_yours(self._session.experiment.data if entry is None else entry.data, palette, ratio)
        self.gallery.set_picture(key, picture, palette)

    @Slot()
    def _on_draw(self) -> None:
        """The network stays as it is, as it does when the points are cleared."""
        session = self._session
        experiment, table = session.settle(), session.prepared.table
        if experiment.data.kind == YOURS and not len(table):
            session.message.emit(tr("The plane is empty: click on it to put points"))
        else:
            session.change(tr("Empty plane"), with_empty_plane(experiment, table))

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        session = self._session
        if key == YOURS:
            if session.experiment.data.kind != YOURS:
                self._on_draw()
        elif key in DATA_SETS:
            text = tr("Data set {name}", name=tr(DATA_SETS[key].title))
            session.change(text, with_data_set(session.settle(), key))
        else:
            session.shelf.chosen.emit(key)
        if session.experiment.data.key not in ("", *self.gallery.names()):
            self._fill_gallery()  # it was one of the list of the rest
        self._show_chosen()

    @Slot(str)
    def _on_rename(self, key: str) -> None:
        entry = self._session.shelf.entry(key)
        if entry is None:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle(tr("Rename"))
        dialog.setLabelText(tr("Name of the data set"))
        dialog.setTextValue(entry.data.name)
        if dialog.exec() == QInputDialog.DialogCode.Accepted:
            self._session.shelf.rename_wanted.emit(key, dialog.textValue())
        dialog.deleteLater()

    @Slot(str)
    def _on_formula(self, text: str) -> None:
        experiment = self._session.settle()
        data = replace(experiment.data, formula=text)
        self._session.change(tr("Formula {formula}", formula=text), replace(experiment, data=data))


def _own_entry(data: DataSpec) -> GalleryEntry:
    return GalleryEntry(
        data.key,
        data_title(data.kind, data.name),
        tr("a data set of your own; F2 gives it another name, Delete takes it away"),
        own=True,
    )


def _counts_sentence(train: int, test: int) -> str:
    """How many samples each set has."""
    if test:
        return tr("{train} for training, {test} for testing", train=count_text(train), test=count_text(test))
    return tr("{train} for training", train=count_text(train)) if train else tr("No points yet")
