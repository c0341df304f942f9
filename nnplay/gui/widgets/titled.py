"""A small title above a value, both on baselines that are given: side by side, all titles stand on one line."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.scale import px
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.number_label import NumberLabel


@dataclass(frozen=True)
class Lines:
    """Baselines, in pixels from the top; `below` is that of a small third line, and `height` of all of them."""

    title: int
    value: int
    below: int
    height: int


FORM = Lines(title=12, value=33, below=0, height=42)
"""Of choices above a form, in one size of text."""


def baseline_in(widget: QWidget) -> int:
    """Pixels from the top of a control, as high as it wants to be, to the baseline of the one line that it shows."""
    if isinstance(widget, NumberLabel):
        return widget.baseline()
    metrics = widget.fontMetrics()
    return (widget.sizeHint().height() - metrics.height()) // 2 + metrics.ascent()


def wanted_size(widget: QWidget) -> QSize:
    """The size that a layout would give a control which wants no more than its hint."""
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())


def place_on(baseline: int, left: int, widget: QWidget) -> None:
    """Put a control `left` pixels from the left, on a baseline."""
    widget.setGeometry(QRect(QPoint(left, px(baseline) - baseline_in(widget)), wanted_size(widget)))


class AlignedColumn(Guarded, QWidget):
    """A part of a bar that places what is in it itself, on the lines of the bar."""

    def __init__(self, lines: Lines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_lines(self, lines: Lines) -> None:
        """Let the texts stand on other lines."""
        self.lines = lines
        self.arrange()

    def arrange(self) -> None:
        """Place everything again, since something has another size."""
        self.updateGeometry()
        self.place()

    def needed_width(self) -> int:
        """Pixels that it needs now."""
        raise NotImplementedError

    def place(self) -> None:
        """Put everything where it belongs."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """As wide as what is in it."""
        return QSize(self.needed_width(), px(self.lines.height))

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self.place()

    def event(self, event: QEvent) -> bool:
        """Called by Qt; what is in it has another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)


class Titled(AlignedColumn):
    """A title above one control.

    Parameters
    ----------
    indent
        Pixels that the title stands further right, above the text of a control with a margin of its own.
    """

    def __init__(
        self,
        title: SectionTitle,
        value: QWidget,
        lines: Lines = FORM,
        *,
        indent: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(lines, parent)
        self.label, self._value, self._indent = title, value, indent
        title.setParent(self)
        value.setParent(self)

    def needed_width(self) -> int:
        """That of the wider one."""
        return max(px(self._indent) + self.label.sizeHint().width(), wanted_size(self._value).width())

    def place(self) -> None:
        """The title above, the control below it."""
        place_on(self.lines.title, px(self._indent), self.label)
        place_on(self.lines.value, 0, self._value)
