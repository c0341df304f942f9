"""A view as a figure for a worksheet: its title, picture, axes and legend, and none of the window's controls."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import px

TITLE_SIZE = 15
CAPTION_SIZE = 14
MARGIN, BELOW_TITLE = 16, 10
GAP, BEFORE_NUMBER = 24, 6
"""Pixels at least between a title and what stands beside it, and before the number of a caption."""


@dataclass(frozen=True)
class Figure:
    """What stands on the paper; a panel gives its own by a method ``figure()``.

    Attributes
    ----------
    title
        What it shows; "" for none. It is written above the picture, by `titled`.
    size
        Of the picture, in pixels of the screen.
    paint
        Paints the picture from (0, 0) to `size`, on a background that is there; at once, and as vectors where it can.
    """

    title: str
    size: QSizeF
    paint: Callable[[QPainter], None]


@dataclass(frozen=True)
class Caption:
    """A number and what it is, of which nothing moves as the number changes.

    Attributes
    ----------
    words
        What it is.
    number
        It.
    widest
        The number that needs the most room.
    """

    words: str
    number: str
    widest: str

    def width(self) -> int:
        """Pixels that it takes."""
        return self._of_words() + self._of_number()

    def paint(self, painter: QPainter, line: QRect, palette: Palette) -> None:
        """Paint it at the right end of a line."""
        right, middle = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
        painter.setFont(figure_font(CAPTION_SIZE))
        painter.setPen(QColor(palette.text))
        painter.drawText(line, right | middle, self.number)
        painter.setFont(label_font(CAPTION_SIZE))
        painter.setPen(QColor(palette.quiet))
        painter.drawText(line.adjusted(0, 0, -self._of_number(), 0), right | middle, self.words)

    def _of_words(self) -> int:
        return QFontMetrics(label_font(CAPTION_SIZE)).horizontalAdvance(self.words)

    def _of_number(self) -> int:
        return QFontMetrics(figure_font(CAPTION_SIZE)).horizontalAdvance(self.widest) + px(BEFORE_NUMBER)


def figure_of(widget: QWidget, title: str = "") -> Figure:
    """A widget as it is seen, with all that is in it."""
    return Figure(title, QSizeF(widget.size()), lambda painter: paint_widget(painter, widget))


def paint_widget(painter: QPainter, widget: QWidget) -> None:
    """Paint a widget with what is in it, its upper left corner where the painter's origin is.

    Without the window's own background, which shines through between the rounded parts of a view.
    """
    QWidget.render(widget, painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)  # a view has one of its own


def titled(figure: Figure, palette: Palette, caption: Caption | None = None) -> Figure:
    """The same with its title above, the caption at the end of that line, and a margin around all."""
    font, margin = label_font(TITLE_SIZE, bold=True), px(MARGIN)
    metrics = QFontMetrics(font)
    beside = 0 if caption is None else caption.width() + px(GAP)
    top = margin + (metrics.height() + px(BELOW_TITLE) if figure.title or beside else 0)
    width = max(math.ceil(figure.size.width()), metrics.horizontalAdvance(figure.title) + beside) + 2 * margin
    size = QSizeF(width, top + math.ceil(figure.size.height()) + margin)  # whole pixels: nothing is blurred

    def paint(painter: QPainter) -> None:
        if figure.title:
            painter.setFont(font)
            painter.setPen(QColor(palette.text))
            place = QRect(margin, margin, width - 2 * margin, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, figure.title)
        if caption is not None:
            caption.paint(painter, QRect(margin, margin, width - 2 * margin, metrics.height()), palette)
        painter.save()
        painter.translate(margin, top)
        figure.paint(painter)
        painter.restore()

    return Figure("", size, paint)
