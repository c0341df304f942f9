"""Which class is classified as which: a row for each class, a column for each predicted one, counts in the cells."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.palette import ink_on, mix
from nnplay.gui.theme.scale import scale, scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.hover_card import HoverCard
from nnplay.gui.widgets.number_format import count_text, percent_text
from nnplay.texts import tr
from nnplay.training.probes.confusion import Confusion, Counts

HEAD = 17
DOT = 3.5
NAME_LEFT = 2 * DOT + 5
"""Pixels from the dot of a class to its name."""
GAP = 8
LARGEST_CELL = (132.0, 64.0)
WIDEST_NAME = 84
TEXT_SIZES = (8, 13)
LEAST_NAME = 8
"""Pixels of the font of rows that are hardly as high; of lower ones not every one has its name beside it."""
LEAST_ROOM = 10
"""Pixels in which a name can be shortened and still be read; with less there is the dot alone."""
TOLD = 5
"""So many kinds of misclassified samples are told to a screen reader."""
LEAST_FOR_COUNTS = 11.0
"""Pixels of the height of a cell with a count in it; lower ones have their colour only, and the card."""
LEAST_ROUND = 7.0
"""Pixels of a side of a cell with round corners."""
STRENGTH = 0.86
"""How far the strongest colour of a cell is from the background towards that of the class."""

CENTRE = Qt.AlignmentFlag.AlignCenter
MIDDLE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip


class ConfusionMatrix(Guarded, QWidget):
    """Cells in the colour of the predicted class, the stronger the larger the share of the row.

    The strength goes with the root of the share, so that single misclassified samples are seen beside hundreds that
    aren't.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names: tuple[str, ...] = ()
        self._labels: tuple[str, ...] = ()
        self._confusion: Confusion | None = None
        self._sentence = ""
        self._pointer: QPointF | None = None
        self._grid = (0.0, 1.0, 1.0)
        self._shares = np.zeros((0, 0))
        self.card = HoverCard(self)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Confusion matrix"))
        theme.changed.connect(self._refresh)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_confusion(self, confusion: Confusion, names: Sequence[str], labels: Sequence[str] | None = None) -> None:
        """Draw (C, C) counts under C names; `labels` are short ones, for columns that are too narrow for the names."""
        self._confusion, self._names, self._labels = confusion, tuple(names), tuple(labels or names)
        self._shares = confusion.counts / np.maximum(confusion.counts.sum(axis=1, keepdims=True), 1)
        self.setAccessibleDescription(self.text())
        self._refresh()

    def show_sentence(self, sentence: str) -> None:
        """Say why there is no matrix."""
        self._confusion, self._sentence = None, sentence
        self.setAccessibleDescription(sentence)
        self._refresh()

    def text(self) -> str:
        """The commonest kinds of misclassified samples in one line, or that there is none."""
        if self._confusion is None:
            return self._sentence
        wrong = self._confusion.counts * (1 - np.eye(len(self._names), dtype=np.intp))
        commonest = np.argsort(-wrong, axis=None, kind="stable")[:TOLD]
        cells = [divmod(int(place), len(self._names)) for place in commonest if wrong.flat[place] > 0]
        return "; ".join(self.sentence(*cell) for cell in cells) or tr("Every sample gets its own class")

    def sentence(self, row: int, column: int) -> str:
        """A cell in words: 7 classified as 2: 12 of 190, 6.3 %."""
        cell, figures = self._card_texts(row, column)
        return tr("{cell}: {figures}", cell=cell, figures=figures)

    def point_at(self, point: QPointF | None) -> None:
        """Show the cell at a point as the one that is pointed at; None for none."""
        self._pointer = point
        self._refresh()

    @property
    def pointer(self) -> QPointF | None:
        """Where it is pointed at."""
        return self._pointer

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Where a cell is; column −1 is the name of the row, row −1 that of the column."""
        left, width, height = self._grid
        x = 0.0 if column < 0 else left + column * width
        return QRectF(x, 0.0 if row < 0 else scaled(HEAD) + row * height, left if column < 0 else width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._confusion is None:
            painter.setFont(label_font())
            painter.setPen(QColor(self._theme.palette.quiet))
            painter.drawText(self.rect(), CENTRE | Qt.TextFlag.TextWordWrap, self._sentence)
            return
        pointed = self._pointed()
        self._paint_names(painter, pointed)
        self._paint_cells(painter, self._confusion.counts)
        if pointed is not None:
            painter.setPen(QPen(QColor(self._theme.palette.text), scaled(1.5)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.cell_rect(*pointed).adjusted(1, 1, -1, -1), scaled(3), scaled(3))

    def _paint_cells(self, painter: QPainter, table: Counts) -> None:
        painter.setFont(figure_font(self._text_size()))
        spacing = scaled(1.0) if min(self._grid[1:]) > scaled(12) else 0.5
        metrics = QFontMetricsF(painter.font())
        texts = {count: count_text(count) for count in np.unique(table).tolist()}
        # placed by hand: Qt lays a text out anew for every rectangle that it is to be centred in
        offsets = {
            count: QPointF(-metrics.horizontalAdvance(text) / 2, (metrics.ascent() - metrics.descent()) / 2)
            for count, text in texts.items()
        }
        shares = self._shares.tolist()
        for row, counts in enumerate(table.tolist()):
            for column, count in enumerate(counts):
                rect = self.cell_rect(row, column).adjusted(spacing, spacing, -spacing, -spacing)
                self._paint_background(painter, rect, shares[row][column], column)
                if self._grid[2] >= scaled(LEAST_FOR_COUNTS):
                    painter.drawText(rect.center() + offsets[count], texts[count])

    def _paint_background(self, painter: QPainter, rect: QRectF, share: float, column: int) -> None:
        """A cell without its count; the pen is left in the colour of what can be read on it."""
        palette = self._theme.palette
        if not share:  # most of them: without round corners they cost next to nothing
            painter.fillRect(rect, QColor(palette.field))
            painter.setPen(QColor(palette.disabled))  # what is not there doesn't catch the eye
            return
        background = mix(palette.field, class_colour(palette, column), STRENGTH * share**0.5)
        if min(rect.width(), rect.height()) < scaled(LEAST_ROUND):
            painter.fillRect(rect, QColor(background))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(background))
        painter.drawRoundedRect(rect, scaled(3), scaled(3))
        painter.setPen(QColor(ink_on(background)))

    def _paint_names(self, painter: QPainter, pointed: tuple[int, int] | None) -> None:
        left, width, height = self._grid
        across = min(max(self._text_size(), TEXT_SIZES[0] + 1), TEXT_SIZES[1] - 1)
        along = int(min(max(height / scale(), LEAST_NAME), across))
        heads = self._heads(across)
        chosen_row, chosen_column = pointed or (None, None)
        named = self._named_rows(chosen_row, along)
        for index, name in enumerate(self._names):
            row = QRectF(0, scaled(HEAD) + index * height, left - scaled(GAP), height)
            column = QRectF(left + index * width, 0, width, scaled(HEAD - 2))
            painter.setFont(label_font(along, bold=index == chosen_row))
            text = name if index in named else ""
            self._paint_name(painter, row, text, index, centred=False, chosen=index == chosen_row)
            painter.setFont(label_font(across, bold=index == chosen_column))
            self._paint_name(painter, column, heads[index], index, centred=True, chosen=index == chosen_column)

    def _named_rows(self, chosen: int | None, size: int) -> set[int]:
        """The rows that have their name beside them: all, or as many as don't cover each other, and the chosen one."""
        every = max(math.ceil(scaled(size) / self._grid[2]), 1)
        named = {index for index in range(0, len(self._names), every) if chosen is None or abs(index - chosen) >= every}
        return named if chosen is None else named | {chosen}

    def _heads(self, size: int) -> tuple[str, ...]:
        """What stands above the columns: their names where each has room for its own, else the short ones."""
        metrics = QFontMetricsF(label_font(size, bold=True))
        room = self._grid[1] - scaled(NAME_LEFT)
        fits = all(metrics.horizontalAdvance(name) <= room for name in self._names)
        return self._names if fits else self._labels

    def _paint_name(
        self, painter: QPainter, rect: QRectF, name: str, index: int, *, centred: bool, chosen: bool
    ) -> None:
        """A dot in the colour of the class, and its name, shortened where there is no room for it.

        Above the columns the dot stands before the name; beside the rows behind it, in line with those of all others.
        """
        metrics = QFontMetricsF(painter.font())
        beside_dot, dot_radius = scaled(NAME_LEFT), scaled(DOT)
        room = rect.width() - beside_dot
        fits = metrics.horizontalAdvance(name) <= room
        text = (
            metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room) if fits or room >= scaled(LEAST_ROOM) else ""
        )
        radius = max(min(dot_radius, rect.height() / 2 - 0.5, rect.width() / 2 - 0.25), 0.75)
        needed = beside_dot + metrics.horizontalAdvance(text) if text else 2 * dot_radius
        x = rect.left() + (rect.width() - needed) / 2 if centred else rect.right() - needed
        dot, beside = (x + dot_radius, x + beside_dot) if centred else (rect.right() - dot_radius, x)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(class_colour(self._theme.palette, index)))
        painter.drawEllipse(QPointF(dot, rect.center().y()), radius, radius)
        painter.setPen(QColor(self._theme.palette.text if chosen else self._theme.palette.quiet))
        painter.drawText(QRectF(beside, rect.top(), room + 4, rect.height()), MIDDLE_LEFT, text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        self.point_at(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().leaveEvent(event)
        self.point_at(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self.point_at(None)

    def _arranged(self) -> tuple[float, float, float]:
        """Where the cells begin, and how wide and high one is; measuring text is too slow to be done for each cell."""
        count = max(len(self._names), 1)
        metrics = QFontMetricsF(label_font(TEXT_SIZES[1] - 1, bold=True))
        names = max((metrics.horizontalAdvance(name) for name in self._names), default=0.0)
        left = min(names, scaled(WIDEST_NAME)) + scaled(NAME_LEFT + GAP)
        width = min((self.width() - left - 1) / count, scaled(LARGEST_CELL[0]))
        height = min((self.height() - scaled(HEAD) - 1) / count, scaled(LARGEST_CELL[1]))
        return left, max(width, 1.0), max(height, 1.0)

    def _text_size(self) -> int:
        width, height = (length / scale() for length in self._grid[1:])
        assert self._confusion is not None
        figures = len(count_text(int(self._confusion.counts.max(initial=0))))
        fits = min(height - 3, (width - 4) / max(0.62 * figures, 1.0))
        return int(min(max(fits, TEXT_SIZES[0]), TEXT_SIZES[1]))

    def _pointed(self) -> tuple[int, int] | None:
        if self._pointer is None or self._confusion is None:
            return None
        left, width, height = self._grid
        column = int((self._pointer.x() - left) // width)
        row = int((self._pointer.y() - scaled(HEAD)) // height)
        count = len(self._names)
        return (row, column) if 0 <= row < count and 0 <= column < count else None

    def _card_texts(self, row: int, column: int) -> tuple[str, str]:
        """What a cell counts, and its figures."""
        assert self._confusion is not None
        count, total = int(self._confusion.counts[row, column]), int(self._confusion.counts[row].sum())
        cell = tr("{actual} classified as {predicted}", actual=self._names[row], predicted=self._names[column])
        if not total:
            return cell, tr("no sample of this class")
        share = percent_text(count / total)
        return cell, tr("{count} of {total}, {share}", count=count_text(count), total=count_text(total), share=share)

    def _refresh(self) -> None:
        self._grid = self._arranged()
        self.update()
        pointed = self._pointed()
        if pointed is None:
            self.card.hide()
            return
        self.card.show_text(*self._card_texts(*pointed))
        rect = self.cell_rect(*pointed)
        self.card.show_beside(QPoint(int(rect.center().x()), int(rect.center().y())), int(rect.height() / 2))
