"""A small box that opens over a drawing to type one number: Enter takes it, Escape leaves all as it was."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import DTypeLike
from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_font, set_margins, set_minimum_width, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.beside import beside
from nnplay.gui.widgets.focus_back import give_back
from nnplay.gui.widgets.number_format import exact_text, parameter_in
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.texts import tr

STEP = Decimal("0.1")
"""How far one arrow leads."""
GAP, RIM = 10, 4
"""Pixels at the factor 1, beside what it speaks of and at the parent's border."""
BOX = 204
"""Pixels: room for every figure of a number of 64 bits."""


class ValueEditor(Guarded, QFrame):
    """Opens with `edit`, closes by itself.

    Signals
    -------
    committed(object)
        The number typed, where it is another one than before.
    refused(str)
        Why what was typed is not taken; the editor stays open, with the number that holds.
    closed()
        It is gone, whether a number was taken or not.
    finished()
        The same, by Enter or Escape and not by a click elsewhere.
    inspected()
        The person wants to see where the number comes from: by the button, or Ctrl+Enter. It closes.
    """

    committed = Signal(object)
    refused = Signal(str)
    closed = Signal()
    finished = Signal()
    inspected = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._below = parent
        self._dtype: DTypeLike = np.float64
        self._return_to: QWidget | None = None
        set_role(self, "popup")
        self.label = PlainLabel()
        set_font(self.label, lambda: label_font(12))
        set_role(self.label, "quiet")
        self.box = _ValueBox(self)
        set_minimum_width(self.box, BOX)
        self.label.setBuddy(self.box)
        self.inspect = QToolButton()
        self.inspect.setText(tr("Inspect"))
        self.inspect.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is typed stays until it is left: Ctrl+Enter instead
        set_tip(self.inspect, tr("Where this number comes from, and how the next step changes it (Ctrl+Enter)"))
        self.inspect.clicked.connect(self._on_inspect)
        column = QVBoxLayout(self)
        set_margins(column, 10, 8, 10, 10)
        set_spacing(column, 4)
        column.addWidget(self.label)
        row = QHBoxLayout()
        set_spacing(row, 6)
        row.addWidget(self.box)
        row.addWidget(self.inspect)
        column.addLayout(row)
        self.box.committed.connect(self.committed)
        self.box.refused.connect(self.refused)
        self.box.installEventFilter(self)
        self.hide()

    def edit(self, label: str, value: float, about: Sequence[QRect], dtype: DTypeLike = np.float64) -> None:
        """Open with the number that holds now, which is one of `dtype`.

        It stands beside the first of what it speaks of, in the parent's pixels, and covers none of it.
        """
        self._return_to = QApplication.focusWidget()
        self._dtype = dtype
        self.label.setText(label)
        self.box.setAccessibleName(label)
        self.box.set_value(value)
        self.resize(self.sizeHint())
        rim, room = px(RIM), self._below.rect()
        self.move(beside(self.size(), room.adjusted(rim, rim, -rim, -rim), about, px(GAP)))
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.PopupFocusReason)
        self.box.selectAll()

    @Slot()
    def leave(self) -> None:
        """Close where it is open, and take nothing: what it edits may go."""
        if self.isVisible():
            self.box.give_up()
            self._close()

    def read(self, text: str) -> float:
        """The number that a text says; raises InputError where it can't be taken here."""
        return parameter_in(text, self.label.text(), self._dtype)

    def write(self, value: float | None) -> str:
        """The number with all the figures it has."""
        return "" if value is None else exact_text(value, self._dtype)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Enter and Escape close, and so does a click elsewhere; what was typed is then not taken."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._return_to = None
            self.leave()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            self.finished.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._on_inspect()
            elif self.box.commit():
                self._close()
                self.finished.emit()
            else:
                self.box.selectAll()
        else:
            return False
        return True

    @Slot()
    def _on_inspect(self) -> None:
        self.leave()
        self.inspected.emit()

    def _close(self) -> None:
        if not self.isVisible():
            return  # the number that was taken has closed it
        back, self._return_to = self._return_to, None
        self.hide()
        give_back(back, Qt.FocusReason.PopupFocusReason)
        self.closed.emit()


class _ValueBox(TypedBox):
    """Its arrows lead a tenth up or down from any number, and nothing is taken before Enter."""

    def __init__(self, editor: ValueEditor) -> None:
        tip = tr("Enter takes the number, Escape leaves it as it was")
        super().__init__(tr("Value"), editor.read, (), tip, write=editor.write, when_settled=False)

    def above(self, value: float | None) -> float | None:
        """A tenth more, without the last digits of binary fractions."""
        return None if value is None else float(Decimal(str(value)) + STEP)

    def below(self, value: float | None) -> float | None:
        """A tenth less."""
        return None if value is None else float(Decimal(str(value)) - STEP)
