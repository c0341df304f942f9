"""One line of the sheet: its number, what it is in words, the formula, and a field for each blank in it."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnplay.experiments.worked.blanks import BlankNumber, blanks_of, is_blank
from nnplay.experiments.worked.example import WorkedExample
from nnplay.experiments.worked.sheet import SheetLine
from nnplay.gui.files.worked.answers import Answers
from nnplay.gui.files.worked.blank_field import BlankField
from nnplay.gui.guard import Guarded
from nnplay.gui.paint.formula.line import LaidLine, laid_line
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.theme.theme import Theme
from nnplay.training.arithmetic.expression import Number
from nnplay.training.arithmetic.text import line_text

SIZE = 17
"""Of the letters of formulas, in pixels."""
BLANK_PADDING, DIGIT = 44, 10
"""Pixels of a field beside its digits, and of a digit."""
NUMBER_WIDTH = 46
"""Pixels for the line's number at the left."""
WORDS_HEIGHT, PADDING = 20, 6


class FormulaLine(Guarded, QWidget):
    """A line of the sheet.

    Parameters
    ----------
    words
        What stands above the formula; "" for nothing.
    """

    def __init__(
        self,
        line: SheetLine,
        words: str,
        example: WorkedExample,
        answers: Answers,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._line, self._words, self._theme = line, words, theme
        self._digits, self._width, self._left = 4, 0.0, 0.0
        self._laid: LaidLine | None = None
        self.fields = [BlankField(blank, example, answers, theme, self) for blank in blanks_of(line.line)]
        self._of_blank = {field.blank.key: field for field in self.fields}

    def lay_out(self, width: float, digits: int, left: float) -> None:
        """Fit into a width, with the relation `left` pixels from where formulas begin."""
        if self._laid is not None and (width, digits, left) == (self._width, self._digits, self._left):
            return
        if digits != self._digits or self._laid is None:
            self.setAccessibleName(line_text(self._line.line, digits, is_blank))
        self._width, self._digits, self._left = width, digits, left
        room = width - px(NUMBER_WIDTH) - px(PADDING)
        blank = self._blank_width
        self._laid = laid_line(self._line.line, digits, scaled(SIZE), room, left=left, blank=blank)
        origin = self._origin()
        self.setFixedHeight(round(origin.y() + self._laid.height) + px(PADDING))
        self.setMinimumWidth(round(origin.x() + self._laid.width) + px(PADDING))
        for place in self._laid.places:
            if isinstance(place.of, BlankNumber) and place.blank:
                rect = place.rect.translated(origin).toRect()
                self._of_blank[place.of.key].setGeometry(rect)
        self.update()

    def judge(self) -> None:
        """Say of each blank whether it is right."""
        for field in self.fields:
            field.judge(self._digits)

    def relay(self) -> None:
        """Forget how it was laid out: letters have another size."""
        self._laid = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        if self._laid is None:
            return
        palette, origin = self._theme.palette, self._origin()
        painter = QPainter(self)
        painter.setPen(QColor(palette.quiet))
        painter.setFont(label_font(12))
        if self._words:
            painter.drawText(QPointF(origin.x(), px(PADDING) + scaled(12)), self._words)
        height = round(2 * scaled(8))
        top = round(origin.y() + self._laid.baseline - scaled(12))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(0, top, px(NUMBER_WIDTH - 16), height, right, f"{self._line.number}")
        painter.translate(origin)
        self._laid.paint(painter, palette)
        painter.end()

    def _origin(self) -> QPointF:
        """Where the formula begins."""
        return QPointF(px(NUMBER_WIDTH), px(PADDING) + (px(WORDS_HEIGHT) if self._words else 0))

    def _blank_width(self, number: Number) -> float | None:
        """As wide for each blank, so that the width tells nothing of the number in it."""
        if not is_blank(number):
            return None
        return scaled(BLANK_PADDING + DIGIT * (self._digits + 3))
