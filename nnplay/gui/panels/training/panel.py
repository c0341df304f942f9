"""The panel behind the data: how the network starts and how it is trained, all that the bar at the top leaves out."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nnplay.gui.panels.training.numbers import (
    CLIP,
    OPTIMIZER,
    PENALTIES,
    RATE,
    SCALE,
    SCHEDULE,
    Number,
    names_in_use,
    with_schedule,
    with_values,
)
from nnplay.gui.session.choices import INITIALIZER_CHOICES, OPTIMIZER_CHOICES, PRECISION_CHOICES, SCHEDULE_CHOICES
from nnplay.gui.session.frames import Beat
from nnplay.gui.session.session import Session
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.choice_box import Choice, FlatCombo
from nnplay.gui.widgets.figure import Figure
from nnplay.gui.widgets.number_format import number_text
from nnplay.gui.widgets.scroll_column import ScrollColumn
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.training.experiment import Experiment
from nnplay.training.probes.probe import Probes
from nnplay.training.snapshot import Snapshot

WIDTH = 248
BOX, COMBO = 84, 128
"""Pixels of what stands at the right of a row."""
BETWEEN_SECTIONS = 12
SOMETIMES = {number.field for number in (*SCHEDULE, *OPTIMIZER, SCALE)}
"""Numbers that only some schedules, optimisers and initialisers read."""


class TrainingPanel(QWidget):
    """Learning rate and schedule, the optimiser's own numbers, regularisation, the start.

    Attributes
    ----------
    boxes
        The box of each number, by its field in the experiment.
    """

    needs: Probes = frozenset()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.boxes: dict[str, TypedBox] = {}
        self._rows: dict[str, QWidget] = {}
        self._numbers: dict[str, Number] = {}
        self.area = ScrollColumn(4)
        self._add_rate()
        self._add_optimizer()
        self._add_penalties()
        self._add_start()
        self.area.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        self.setMinimumWidth(WIDTH)
        session.experiment_changed.connect(self.show_experiment)
        session.add_viewer(self, Beat.FIGURES)
        self.show_experiment(session.experiment)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what holds, and only the numbers that are read."""
        training, model = experiment.training, experiment.model
        in_use = names_in_use(experiment)
        for field, box in self.boxes.items():
            box.set_value(self._numbers[field].of(experiment))
            self._rows[field].setVisible(field in in_use or field not in SOMETIMES)
        self._now_row.setVisible(training.schedule.kind != "constant" or training.schedule.warm_up > 0)
        self.optimizer_title.setText(f"Optimiser {dict(OPTIMIZER_CHOICES)[training.optimizer]}")
        self.schedule.set_value(training.schedule.kind)
        self.initializer.set_value(model.initializer)
        self.precision.set_value(model.dtype)
        self.batch_norm.setChecked(model.batch_norm)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Called at frame rate: the rate that the schedule has come to."""
        self.rate_now.show_text(f"{snapshot.learning_rate:.3g}")

    def edit_rate(self) -> None:
        """Put the cursor into the learning rate."""
        self.boxes["learning_rate"].setFocus(Qt.FocusReason.OtherFocusReason)
        self.boxes["learning_rate"].selectAll()

    def _add_rate(self) -> None:
        self._title("Learning rate")
        self._number(RATE)
        self.schedule = self._choice(
            "Schedule",
            SCHEDULE_CHOICES,
            "How the learning rate changes over the epochs: large steps first, fine ones at the end",
            lambda kind: with_schedule(self._session.experiment, kind),
        )
        for number in SCHEDULE:
            self._number(number)
        self.rate_now = Figure("0.000123", "Learning rate now", align=Qt.AlignmentFlag.AlignRight)
        self._now_row = self._row("Now", "The learning rate that the schedule has come to", self.rate_now)

    def _add_optimizer(self) -> None:
        self.optimizer_title = self._title("Optimiser")
        for number in (*OPTIMIZER, CLIP):
            self._number(number)

    def _add_penalties(self) -> None:
        self._title("Regularisation")
        for number in PENALTIES:
            self._number(number)

    def _add_start(self) -> None:
        self._title("Network")
        self.initializer = self._choice(
            "Start",
            INITIALIZER_CHOICES,
            "How the starting weights are drawn: so that signals neither fade nor explode from layer to layer",
            lambda name: with_values(self._session.experiment, "model", initializer=name),
        )
        self._number(SCALE)
        self.precision = self._choice(
            "Precision",
            PRECISION_CHOICES,
            "How many figures each number keeps: 32 bits are quicker on wide layers, 64 bits are exact to 15 figures",
            lambda name: with_values(self._session.experiment, "model", dtype=name),
        )
        self.batch_norm = QCheckBox("Batch norm")
        self.batch_norm.setAccessibleName("Batch norm")
        tip = "Brings the sums of each hidden layer to mean 0 and deviation 1: deep networks learn sooner"
        self.batch_norm.setToolTip(tip)
        self.batch_norm.setAccessibleDescription(tip)
        self.batch_norm.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.batch_norm.clicked.connect(self._on_batch_norm)
        self.area.column.addWidget(self.batch_norm)

    def _title(self, text: str) -> SectionTitle:
        if self.area.column.count():
            self.area.column.addSpacing(BETWEEN_SECTIONS)
        title = SectionTitle(text)
        self.area.column.addWidget(title)
        return title

    def _number(self, number: Number) -> None:
        box = TypedBox(number.label, number.read, number.ladder, number.tip, off=number.off)
        box.committed.connect(partial(self._on_number, number))
        box.refused.connect(self._session.refused)
        self.boxes[number.field], self._numbers[number.field] = box, number
        self._rows[number.field] = self._row(number.label, number.tip, box)

    def _choice(
        self, label: str, choices: Sequence[Choice], tip: str, changed: Callable[[str], Experiment]
    ) -> FlatCombo:
        combo = FlatCombo(label, tip)
        set_role(combo, "field")
        combo.set_choices(choices)
        combo.activated.connect(
            lambda index: self._session.change(f"{label} {combo.itemText(index)}", changed(combo.itemData(index)))
        )
        self._row(label, tip, combo)
        return combo

    def _row(self, text: str, tip: str, control: QWidget) -> QWidget:
        whole, label = QWidget(), QLabel(text)
        label.setBuddy(control)
        label.setToolTip(tip)
        control.setFixedWidth(COMBO if isinstance(control, FlatCombo) else BOX)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label, 1)
        row.addWidget(control)
        whole.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.area.column.addWidget(whole)
        return whole

    def _on_number(self, number: Number, value: float | None) -> None:
        text = f"{number.label} {number_text(value) or number.off}"
        self._session.change(text, number.put(self._session.experiment, value))

    def _on_batch_norm(self, on: bool) -> None:
        text = "With batch norm" if on else "Without batch norm"
        self._session.change(text, with_values(self._session.experiment, "model", batch_norm=on))
