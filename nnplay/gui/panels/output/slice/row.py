"""One of the inputs beside the plane: its name, a slider and the number, or its categories."""

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.output.shown import input_title
from nnplay.gui.panels.output.slice.values import ladder, value_in, value_text
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.sizes import set_fixed_width, set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.labelled_slider import Slider
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.texts import one_line, tr
from nnplay.training.slices import Point, SliceInput

HEIGHT = 26
NAME, SLIDER = 2, 3
"""Shares of the room that the name and the slider have."""
NUMBER = 84
"""Pixels of the number."""


class SliceRow(Guarded, QWidget):
    """Sets what one input, or one column of categories, is on the slice.

    Signals
    -------
    moved(point)
        The plane is to go through this point.
    reset(input)
        It is to be the usual value again.
    refused(str)
        Why what was typed is not taken.
    """

    moved = Signal(object)
    reset = Signal(object)
    refused = Signal(str)

    def __init__(self, one: SliceInput, column: NDArray[np.float64], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.input = one
        self._point: Point = ()
        name = input_title(one.name, None)
        self.label = ShortLabel(name, mode=Qt.TextElideMode.ElideMiddle)
        set_font(self.label, lambda: label_font(12))
        self.label.show_text(name)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 6)
        row.addWidget(self.label, NAME)
        if one.categories:
            self._add_categories(name, row)
        else:
            self._add_number(name, column, row)
        self.label.installEventFilter(self)

    def show_point(self, point: Point) -> None:
        """Show what this input is at a point."""
        self._point = point
        if self.input.categories:
            self.choice.set_value(self.input.category(point))
            return
        value = point[self.input.inputs[0]]
        self.box.set_value(value)
        if not self.slider.isSliderDown():
            self.slider.blockSignals(True)
            self.slider.setValue(int(np.argmin(np.abs(self._values - value))))
            self.slider.blockSignals(False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A double click brings the usual value back."""
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.reset.emit(self.input)
            return True
        return False

    def _add_categories(self, name: str, row: QHBoxLayout) -> None:
        self.choice = FlatCombo(name, tr("What {name} is on the slice that is shown", name=name))
        self.choice.set_choices([(index, one_line(text)) for index, text in enumerate(self.input.categories)])
        self.choice.setMinimumContentsLength(1)
        self.choice.activated.connect(self._on_chosen)
        row.addWidget(self.choice, SLIDER)

    def _add_number(self, name: str, column: NDArray[np.float64], row: QHBoxLayout) -> None:
        low, high = (float(column.min()), float(column.max())) if len(column) else (-1.0, 1.0)
        whole = bool((column == np.rint(column)).all()) and max(abs(low), abs(high)) < 2**53
        values = ladder(low, high, whole=whole and len(column) > 0)
        self._values = np.array(values)
        tip = tr("What {name} is on the slice that is shown; a double click brings its mean back", name=name)
        self.slider = Slider()
        self.slider.setRange(0, len(values) - 1)
        self.slider.setPageStep(max(len(values) // 10, 1))
        self.slider.setEnabled(len(values) > 1)
        self.slider.setAccessibleName(name)
        self.slider.setAccessibleDescription(tip)
        set_tip(self.slider, tip)
        self.box = TypedBox(tr("{name}, value", name=name), partial(value_in, name=name), values, tip, write=value_text)
        set_role(self.box, "flat")
        set_fixed_width(self.box, NUMBER)
        self.slider.valueChanged.connect(self._on_slid)
        self.slider.installEventFilter(self)
        self.box.committed.connect(self._on_typed)
        self.box.refused.connect(self.refused)
        row.addWidget(self.slider, SLIDER)
        row.addWidget(self.box)

    @Slot(int)
    def _on_slid(self, index: int) -> None:
        self._move(float(self._values[index]))

    @Slot(object)
    def _on_typed(self, value: float) -> None:
        self._move(value)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self.moved.emit(self.input.at_category(self._point, row))

    def _move(self, value: float) -> None:
        self.moved.emit(self.input.at_value(self._point, value))
