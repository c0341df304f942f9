"""Boxes to type a number into; they tell it once, when it has been typed, and leave the wheel to what scrolls."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from nnplay.gui.theme.fonts import figure_font

_INSET = 6


class WholeNumberBox(QSpinBox):
    """A box for a whole number; `valueChanged` comes after Enter, a step or leaving it, not at each key.

    Parameters
    ----------
    name
        Accessible name.
    low, high
        What can be typed.
    tooltip
        What it does to learning, in one sentence.
    """

    def __init__(self, name: str, low: int, high: int, tooltip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        prepare(self, self.lineEdit(), name, tooltip)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only while it has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NumberBox(QDoubleSpinBox):
    """A box for a number with up to `decimals` decimals; else as `WholeNumberBox`."""

    def __init__(
        self, name: str, low: float, high: float, decimals: int = 4, tooltip: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setDecimals(decimals)
        self.setRange(low, high)
        prepare(self, self.lineEdit(), name, tooltip)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only while it has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def prepare(box: QAbstractSpinBox, edit: QLineEdit, name: str, tooltip: str) -> None:
    """Give a box its name, its sentence, tabular figures and room at the left."""
    box.setAccessibleName(name)
    box.setAccessibleDescription(tooltip)
    box.setToolTip(tooltip or name)
    box.setFont(figure_font())
    box.setKeyboardTracking(False)
    edit.setTextMargins(_INSET, 0, 0, 0)  # a style sheet's padding doesn't reach the edit inside a spin box
