"""The line below the canvas that tells what pushed an answer, and the button that trains without a point."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.texts import tr


class InfluenceRow(QWidget):
    """A sentence and a button.

    Attributes
    ----------
    sentence, without
        They.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = ShortLabel(tr("Which points made this answer"))
        set_font(self.sentence, lambda: label_font(12))
        self.without = QPushButton(tr("Without this point"))
        self.without.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = tr(
            "Train the same run again, as a branch, without the training point that is chosen: the same start, the "
            "same batches, the same changes"
        )
        set_tip(self.without, tip)
        self.without.setAccessibleDescription(tip)
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 8)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.without)

    def say(self, sentence: str, more: str = "") -> None:
        """Another sentence; `more` is told with the pointer on it."""
        if sentence != self.sentence.text():
            self.sentence.show_text(sentence)
        if more:
            set_tip(self.sentence, f"{sentence}\n{more}")
