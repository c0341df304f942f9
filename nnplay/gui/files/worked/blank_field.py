"""A blank of a line: a field for a number, with a mark that says whether it is right."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from nnplay.experiments.worked.blanks import BlankNumber, answer_of
from nnplay.experiments.worked.example import WorkedExample
from nnplay.gui.files.worked.answers import Answers, Verdict
from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.sizes import set_font
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import mark, tr
from nnplay.training.arithmetic.text import symbol_text

ROLES = {Verdict.RIGHT: "blank_right", Verdict.WRONG: "blank_wrong"}
SAYINGS = {
    Verdict.EMPTY: mark("Type the number and press Enter"),
    Verdict.RIGHT: mark("Right"),
    Verdict.WRONG: mark("Not right in the digits shown"),
    Verdict.SHOWN: mark("This is the answer"),
}
MARK = 16
"""Pixels at the right end of a field for the mark."""


class BlankField(Guarded, QLineEdit):
    """A field of one blank; Enter checks it and goes on to the next.

    Signals
    -------
    focused(field)
        It has the keyboard.
    """

    focused = Signal(object)

    def __init__(
        self, blank: BlankNumber, example: WorkedExample, answers: Answers, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.blank = blank
        self._example, self._answers, self._theme = example, answers, theme
        self.verdict, self._digits = Verdict.EMPTY, 4
        set_role(self, "blank")
        set_font(self, lambda: figure_font(15))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(self._name())
        self.setText(answers.text(example, blank.key))
        self.setTextMargins(0, 0, round(scaled(MARK)), 0)
        self.editingFinished.connect(self._take)
        self.textEdited.connect(self._on_edited)

    def judge(self, digits: int) -> None:
        """Say whether what stands there is right."""
        self._digits = digits
        if not self.isModified():
            self.setText(self._answers.text(self._example, self.blank.key))
        self._say(self._answers.verdict(self._example, self.blank, digits))

    def show_answer(self) -> None:
        """Fill it in."""
        self.setText(answer_of(self.blank, self._digits))
        self.setModified(False)
        self._answers.type_in(self._example, self.blank.key, self.text(), shown=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter checks, and goes to the next blank; the window's own buttons don't hear it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            self.focusNextChild()
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Called by Qt."""
        super().focusInEvent(event)
        self.focused.emit(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving checks."""
        super().focusOutEvent(event)
        self._take()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Called by Qt: the mark over the field."""
        super().paintEvent(event)
        if self.verdict is Verdict.EMPTY:
            return
        palette = self._theme.palette
        colours = {Verdict.RIGHT: palette.positive, Verdict.WRONG: palette.alarm, Verdict.SHOWN: palette.quiet}
        side = scaled(8)
        place = QRectF(self.width() - side - scaled(6), (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours[self.verdict]), scaled(1.8)))
        _paint_mark(painter, self.verdict, place)
        painter.end()

    @Slot()
    def _take(self) -> None:
        if self.isModified():
            self.setModified(False)
            self._answers.type_in(self._example, self.blank.key, self.text().strip())

    @Slot()
    def _on_edited(self) -> None:
        self._say(Verdict.EMPTY)  # nothing is said of what is being typed

    def _say(self, verdict: Verdict) -> None:
        self.verdict = verdict
        set_role(self, ROLES.get(verdict, "blank"))
        saying = tr(SAYINGS[verdict])
        self.setAccessibleDescription(saying)
        set_tip(self, saying)
        self.update()

    def _name(self) -> str:
        line, place = self.blank.key
        symbol = symbol_text(self.blank.symbol)
        if place == 0:
            return tr("Line {line}: the result {symbol}", line=line, symbol=symbol)
        return tr("Line {line}: the number {symbol}", line=line, symbol=symbol)


def _paint_mark(painter: QPainter, verdict: Verdict, place: QRectF) -> None:
    """A tick, a cross, or a ring for what was shown."""
    if verdict is Verdict.RIGHT:
        foot = QPointF(place.left() + place.width() * 0.38, place.bottom())
        painter.drawPolyline([QPointF(place.left(), place.center().y()), foot, place.topRight()])
    elif verdict is Verdict.WRONG:
        painter.drawLine(place.topLeft(), place.bottomRight())
        painter.drawLine(place.bottomLeft(), place.topRight())
    else:
        painter.drawEllipse(place.adjusted(1, 1, -1, -1))
