"""A view as a figure for a worksheet: its title, picture, axes and legend, and none of the window's controls."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import px

TITLE_SIZE = 15
MARGIN, BELOW_TITLE = 16, 10


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


def figure_of(widget: QWidget, title: str = "") -> Figure:
    """A widget as it is seen, with all that is in it."""
    return Figure(title, QSizeF(widget.size()), lambda painter: paint_widget(painter, widget))


def paint_widget(painter: QPainter, widget: QWidget) -> None:
    """Paint a widget with what is in it, its upper left corner where the painter's origin is.

    Without the window's own background, which shines through between the rounded parts of a view.
    """
    QWidget.render(widget, painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)  # a view has one of its own


def titled(figure: Figure, palette: Palette) -> Figure:
    """The same with its title above, and a margin around both."""
    font, margin = label_font(TITLE_SIZE, bold=True), px(MARGIN)
    metrics = QFontMetrics(font)
    top = margin + (metrics.height() + px(BELOW_TITLE) if figure.title else 0)
    width = max(math.ceil(figure.size.width()), metrics.horizontalAdvance(figure.title)) + 2 * margin
    size = QSizeF(width, top + math.ceil(figure.size.height()) + margin)  # whole pixels: nothing is blurred

    def paint(painter: QPainter) -> None:
        if figure.title:
            painter.setFont(font)
            painter.setPen(QColor(palette.text))
            place = QRect(margin, margin, width - 2 * margin, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, figure.title)
        painter.save()
        painter.translate(margin, top)
        figure.paint(painter)
        painter.restore()

    return Figure("", size, paint)
