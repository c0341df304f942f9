"""Lines of arithmetic below each other under their sections' titles: laid out as far as they are seen, and painted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from nnplay.gui.paint.formula.line import LaidLine, laid_line, result_width
from nnplay.gui.panels.inspector.sections import Item, Stage, in_capitals, section_title
from nnplay.gui.theme.fonts import label_font, title_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled
from nnplay.texts import tr
from nnplay.training.arithmetic.expression import Line, Rest
from nnplay.training.arithmetic.fold import TERMS, Choices, folded

SIZE, WORDS_SIZE, NOTE_SIZE = 13, 11, 12
TITLE_HEIGHT, ABOVE_TITLE, GAP, BAR = 20, 8, 7, 3
"""Pixels at the factor 1: a section's title, the room above all but the first, between lines, the mark at work."""
LEFT = 10
WORDS_GAP = 16
FEWEST = 2
"""Terms of a long sum, where there is little room."""
TO_COME = 0.55
"""Opacity of a line that a walk has not come to."""


@dataclass
class Row:
    """One line as it stands in the list.

    Attributes
    ----------
    unfolded
        Whether its long sums are shown term by term.
    terms
        How many terms of a long sum are shown while it is folded.
    choices, slots
        Which terms these are, and how wide the numbers have been: so that nothing jumps.
    laid
        As it is laid out; of an earlier moment where it isn't `fresh`.
    top, height
        Where it stands.
    """

    item: Item
    unfolded: bool = False
    terms: int = TERMS
    choices: Choices = field(default_factory=list)
    slots: list[float] = field(default_factory=list)
    laid: LaidLine | None = None
    fresh: bool = False
    top: float = 0.0
    height: float = 0.0

    @property
    def line(self) -> Line:
        """The line as it is shown."""
        return self.item.line if self.unfolded else folded(self.item.line, self.terms, self.choices)

    @property
    def key(self) -> tuple[object, ...]:
        """What it is, whatever its numbers are."""
        symbol = self.item.line.result.symbol
        return self.item.section, self.item.about, symbol, self.item.line.words, self.item.line.assignment


