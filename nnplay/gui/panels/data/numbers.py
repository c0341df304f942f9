"""The numbers of the data: how many points, how noisy, how many classes, how they are split, scaled and seeded."""

import secrets
from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from nnplay.data import DATA_SETS, Table
from nnplay.data.drawing import MAX_DRAWN_CLASSES
from nnplay.errors import InputError
from nnplay.gui.session.ahead import sees_ahead
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.sizes import set_fixed_width, set_font, set_grid_spacing, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.labelled_slider import LabelledSlider, steps
from nnplay.gui.widgets.number_format import percent_text
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.texts import tr
from nnplay.training.edits import with_classes
from nnplay.training.experiment import MAX_SEED, DataSpec, Experiment
from nnplay.training.options import OPTIONS, Option
from nnplay.training.prepared import task_of

FULL_BATCH = 0
NEW_SEEDS = 10_000
LEAST_CLASSES = 2
"""On every data set the slider begins with them, so that a number of classes stands in one place."""
SEED_BOX = 116
"""Pixels: room for the ten figures of the largest seed."""


class DataNumbers(QWidget):
    """Sliders, check boxes and two seeds; each action is one change of the session's experiment."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._hidden: set[LabelledSlider] | None = None
        self._add_sliders()
        self._add_standardize_and_seeds()
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, 0, 0)
        set_spacing(column, 5)
        self._grid = self._sliders()
        column.addLayout(self._grid)
        column.addWidget(self.standardize)
        column.addWidget(self.standardize_target)
        column.addLayout(self._seeds())

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what the experiment says, and only what can be chosen of its data."""
        spec = experiment.data
        self._show_what_can_be_chosen(spec)
        self.noise.set_value(spec.noise)
        self.samples.set_value(spec.samples)
        self.classes.set_value(spec.table.classes if spec.table is not None else spec.classes)
        self.share.set_value(spec.train_share)
        self.batch.set_value(experiment.training.batch_size or FULL_BATCH)
        self.standardize.setChecked(spec.standardize)
        self.standardize_target.setChecked(spec.standardize_target)
        self.standardize_target.setVisible(task_of(spec) == "regression")
        self.data_seed.set_value(spec.seed)
        self.seed.set_value(experiment.seed)

    def _sliders(self) -> QGridLayout:
        """Two in a row where both are short, so that all of the panel is seen on a low screen."""
        grid = QGridLayout()
        set_margins(grid, 0, 0, 0, 0)
        set_grid_spacing(grid, 16, 5)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        for slider in (self.noise, self.samples, self.share, self.batch, self.classes):
            self._session.undo_stack.settling.connect(slider.settle)
        return grid

    def _fill_rows(self, hidden: set[LabelledSlider]) -> None:
        """Show all but these, side by side; one whose neighbour is hidden takes the whole row."""
        for row, pair in enumerate(((self.noise, self.samples), (self.share,), (self.batch, self.classes))):
            shown = [slider for slider in pair if slider not in hidden]
            for slider in pair:
                self._grid.removeWidget(slider)
            for column, slider in enumerate(shown):
                self._grid.addWidget(slider, row, column, 1, 1 if len(shown) > 1 else 2)
            for slider in pair:
                slider.setVisible(slider in shown)

    def _add_sliders(self) -> None:
        self.noise = self._slider("data.noise", "{:.2f}".format)
        self.samples = self._slider("data.samples", "{:,.0f}".format)
        classes = OPTIONS["data.classes"]
        self.classes = LabelledSlider(
            classes.label, steps(LEAST_CLASSES, MAX_DRAWN_CLASSES, 1), "{:.0f}".format, classes.help, parent=self
        )
        self.classes.committed.connect(self._on_classes)
        self.share = self._slider("data.train_share", lambda share: percent_text(share, 0))
        batch = OPTIONS["training.batch_size"]
        self.batch = LabelledSlider(
            batch.label,
            (FULL_BATCH, *batch.ladder),
            lambda size: f"{size:.0f}" if size else tr("all"),
            batch.help,
            parent=self,
        )
        self.batch.committed.connect(self._on_batch)
        sees_ahead(self._session.requests, batch, self.batch, self.batch.label)

    def _slider(self, path: str, show: Callable[[float], str]) -> LabelledSlider:
        option = OPTIONS[path]
        slider = LabelledSlider(option.label, option.ladder, show, option.help, parent=self)
        sees_ahead(self._session.requests, option, slider, slider.label)
        kind = int if isinstance(option.default, int) else float  # a slider's numbers are floats
        slider.committed.connect(lambda value: self._put(option, _set_to(option, slider), kind(value)))
        return slider

    def _add_standardize_and_seeds(self) -> None:
        self.standardize = _check_box(OPTIONS["data.standardize"])
        self.standardize.clicked.connect(self._on_standardize)
        self.standardize_target = _check_box(OPTIONS["data.standardize_target"])
        self.standardize_target.clicked.connect(self._on_standardize_target)
        self.data_seed = _seed_box(OPTIONS["data.seed"])
        self.seed = _seed_box(OPTIONS["seed"])
        self.data_seed.committed.connect(self._on_data_seed)
        self.seed.committed.connect(self._on_seed)
        for box in (self.data_seed, self.seed):
            box.refused.connect(self._session.refused)
            self._session.undo_stack.settling.connect(box.settle)
        self.regenerate = IconButton(
            self._session.theme, "dice", tr("New sample"), tr("Draw other points of the same pattern, from a new seed")
        )
        self.regenerate.clicked.connect(self._on_regenerate)

    def _seeds(self) -> QGridLayout:
        """A row each: two boxes side by side would have no room for ten figures."""
        grid = QGridLayout()
        set_margins(grid, 0, 0, 0, 0)
        set_grid_spacing(grid, 6, 4)
        grid.setColumnStretch(0, 1)
        for row, (text, box) in enumerate(((tr("Data seed"), self.data_seed), (tr("Start seed"), self.seed))):
            label = PlainLabel(text)
            set_font(label, lambda: label_font(11))
            set_role(label, "quiet")
            label.setBuddy(box)
            set_tip(label, box.toolTip())
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        grid.addWidget(self.regenerate, 0, 2)
        return grid

    def _show_what_can_be_chosen(self, spec: DataSpec) -> None:
        data_set = DATA_SETS.get(spec.kind)
        settings = ((self.noise, data_set and data_set.noise), (self.samples, data_set and data_set.samples))
        hidden = {slider for slider, setting in settings if not (setting and setting.adjustable)}
        class_counts = _class_counts(spec)
        if len(class_counts) < 2:
            hidden.add(self.classes)
        if hidden != self._hidden:
            self._hidden = hidden
            self._fill_rows(hidden)
        if len(class_counts) > 1:
            self.classes.set_values(class_counts)
        if data_set is not None and data_set.samples.adjustable:
            setting = data_set.samples
            self.samples.set_values(
                tuple(n for n in OPTIONS["data.samples"].ladder if setting.lowest <= n <= setting.highest)
            )
        self.regenerate.setEnabled(data_set is not None and data_set.samples.adjustable)

    @Slot(object)
    def _on_classes(self, count: float) -> None:
        text = _set_to(OPTIONS["data.classes"], self.classes)
        experiment = self._session.settle()
        try:
            self._session.change(text, with_classes(experiment, int(count)))
        except InputError:  # of drawn ones no fewer than have points
            self._session.refused.emit(
                tr("There are points of more than {n} class|There are points of more than {n} classes", "", int(count))
            )
            self.show_experiment(experiment)

    @Slot(object)
    def _on_batch(self, size: float) -> None:
        option = OPTIONS["training.batch_size"]
        self._put(option, _set_to(option, self.batch), int(size) or None)

    @Slot(bool)
    def _on_standardize(self, on: bool) -> None:
        self._put(OPTIONS["data.standardize"], tr("Standardised inputs") if on else tr("Inputs as they are"), on)

    @Slot(bool)
    def _on_standardize_target(self, on: bool) -> None:
        self._put(OPTIONS["data.standardize_target"], tr("Standardised target") if on else tr("Target as it is"), on)

    @Slot(object)
    def _on_data_seed(self, seed: int) -> None:
        self._put(OPTIONS["data.seed"], tr("Data from seed {seed}", seed=seed), seed)

    @Slot(object)
    def _on_seed(self, seed: int) -> None:
        self._put(OPTIONS["seed"], tr("Start from seed {seed}", seed=seed), seed)

    @Slot()
    def _on_regenerate(self) -> None:
        seed = secrets.randbelow(NEW_SEEDS)
        self._put(OPTIONS["data.seed"], tr("New sample from seed {seed}", seed=seed), seed)

    def _put(self, option: Option, text: str, value: object) -> None:
        self._session.change(text, option.put(self._session.settle(), value))


def _set_to(option: Option, slider: LabelledSlider) -> str:
    return tr("{option} {value}", option=option.label, value=slider.figure.text())


def _class_counts(spec: DataSpec) -> tuple[float, ...]:
    """How many classes the data can have, on the scale of the slider."""
    if spec.table is not None:
        return _drawn_class_counts(spec.table)
    setting = DATA_SETS[spec.kind].classes
    return steps(int(setting.lowest), int(setting.highest), 1) if setting.adjustable else ()


def _drawn_class_counts(table: Table) -> tuple[float, ...]:
    if table.task == "regression" or table.inputs.shape[1] > 2 or table.classes > MAX_DRAWN_CLASSES:
        return ()
    return steps(LEAST_CLASSES, MAX_DRAWN_CLASSES, 1)


def _check_box(option: Option) -> QCheckBox:
    box = QCheckBox(option.label)
    box.setAccessibleName(option.label)
    set_tip(box, option.help)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return box


def _seed_box(option: Option) -> TypedBox:
    box = TypedBox(option.label, option.read, range(MAX_SEED + 1), option.help)
    set_fixed_width(box, SEED_BOX)
    return box
