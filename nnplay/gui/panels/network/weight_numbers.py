"""The weights of a small network as numbers on its edges: each at a place of its curve where it covers no other."""

from collections.abc import Collection, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from nnplay.gui.paint.kept import Kept
from nnplay.gui.panels.network.bundles import Floats
from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scale, scaled
from nnplay.gui.widgets.number_format import decimal_text

MOST = 30
"""Weights of a network that carries them as numbers; more would cover each other."""
FONT = 11
WIDEST = "−0.00"
SHARES = np.array([0.5, 0.36, 0.64, 0.24, 0.76, 0.3, 0.7, 0.43, 0.57, 0.17, 0.83, 0.2, 0.8, 0.12, 0.88])
"""Where along its curve a number may stand, the best place first."""


def weight_text(value: float) -> str:
    """A weight in as many figures as fit an edge: −0.53, 12.4, −130."""
    size = abs(value)
    return decimal_text(value, 2 if size < 9.995 else 1 if size < 99.95 else 0)


def number_places(layout: NetworkLayout, size: QSizeF) -> list[list[QRectF]]:
    """For each bundle a rectangle of `size` an edge on its curve; they don't overlap where there is room for all."""
    taken = [QRectF(*layout.box(unit)) for unit in layout.units()]
    half = QPointF(size.width() / 2, size.height() / 2)
    places = []
    for bundle in layout.bundles:
        points = bundle.at(SHARES) if len(bundle.rows) else np.empty((0, len(SHARES), 2))
        of_bundle = []
        for number, along in enumerate(points):
            order = np.roll(np.arange(3), -number % 3).tolist() + list(range(3, len(SHARES)))  # staggered
            candidates = [QRectF(QPointF(*along[k]) - half, size) for k in order]
            best = min(candidates, key=lambda rect: _covered(rect, taken))
            taken.append(best)
            of_bundle.append(best)
        places.append(of_bundle)
    return places


def _covered(rectangle: QRectF, others: Sequence[QRectF]) -> float:
    """How much of it is covered by others."""
    over = (rectangle.intersected(other) for other in others if rectangle.intersects(other))
    return sum(part.width() * part.height() for part in over)


class WeightNumbers:
    """Paints the numbers, and keeps their places for as long as the layout is the same."""

    def __init__(self) -> None:
        self._places: Kept[list[list[QRectF]]] = Kept()

    def places(self, layout: NetworkLayout, version: int) -> list[list[QRectF]]:
        """Where they stand; `version` is another number where the layout is another one."""
        metrics = QFontMetricsF(figure_font(FONT))
        size = QSizeF(metrics.horizontalAdvance(WIDEST) + scaled(5), metrics.height() + scaled(1))
        return self._places.of((version, scale()), lambda: number_places(layout, size))

    def paint(
        self,
        painter: QPainter,
        layout: NetworkLayout,
        values: Sequence[Floats],
        palette: Palette,
        off: Collection[Unit],
        version: int,
    ) -> None:
        """Paint the weights of all edges but those of units that are switched off; `version` is the layout's."""
        if len(values) != len(layout.bundles):
            return
        painter.setFont(figure_font(FONT))
        background, radius = QColor(palette.panel), scaled(4)
        background.setAlphaF(0.88)
        for number, (bundle, places) in enumerate(zip(layout.bundles, self.places(layout, version), strict=True)):
            for edge, place in enumerate(places):
                ends = {Unit(number, int(bundle.sources[edge])), Unit(number + 1, int(bundle.targets[edge]))}
                if ends.isdisjoint(off):
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(background)
                    painter.drawRoundedRect(place, radius, radius)
                    painter.setPen(QColor(palette.text))
                    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, weight_text(float(values[number][edge])))
