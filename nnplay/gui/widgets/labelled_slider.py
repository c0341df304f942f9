"""A slim slider with its label at the left and its value at the right, which tells when a drag is over.

While it is dragged, keyed or wheeled it only shows; the change is made once, when the value has settled.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QStyle, QStyleOptionSlider, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font, set_margins, set_minimum_height, set_spacing
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.number_format import number_text
from nnplay.gui.widgets.number_label import NumberLabel
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.titled import AlignedColumn, Lines, place_on
from nnplay.texts import tr

SETTLING = 400
"""Milliseconds after the last key or wheel notch until a value counts as settled."""
BAR_WIDTH, BESIDE_FIGURE = 72, 8
"""Pixels of the slider alone in a bar, and between it and its value."""


def steps(first: float, last: float, step: float) -> tuple[float, ...]:
    """The values first, first + step … last; whole numbers where `first` and `step` are ints."""
    count = round((last - first) / step)
    return tuple(round(first + index * step, 10) for index in range(count + 1))


class LabelledSlider(Guarded, QWidget):
    """A slider over a list of values.

    Parameters
    ----------
    label
        What it sets; the accessible name too.
    values
        The values in order, from left to right; `steps` makes even ones.
    show
        How a value is written.
    tooltip
        What it does to learning, in one sentence.
    lines
        With its label in small capitals above slider and value, on these lines, as the choices of a bar have theirs;
        `column` then is what stands on them.

    Signals
    -------
    value_changed(object)
        The value while it is being changed, live, for a preview.
    committed(object)
        The value after a drag, or after keys or wheel have settled, once, and only where it is another one than before.
    """

    value_changed = Signal(object)
    committed = Signal(object)

    def __init__(
        self,
        label: str,
        values: Sequence[float],
        show: Callable[[float], str] = number_text,
        tooltip: str = "",
        *,
        lines: Lines | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._show = show
        self._values: tuple[float, ...] = tuple(values)
        self._committed = 0
        self.label: PlainLabel = PlainLabel(label) if lines is None else SectionTitle(label)
        if lines is None:
            set_font(self.label, label_font)
        widest = max((show(value) for value in values), key=len)
        align = Qt.AlignmentFlag.AlignRight if lines is None else Qt.AlignmentFlag.AlignLeft
        self.figure = NumberLabel(widest, tr("{label}, value", label=label), align=align)
        self.slider = Slider(self)
        self.slider.setRange(0, len(self._values) - 1)
        self.slider.setAccessibleName(label)
        self.slider.setAccessibleDescription(tooltip)
        for widget in (self, self.label, self.slider):
            set_tip(widget, tooltip or label)
        self.label.setBuddy(self.slider)
        self.setFocusProxy(self.slider)
        self.column = None if lines is None else self._bar_column(lines)
        if self.column is None:
            self._lay_out()
        self._settling = QTimer(self, singleShot=True, interval=SETTLING)
        self._settling.timeout.connect(self.commit)
        self.slider.valueChanged.connect(self._on_index_changed)
        self.slider.sliderReleased.connect(self.commit)
        self.slider.installEventFilter(self)
        self._write()

    @property
    def being_changed(self) -> bool:
        """Whether a drag is on, or keys or the wheel have not settled yet."""
        return self.slider.isSliderDown() or self._settling.isActive()

    def value(self) -> float:
        """The value shown."""
        return self._values[self.slider.value()]

    def values(self) -> tuple[float, ...]:
        """What can be chosen."""
        return self._values

    def set_value(self, value: float) -> None:
        """Show a value, the handle at the nearest it can have, without a signal; ignored while a person changes it."""
        if not self.being_changed:
            nearest = min(range(len(self._values)), key=lambda index: abs(self._values[index] - value))
            self._put(self._values.index(value) if value in self._values else nearest)  # the end may be infinite
            self.figure.show_text(self._show(value))  # what holds, also where the slider can't stand

    def set_values(self, values: Sequence[float]) -> None:
        """Other values to choose from; the nearest to the one shown is shown."""
        if tuple(values) == self._values:
            return
        old = self.value()
        self._values = tuple(values)
        self.slider.blockSignals(True)
        self.slider.setRange(0, len(self._values) - 1)
        self.slider.blockSignals(False)
        self.set_value(old)

    @Slot()
    def commit(self) -> None:
        """Tell the value now, where it is another one than before."""
        self._settling.stop()
        index = self.slider.value()
        if index != self._committed:
            self._committed = index
            self.committed.emit(self._values[index])

    @Slot()
    def settle(self) -> None:
        """Commit a change under way, since another one comes; a drag ends here."""
        if self.slider.isSliderDown():
            self.slider.setSliderDown(False)  # says `sliderReleased`, which commits
        elif self._settling.isActive():
            self.commit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Leaving the slider, or Enter in it, settles the value at once."""
        if event.type() == QEvent.Type.FocusOut and self._settling.isActive():
            self.commit()
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.commit()
            return True
        return False

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.label, 1)
        row.addWidget(self.figure)
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, 0, 0)
        set_spacing(column, 1)
        column.addLayout(row)
        column.addWidget(self.slider)

    def _bar_column(self, lines: Lines) -> "SliderColumn":
        assert isinstance(self.label, SectionTitle)
        made = SliderColumn(self.label, self.slider, self.figure, lines)
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, 0, 0)
        column.addWidget(made)
        return made

    def _put(self, index: int) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(index)
        self.slider.blockSignals(False)
        self._committed = self.slider.value()
        self._write()

    def _write(self) -> None:
        self.figure.show_text(self._show(self.value()))

    @Slot(int)
    def _on_index_changed(self, _index: int) -> None:
        self._write()
        self.value_changed.emit(self.value())
        if not self.slider.isSliderDown():
            self._settling.start()


