"""Shows the first rows of a table and asks which columns are inputs and which one is learnt."""

from typing import TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nnplay.data import Table
from nnplay.data.delimited import CsvSheet, suggested_choice, to_table
from nnplay.errors import NnplayError
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip, title_text
from nnplay.texts import mark, one_line, tr

SHOWN_ROWS = 8
READ_AS = {
    (",", False): mark("separated by commas"),
    (";", False): mark("separated by semicolons"),
    ("\t", False): mark("separated by tabs"),
    (";", True): mark("separated by semicolons, with decimal commas"),
    ("\t", True): mark("separated by tabs, with decimal commas"),
}
"""(separator, whether there are decimal commas) → how a text was read, so that a person sees what was recognised."""
Control = TypeVar("Control", bound=QWidget)
TASKS = {"classification": mark("a class"), "regression": mark("a number")}


class CsvImportDialog(QDialog):
    """What the columns of a sheet are for; `table` and `plane_inputs` are there once it was accepted."""

    def __init__(self, sheet: CsvSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("csv_import")
        self.setWindowTitle(title_text(tr("Import {file}", file=sheet.name)))
        self.resize(680, 560)
        self._sheet = sheet
        self.table: Table | None = None
        self._names = [one_line(column.name) for column in sheet.columns]
        self._build()
        self._suggest()
        for combo in (self.target, self.task, *self.plane):
            combo.currentIndexChanged.connect(self._check)
        self.inputs.itemChanged.connect(self._on_inputs_changed)
        self._check()

    @property
    def plane_inputs(self) -> tuple[int, int]:
        """Which two of the inputs span the plane; one input alone spans it with itself."""
        first, second = (max(combo.currentIndex(), 0) for combo in self.plane)
        return first, second

    def chosen_inputs(self) -> list[int]:
        """The columns ticked as inputs, by position."""
        items = (self.inputs.item(row) for row in range(self.inputs.count()))
        return [
            row for row, item in enumerate(items) if item is not None and item.checkState() is Qt.CheckState.Checked
        ]

    def _build(self) -> None:
        self.inputs = _named(
            QListWidget(), tr("Inputs"), tr("What the network sees of a sample; ticked columns hold numbers")
        )
        self.target = _named(QComboBox(), tr("Target"), tr("The column to learn"))
        self.task = _named(QComboBox(), tr("Kind of target"), tr("Whether the target is a class or a number"))
        self.plane = (
            _named(QComboBox(), tr("Across"), tr("The input that runs from left to right in the output")),
            _named(QComboBox(), tr("Up"), tr("The input that runs upwards in the output")),
        )
        self.problem = PlainLabel()
        self.problem.setWordWrap(True)
        self.problem.setMinimumHeight(36)
        set_role(self.problem, "alarm")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow(tr("Target"), self.target)
        form.addRow(tr("It is"), self.task)
        form.addRow(tr("Plane, across"), self.plane[0])
        form.addRow(tr("Plane, up"), self.plane[1])
        middle = QHBoxLayout()
        middle.setSpacing(16)
        left = QVBoxLayout()
        left.addWidget(PlainLabel(tr("Inputs")))
        left.addWidget(self.inputs)
        middle.addLayout(left, 1)
        middle.addLayout(form, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(_what_was_read(self._sheet)))
        column.addWidget(self._first_rows(), 1)
        column.addLayout(middle, 1)
        column.addWidget(self.problem)
        column.addWidget(self.buttons)

    def _first_rows(self) -> QTableWidget:
        rows = self._sheet.first_rows[:SHOWN_ROWS]
        view = _named(QTableWidget(len(rows), len(self._names)), tr("First rows"), tr("What the file begins with"))
        view.setHorizontalHeaderLabels(self._names)
        view.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                view.setItem(i, j, QTableWidgetItem(one_line(text)))
        return view

    def _suggest(self) -> None:
        choice = suggested_choice(self._sheet)
        inputs = set(choice.inputs)
        for column, name in zip(self._sheet.columns, self._names, strict=True):
            item = QListWidgetItem(name, self.inputs)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = column.name in inputs
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.target.addItem(name, column.name)
        self.target.addItem(tr("none: all of one class"), None)
        self.target.setCurrentIndex(self.target.findData(choice.target))
        for task, text in TASKS.items():
            self.task.addItem(tr(text), task)
        self.task.setCurrentIndex(self.task.findData(choice.task))
        self._fill_plane()

    def _fill_plane(self) -> None:
        names = [self._names[index] for index in self.chosen_inputs()]
        for place, combo in enumerate(self.plane):
            combo.blockSignals(True)
            combo.clear()
            combo.addItems(names)
            combo.setCurrentIndex(min(place, len(names) - 1))
            combo.blockSignals(False)

    @Slot()
    def _on_inputs_changed(self) -> None:
        self._fill_plane()
        self._check()

    @Slot()
    def _check(self) -> None:
        """Say what is wrong with the choice, or allow it."""
        try:
            target = self.target.currentIndex() if self.target.currentData() is not None else None
            self.table = to_table(self._sheet, self.chosen_inputs(), target, self.task.currentData())
            problem = ""
        except NnplayError as error:
            self.table, problem = None, str(error)
        self.problem.setText(problem)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self.table is not None)


def _what_was_read(sheet: CsvSheet) -> str:
    return tr(
        "{rows} of {columns}, {read_as}; the first of them:",
        rows=tr("{n} row|{n} rows", "", sheet.rows),
        columns=tr("{n} column|{n} columns", "", len(sheet.columns)),
        read_as=tr(READ_AS[sheet.separator, sheet.decimal == ","]),
    )


def _named(control: Control, name: str, tooltip: str) -> Control:
    control.setAccessibleName(name)
    set_tip(control, tooltip)
    return control
