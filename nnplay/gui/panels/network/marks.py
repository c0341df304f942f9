"""Paints what is marked on the units of a network drawing, in pixels of the device: frames, rings, a pixel."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.look import Look
from nnplay.gui.panels.network.placement import UnitRectangle
from nnplay.gui.panels.network.unit_frames import corner_radius
from nnplay.gui.theme.palette import Palette

DASHES = (3.0, 2.0)
"""Of the frame around a unit that a finding means, in widths of its line."""


def paint_frames(painter: QPainter, place: QRect, unit: Unit, look: Look, pixel: float, palette: Palette) -> None:
    """Frames of whole pixels around a unit: pinned next to it, the keyboard's further out, a finding's dashed."""
    frames = (
        (unit in look.lit, palette.alarm, 2.0, 3.0, DASHES),
        (unit == look.pinned, palette.accent, 2.5, 0.0, ()),
        (unit == look.hovered and unit != look.pinned, palette.quiet, 1.6, 0.0, ()),
        (unit == look.focused, palette.focus, 2.0, 3.0, ()),
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for wanted, colour, width, gap, dashes in frames:
        if wanted:
            line = max(round(width * pixel), 1)
            out = round(gap * pixel) + line / 2
            radius = corner_radius(place.width(), pixel) + out
            pen = QPen(QColor(colour), line)
            if dashes:
                pen.setDashPattern(dashes)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(place).adjusted(-out, -out, out, out), radius, radius)


def paint_bias_marks(
    painter: QPainter, units: Sequence[UnitRectangle], radius: float, look: Look, palette: Palette
) -> None:
    """Rings around the bias that is inspected and the one that is pointed at."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for unit, colour in ((look.hovered_bias, palette.quiet), (look.inspected_bias, palette.accent)):
        for placed in units:
            if placed.unit == unit:
                painter.setPen(QPen(QColor(colour), 0.4 * radius))
                painter.drawEllipse(placed.bias_at, 1.7 * radius, 1.7 * radius)


def paint_pixel(painter: QPainter, place: QRect, at: tuple[int, int, int], pixel: float, palette: Palette) -> None:
    """A square around one of the pixels of a unit's picture, `at` (row, column, pixels a side)."""
    row, column, sides = at
    side = place.width() / sides
    around = max(2.0 * pixel, 0.5 * side)
    square = QRectF(QPointF(place.left() + column * side, place.top() + row * side), QSizeF(side, side))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((palette.panel, 3.5), (palette.accent, 1.6)):
        painter.setPen(QPen(QColor(colour), width * pixel))
        painter.drawRect(square.adjusted(-around, -around, around, around))
