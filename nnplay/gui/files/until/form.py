"""The places of a condition, to be typed and chosen: its number, its set, and the unit, weight or point it is about."""

from collections.abc import Callable, Sequence
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from nnplay.gui.theme.sizes import set_fixed_width, set_grid_spacing, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.plain_text import PlainLabel
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.texts import mark, tr
from nnplay.training.conditions import CONDITIONS, Condition, ConditionNumber
from nnplay.training.conditions.words import SETS

BOX = 112
MOST_PLACES = 10**8
LOSSES = tuple(digit * 10.0**power for power in range(-6, 3) for digit in (1, 2, 5))
SHARES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)
EPOCHS = tuple(float(digit * 10**power) for power in range(6) for digit in (1, 2, 5))
COUNTED = {
    "layer": (mark("Layer"), mark("Which layer: those of hidden units come first, the output is the last")),
    "unit": (mark("Unit"), mark("Which unit of the layer, the uppermost being the first")),
    "row": (mark("From input or unit"), mark("Which unit of the layer before, or which input, the weight comes from")),
    "sample": (mark("Point"), mark("Which point of the data; a click on a point in the output names it")),
}  # fmt: skip


class ConditionForm(QWidget):
    """A row for each place that conditions have; those are seen that the condition has.

    Signals
    -------
    changed(condition)
        A person typed or chose something else.
    refused(problem)
        Why what was typed is not taken.
    """

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._condition: Condition | None = None
        self._rows: dict[str, tuple[QWidget, QWidget]] = {}
        self._grid = QGridLayout(self)
        set_margins(self._grid, 0, 0, 0, 0)
        set_grid_spacing(self._grid, 12, 6)
        self._grid.setColumnStretch(1, 1)
        self._add_numbers()
        self.of = FlatCombo(tr("Measured on"), tr("Whose loss or accuracy it is"))
        self.of.set_choices([(SETS[0], tr("training set")), (SETS[1], tr("test set"))])
        self.of.activated.connect(self._on_set)
        self._add_row("set", tr("Measured on"), self.of)
        self.places: dict[str, TypedBox] = {}
        for name, (label, tip) in COUNTED.items():
            box = self._box(tr(label), ConditionNumber(1, 1, MOST_PLACES, whole=True), range(1, MOST_PLACES), tr(tip))
            box.committed.connect(partial(self._on_place, name))
            self.places[name] = box
            self._add_row(name, tr(label), box)

    def show_condition(self, condition: Condition, *, with_test: bool) -> None:
        """Show another one.

        Parameters
        ----------
        with_test
            Whether there is a test set that can be chosen.
        """
        self._condition = condition
        kind = CONDITIONS[condition.kind]
        for key, box in self.numbers.items():
            box.setVisible(key == condition.kind)
            if key == condition.kind:
                box.set_value(condition.number)
        self._unit.setText("" if kind.number is None else kind.number.unit)
        self.of.set_selectable(1, with_test or condition.of == SETS[1])
        self.of.set_value(condition.of)
        for name, box in self.places.items():
            value = getattr(condition, name)
            box.set_value(None if value is None else value + 1)
        for name, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(f"{{{name}}}" in kind.words)

    @Slot()
    def commit(self) -> None:
        """Take what is being typed."""
        for box in (*self.numbers.values(), *self.places.values()):
            if box.isVisible():
                box.settle()

    def _add_numbers(self) -> None:
        """A box for each kind that has a number: each has a range of its own."""
        self.numbers: dict[str, TypedBox] = {}
        whole = QWidget()
        row = QHBoxLayout(whole)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 8)
        for key, kind in CONDITIONS.items():
            if kind.number is not None:
                ladder = EPOCHS if kind.number.whole else SHARES if kind.number.high == 1.0 else LOSSES
                box = self._box(tr("Number"), kind.number, ladder, kind.help)
                box.committed.connect(self._on_number)
                self.numbers[key] = box
                row.addWidget(box)
        self._unit = PlainLabel()
        set_role(self._unit, "quiet")
        row.addWidget(self._unit)
        row.addStretch(1)
        self._add_row("number", tr("Number"), whole)

    def _box(self, name: str, number: ConditionNumber, ladder: Sequence[float], tip: str) -> TypedBox:
        def read(text: str) -> float:
            return number.read(text, name)

        box = TypedBox(name, read, ladder, tip)
        set_fixed_width(box, BOX)
        box.refused.connect(self.refused)
        return box

    def _add_row(self, name: str, text: str, control: QWidget) -> None:
        label, row = PlainLabel(text), self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignLeft)
        self._rows[name] = (label, control)

    def _put(self, edit: Callable[[Condition], Condition]) -> None:
        if self._condition is not None:
            self._condition = edit(self._condition)
            self.changed.emit(self._condition)

    @Slot(object)
    def _on_number(self, number: float) -> None:
        self._put(lambda each: msgspec.structs.replace(each, number=float(number)))

    @Slot(int)
    def _on_set(self, index: int) -> None:
        self._put(lambda each: msgspec.structs.replace(each, of=SETS[index]))

    def _on_place(self, name: str, number: float) -> None:
        self._put(lambda each: msgspec.structs.replace(each, **{name: int(number) - 1}))
