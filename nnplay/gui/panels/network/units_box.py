"""The number of a layer's units as it stands below the layer, ``4 units``, which can be typed there."""

import re

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent

from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.sizes import set_fixed_size, set_font
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.texts import tr
from nnplay.training.experiment import MAX_UNITS
from nnplay.training.options import OPTIONS

WIDTH, HEIGHT = 62, 20
"""Pixels: as much as the narrowest column has that shows its controls in full."""


class UnitsBox(TypedBox):
    """A box for 1 to `MAX_UNITS` that looks like a label until it is pointed at.

    Parameters
    ----------
    layer
        0 is the first hidden one.
    """

    def __init__(self, layer: int) -> None:
        name = tr("Number of units in hidden layer {layer}", layer=layer + 1)
        read = OPTIONS["model.hidden_layers.N.units"].read
        tip = tr(
            "How many units the layer has; type 1 to {most}: more tell more things apart, and take longer",
            most=MAX_UNITS,
        )
        super().__init__(
            name, lambda text: read(_number_in(text), name), range(1, MAX_UNITS + 1), tip, write=self._text
        )
        set_font(self, lambda: figure_font(12))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.lineEdit().setTextMargins(0, 0, 0, 0)
        set_fixed_size(self, WIDTH, HEIGHT)
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
    return "" if units is None else tr("{n} unit|{n} units", "", round(units))


def _number_in(text: str) -> str:
    """The number of a text that `units_text` wrote; any other text as it is."""
    found = re.search(r"\d+", text)
    return found[0] if found and text.strip() == units_text(int(found[0])) else text
