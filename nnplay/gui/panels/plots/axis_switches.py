"""The switches of the axes, in the corner above the curves: logarithmic epochs and values, and all epochs in sight."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from nnplay.gui.theme.sizes import set_fixed_height, set_margins, set_minimum_width, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr

BUTTON = (34, 20)
SPACING = 4


class AxisSwitches(QWidget):
    """Small buttons side by side, right-aligned, so that one that goes moves no other.

    Attributes
    ----------
    fit
        Ends a zoom; there only while there is one.
    epochs, values
        Whether the axis has decades.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fit = _button(
            tr("all"),
            tr("All epochs"),
            tr("See all epochs again, the newest too; a double click on the plot does the same"),
        )
        self.epochs = _button(
            tr("log x"),
            tr("Logarithmic epochs"),
            tr("Each step of the axis ten times as many epochs: shows the first ones however long the run is"),
        )
        self.values = _button(
            tr("log y"),
            tr("Logarithmic values"),
            tr("Each step of the axis ten times smaller: shows what a small loss still does"),
        )
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, SPACING)
        row.addStretch(1)
        for button in (self.fit, self.epochs, self.values):
            row.addWidget(button)
        self.epochs.setCheckable(True)
        self.values.setCheckable(True)
        self.fit.hide()


def _button(text: str, name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(name)
    set_tip(button, tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    set_minimum_width(button, BUTTON[0])
    set_fixed_height(button, BUTTON[1])
    set_role(button, "small")
    return button