class FormulaList:
    """The rows, their places and their painting."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.note = ""
        self._titles: list[tuple[float, str]] = []
        self._digits, self._width, self._left = 4, 600.0, 0.0
        self.height = 0.0

    def show(self, items: Sequence[Item], digits: int, width: float, seen: tuple[float, float], note: str = "") -> bool:
        """Show these; where they are the same lines with other numbers, only those that are seen are laid out anew.

        Parameters
        ----------
        seen
            From which height to which.
        note
            A sentence above all lines.

        Returns
        -------
        bool
            Whether a row stands elsewhere than before.
        """
        rows = [Row(item) for item in items]
        same = note == self.note and [row.key for row in rows] == [row.key for row in self.rows]
        self.note = note
        if same and (digits, width) == (self._digits, self._width):
            for row, item in zip(self.rows, items, strict=True):
                row.fresh = row.fresh and row.item.line is item.line
                row.item = item
            return self.refresh(seen)
        if same:
            rows = [Row(item, before.unfolded) for item, before in zip(items, self.rows, strict=True)]
        self.rows, self._digits, self._width = rows, digits, width
        size = scaled(SIZE)
        self._left = max((result_width(row.item.line, size) for row in rows), default=0.0)
        for row in rows:
            self._lay(row)
        self._place()
        return True

    def refresh(self, seen: tuple[float, float]) -> bool:
        """Lay out what is seen and isn't fresh; whether a row stands elsewhere than before."""
        moved = False
        for row in self.rows:
            if not row.fresh and row.top <= seen[1] and row.top + row.height >= seen[0]:
                before = row.height
                self._lay(row)
                moved |= row.height != before
        if moved:
            self._place()
        return moved

    def unfold(self, row: Row) -> None:
        """Show a row's long sums term by term, or fold them again."""
        row.unfolded = not row.unfolded
        row.slots.clear()
        self._lay(row)
        self._place()

    def row_at(self, point: QPointF) -> Row | None:
        """The row at a height."""
        return next((row for row in self.rows if row.top <= point.y() < row.top + row.height), None)

    def origin(self, row: Row) -> QPointF:
        """Where its layout has (0, 0)."""
        return QPointF(scaled(LEFT), row.top)

    def number_at(self, point: QPointF) -> tuple[Row, object] | None:
        """The row and the number, or the rest of a sum, at a point."""
        row = self.row_at(point)
        if row is None or row.laid is None:
            return None
        found = row.laid.at(point - self.origin(row))
        return None if found is None else (row, found)

    def fold_rect(self, row: Row) -> QRectF:
        """Where a row that is unfolded can be folded again; empty where it can't."""
        if not row.unfolded or row.laid is None:
            return QRectF()
        metrics = QFontMetricsF(label_font(WORDS_SIZE))
        width = metrics.horizontalAdvance(_fold_text())
        return QRectF(self._width - width, row.top, width, metrics.height())

    def paint(
        self, painter: QPainter, palette: Palette, area: QRectF, marked: Callable[[object], bool], ring: QRectF | None
    ) -> None:
        """Paint what lies in an area."""
        quiet = QColor(palette.quiet)
        painter.setPen(quiet)
        if self.note:
            painter.setFont(label_font(NOTE_SIZE))
            room = QRectF(0, 0, self._width, self._note_height())
            painter.drawText(room, int(Qt.TextFlag.TextWordWrap), self.note)
        font = title_font()
        font.setCapitalization(QFont.Capitalization.MixedCase)  # those of Greek letters would be other symbols
        painter.setFont(font)
        for top, title in self._titles:
            if top < area.bottom() and top + scaled(TITLE_HEIGHT) > area.top():
                place = QRectF(0, top, self._width, scaled(TITLE_HEIGHT))
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, in_capitals(title))
        for row in self.rows:
            if row.laid is not None and row.top < area.bottom() and row.top + row.height > area.top():
                self._paint_row(painter, palette, row, marked)
        if ring is not None:
            painter.setPen(QColor(palette.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ring.adjusted(-2, -1, 2, 1), 3, 3)

    def _paint_row(self, painter: QPainter, palette: Palette, row: Row, marked: Callable[[object], bool]) -> None:
        assert row.laid is not None
        stage, origin = row.item.stage, self.origin(row)
        if stage is Stage.AT_WORK:
            bar = QRectF(0, row.top - 1, scaled(BAR), row.laid.height + 2)
            painter.fillRect(bar, QColor(palette.accent))
        painter.save()
        painter.setOpacity(TO_COME if stage is Stage.TO_COME else 1.0)
        painter.translate(origin)
        row.laid.paint(painter, palette, marked)
        painter.setFont(label_font(WORDS_SIZE))
        painter.setPen(QColor(palette.quiet))
        words, metrics = row.item.line.words, QFontMetricsF(painter.font())
        room = self._width - origin.x() - row.laid.width - scaled(WORDS_GAP)
        if row.unfolded:
            words = _fold_text()
            room = self._width - origin.x() - row.laid.width
        if words and (row.unfolded or metrics.horizontalAdvance(words) <= room):
            x = self._width - origin.x() - metrics.horizontalAdvance(words)
            painter.drawText(QPointF(x, row.laid.baseline if not row.unfolded else metrics.ascent()), words)
        painter.restore()

    def _lay(self, row: Row) -> None:
        """Lay a row out, with fewer terms where it is wider than there is room."""
        width = self._width - scaled(LEFT)
        while True:
            row.laid = laid_line(row.line, self._digits, scaled(SIZE), width, left=self._left, slots=row.slots)
            if row.laid.width <= width or row.unfolded or row.terms <= FEWEST or not row.choices:
                break
            row.terms -= 1
            row.choices.clear()
            row.slots.clear()
        row.height = row.laid.height + scaled(GAP)
        row.fresh = True

    def _place(self) -> None:
        """Give every row its place, one below the other."""
        self._titles, top, title = [], self._note_height(), ""
        for row in self.rows:
            own = section_title(row.item)
            if own != title:
                top += scaled(ABOVE_TITLE) if self._titles else 0.0
                self._titles.append((top, own))
                top, title = top + scaled(TITLE_HEIGHT), own
            row.top = top
            top += row.height
        self.height = top

    def _note_height(self) -> float:
        if not self.note:
            return 0.0
        room = QRectF(0, 0, self._width, scaled(200))
        metrics = QFontMetricsF(label_font(NOTE_SIZE))
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.note).height() + scaled(ABOVE_TITLE)


def _fold_text() -> str:
    return tr("show fewer terms")


def is_rest(found: object) -> bool:
    """Whether it is what unfolds a sum."""
    return isinstance(found, Rest)
