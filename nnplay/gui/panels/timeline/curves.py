"""The loss as the strip's ground, and the curves of the other branches."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from nnplay.gui.panels.timeline.contents import StripCurve
from nnplay.gui.panels.timeline.geometry import REACH, SIDE, Geometry
from nnplay.gui.theme.palette import Palette, mix
from nnplay.gui.theme.scale import px, scaled


def paint_ground(painter: QPainter, where: Geometry, palette: Palette, curve: StripCurve, now: float) -> None:
    """The loss, darker up to the moment that is seen."""
    painter.setPen(QPen(QColor(palette.line), px(1)))
    painter.drawLine(QPointF(px(SIDE), where.low), QPointF(where.width - px(SIDE), where.low))
    line = where.line_of(curve)
    if line.size() < 2:
        return
    polygon = QPolygonF(line)
    polygon.prepend(QPointF(line.first().x(), where.low))
    polygon.append(QPointF(line.last().x(), where.low))
    painter.setPen(Qt.PenStyle.NoPen)
    x = where.x_of(now)
    for left, right, colour in (
        (0.0, x, mix(palette.line, palette.quiet, 0.18)),
        (x, float(where.width), palette.line),
    ):
        painter.save()
        painter.setClipRect(QRectF(left, 0, right - left, where.height))
        painter.setBrush(QColor(colour))
        painter.drawPolygon(polygon)
        painter.restore()


def paint_ghosts(painter: QPainter, where: Geometry, palette: Palette, ghosts: Sequence[StripCurve]) -> None:
    """Dashed lines, each with a dot at its end."""
    for ghost in ghosts:
        line = where.line_of(ghost)
        if line.isEmpty() or ghost.branch is None:
            continue
        colour = QColor(palette.branch(ghost.branch.key))
        pen = QPen(colour, scaled(1.4))
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(line.last(), scaled(3.5), scaled(3.5))


def ghost_at(place: QPointF, where: Geometry, ghosts: Sequence[StripCurve]) -> StripCurve | None:
    """That of the branch whose end is there."""
    for ghost in reversed(ghosts):
        if len(ghost.epochs):
            last = where.line_of(ghost).last()
            if (last - place).manhattanLength() <= px(REACH):
                return ghost
    return None
