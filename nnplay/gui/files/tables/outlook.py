"""What will come of an import: what is dropped or changed, or why it can't be, in a place of one height."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from nnplay.gui.theme.sizes import set_fixed_height
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import PlainLabel
from nnplay.texts import one_line, tr

HEIGHT = 84


class Outlook(QScrollArea):
    """Sentences, a line each; those that don't fit are scrolled to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        set_fixed_height(self, HEIGHT)
        self.setAccessibleName(tr("What will be imported"))
        self.label = PlainLabel()
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self.label)

    def show_sentences(self, problem: str, notes: tuple[str, ...]) -> None:
        """Show why it can't be imported, "" where it can, and what is dropped or changed."""
        set_role(self.label, "alarm" if problem else "quiet")
        said = (problem,) if problem else notes or (tr("Nothing is left out or changed"),)
        sentences = [one_line(each) for each in said]
        self.label.setText("\n".join(sentences))
        self.setAccessibleDescription(" ".join(sentences))
        self.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Say nothing: there is no table."""
        self.label.clear()
        self.setAccessibleDescription("")
