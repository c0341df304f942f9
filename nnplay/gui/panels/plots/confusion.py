"""The confusion matrix of the training or of the test set, with the switch between the two."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from nnplay.gui.paint.figure import Figure, paint_widget
from nnplay.gui.paint.marks import class_label, class_title
from nnplay.gui.panels.plots.confusion_matrix import ConfusionMatrix
from nnplay.gui.panels.plots.statistics import StatisticsTab
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import add_spacing, set_fixed_width, set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import count_text, percent_text
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.texts import mark, tr
from nnplay.training.diagnosis import Where
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.confusion import Confusion, ConfusionProbe
from nnplay.training.probes.samples import SampleSet
from nnplay.training.snapshot import Snapshot

INTERVAL = 0.25
"""Seconds between two counts while training goes on: every sample of the set is classified each time."""
SIDE = 110
FIGURE_SIZE, FIGURE_LINE = 12, 18
NOTHING = mark("No samples: there is nothing to classify")


@dataclass(frozen=True)
class SetTexts:
    """What is said of one of the two sets, as `mark` leaves it.

    Attributes
    ----------
    label, name, tip
        What its button says, its accessible name, and what it does.
    whole, part
        How many of its samples are counted: all, or `count` of `total`.
    """

    label: str
    name: str
    tip: str
    whole: str
    part: str


SETS: dict[SampleSet, SetTexts] = {
    "training": SetTexts(
        mark("train"),
        mark("Confusion of the training set"),
        mark("Count the samples that it learns from: what it has taken in"),
        mark("Every sample of the training set"),
        mark("{count} of the {total} samples of the training set, evenly spread"),
    ),
    "test": SetTexts(
        mark("test"),
        mark("Confusion of the test set"),
        mark("Count the samples that it never learns from: what it makes of new ones"),
        mark("Every sample of the test set"),
        mark("{count} of the {total} samples of the test set, evenly spread"),
    ),
}


class ConfusionTab(StatisticsTab):
    """Which class is classified as which."""

    title = mark("Confusion")
    shows = Where.CONFUSION
    tip = mark(
        "Which class is classified as which: a row for each actual class, a column for each predicted one, "
        "misclassified samples off the diagonal"
    )
    interval = INTERVAL

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wanted: SampleSet = "test"
        self._prepared: PreparedData | None = None
        self._names: tuple[str, ...] = ()
        self._labels: tuple[str, ...] = ()
        self.matrix = ConfusionMatrix(theme)
        self.buttons: dict[SampleSet, QToolButton] = {}
        self.samples, self.accuracy = PlainLabel(), PlainLabel()
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 8, 0)
        set_spacing(row, 10)
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

    @staticmethod
    def fits(prepared: PreparedData) -> bool:
        """Only classes can be confused."""
        return prepared.table.task == "classification"

    def show_data(self, prepared: PreparedData) -> None:
        """Apply the classes' names, and whether there is a test set."""
        self._prepared = prepared
        self.measure_soon()
        self._names, self._labels = class_names(prepared)
        self.buttons["test"].setEnabled(len(prepared.X_test) > 0)
        self.buttons[self.sample_set].setChecked(True)
        if not len(prepared.X_train):
            self.matrix.show_sentence(tr(NOTHING))
            self.samples.clear()
            self.accuracy.clear()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the newest counts, where the snapshot has those of the chosen set."""
        confusion = snapshot.answer(self.probe)
        if confusion is None or len(confusion.counts) != len(self._names):
            return
        self.note_measured()
        self.matrix.show_confusion(confusion, self._names, self._labels)
        self.samples.setText(tr("{n} sample|{n} samples", "", confusion.samples))
        set_tip(self.samples, _counted(confusion))
        share = percent_text(confusion.counts.trace() / confusion.samples)
        self.accuracy.setText(tr("accuracy {share}", share=share))

    def figure(self) -> Figure:
        """The matrix with nothing pointed at, and below it what stands beside it."""
        size = QSizeF(self.matrix.width(), self.matrix.height() + 2 * px(FIGURE_LINE))
        lines = (
            tr("{samples}, {accuracy}", samples=self.samples.text(), accuracy=self.accuracy.text()),
            tr("rows: actual class, columns: predicted class"),
        )

        def paint(painter: QPainter) -> None:
            pointer = self.matrix.pointer
            self.matrix.point_at(None)
            paint_widget(painter, self.matrix)
            self.matrix.point_at(pointer)
            painter.setFont(figure_font(FIGURE_SIZE))
            painter.setPen(QColor(self._theme.palette.quiet))
            for number, line in enumerate(lines):
                top = self.matrix.height() + number * px(FIGURE_LINE)
                place = QRectF(0, top, size.width(), px(FIGURE_LINE))
                painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, line)

        return Figure(tr(SETS[self.sample_set].name), size, paint)

    def _side(self) -> QVBoxLayout:
        group = QButtonGroup(self)
        switch = QHBoxLayout()
        set_spacing(switch, 4)
        for sample_set, texts in SETS.items():
            button = QToolButton()
            button.setText(tr(texts.label))
            button.setCheckable(True)
            button.setAccessibleName(tr(texts.name))
            set_tip(button, tr(texts.tip))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            set_role(button, "chip")
            group.addButton(button)
            switch.addWidget(button)
            button.clicked.connect(self._on_clicked)
            self.buttons[sample_set] = button
        switch.addStretch(1)
        column = QVBoxLayout()
        set_spacing(column, 2)
        column.addLayout(switch)
        add_spacing(column, 4)
        for label in (self.samples, self.accuracy):
            set_font(label, lambda: figure_font(12))
            set_fixed_width(label, SIDE)
            column.addWidget(label)
        column.addStretch(1)
        for text in (tr("rows: actual"), tr("columns: predicted")):
            label = PlainLabel(text)
            set_font(label, lambda: figure_font(11))
            set_role(label, "quiet")
            column.addWidget(label)
        add_spacing(column, 4)
        return column

    @Slot()
    def _on_clicked(self) -> None:
        self._wanted = next(sample_set for sample_set, button in self.buttons.items() if button.isChecked())
        self.measure_soon()
        self.needs_changed.emit()


def class_names(prepared: PreparedData) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A name for each class that the network can tell apart, and one for where there is little room."""
    table = prepared.table
    classes = range(max(prepared.outputs, 2) if table.task == "classification" else 0)
    return tuple(class_title(table, index) for index in classes), tuple(class_label(table, index) for index in classes)


def _counted(confusion: Confusion) -> str:
    texts = SETS[confusion.sample_set]
    if confusion.samples == confusion.of:
        return tr(texts.whole)
    return tr(texts.part, count=count_text(confusion.samples), total=count_text(confusion.of))
