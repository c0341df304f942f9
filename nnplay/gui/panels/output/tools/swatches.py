"""Six dots beside the title: which class the left button draws."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from nnplay.data.drawing import MAX_DRAWN_CLASSES
from nnplay.gui.guard import Guarded
from nnplay.gui.theme.scale import px_size, scaled
from nnplay.gui.theme.sizes import set_fixed_size, set_margins, set_spacing
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr

SIDE = 22
ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class Swatch(Guarded, QAbstractButton):
    """A dot in a class's colour, with a ring around it while it is the chosen one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour = theme.palette.text
        self.setCheckable(True)
        set_fixed_size(self, SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_class(self, colour: str, title: str, tip: str) -> None:
        """Stand for this class."""
        self._colour = colour
        self.setAccessibleName(title)
        set_tip(self, tip)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Called by Qt; arrow keys go from dot to dot, whatever else they do in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in ARROWS:
            event.accept()
            return True
        return bool(super().event(event))

    def sizeHint(self) -> QSize:
        """Always the same."""
        return px_size(SIDE, SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.palette.focus), scaled(2)))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), scaled(5), scaled(5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colour if self.isEnabled() else self._theme.palette.line))
        painter.drawEllipse(middle, scaled(5.0), scaled(5.0))
        if self.isChecked() and self.isEnabled():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.palette.text), scaled(1.6)))
            painter.drawEllipse(middle, scaled(7.8), scaled(7.8))


class Swatches(QWidget):
    """A row of them, of which one is chosen.

    Signals
    -------
    chosen(int)
        A person chose this class.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 0)
        self._group = QButtonGroup(self)
        for index in range(MAX_DRAWN_CLASSES):
            swatch = Swatch(theme)
            self._group.addButton(swatch, index)
            row.addWidget(swatch)
        self.button(0).setChecked(True)
        self._group.idClicked.connect(self._on_clicked)

    def button(self, index: int) -> Swatch:
        """The dot of a class."""
        button = self._group.button(index)
        assert isinstance(button, Swatch)
        return button

    def show_chosen(self, index: int) -> None:
        """Mark this class."""
        self.button(index).setChecked(True)

    def show_classes(self, colours: list[str], titles: list[str]) -> None:
        """Stand for these six."""
        for index, (colour, title) in enumerate(zip(colours, titles, strict=True)):
            tip = tr(
                "Draw {target} with the left button, and give it to what is selected ({key})",
                target=title,
                key=index + 1,
            )
            self.button(index).show_class(colour, tr("Draw {target}", target=title), tip)

    @Slot(int)
    def _on_clicked(self, index: int) -> None:
        self.chosen.emit(index)
