"""The number of a layer's units as it stands below the layer, ``4 units``, which can be typed there."""

import re

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent

from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.training.experiment import MAX_UNITS
from nnplay.training.options import OPTIONS

WIDTH, HEIGHT = 62, 20
"""Pixels: as much as the narrowest column has that shows its controls in full."""
_WORD = re.compile(r"\s*units?\s*$")


class UnitsBox(TypedBox):
    """A box for 1 to `MAX_UNITS` that looks like a label until it is pointed at.

    Parameters
    ----------
    where
        The layer, as in ``hidden layer 1``.
    """

    def __init__(self, where: str) -> None:
        name = f"Number of units in {where}"
        read = OPTIONS["model.hidden_layers.N.units"].read
        tip = f"How many units the layer has; type 1 to {MAX_UNITS}: more tell more things apart, and take longer"
        super().__init__(
            name, lambda text: read(_WORD.sub("", text), name), range(1, MAX_UNITS + 1), tip, write=self._text
        )
        self.setFont(figure_font(12))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.lineEdit().setTextMargins(0, 0, 0, 0)
        self.setFixedSize(WIDTH, HEIGHT)
        set_role(self, "flat")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Only the number is there to be typed; a click selects it."""
        super().focusInEvent(event)
        self.set_value(self.value())
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self, self.selectAll)  # the click itself comes after the focus, and would deselect
        else:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The word stands behind it again."""
        super().focusOutEvent(event)
        self.set_value(self.value())

    def _text(self, units: float | None) -> str:
        return f"{units:.0f}" if units is not None and self.hasFocus() else units_text(units)


def units_text(units: float | None) -> str:
    """``1 unit``, ``4 units``."""
    return "" if units is None else f"{units:.0f} unit{'' if units == 1 else 's'}"
