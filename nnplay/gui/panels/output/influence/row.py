"""The line below the canvas that tells what pushed an answer, and the button that trains without a point."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from nnplay.gui.session.leaving_out import WITHOUT_KEYS
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.sizes import set_font, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
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
        self.without = QToolButton()
        self.without.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self.without, "chip")
        self.show_left_out(left_out=False)
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 8)
        row.addWidget(self.sentence)
        row.addStretch(1)
        row.addWidget(self.without)

    def show_left_out(self, *, left_out: bool) -> None:
        """Whether the chosen point is left out: then the button lets it count again."""
        text = tr("With it again") if left_out else tr("Without this point")
        tip = tr(
            "Train the same run again, as a branch, without the training point that is chosen, or with it where it was "
            "left out: the same start, the same batches, the same changes ({keys})",
            keys=QKeySequence(WITHOUT_KEYS).toString(QKeySequence.SequenceFormat.NativeText),
        )
        self.without.setText(text)
        set_tip(self.without, tip)
        self.without.setAccessibleDescription(tip)

    def say(self, sentence: str, more: str = "") -> None:
        """Another sentence; `more` is told with the pointer on it."""
        if sentence != self.sentence.text():
            self.sentence.show_text(sentence)
        if more:
            set_tip(self.sentence, f"{sentence}\n{more}")
