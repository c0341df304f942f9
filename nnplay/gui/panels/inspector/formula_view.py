"""Shows lines of arithmetic, each number of which can be pointed at, by pointer or keys, and acted on."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.formula.number_tips import tip_of
from nnplay.gui.panels.inspector.formula_list import FormulaList, Row, is_rest
from nnplay.gui.panels.inspector.sections import Item
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.plain_text import tip_text
from nnplay.texts import tr
from nnplay.training.arithmetic.expression import Number
from nnplay.training.arithmetic.text import line_text

STEP = 40
"""Pixels at the factor 1 that the wheel and the keys scroll by."""
RIGHT = 8
OWN_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)


class FormulaView(Guarded, QAbstractScrollArea):
    """The lines, and where the pointer or the keyboard is in them.

    Parameters
    ----------
    marks
        Whether a number is to be marked, because what it belongs to is pointed at somewhere.
    tell
        What a number is called in words, for its tooltip.
    spend
        Is told the seconds that painting took.

    Signals
    -------
    pointed(number)
        The pointer, or the keyboard, is at this `Number`; None when it leaves.
    chosen(number)
        A click on it, or Enter.
    """

    pointed = Signal(object)
    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        marks: Callable[[Number], bool],
        tell: Callable[[Number], str],
        spend: Callable[[float], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._marks, self._tell, self._spend = theme, marks, tell, spend
        self.list = FormulaList()
        self._items: Sequence[Item] = ()
        self._digits, self._note = 4, ""
        self._pointed: object = None
        self._at: tuple[int, int] | None = None
        """(row, place) of the keyboard."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # its room is there all the time
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(tr("Numbers of what is inspected"))
        theme.changed.connect(self.viewport().update)

    def show_items(self, items: Sequence[Item], digits: int, note: str) -> None:
        """Show these lines, below a sentence."""
        self._items, self._digits, self._note = items, digits, note
        if self.list.show(items, digits, self.line_width, self._seen, note):
            self._fit()
        self._at = self._at if self._at is not None and self._at[0] < len(self.list.rows) else None
        self.viewport().update()

    def row_at(self, point: QPointF) -> Row | None:
        """The row at a place of the viewport."""
        return self.list.row_at(self._placed(point))

    def spot(self, row: int, of: Callable[[object], bool]) -> QPointF:
        """The middle, in the viewport, of the last number of a row that `of` is true of: where its number stands."""
        each = self.list.rows[row]
        assert each.laid is not None
        place = [place for place in each.laid.places if of(place.of)][-1]
        return place.rect.center() + self.list.origin(each) - self._offset

    def minimumSizeHint(self) -> QSize:
        """Called by Qt."""
        return QSize(px(160), px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Called by Qt."""
        began = time.perf_counter()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.list.refresh(self._seen):
            self._fit()
        offset = self._offset
        painter.translate(-offset)
        area = QRectF(event.rect()).translated(offset)
        self.list.paint(painter, self._theme.palette, area, self._is_marked, self._ring())
        painter.end()
        self._spend(time.perf_counter() - began)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self.show_items(self._items, self._digits, self._note)
        self._fit()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Called by Qt; what comes into sight is laid out as it is painted."""
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        found = self.list.number_at(self._placed(event.position()))
        folds = self._fold_row(event.position()) is not None
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if folds or found is not None else Qt.CursorShape.ArrowCursor
        )
        self._point_at(None if found is None else found[1])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        row = self._fold_row(event.position())
        if row is not None:
            self._unfold(row)
            return
        found = self.list.number_at(self._placed(event.position()))
        if found is not None:
            self._act(*found)

    def viewportEvent(self, event: QEvent) -> bool:
        """Called by Qt; a tooltip has all digits."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.list.number_at(self._placed(QPointF(event.pos())))
            text = "" if found is None else tip_of(found[1], self._tell)
            QToolTip.showText(event.globalPos(), tip_text(text), self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        """Called by Qt; keys that are the window's own elsewhere are its own while it has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if event.matches(QKeySequence.StandardKey.Copy) or (plain and event.key() in OWN_KEYS):
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Called by Qt; who comes by keyboard stands at the first number."""
        super().focusInEvent(event)
        if self._at is None:
            self._go_to(0, 0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Called by Qt."""
        super().focusOutEvent(event)
        self._point_at(None)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt: the arrows go from number to number, Enter acts on one, Ctrl+C copies its line."""
        row, place = self._at or (0, 0)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(row)
        elif plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go_on(row, place, 1 if event.key() == Qt.Key.Key_Right else -1)
        elif plain and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go_to(row + (1 if event.key() == Qt.Key.Key_Down else -1), 0)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            stops = self._stops(row)
            if place < len(stops):
                self._act(self.list.rows[row], stops[place][0])
        else:
            super().keyPressEvent(event)

    @property
    def line_width(self) -> float:
        """Within which the lines stand."""
        return float(max(self.viewport().width() - px(RIGHT), px(160)))

    @property
    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    @property
    def _seen(self) -> tuple[float, float]:
        top = float(self.verticalScrollBar().value())
        return top, top + self.viewport().height()

    def _placed(self, point: QPointF) -> QPointF:
        return point + self._offset

    def _fit(self) -> None:
        """As far as there is something to scroll to."""
        widest = max((row.laid.width for row in self.list.rows if row.laid is not None), default=0.0)
        for bar, needed, room in (
            (self.verticalScrollBar(), self.list.height, self.viewport().height()),
            (self.horizontalScrollBar(), widest + px(RIGHT), self.viewport().width()),
        ):
            bar.setRange(0, max(0, round(needed - room)))
            bar.setPageStep(room)
            bar.setSingleStep(px(STEP))

    def _is_marked(self, of: object) -> bool:
        if not isinstance(of, Number):
            return of is self._pointed
        now = self._pointed  # of a run that goes on it may be the number of a moment ago
        here = isinstance(now, Number) and (of.symbol, of.part) == (now.symbol, now.part)
        return here or self._marks(of)

    def _point_at(self, found: object) -> None:
        if found is not self._pointed:
            self._pointed = found
            self.pointed.emit(found if isinstance(found, Number) else None)
            self.viewport().update()

    def _act(self, row: Row, found: object) -> None:
        if is_rest(found):
            self._unfold(row)
        else:
            self.chosen.emit(found)

    def _unfold(self, row: Row) -> None:
        self.list.unfold(row)
        self._fit()
        self._pointed = None
        self.viewport().update()

    def _fold_row(self, point: QPointF) -> Row | None:
        row = self.row_at(point)
        return row if row is not None and self.list.fold_rect(row).contains(self._placed(point)) else None

    def _stops(self, row: int) -> list[tuple[object, QRectF]]:
        """What the keyboard comes to in a row: each number once, where it stands last."""
        if not 0 <= row < len(self.list.rows):
            return []
        each = self.list.rows[row]
        found: dict[int, tuple[object, QRectF]] = {}
        for place in each.laid.places if each.laid is not None else ():
            if is_rest(place.of) or (isinstance(place.of, Number) and place.of.part is not None):
                found[id(place.of)] = (place.of, place.rect.translated(self.list.origin(each)))
        return sorted(found.values(), key=lambda stop: (round(stop[1].center().y() / px(8)), stop[1].left()))

    def _go_on(self, row: int, place: int, way: int) -> None:
        """To the next number, or the first or last one of the row after or before."""
        if 0 <= place + way < len(self._stops(row)):
            self._go_to(row, place + way)
        elif way > 0:
            self._go_to(row + 1, 0)
        else:
            self._go_to(row - 1, max(len(self._stops(row - 1)) - 1, 0))

    def _go_to(self, row: int, place: int) -> None:
        stops = self._stops(row)
        if not stops:
            return
        self._at = (row, min(place, len(stops) - 1))
        of, rect = stops[self._at[1]]
        bar = self.verticalScrollBar()
        if rect.top() < bar.value():
            bar.setValue(round(rect.top() - px(24)))
        elif rect.bottom() > bar.value() + self.viewport().height():
            bar.setValue(round(rect.bottom() + px(8) - self.viewport().height()))
        self._point_at(of)
        self.setAccessibleDescription(tip_of(of, self._tell))
        self.viewport().update()

    def _ring(self) -> QRectF | None:
        if self._at is None or not self.hasFocus():
            return None
        stops = self._stops(self._at[0])
        return stops[min(self._at[1], len(stops) - 1)][1] if stops else None

    def _copy(self, row: int) -> None:
        if 0 <= row < len(self.list.rows):
            QGuiApplication.clipboard().setText(line_text(self.list.rows[row].item.line, self._digits))
