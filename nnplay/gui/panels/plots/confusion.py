"""The confusion matrix of the training or of the test set, with the switch between the two."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from nnplay.gui.paint.marks import class_title
from nnplay.gui.panels.plots.confusion_matrix import ConfusionMatrix
from nnplay.gui.panels.plots.statistics import StatisticsTab
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import percent_text
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.confusion import Confusion, ConfusionProbe
from nnplay.training.probes.samples import SampleSet
from nnplay.training.snapshot import Snapshot

CALM = 0.25
"""Seconds between two counts while training goes on: every sample of the set is asked each time."""
SIDE = 100
SETS: dict[SampleSet, tuple[str, str]] = {
    "training": ("train", "Count the samples that it learns from: what it has taken in"),
    "test": ("test", "Count the samples that it never learns from: what it makes of new ones"),
}
NOTHING = "No samples: nobody can be taken for another"


class ConfusionTab(StatisticsTab):
    """Which class is classified as which."""

    title = "Confusion"
    tip = "Which class is taken for which: a row for each class, a column for each answer, mistakes off the diagonal"
    calm = CALM

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: SampleSet = "test"
        self._prepared: PreparedData | None = None
        self._names: tuple[str, ...] = ()
        self.matrix = ConfusionMatrix(theme)
        self.buttons: dict[SampleSet, QToolButton] = {}
        self.samples, self.right = QLabel(), QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(self.matrix, 1)
        row.addLayout(self._side())

    @property
    def sample_set(self) -> SampleSet:
        """The set that is counted: the one wanted, or the training set where there is no other."""
        has_test = self._prepared is not None and len(self._prepared.X_test) > 0
        return self._wanted if has_test else "training"

    @property
    def probe(self) -> ConfusionProbe:
        """The counts of the chosen set."""
        return ConfusionProbe(self.sample_set)

    def fits(self, prepared: PreparedData) -> bool:
        """Only classes can be taken for others."""
        return prepared.table.task == "classification"

    def show_data(self, prepared: PreparedData) -> None:
        """Take over the classes' names, and whether there is a test set."""
        self._prepared = prepared
        self._names = class_names(prepared)
        self.buttons["test"].setEnabled(len(prepared.X_test) > 0)
        self.buttons[self.sample_set].setChecked(True)
        if not len(prepared.X_train):
            self.matrix.show_sentence(NOTHING)
            self.samples.clear()
            self.right.clear()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the newest counts, where the snapshot has those of the chosen set."""
        confusion = snapshot.answer(self.probe)
        if confusion is None or len(confusion.counts) != len(self._names):
            return
        self.looked()
        self.matrix.show_confusion(confusion, self._names)
        self.samples.setText(f"{confusion.samples:,} samples")
        self.samples.setToolTip(_over(confusion))
        self.right.setText(f"{percent_text(confusion.counts.trace() / confusion.samples)} right")

    def _side(self) -> QVBoxLayout:
        group = QButtonGroup(self)
        switch = QHBoxLayout()
        switch.setSpacing(4)
        for sample_set, (text, tip) in SETS.items():
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setAccessibleName(f"Confusion of the {sample_set} set")
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            set_role(button, "chip")
            group.addButton(button)
            switch.addWidget(button)
            button.clicked.connect(self._on_clicked)
            self.buttons[sample_set] = button
        switch.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(switch)
        column.addSpacing(4)
        for label in (self.samples, self.right):
            label.setFont(figure_font(12))
            label.setFixedWidth(SIDE)
            column.addWidget(label)
        column.addStretch(1)
        for text in ("rows: class", "columns: answer"):
            label = QLabel(text)
            label.setFont(figure_font(11))
            set_role(label, "quiet")
            column.addWidget(label)
        column.addSpacing(4)
        return column

    @Slot()
    def _on_clicked(self) -> None:
        self._wanted = next(sample_set for sample_set, button in self.buttons.items() if button.isChecked())
        self._looked = -self.calm
        self.needs_changed.emit()


def class_names(prepared: PreparedData) -> tuple[str, ...]:
    """A name for each class that the network can answer: by colour where it is only a number and has a colour."""
    table = prepared.table
    if table.task != "classification":
        return ()
    if prepared.plane is None and len(table.class_names) >= prepared.outputs:
        return tuple(table.class_names)
    return tuple(class_title(table, index) for index in range(max(prepared.outputs, 2)))


def _over(confusion: Confusion) -> str:
    if confusion.samples == confusion.of:
        return f"Every sample of the {confusion.sample_set} set"
    return f"{confusion.samples:,} of the {confusion.of:,} samples of the {confusion.sample_set} set, evenly spread"
