"""What stands beside the picture: titles and numbers of two units, or where the main directions lie and what they hold.

Both strips are painted by one function, the left one turned.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from nnplay.gui.paint.axis_ranges import ticks_between
from nnplay.gui.panels.space.picture import AxisNames
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled
from nnplay.gui.widgets.number_format import number_text

Floats = NDArray[np.float64]
Range = tuple[float, float]

STRIP = 18
"""Pixels beside the picture that titles and numbers need."""
SIZE, MOST_TICKS, FIGURES, GAP = 11, 6, 4, 6
ARM, CORNER = 15, 30
"""Pixels of the longer main direction, half of it, and from the corner to where both cross."""
LEAST = 0.01
"""A direction that holds next to nothing, beside the other one, lies nowhere."""


def inside(whole: QRectF, axes: AxisNames) -> QRectF:
    """Where the picture is beside its axes."""
    strip = scaled(STRIP)
    return whole.adjusted(strip if axes.up else 0.0, 0.0, 0.0, -strip if axes.across else 0.0)


def paint_axes(painter: QPainter, canvas: QRectF, axes: AxisNames, seen: tuple[Range, Range], palette: Palette) -> None:
    """Paint them beside the canvas, on which the picture goes from … to … in both directions (`seen`)."""
    font = figure_font(SIZE)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # else letters of turned text stand unevenly
    painter.setFont(font)
    numbers = axes.ways is None
    if axes.across:
        painter.save()
        painter.translate(canvas.left(), canvas.bottom())
        _paint_strip(painter, canvas.width(), axes.across, seen[0] if numbers else None, palette)
        painter.restore()
    if axes.up:
        painter.save()
        painter.translate(canvas.left() - scaled(STRIP), canvas.bottom())
        painter.rotate(-90.0)
        _paint_strip(painter, canvas.height(), axes.up, seen[1] if numbers else None, palette)
        painter.restore()


def paint_zeros(
    painter: QPainter, canvas: QRectF, axes: AxisNames, seen: tuple[Range, Range], palette: Palette
) -> None:
    """Lines where a number is 0, as the outputs of a ReLU unit are that is off."""
    if axes.ways is not None:
        return
    painter.setPen(QPen(QColor(palette.quiet), scaled(1.0), Qt.PenStyle.DotLine))
    if axes.across and seen[0][0] < 0.0 < seen[0][1]:
        x = canvas.left() + canvas.width() * _share(0.0, seen[0])
        painter.drawLine(QLineF(x, canvas.top(), x, canvas.bottom()))
    if axes.up and seen[1][0] < 0.0 < seen[1][1]:
        y = canvas.bottom() - canvas.height() * _share(0.0, seen[1])
        painter.drawLine(QLineF(canvas.left(), y, canvas.right(), y))


def paint_ways(painter: QPainter, canvas: QRectF, axes: AxisNames, palette: Palette) -> None:
    """Where the two main directions lie: a picture that goes on from the one before has them anywhere in it."""
    if axes.ways is None:
        return
    painter.setFont(figure_font(10))
    middle = QPointF(canvas.left() + scaled(CORNER), canvas.bottom() - scaled(CORNER))
    for number, (x, y) in enumerate(axes.ways.tolist(), 1):
        size = float(np.hypot(x, y))
        if size < LEAST:
            continue
        x, y = (-x, -y) if x < 0.0 else (x, y)
        arm = QPointF(x, -y) * scaled(ARM)
        painter.setPen(QPen(QColor(palette.quiet), scaled(1.6 if number == 1 else 1.0)))
        painter.drawLine(QLineF(middle - arm, middle + arm))
        tip = middle + QPointF(x, -y) * (max(scaled(ARM), scaled(0.6 * ARM) / size) + scaled(7) / size)
        painter.drawText(QRectF(tip.x() - 10, tip.y() - 10, 20, 20), Qt.AlignmentFlag.AlignCenter, str(number))


def _paint_strip(painter: QPainter, length: float, title: str, seen: Range | None, palette: Palette) -> None:
    """From the painter's origin to the right and downwards: numbers below their places, and the title at the end."""
    metrics, strip, gap = QFontMetricsF(painter.font()), scaled(STRIP), scaled(GAP)
    title = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, length)
    free = length - metrics.horizontalAdvance(title) - 2 * gap
    painter.setPen(QColor(palette.quiet))
    painter.drawText(QRectF(0.0, 0.0, length, strip), _END, title)
    if seen is None:
        return
    for tick in ticks_between(*seen, MOST_TICKS):
        text = number_text(tick, FIGURES)
        x, half = length * _share(tick, seen), 0.5 * metrics.horizontalAdvance(text)
        if x - half >= 0.0 and x + half <= free:
            painter.drawText(QRectF(x - half, 0.0, 2 * half + 1.0, strip), _START, text)


def _share(value: float, seen: Range) -> float:
    return (value - seen[0]) / (seen[1] - seen[0])


_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
