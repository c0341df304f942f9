"""What lies over the lines of a plot: the pointer with its epoch, dots, what is below the axis, the selection."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from nnplay.gui.paint.axes import FIGURE_SIZE, text_width
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled

EPOCH_ROOM = 6
"""Pixels beside the epoch under the pointer, which stands among the figures of the axis."""
DOT = 4.0
ARROW = 5.0
APART = 48.0
"""Pixels from one arrow to the next, at least."""
SELECTED, VEILED = 0.14, 0.7


@dataclass(frozen=True)
class LineMarks:
    """Marks in pixels of the view.

    Attributes
    ----------
    dots
        (place, colour) each.
    arrows
        (x, colour) each: a value there lies below the axis.
    moment
        Where the moment that is seen stands in a run that goes on behind it; None where it is the run's end.
    pointer
        Where the pointer's epoch is, and how it is written; None without a pointer.
    selected
        From where to where a drag selects epochs; None while none does.
    figures
        From where to where each figure of the axis stands: the pointer's epoch takes the place of whole ones.
    """

    dots: tuple[tuple[QPointF, str], ...] = ()
    arrows: tuple[tuple[float, str], ...] = ()
    moment: float | None = None
    pointer: tuple[float, str] | None = None
    selected: tuple[float, float] | None = None
    figures: tuple[tuple[float, float], ...] = ()

    def paint(self, painter: QPainter, canvas: QRectF, right: float, palette: Palette) -> None:
        """Paint them over `canvas`, with the pointer's epoch below it, at most so far to the right."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.moment is not None:
            self._paint_moment(painter, canvas, palette, self.moment)
        if self.selected is not None:
            band = QColor(palette.text)
            band.setAlphaF(SELECTED)
            low, high = self.selected
            painter.fillRect(QRectF(low, canvas.top(), high - low, canvas.height()), band)
        if self.pointer is not None:
            self._paint_pointer(painter, canvas, right, palette, *self.pointer)
        painter.setPen(QPen(QColor(palette.panel), scaled(1.5)))
        for x, colour in self.arrows:
            painter.setBrush(QColor(colour))
            painter.drawPolygon(_arrow(x, canvas.bottom()))
        for place, colour in self.dots:
            painter.setBrush(QColor(colour))
            painter.drawEllipse(place, scaled(DOT), scaled(DOT))

    @staticmethod
    def _paint_moment(painter: QPainter, canvas: QRectF, palette: Palette, x: float) -> None:
        """A line where the moment is; what follows it is fainter."""
        veil = QColor(palette.panel)
        veil.setAlphaF(VEILED)
        left = max(x, canvas.left())
        if left < canvas.right():
            painter.fillRect(QRectF(left, canvas.top() - 1, canvas.right() - left + 1, canvas.height() + 2), veil)
        if canvas.left() <= x <= canvas.right():
            painter.setPen(QPen(QColor(palette.text), scaled(1.5)))
            painter.drawLine(QPointF(x, canvas.top()), QPointF(x, canvas.bottom()))

    def _paint_pointer(
        self, painter: QPainter, canvas: QRectF, right: float, palette: Palette, x: float, text: str
    ) -> None:
        """A line at an epoch, and the epoch below it, over the figures of the axis."""
        painter.setPen(QPen(QColor(palette.focus), scaled(1)))
        painter.drawLine(QPointF(x, canvas.top()), QPointF(x, canvas.bottom()))
        width = text_width([text]) + 2 * scaled(EPOCH_ROOM)
        # the lowest figure of the other axis is left of it, and half a line below the edge
        left = max(min(x - width / 2, right - width), canvas.left() - scaled(EPOCH_ROOM))
        place = QRectF(left, canvas.bottom() + scaled(2), width, scaled(20))
        under = [figure for figure in self.figures if figure[0] < place.right() and figure[1] > place.left()]
        ends = [place.left(), place.right(), *(end for figure in under for end in figure)]
        cleared = QRectF(min(ends), place.top(), max(ends) - min(ends), place.height())
        painter.fillRect(cleared, QColor(palette.panel))
        painter.setFont(figure_font(FIGURE_SIZE))
        painter.setPen(QColor(palette.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def spread(places: Iterable[float]) -> list[float]:
    """Those of the rising places that are far enough from the one before."""
    chosen: list[float] = []
    for place in places:
        if not chosen or place - chosen[-1] >= scaled(APART):
            chosen.append(place)
    return chosen


def _arrow(x: float, bottom: float) -> QPolygonF:
    """Down to the lower edge."""
    side = scaled(ARROW)
    return QPolygonF(
        [QPointF(x - side, bottom - 1.6 * side), QPointF(x + side, bottom - 1.6 * side), QPointF(x, bottom)]
    )
