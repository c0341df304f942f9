"""The formulas of a phase, beside and below each other in a field of fixed height, each number of which is a place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QToolTip, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.formula.line import LaidLine, laid_line
from nnplay.gui.paint.formula.number_tips import tip_of
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import tip_text
from nnplay.texts import tr
from nnplay.training.arithmetic.expression import Line, Number, Rest
from nnplay.training.arithmetic.fold import folded
from nnplay.training.arithmetic.text import line_text

LEAST, LOW, HIGH = 36, 74, 126
"""Pixels at the factor 1: a row with fractions, two, and three with a result."""
SIZE, GAP, BETWEEN = 13, 28, 8
"""Pixels at the factor 1: of letters, between two lines in a row, between two rows."""


@dataclass(frozen=True)
class PlacedLine:
    """A line where it stands."""

    number: int
    x: float
    y: float
    laid: LaidLine


class CaptionLines(Guarded, QAbstractScrollArea):
    """The lines; those that are too many are scrolled to, and long sums are folded until they are clicked.

    Parameters
    ----------
    marks
        Whether a number is to be marked, because what it belongs to is pointed at somewhere.

    Signals
    -------
    pointed(number)
        The pointer is at this `Number`; None when it leaves.
    """

    pointed = Signal(object)

    def __init__(self, theme: Theme, marks: Callable[[Number], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._marks = theme, marks
        self._lines: tuple[Line, ...] = ()
        self._folded: list[Line] = []
        self._digits = self._height = 0
        self._placed: list[PlacedLine] = []
        self._unfolded: set[int] = set()
        self._pointed: Number | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(tr("Formula of the phase"))

    def show_lines(self, lines: Sequence[Line], digits: int) -> None:
        """Show these lines from the top, folded."""
        self._lines, self._digits = tuple(lines), digits
        self._folded = [folded(line) for line in lines]
        self._unfolded.clear()
        self.setAccessibleDescription("\n".join(line_text(line, digits) for line in self._folded))
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)

    def place_of(self, matches: Callable[[object], bool]) -> QPointF | None:
        """The middle, in the viewport, of the first number or rest that `matches`."""
        for line in self._placed:
            for place in line.laid.places:
                if matches(place.of):
                    return place.rect.center() + QPointF(line.x, line.y) - self._offset
        return None

    def minimumSizeHint(self) -> QSize:
        """Called by Qt."""
        return QSize(px(80), px(LEAST))

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        return QSize(px(80), self._height or px(LOW))

    def set_height(self, height: int) -> None:
        """How high they are where there is room."""
        if height != self._height:
            self._height = height
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self.viewport())
        painter.translate(-self._offset)
        for line in self._placed:
            painter.save()
            painter.translate(line.x, line.y)
            line.laid.paint(painter, self._theme.palette, self._is_marked)
            painter.restore()
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._lay_out()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        found = self._at(event.position())
        hand = isinstance(found, Rest)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        self._point_at(found if isinstance(found, Number) else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt; a click on the rest of a sum shows all of it."""
        line = self._line_at(event.position())
        if line is not None and isinstance(self._at(event.position()), Rest):
            self._unfolded.add(line.number)
            self._lay_out()

    def viewportEvent(self, event: QEvent) -> bool:
        """Called by Qt; a tooltip has all digits."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tip_text(tip_of(found, lambda _number: "")), self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return super().viewportEvent(event)

    @property
    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _lay_out(self) -> None:
        """Lines stand beside each other as far as there is room, since the field is low."""
        room = float(max(self.viewport().width(), px(80)))
        self._placed = []
        x = y = height = widest = 0.0
        for number, line in enumerate(self._lines):
            shown = line if number in self._unfolded else self._folded[number]
            laid = laid_line(shown, self._digits, scaled(SIZE), room)
            if x and x + laid.width > room:
                x, y, height = 0.0, y + height + scaled(BETWEEN), 0.0
            self._placed.append(PlacedLine(number, x, y, laid))
            x, height, widest = x + laid.width + scaled(GAP), max(height, laid.height), max(widest, x + laid.width)
        for bar, needed, seen in (
            (self.verticalScrollBar(), y + height, self.viewport().height()),
            (self.horizontalScrollBar(), widest, self.viewport().width()),
        ):
            bar.setRange(0, max(0, round(needed - seen)))
            bar.setPageStep(seen)
            bar.setSingleStep(px(SIZE))
        self._align()
        self.viewport().update()

    def _align(self) -> None:
        """Lines of one row stand on one baseline."""
        for row in {line.y for line in self._placed}:
            lines = [line for line in self._placed if line.y == row]
            base = max(line.laid.baseline for line in lines)
            for line in lines:
                lower = PlacedLine(line.number, line.x, row + base - line.laid.baseline, line.laid)
                self._placed[line.number] = lower

    def _line_at(self, point: QPointF) -> PlacedLine | None:
        point = point + self._offset
        for line in self._placed:
            if line.x <= point.x() <= line.x + line.laid.width and line.y <= point.y() <= line.y + line.laid.height:
                return line
        return None

    def _at(self, point: QPointF) -> object:
        line = self._line_at(point)
        return None if line is None else line.laid.at(point + self._offset - QPointF(line.x, line.y))

    def _is_marked(self, of: object) -> bool:
        return isinstance(of, Number) and (of is self._pointed or self._marks(of))

    def _point_at(self, number: Number | None) -> None:
        if number is not self._pointed:
            self._pointed = number
            self.pointed.emit(number)
            self.viewport().update()
