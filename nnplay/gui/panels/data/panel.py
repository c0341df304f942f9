"""The left panel: which points there are, how many, how noisy, and how they are split and fed."""

from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nnplay.data import DATA_SETS
from nnplay.data.drawing import empty_drawing
from nnplay.gui.panels.data.formula_field import FormulaField
from nnplay.gui.panels.data.gallery import Gallery
from nnplay.gui.panels.data.numbers import DataNumbers
from nnplay.gui.panels.data.pictures import picture_of, picture_of_yours
from nnplay.gui.session.session import Session
from nnplay.gui.theme.sizes import set_margins, set_minimum_width, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_format import count_text
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.scroll_column import ScrollColumn
from nnplay.texts import tr
from nnplay.training.edits import with_data_set, with_points
from nnplay.training.experiment import YOURS, DataSpec, Experiment
from nnplay.training.prepared import PreparedData, has_pictures, task_of

replace = msgspec.structs.replace
WIDTH = 248


class DataPanel(QWidget):
    """Gallery of data sets above the numbers of the one chosen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task = ""
        self._yours: DataSpec | None = None
        self.gallery = Gallery()
        self.gallery.chosen.connect(self._on_chosen)
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
        self.show_experiment(session.experiment)
        self.show_data(session.prepared)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what the experiment says of its data."""
        spec, task = experiment.data, task_of(experiment.data)
        if task != self._task:
            self._task = task
            self._fill_gallery()
        self.gallery.set_chosen(spec.kind)
        data_set = DATA_SETS.get(spec.kind)
        self.formula.setVisible(data_set is not None and data_set.formula is not None)
        if data_set is not None and data_set.formula is not None:
            self.formula.show_formula(spec.kind, spec.formula or data_set.formula)
        self.numbers.show_experiment(experiment)

    def show_data(self, prepared: PreparedData) -> None:
        """Show the drawn points in their thumbnail, and how many samples there are."""
        if prepared.spec.kind == YOURS:
            self._yours = prepared.spec
            self._draw_yours()
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
        column.addLayout(self._buttons())
        column.addStretch(1)
        whole = QVBoxLayout(self)
        set_margins(whole, 0, 0, 0, 0)
        whole.addWidget(self.area)
        set_minimum_width(self, WIDTH)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        set_spacing(row, 8)
        self.draw = QPushButton(tr("Draw"))
        set_tip(self.draw, tr("Start from an empty plane and put points of your own"))
        self.draw.clicked.connect(self._on_draw)
        self.import_points = QPushButton(tr("Import…"))
        set_tip(self.import_points, tr("Take the rows of a spreadsheet, CSV or other table"))
        self.import_points.clicked.connect(partial(self._session.requests.action.emit, "import_points"))
        for button in (self.draw, self.import_points):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        return row

    def _fill_gallery(self) -> None:
        sets = [data_set for data_set in DATA_SETS.values() if data_set.task == self._task]
        help_of_yours = tr("Points of your own: drawn on the output, pasted, or imported from a file")
        yours = (YOURS, tr("Yours"), help_of_yours)
        self.gallery.set_entries([*((d.key, tr(d.title), tr(d.description)) for d in sets), yours])
        self._draw_pictures()

    @Slot()
    def _draw_pictures(self) -> None:
        palette, ratio = self._session.theme.palette, self.devicePixelRatioF()
        for key in self.gallery.names():
            if key == YOURS:
                self._draw_yours()
            else:
                self.gallery.set_picture(key, picture_of(key, palette, ratio), palette)

    def _draw_yours(self) -> None:
        palette = self._session.theme.palette
        picture = picture_of_yours(self._yours, palette, self.devicePixelRatioF())
        self.gallery.set_picture(YOURS, picture, palette)

    @Slot()
    def _on_draw(self) -> None:
        self._choose_yours(None)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        session = self._session
        if key == YOURS:
            self._choose_yours(self._yours)
        else:
            text = tr("Data set {name}", name=tr(DATA_SETS[key].title))
            session.change(text, with_data_set(session.settle(), key))
        self.gallery.set_chosen(session.experiment.data.kind)

    def _choose_yours(self, spec: DataSpec | None) -> None:
        """Go over to points of one's own: those there were, or an empty plane."""
        experiment = self._session.settle()
        if spec is None:
            features = experiment.data.features
            share = 1.0 if has_pictures(experiment.data) else experiment.data.train_share
            spec = DataSpec(kind=YOURS, table=empty_drawing(), features=features, train_share=share)
        self._session.change(tr("Data of your own"), with_points(experiment, spec))

    @Slot(str)
    def _on_formula(self, text: str) -> None:
        experiment = self._session.settle()
        data = replace(experiment.data, formula=text)
        self._session.change(tr("Formula {formula}", formula=text), replace(experiment, data=data))


def _counts_sentence(train: int, test: int) -> str:
    """How many samples each set has."""
    if test:
        return tr("{train} for training, {test} for testing", train=count_text(train), test=count_text(test))
    return tr("{train} for training", train=count_text(train)) if train else tr("No points yet")
