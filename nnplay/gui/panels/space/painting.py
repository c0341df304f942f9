"""How points are painted: discs that are pictures made once, rings, and what lies on each other."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from nnplay.gui.paint.points import TEST_SIZE, TEST_TINT, group_colour
from nnplay.gui.panels.space.merged import Merged
from nnplay.gui.panels.space.picture import SpacePicture
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.palette import Palette, mix
from nnplay.gui.theme.scale import scaled

Floats = NDArray[np.float64]
Looks = tuple[tuple[str, float], ...]
"""The discs of a marker, the largest first: (colour, pixels across)."""

EDGE = 1.2
MOST_STAMPS = 256
"""Pictures of markers that are kept: of 64 classes, in two kinds, at two sizes."""
RING, LIT_RING = 5.0, 3.0
"""Pixels from the edge of a marker to its ring: those of a finding lie within."""
PIE = 1.35
"""How many times as large as a marker one of several classes is."""
WHOLE = 16 * 360
"""A circle in Qt's unit."""


def paint_marker(painter: QPainter, place: QPointF, looks: Looks) -> None:
    """Paint discs one upon the other."""
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, across in looks:
        painter.setBrush(QColor(colour))
        painter.drawEllipse(place, 0.5 * across, 0.5 * across)


def marker_picture(looks: Looks, ratio: float) -> QPixmap:
    """The same as a picture of device pixels."""
    side = math.ceil(looks[0][1] * ratio) + 2
    picture = QPixmap(side, side)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_marker(painter, QPointF(0.5 * side / ratio, 0.5 * side / ratio), looks)
    painter.end()
    return picture


@dataclass
class PointPainter:
    """Paints points of a `size` in the colours of a palette.

    Attributes
    ----------
    on_paper
        Whether a figure is painted, of shapes.
    """

    on_paper: bool = False
    _stamps: dict[tuple[Looks, float], QPixmap] = field(default_factory=dict)
    _fragments: PrimitiveArray = field(default_factory=lambda: PrimitiveArray(QPainter.PixmapFragment, 10))

    def paint(self, painter: QPainter, picture: SpacePicture, points: Floats, size: float, palette: Palette) -> None:
        """Test points first; each is a picture that is made once, on paper a shape."""
        for training in (False, True):
            kind = picture.training == training
            for group in np.unique(picture.groups[kind]).tolist():
                looks = looks_of(group, size, palette, training=training, regression=picture.regression)
                self._put(painter, points[kind & (picture.groups == group)], looks)

    def _put(self, painter: QPainter, places: Floats, looks: Looks) -> None:
        if self.on_paper:
            for x, y in places.tolist():
                paint_marker(painter, QPointF(x, y), looks)
            return
        ratio = painter.device().devicePixelRatioF()
        key = (looks, ratio)
        if key not in self._stamps:
            if len(self._stamps) > MOST_STAMPS:
                self._stamps.clear()
            self._stamps[key] = marker_picture(looks, ratio)
        stamp = self._stamps[key]
        self._fragments.resize(len(places))
        fragments = self._fragments.ndarray()
        fragments[:, :2] = places
        fragments[:, 2:] = (0.0, 0.0, stamp.width(), stamp.height(), 1.0 / ratio, 1.0 / ratio, 0.0, 1.0)
        painter.drawPixmapFragments(*self._fragments.drawargs(), stamp)  # type: ignore[call-arg]


def looks_of(group: int, size: float, palette: Palette, *, training: bool, regression: bool) -> Looks:
    """The discs of a marker."""
    colour = group_colour(palette, group, regression=regression)
    edge = mix(palette.field, palette.text, 0.5) if regression else palette.field
    whole = size if training else TEST_SIZE * size
    discs = ((edge, whole + 2 * scaled(EDGE)), (colour, whole))
    return discs if training else (*discs, (mix(palette.panel, colour, TEST_TINT), whole - 2 * scaled(1.4)))


def paint_merged(
    painter: QPainter, found: Iterable[Merged], size: float, palette: Palette, *, regression: bool
) -> None:
    """Each place with how many lie there, where that covers no other, and the shares of several classes."""
    painter.setFont(figure_font(11, bold=True))
    metrics = QFontMetricsF(painter.font())
    chips: list[QRectF] = []
    for one in found:
        radius = 0.5 * size
        if len(one.parts) > 1 and not regression:
            radius *= PIE
            _paint_pie(painter, one, radius, palette)
        text = f"×{one.count}"
        place = QPointF(one.x + radius + scaled(3.0), one.y - 0.5 * metrics.height())
        chip = QRectF(place, QSizeF(metrics.horizontalAdvance(text) + scaled(6.0), metrics.height()))
        if not any(chip.intersects(other) for other in chips):
            chips.append(chip)
            _write(painter, chip, text, palette)


def _paint_pie(painter: QPainter, one: Merged, radius: float, palette: Palette) -> None:
    room = QRectF(one.x - radius, one.y - radius, 2 * radius, 2 * radius)
    edge = scaled(EDGE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.field))
    painter.drawEllipse(room.adjusted(-edge, -edge, edge, edge))
    angle = 16 * 90
    for group, count in one.parts:
        wide = round(WHOLE * count / one.count)
        painter.setBrush(QColor(group_colour(palette, group, regression=False)))
        painter.drawPie(room, angle, wide)
        angle += wide


def _write(painter: QPainter, chip: QRectF, text: str, palette: Palette) -> None:
    """Readable over whatever lies there."""
    background = QColor(palette.panel)
    background.setAlpha(215)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(background)
    painter.drawRoundedRect(chip, scaled(4), scaled(4))
    painter.setPen(QColor(palette.text))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)


def paint_rings(painter: QPainter, places: Floats, size: float, palette: Palette) -> None:
    """Around what is looked at."""
    radius = 0.5 * size + scaled(RING)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, y in places.tolist():
        for colour, width in ((palette.field, 4.0), (palette.text, 2.0)):
            painter.setPen(QPen(QColor(colour), scaled(width)))
            painter.drawEllipse(QPointF(x, y), radius, radius)


def paint_lit(painter: QPainter, places: Floats, size: float, palette: Palette) -> None:
    """Around what a finding means, as on the plane."""
    if not len(places):
        return
    path, radius = QPainterPath(), 0.5 * size + scaled(LIT_RING)
    for x, y in np.unique(np.rint(places), axis=0).tolist():
        path.addEllipse(QPointF(x, y), radius, radius)
    halo = QColor(palette.panel)
    halo.setAlpha(200)
    for colour, width in ((halo, 3.8), (QColor(palette.alarm), 1.6)):
        painter.strokePath(path, QPen(colour, scaled(width)))
