"""The places that the run names itself: a diamond on the ground, with its words."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPolygonF

from nnplay.gui.panels.timeline.contents import StripSpot
from nnplay.gui.panels.timeline.geometry import REACH, WORDS_SIZE, Geometry
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import px, scaled


def paint_spots(painter: QPainter, where: Geometry, palette: Palette, spots: Sequence[StripSpot]) -> None:
    """Diamonds, and the words that have room before the next one."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.text))
    places = [where.x_of(spot.epochs) for spot in spots]
    for x in places:
        painter.drawPolygon(_diamond(x, where.low))
    font = label_font(WORDS_SIZE)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    painter.setPen(QColor(palette.quiet))
    for spot, x, following in zip(spots, places, [*places, float(where.width)][1:], strict=True):
        if following - x - px(REACH) > metrics.horizontalAdvance(spot.words) + px(4):
            painter.drawText(QPointF(x + px(REACH), where.low - scaled(3)), spot.words)


def spot_at(place: QPointF, where: Geometry, spots: Sequence[StripSpot]) -> StripSpot | None:
    """The one that is there."""
    if place.y() < where.low - px(REACH):
        return None
    near = [spot for spot in spots if abs(where.x_of(spot.epochs) - place.x()) <= px(REACH)]
    return near[0] if near else None


def _diamond(x: float, y: float) -> QPolygonF:
    radius = scaled(5)
    return QPolygonF([QPointF(x, y - radius), QPointF(x + radius, y), QPointF(x, y + radius), QPointF(x - radius, y)])
