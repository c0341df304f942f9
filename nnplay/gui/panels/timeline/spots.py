"""The places that the run names itself: a diamond on the ground, with its words."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from nnplay.gui.panels.timeline.contents import StripSpot
from nnplay.gui.panels.timeline.geometry import REACH, WORDS_SIZE, Geometry
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import px, scaled

RADIUS = 5
LEAST_HEIGHT = 48
"""Of a strip, in pixels, in which words can stand below those of the marks."""


def paint_spots(painter: QPainter, where: Geometry, palette: Palette, spots: Sequence[StripSpot]) -> None:
    """Diamonds, and the words that have room beside them."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.text))
    for spot in spots:
        painter.drawPolygon(_diamond(where.x_of(spot.epochs), where.low))
    if where.height < px(LEAST_HEIGHT):
        return  # a tooltip has them
    path = QPainterPath()
    for x, words in places_of_words(where, spots):
        path.addText(QPointF(x, where.low - scaled(3)), label_font(WORDS_SIZE), words)
    halo = QPen(QColor(palette.panel), scaled(3))  # the curve of another branch may lie under them
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, halo)
    painter.fillPath(path, QColor(palette.quiet))


def places_of_words(where: Geometry, spots: Sequence[StripSpot]) -> Iterator[tuple[float, str]]:
    """Where words stand: right of their diamond, else left of it, where that is free; else nowhere."""
    metrics, beside = QFontMetricsF(label_font(WORDS_SIZE)), px(REACH)
    places = [where.x_of(spot.epochs) for spot in spots]
    free = 0.0
    for spot, x, following in zip(spots, places, [*places, float(where.width)][1:], strict=True):
        width = metrics.horizontalAdvance(spot.words)
        if x + beside + width <= following - beside:
            yield x + beside, spot.words
            free = x + beside + width + beside
        else:
            if x - beside - width >= free:
                yield x - beside - width, spot.words
            free = x + beside


def spot_at(place: QPointF, where: Geometry, spots: Sequence[StripSpot]) -> StripSpot | None:
    """The nearest one that is there."""
    if place.y() < where.low - px(REACH):
        return None
    near = [spot for spot in spots if abs(where.x_of(spot.epochs) - place.x()) <= px(REACH)]
    return min(near, key=lambda spot: abs(where.x_of(spot.epochs) - place.x()), default=None)


def _diamond(x: float, y: float) -> QPolygonF:
    radius = scaled(RADIUS)
    return QPolygonF([QPointF(x, y - radius), QPointF(x + radius, y), QPointF(x, y + radius), QPointF(x - radius, y)])
