"""The numbers of the data: how many points, how noisy, how many classes, how they are split, scaled and seeded."""

import secrets

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from nnplay.data import DATA_SETS, Table
from nnplay.data.drawing import MAX_DRAWN_CLASSES, with_classes
from nnplay.gui.session.choices import with_fitting_loss, with_points
from nnplay.gui.session.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.labelled_slider import LabelledSlider, steps
from nnplay.gui.widgets.number_format import whole_number
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.training.experiment import MAX_SEED, DataSpec, Experiment
from nnplay.training.prepared import task_of

replace = msgspec.structs.replace
FULL_BATCH = 0
BATCH_SIZES = (FULL_BATCH, 1, 2, 4, 8, 10, 16, 20, 30, 32, 50, 64, 100, 128, 256)
SAMPLE_COUNTS = (10, 20, 50, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000)
NEW_SEEDS = 10_000
SEED_BOX = 116
"""Pixels: room for the ten figures of the largest seed."""


class DataNumbers(QWidget):
    """Sliders, a check box and two seeds; each act is one change of the session's experiment."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._add_sliders()
        self._add_rest()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for slider in (self.noise, self.samples, self.classes, self.share, self.batch):
            column.addWidget(slider)
        column.addWidget(self.standardize)
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
        self.data_seed.set_value(spec.seed)
        self.seed.set_value(experiment.seed)

    def _add_sliders(self) -> None:
        self.noise = self._data_slider(
            "Noise", steps(0.0, 0.5, 0.05), "{:.2f}".format, "How far points stray from the pure pattern", "noise"
        )
        self.samples = self._data_slider(
            "Samples", SAMPLE_COUNTS, "{:,.0f}".format, "How many points are drawn from the pattern", "samples"
        )
        self.classes = LabelledSlider(
            "Classes", steps(1, MAX_DRAWN_CLASSES, 1), "{:.0f}".format, "How many classes there are to tell apart"
        )
        self.classes.committed.connect(self._on_classes)
        self.share = self._data_slider(
            "For training",
            steps(0.1, 1.0, 0.1),
            lambda share: f"{100 * share:.0f} %",
            "The part of each class that trains; the rest tests what was learnt on points never seen",
            "train_share",
        )
        self.batch = LabelledSlider(
            "Batch size",
            BATCH_SIZES,
            lambda size: f"{size:.0f}" if size else "all",
            "How many samples one update averages over: small batches are quick and rough",
        )
        self.batch.committed.connect(self._on_batch)

    def _data_slider(
        self, label: str, values: tuple[float, ...], show: object, tooltip: str, field: str
    ) -> LabelledSlider:
        slider = LabelledSlider(label, values, show, tooltip)  # type: ignore[arg-type]
        kind = int if field == "samples" else float
        slider.committed.connect(
            lambda value: self._change_data(f"{label} {slider.figure.text()}", **{field: kind(value)})
        )
        return slider

    def _add_rest(self) -> None:
        self.standardize = QCheckBox("Standardise inputs")
        self.standardize.setAccessibleName("Standardise inputs")
        self.standardize.setToolTip(
            "Bring every input to mean 0 and deviation 1, measured on the training points: "
            "inputs of different size then count alike"
        )
        self.standardize.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.standardize.clicked.connect(self._on_standardize)
        self.data_seed = _seed_box("Seed of the data", "The same seed draws the same points and the same split")
        self.seed = _seed_box("Seed of the start", "The same seed draws the same starting weights")
        self.data_seed.committed.connect(self._on_data_seed)
        self.seed.committed.connect(self._on_seed)
        for box in (self.data_seed, self.seed):
            box.refused.connect(self._session.refused)
        self.regenerate = IconButton(
            self._session.theme, "dice", "New sample", "Draw other points of the same pattern, from a new seed"
        )
        self.regenerate.clicked.connect(self._on_regenerate)

    def _seeds(self) -> QGridLayout:
        """A row each: two boxes side by side would have no room for ten figures."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for row, (text, box) in enumerate((("Data seed", self.data_seed), ("Start seed", self.seed))):
            label = QLabel(text)
            label.setFont(label_font(11))
            set_role(label, "quiet")
            label.setBuddy(box)
            label.setToolTip(box.toolTip())
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        grid.addWidget(self.regenerate, 0, 2)
        return grid

    def _show_what_can_be_chosen(self, spec: DataSpec) -> None:
        data_set = DATA_SETS.get(spec.kind)
        for slider, setting in (
            (self.noise, data_set and data_set.noise),
            (self.samples, data_set and data_set.samples),
        ):
            slider.setVisible(bool(setting and setting.adjustable))
        class_counts = _class_counts(spec)
        self.classes.setVisible(len(class_counts) > 1)
        if len(class_counts) > 1:
            self.classes.set_values(class_counts)
        if data_set is not None and data_set.samples.adjustable:
            setting = data_set.samples
            self.samples.set_values(tuple(n for n in SAMPLE_COUNTS if setting.lowest <= n <= setting.highest))
        self.regenerate.setEnabled(data_set is not None and data_set.samples.adjustable)

    @Slot(object)
    def _on_classes(self, count: float) -> None:
        experiment = self._session.experiment
        spec, text = experiment.data, f"Classes {count:.0f}"
        if spec.table is not None:
            data = replace(spec, table=with_classes(spec.table, int(count)))
            self._session.change(text, with_points(experiment, data))
        else:
            data = replace(spec, classes=int(count))
            changed = with_fitting_loss(replace(experiment, data=data), task_of(data), int(count))
            self._session.change(text, changed)

    @Slot(object)
    def _on_batch(self, size: float) -> None:
        experiment = self._session.experiment
        training = replace(experiment.training, batch_size=int(size) or None)
        self._session.change(f"Batch size {self.batch.figure.text()}", replace(experiment, training=training))

    @Slot(bool)
    def _on_standardize(self, on: bool) -> None:
        self._change_data("Standardised inputs" if on else "Inputs as they are", standardize=on)

    @Slot(object)
    def _on_data_seed(self, seed: int) -> None:
        self._change_data(f"Data from seed {seed}", seed=seed)

    @Slot(object)
    def _on_seed(self, seed: int) -> None:
        experiment = self._session.experiment
        self._session.change(f"Start from seed {seed}", replace(experiment, seed=seed))

    @Slot()
    def _on_regenerate(self) -> None:
        seed = secrets.randbelow(NEW_SEEDS)
        self._change_data(f"New sample from seed {seed}", seed=seed)

    def _change_data(self, text: str, **values: object) -> None:
        experiment = self._session.experiment
        self._session.change(text, replace(experiment, data=replace(experiment.data, **values)))


def _class_counts(spec: DataSpec) -> tuple[float, ...]:
    """How many classes the data can have: of drawn ones no fewer than have points."""
    if spec.table is not None:
        return _drawn_class_counts(spec.table)
    setting = DATA_SETS[spec.kind].classes
    return steps(int(setting.lowest), int(setting.highest), 1) if setting.adjustable else ()


def _drawn_class_counts(table: Table) -> tuple[float, ...]:
    if table.task == "regression" or table.inputs.shape[1] != 2 or table.classes > MAX_DRAWN_CLASSES:
        return ()
    return steps(int(table.targets.max(initial=0.0)) + 1, MAX_DRAWN_CLASSES, 1)


def _seed_box(name: str, tooltip: str) -> TypedBox:
    box = TypedBox(name, whole_number(name, 0, MAX_SEED), range(MAX_SEED + 1), tooltip)
    box.setFixedWidth(SEED_BOX)
    return box
