"""The switches of the axes, in the corner above the curves, and the button below them that ends a zoom."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_fixed_height, set_font, set_margins, set_minimum_width, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr

BUTTON = (34, 20)
FONT_SIZE = 11
SPACING, BELOW = 4, 14


class AxisSwitches(QWidget):
    """Small buttons side by side, right-aligned.

    Attributes
    ----------
    epochs, values
        Whether the axis has decades.
    fit
        Ends a zoom; lies over the curves, and is there only while there is a zoom.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
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
        for button in (self.epochs, self.values):
            row.addWidget(button)
        self.epochs.setCheckable(True)
        self.values.setCheckable(True)
        self.fit.setParent(parent)
        self.fit.hide()

    def place(self, right: int) -> None:
        """Stand at the upper edge of the parent, `right` pixels from its right one."""
        self.adjustSize()
        end = self._parent.width() - right
        self.move(end - self.width(), 0)
        self.fit.adjustSize()
        self.fit.move(end - self.fit.width(), self.height() + px(BELOW))
        for widget in (self, self.fit):
            widget.raise_()


def _button(text: str, name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(name)
    set_tip(button, tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    set_font(button, lambda: label_font(FONT_SIZE))
    set_minimum_width(button, BUTTON[0])
    set_fixed_height(button, BUTTON[1])
    set_role(button, "small")
    return button
