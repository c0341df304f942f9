"""The left panel: which points there are, how many, how noisy, and how they are split and fed."""

import secrets

import msgspec
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from nnplay.data import DATA_SETS, PLANE, Table
from nnplay.gui.items.thumbnail import thumbnail
from nnplay.gui.panels.choices import with_data_set, with_fitting_loss
from nnplay.gui.panels.gallery import SIDE, Gallery
from nnplay.gui.session import Session
from nnplay.gui.widgets.labelled_slider import LabelledSlider, steps
from nnplay.training.experiment import MAX_SEED, YOURS, DataSpec, Experiment
from nnplay.training.prepared import PreparedData, task_of

replace = msgspec.structs.replace
THUMBNAIL_SEED = 7
SEED_WIDTH = 84
FULL_BATCH = 0
BATCH_SIZES = (FULL_BATCH, 1, 2, 4, 8, 10, 16, 20, 30, 32, 50, 64, 100, 128, 256)
SAMPLE_COUNTS = (10, 20, 50, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000)
YOURS_ENTRY = (YOURS, "Yours", "Points of your own: draw them on the output")


class DataPanel(QWidget):
    """Gallery of data sets above the numbers of the one chosen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task = ""
        self._yours: DataSpec | None = None
        self.gallery = Gallery()
        self.gallery.chosen.connect(self._on_chosen)
        self._add_sliders()
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
        self.noise.set_value(spec.noise)
        self.samples.set_value(spec.samples)
        self.classes.set_value(spec.classes)
        self.share.set_value(spec.train_share)
        self.batch.set_value(experiment.training.batch_size or FULL_BATCH)
        for box, value in ((self.data_seed, spec.seed), (self.seed, experiment.seed)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
        self._show_what_can_be_chosen(spec)

    def show_data(self, prepared: PreparedData) -> None:
        """Show the drawn points in their thumbnail, and how many samples there are."""
        if prepared.spec.kind == YOURS:
            self._yours = prepared.spec
            self._draw_yours()
        train, test = len(prepared.train), len(prepared.test)
        self.counts.setText(f"{train:,} for training" + (f", {test:,} for testing" if test else ""))

    def _add_sliders(self) -> None:
        self.noise = self._data_slider(
            "Noise", steps(0.0, 0.5, 0.05), "{:.2f}".format, "How far points stray from the pure pattern", "noise"
        )
        self.samples = self._data_slider(
            "Samples", SAMPLE_COUNTS, "{:,.0f}".format, "How many points are drawn from the pattern", "samples"
        )
        self.classes = self._data_slider(
            "Classes", steps(2, 6, 1), "{:.0f}".format, "How many classes there are to tell apart", "classes"
        )
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
        self.data_seed = _seed_box("Seed of the data", "The same seed draws the same points")
        self.seed = _seed_box("Seed of the start", "The same seed draws the same starting weights")
        self.data_seed.valueChanged.connect(lambda seed: self._change_data(f"Data from seed {seed}", seed=seed))
        self.seed.valueChanged.connect(
            lambda seed: session.change(f"Start from seed {seed}", replace(session.experiment, seed=seed))
        )
        session = self._session

    def _data_slider(
        self, label: str, values: tuple[float, ...], show: object, tooltip: str, field: str
    ) -> LabelledSlider:
        slider = LabelledSlider(label, values, show, tooltip)  # type: ignore[arg-type]
        whole = field in ("samples", "classes")
        slider.committed.connect(
            lambda value: self._change_data(
                f"{label} {slider.figure.text()}", **{field: int(value) if whole else float(value)}
            )
        )
        return slider

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 4, 14, 8)
        column.setSpacing(10)
        column.addWidget(self.gallery)
        for slider in (self.noise, self.samples, self.classes, self.share, self.batch):
            column.addWidget(slider)
        seeds = QFormLayout()
        seeds.setContentsMargins(0, 0, 0, 0)
        seeds.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        seeds.addRow("Data seed", self.data_seed)
        seeds.addRow("Start seed", self.seed)
        column.addLayout(seeds)
        self.counts = QLabel()
        self.counts.setProperty("role", "quiet")
        column.addWidget(self.counts)
        column.addLayout(self._buttons())
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.setMinimumWidth(248)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.regenerate = QPushButton("New sample")
        self.regenerate.setToolTip("Draw other points of the same pattern, from a new seed")
        self.regenerate.clicked.connect(self._on_regenerate)
        self.draw = QPushButton("Draw")
        self.draw.setToolTip("Start from an empty plane and put points of your own")
        self.draw.clicked.connect(lambda: self._on_chosen(YOURS, fresh=True))
        for button in (self.draw, self.regenerate):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        return row

    def _show_what_can_be_chosen(self, spec: DataSpec) -> None:
        data_set = DATA_SETS.get(spec.kind)
        for slider, setting in (
            (self.noise, data_set and data_set.noise),
            (self.samples, data_set and data_set.samples),
            (self.classes, data_set and data_set.classes),
        ):
            slider.setVisible(bool(setting and setting.adjustable))
            if setting and setting.adjustable and slider is self.classes:
                slider.set_values(steps(int(setting.lowest), int(setting.highest), 1))
        generated = data_set is not None and data_set.samples.adjustable
        self.regenerate.setEnabled(generated)
        self.data_seed.setEnabled(generated)

    def _fill_gallery(self) -> None:
        sets = [data_set for data_set in DATA_SETS.values() if data_set.task == self._task]
        self.gallery.set_entries([*((d.key, d.title, d.description) for d in sets if d.plane), YOURS_ENTRY])
        self._draw_pictures()

    def _draw_pictures(self) -> None:
        palette, ratio = self._session.theme.palette, self.devicePixelRatioF()
        for key in self.gallery.names():
            if key == YOURS:
                self._draw_yours()
                continue
            data_set = DATA_SETS[key]
            table = data_set.generate(seed=THUMBNAIL_SEED)
            self.gallery.set_picture(key, thumbnail(table, data_set.plane or PLANE, palette, SIDE, ratio))

    def _draw_yours(self) -> None:
        if YOURS not in self.gallery.names():
            return
        spec = self._yours
        table = spec.table if spec is not None and spec.table is not None else _nothing_drawn()
        plane = (spec.plane if spec is not None else None) or PLANE
        picture = thumbnail(table, plane, self._session.theme.palette, SIDE, self.devicePixelRatioF())
        self.gallery.set_picture(YOURS, picture)

    def _on_chosen(self, key: str, *, fresh: bool = False) -> None:
        session = self._session
        if key == YOURS:
            spec = None if fresh else self._yours
            spec = spec or DataSpec(kind=YOURS, table=_nothing_drawn(), features=session.experiment.data.features)
            assert spec.table is not None
            experiment = with_fitting_loss(
                replace(session.experiment, data=spec), spec.table.task, len(spec.table.class_names)
            )
        else:
            experiment = with_data_set(session.experiment, key)
        session.change(f"Data set {key}", experiment)
        self.gallery.set_chosen(session.experiment.data.kind)

    def _on_regenerate(self) -> None:
        seed = secrets.randbelow(10_000)
        self._change_data(f"New sample from seed {seed}", seed=seed)

    def _on_batch(self, size: float) -> None:
        experiment = self._session.experiment
        training = replace(experiment.training, batch_size=int(size) or None)
        self._session.change(f"Batch size {self.batch.figure.text()}", replace(experiment, training=training))

    def _change_data(self, text: str, **values: object) -> None:
        experiment = self._session.experiment
        data = replace(experiment.data, **values)
        if "classes" in values:
            experiment = with_fitting_loss(experiment, task_of(data), data.classes)
        self._session.change(text, replace(experiment, data=data))


def _nothing_drawn() -> Table:
    return Table(np.empty((0, 2)), np.empty(0), "classification", (), ("0", "1"))


def _seed_box(name: str, tooltip: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, min(MAX_SEED, 2**31 - 1))
    box.setAccessibleName(name)
    box.setToolTip(tooltip)
    box.setKeyboardTracking(False)
    box.setMinimumWidth(SEED_WIDTH)
    return box