class SliderColumn(AlignedColumn):
    """A slider in a bar: below its label, its value at its right, or below it where there is a third line."""

    def __init__(self, label: SectionTitle, slider: "Slider", figure: NumberLabel, lines: Lines) -> None:
        super().__init__(lines)
        self._label, self._slider, self._figure = label, slider, figure
        for widget in (label, slider, figure):
            widget.setParent(self)

    def needed_width(self) -> int:
        """Of slider and value, or of the label."""
        beside = 0 if self.lines.below else px(BESIDE_FIGURE) + self._figure.width()
        return max(self._label.sizeHint().width(), px(BAR_WIDTH) + beside)

    def place(self) -> None:
        """The slider's groove at half the height of the figures beside it."""
        place_on(self.lines.title, 0, self._label)
        height = self._slider.sizeHint().expandedTo(self._slider.minimumSize()).height()
        middle = px(self.lines.value) - self._figure.fontMetrics().capHeight() // 2
        self._slider.setGeometry(0, middle - height // 2, px(BAR_WIDTH), height)
        if self.lines.below:
            place_on(self.lines.below, 0, self._figure)
        else:
            place_on(self.lines.value, px(BAR_WIDTH) + px(BESIDE_FIGURE), self._figure)


class Slider(Guarded, QSlider):
    """A horizontal slider whose handle comes to the pointer, and which leaves the wheel to what scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setPageStep(1)
        set_minimum_height(self, 20)

    def is_on_handle(self, place: QPoint) -> bool:
        """Whether a point of the slider lies on its handle."""
        return self._handle().contains(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle under the pointer, then drag it."""
        handle = self._handle()
        if event.button() == Qt.MouseButton.LeftButton and not handle.contains(event.position().toPoint()):
            reach = self.width() - handle.width()
            place = round(event.position().x() - handle.width() / 2)
            self.setSliderDown(True)
            self.setSliderPosition(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), place, reach))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The drag is over, wherever the pointer is."""
        super().mouseReleaseEvent(event)
        if self.isSliderDown() and event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only while it has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _handle(self) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
        return self.style().subControlRect(control, option, part, self)
