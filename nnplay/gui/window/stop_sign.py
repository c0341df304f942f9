"""In the status line: what the run stops at, and a button that takes it away."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_margins, set_spacing
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.texts import tr
from nnplay.training.conditions import words_of

WIDEST = 340


class StopSign(QWidget):
    """Seen while there is a condition."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stop_when = session.stop_when
        self.label = ShortLabel(tr("What the run stops at"))
        name, tip = tr("Stop no more"), tr("Take the condition away: training goes on until it is paused")
        self.remove = IconButton(session.theme, "close", name, tip, icon_size=10, role="tool")
        self.remove.clicked.connect(self._on_removed)
        row = QHBoxLayout(self)
        set_margins(row, 12, 0, 0, 0)
        set_spacing(row, 4)
        row.addWidget(self.label)
        row.addWidget(self.remove)
        self._stop_when.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        condition, problem = self._stop_when.condition, self._stop_when.problem
        self.setVisible(condition is not None)
        if condition is None:
            return
        words = words_of(condition)
        if problem:
            text = tr("Doesn't stop when: {condition} ({problem})", condition=words, problem=problem)
        else:
            text = tr("Stops when: {condition}", condition=words)
        self.label.setMaximumWidth(px(WIDEST))
        self.label.show_text(text)

    @Slot()
    def _on_removed(self) -> None:
        self._stop_when.set_condition(None)
