"""A small box that opens over a drawing to type one number: Enter takes it, Escape leaves all as it was."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_box import NumberBox

LIMIT = 1000.0


class ValueEditor(QFrame):
    """Opens with `edit`, closes by itself.

    Signals
    -------
    committed(float)
        The number typed, where it is another one than before.
    closed()
        It is gone, whether a number was taken or not.
    """

    committed = Signal(float)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        set_role(self, "popup")
        self.label = QLabel()
        self.label.setFont(label_font(12))
        set_role(self.label, "quiet")
        self.box = NumberBox("Value", -LIMIT, LIMIT, 4, "Enter takes the number, Escape leaves it as it was")
        self.box.setSingleStep(0.1)
        self.box.setMinimumWidth(120)
        self.label.setBuddy(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(self.box)
        self._before = 0.0
        self._return_to: QWidget | None = None
        self.box.lineEdit().returnPressed.connect(self._on_return)
        self.box.installEventFilter(self)
        self.hide()

    def edit(self, label: str, value: float, place: QPoint) -> None:
        """Open at a place of the parent with the number that holds now."""
        self._return_to = QApplication.focusWidget()
        self.label.setText(label)
        self.box.setAccessibleName(label)
        self.box.setValue(value)
        self._before = self.box.value()
        self.resize(self.sizeHint())
        room = self._ground.rect()
        x = min(max(place.x() - self.width() // 2, 4), room.right() - self.width() - 4)
        y = place.y() + 12
        if y + self.height() > room.bottom() - 4:
            y = place.y() - 12 - self.height()
        self.move(x, max(y, 4))
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.PopupFocusReason)
        self.box.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A click elsewhere closes too; what was typed is not taken."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._return_to = None
            self._close()
        return False

    @Slot()
    def _on_return(self) -> None:
        self.box.interpretText()
        value = self.box.value()
        self._close()
        if value != self._before:
            self.committed.emit(value)

    def _close(self) -> None:
        back, self._return_to = self._return_to, None
        self.hide()
        if back is not None:
            back.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
