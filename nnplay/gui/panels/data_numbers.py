"""The numbers of the data: how many points, how noisy, how many classes, how they are split, scaled and seeded."""

import secrets

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from nnplay.data import DATA_SETS, Table
from nnplay.data.drawing import MAX_DRAWN_CLASSES, with_classes
from nnplay.gui.panels.choices import with_fitting_loss, with_points
from nnplay.gui.session import Session
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.labelled_slider import LabelledSlider, steps
from nnplay.gui.widgets.number_box import WholeNumberBox
from nnplay.training.experiment import MAX_SEED, DataSpec, Experiment
from nnplay.training.prepared import task_of

replace = msgspec.structs.replace
FULL_BATCH = 0
BATCH_SIZES = (FULL_BATCH, 1, 2, 4, 8, 10, 16, 20, 30, 32, 50, 64, 100, 128, 256)
SAMPLE_COUNTS = (10, 20, 50, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000)
LARGEST_SEED = min(MAX_SEED, 2**31 - 1)
"""What a box of Qt's can hold; larger ones come from files only."""
NEW_SEEDS = 10_000


class DataNumbers(QWidget):
    """Sliders, a check box and two seeds; each act is one change of the session's experiment."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._add_sliders()
        self._add_rest()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
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
        for box, value in ((self.data_seed, spec.seed), (self.seed, experiment.seed)):
            box.blockSignals(True)
            box.setValue(min(value, LARGEST_SEED))
            box.blockSignals(False)

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
            "{:.0%}".format,
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
        self.data_seed.valueChanged.connect(self._on_data_seed)
        self.seed.valueChanged.connect(self._on_seed)
        self.regenerate = IconButton(
            self._session.theme, "dice", "New sample", "Draw other points of the same pattern, from a new seed"
        )
        self.regenerate.clicked.connect(self._on_regenerate)

    def _seeds(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        for column, (text, box) in ((0, ("Data seed", self.data_seed)), (2, ("Start seed", self.seed))):
            label = QLabel(text)
            label.setFont(label_font(11))
            label.setBuddy(box)
            set_role(label, "quiet")
            grid.addWidget(label, 0, column)
            grid.addWidget(box, 1, column)
        grid.addWidget(self.regenerate, 1, 1)
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

    @Slot(int)
    def _on_data_seed(self, seed: int) -> None:
        self._change_data(f"Data from seed {seed}", seed=seed)

    @Slot(int)
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


def _seed_box(name: str, tooltip: str) -> WholeNumberBox:
    box = WholeNumberBox(name, 0, LARGEST_SEED, tooltip)
    box.setMinimumWidth(56)
    return box
