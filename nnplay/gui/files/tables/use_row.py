"""What is learnt, what becomes of missing values, and whether the rows are pictures: the choices below the table."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from nnplay.data.tables.choice import Choice
from nnplay.data.tables.sheet import Sheet
from nnplay.data.tables.suggestion import may_be_pixel
from nnplay.errors import shortened
from nnplay.gui.files.tables.look import SheetLook, filled, no_target, picture, used_as
from nnplay.gui.theme.sizes import set_margins, set_spacing
from nnplay.gui.widgets.choice_box import ChoiceBox
from nnplay.texts import mark, one_line, tr

NO_TARGET = -1
KINDS = {"class": mark("a class"), "number": mark("a number")}
MISSING = {"drop": mark("leave the rows out"), "fill": mark("fill in: mean, or most frequent")}
LONGEST_NAME = 40
SMALLEST_SIDE = 3
"""Pixels along the shorter side of a picture that is worth asking for."""


class UseRow(QWidget):
    """Target, its kind, missing values and pictures; what there is none of isn't there.

    Signals
    -------
    corrected(correction)
        A person wants it otherwise.
    """

    corrected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._with_gaps: frozenset[int] = frozenset()
        self._of_whole_numbers: frozenset[int] = frozenset()
        self.target = ChoiceBox(tr("Target"), (), tr("The column to learn"))
        # not as wide as the longest of thousands of names
        self.target.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.target.combo.setMinimumContentsLength(18)
        self.kind = ChoiceBox(tr("It is"), _told(KINDS), tr("Whether the target is a class or a number"))
        self.missing = ChoiceBox(tr("Missing values"), _told(MISSING), tr("What becomes of rows with empty cells"))
        self.picture = ChoiceBox(tr("The rows are pictures"), (), tr("Whether the inputs are the pixels of pictures"))
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 18)
        for box in (self.target, self.kind, self.missing, self.picture):
            row.addWidget(box)
        row.addStretch(1)
        self.target.chosen.connect(self._on_target)
        self.kind.chosen.connect(self._on_kind)
        self.missing.chosen.connect(lambda value: self.corrected.emit(filled(value)))
        self.picture.chosen.connect(lambda shape: self.corrected.emit(picture(shape)))

    def show_look(self, look: SheetLook) -> None:
        """Show what holds."""
        sheet, choice = look.sheet, look.choice
        if sheet is not self._sheet:
            self._take_sheet(sheet, look.missing)
        target = choice.target
        self.target.set_value(NO_TARGET if target is None else target)
        self.kind.setVisible(target is not None)
        if target is not None:
            use, column = choice.uses[target], sheet.columns[target]
            self.kind.set_value("number" if use.kind == "number" else "class")
            self.kind.combo.set_selectable(1, column.kind == "number")
        inputs = choice.inputs
        self.missing.setVisible(not self._with_gaps.isdisjoint(inputs))
        self.missing.set_value(choice.missing)
        shapes = self._shapes(choice)
        self.picture.setVisible(bool(shapes))
        self.picture.set_choices([(None, tr("no")), *((shape, _size(shape)) for shape in shapes)])
        self.picture.set_value(choice.picture)

    def _shapes(self, choice: Choice) -> list[tuple[int, int]]:
        """The pictures that the inputs can be, also with the columns that never change: a border is always dark."""
        assert self._sheet is not None
        columns = zip(self._sheet.columns, choice.uses, strict=True)
        pixels = [k for k, (column, use) in enumerate(columns) if may_be_pixel(column, use)]
        found = [] if choice.picture is None else [choice.picture]
        for chosen in (pixels, choice.inputs):
            if self._of_whole_numbers.issuperset(chosen):
                found += picture_shapes(len(chosen))
        return list(dict.fromkeys(found))

    def _take_sheet(self, sheet: Sheet, missing: tuple[int, ...]) -> None:
        self._sheet = sheet
        columns = list(enumerate(sheet.columns))
        names = [(k, shortened(one_line(column.name), LONGEST_NAME)) for k, column in columns]
        self.target.set_choices([(NO_TARGET, tr("none: all of one class")), *names])
        self._with_gaps = frozenset(k for k, count in enumerate(missing) if count)
        self._of_whole_numbers = frozenset(k for k, column in columns if column.kind == "number" and column.whole)

    @Slot(object)
    def _on_target(self, column: int) -> None:
        assert self._sheet is not None
        wanted = no_target if column == NO_TARGET else used_as(self._sheet.columns[column].name, "target")
        self.corrected.emit(wanted)

    @Slot(object)
    def _on_kind(self, kind: str) -> None:
        assert self._sheet is not None
        name = self._sheet.columns[self.target.value()].name
        self.corrected.emit(used_as(name, "target", "number" if kind == "number" else "class"))


def picture_shapes(inputs: int) -> list[tuple[int, int]]:
    """(rows, columns) of the pictures that so many pixels can be, the most square ones first."""
    sides = (side for side in range(SMALLEST_SIDE, inputs // SMALLEST_SIDE + 1) if inputs % side == 0)
    shapes = [(side, inputs // side) for side in sides]
    return sorted(shapes, key=lambda shape: (abs(shape[0] - shape[1]), shape[0] > shape[1]))


def _told(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(value, tr(text)) for value, text in texts.items()]


def _size(shape: tuple[int, int]) -> str:
    return tr("{rows} × {columns}", rows=shape[0], columns=shape[1])
