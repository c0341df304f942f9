"""The line below the canvas that reads the formula of a region, or says why there is none."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.texts import tr


class FoldsRow(QWidget):
    """A sentence, which keeps its place whatever it says.

    Attributes
    ----------
    sentence, units
        The formula, and in which units it is where that isn't plain.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = ShortLabel(tr("Formula of the region under the pointer"))
        set_font(self.sentence, lambda: figure_font(13))
        self.units = ShortLabel(tr("Units of the formula"))
        set_font(self.units, lambda: label_font(11))
        set_role(self.units, "quiet")
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 8)
        row.addWidget(self.sentence)
        row.addStretch(1)
        row.addWidget(self.units)
        self.hide()

    def say(self, sentence: str, *, is_formula: bool, units: str = "", more: str = "") -> None:
        """Another sentence; `more` is told with the pointer on it."""
        if units != self.units.text():
            self.units.show_text(units)
        if sentence != self.sentence.text():
            set_role(self.sentence, "" if is_formula else "quiet")
            self.sentence.show_text(sentence)
        if more:
            set_tip(self.sentence, f"{sentence}\n{more}")
