"""The weights of a small network as numbers on its edges: each at a place of its curve where it covers no other."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

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
COVERED = 0.1
"""The part of a number that another one may cover."""
FONT = 11
WIDEST = "−0.00"
SHARES = np.array([0.5, 0.36, 0.64, 0.24, 0.76, 0.3, 0.7, 0.43, 0.57, 0.17, 0.83, 0.2, 0.8, 0.12, 0.88])
"""Where along its curve a number may stand, the best place first."""


class NumberTexts(NamedTuple):
    """What edges and bias dots carry.

    Attributes
    ----------
    edges
        For each bundle a text an edge, "" for none; a bundle without any has none.
    biases
        By the unit, at the left of its dot.
    widest
        A text as wide as any: the places depend on it alone, so that they stay where the numbers change.
    shorter
        What they carry instead where these cover each other.
    sparing
        Whether one that would cover another is left out; the biases' come first.
    """

    edges: Sequence[Sequence[str]]
    biases: Mapping[Unit, str] = MappingProxyType({})
    widest: str = WIDEST
    shorter: "NumberTexts | None" = None
    sparing: bool = False


def weight_text(value: float) -> str:
    """A weight in as many figures as fit an edge: −0.53, 12.4, −130."""
    size = abs(value)
    return decimal_text(value, 2 if size < 9.995 else 1 if size < 99.95 else 0)


def number_places(layout: NetworkLayout, size: QSizeF, others: Sequence[QRectF] = ()) -> list[list[QRectF]]:
    """For each bundle a rectangle of `size` an edge on its curve; they don't overlap where there is room for all.

    What `others` cover is taken already.
    """
    taken = [*(QRectF(*layout.box(unit)) for unit in layout.units()), *others]
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


def weight_texts(values: Sequence[Floats]) -> list[list[str]]:
    """The weights of the edges of each bundle."""
    return [[weight_text(value) for value in of_bundle.tolist()] for of_bundle in values]


class WeightNumbers:
    """Paints the numbers, and keeps their places for as long as the layout is the same."""

    def __init__(self) -> None:
        self._places: dict[object, Kept[list[list[QRectF]]]] = {}

    def places(self, layout: NetworkLayout, version: int, texts: NumberTexts | None = None) -> list[list[QRectF]]:
        """Where the edges' numbers stand; `version` is another number where the layout is another one."""
        widest, biases = (WIDEST, {}) if texts is None else (texts.widest, texts.biases)
        metrics = QFontMetricsF(figure_font(FONT))
        size = QSizeF(metrics.horizontalAdvance(widest) + scaled(5), metrics.height() + scaled(1))
        others = [_beside_dot(layout, unit, size) for unit in biases if _is_shown(layout, unit)]
        kept = self._places.setdefault((widest, frozenset(biases)), Kept())
        return kept.of((version, scale()), lambda: number_places(layout, size, others))

    def fitting(self, layout: NetworkLayout, version: int, texts: NumberTexts) -> NumberTexts:
        """These texts, or the shorter ones where these cover each other."""
        if texts.shorter is not None and _cover_each_other(self.places(layout, version, texts)):
            return texts.shorter
        return texts

    def paint(
        self,
        painter: QPainter,
        layout: NetworkLayout,
        texts: NumberTexts,
        palette: Palette,
        off: Collection[Unit],
        version: int,
    ) -> None:
        """Paint them all, but on none of the edges and biases of units that are switched off."""
        if len(texts.edges) != len(layout.bundles):
            return
        painter.setFont(figure_font(FONT))
        texts = self.fitting(layout, version, texts)
        places = self.places(layout, version, texts)
        taken = self._paint_biases(painter, layout, texts, palette, off)
        for number, (bundle, of_bundle, said) in enumerate(zip(layout.bundles, places, texts.edges, strict=True)):
            for edge, (place, text) in enumerate(zip(of_bundle, said, strict=False)):
                ends = {Unit(number, int(bundle.sources[edge])), Unit(number + 1, int(bundle.targets[edge]))}
                hides = texts.sparing and _covered(place, taken) > COVERED * place.width() * place.height()
                if text and not hides and ends.isdisjoint(off):
                    _paint(painter, place, text, palette)
                    taken.append(place)

    def _paint_biases(
        self, painter: QPainter, layout: NetworkLayout, texts: NumberTexts, palette: Palette, off: Collection[Unit]
    ) -> list[QRectF]:
        """Paint what the bias dots carry; where that stands."""
        metrics, taken = QFontMetricsF(painter.font()), list[QRectF]()
        for unit, text in texts.biases.items():
            if unit not in off and _is_shown(layout, unit):
                size = QSizeF(metrics.horizontalAdvance(text) + scaled(5), metrics.height() + scaled(1))
                taken.append(_beside_dot(layout, unit, size))
                _paint(painter, taken[-1], text, palette)
        return taken


def _cover_each_other(places: Sequence[Sequence[QRectF]]) -> bool:
    """Whether any of them is covered so far that it can't be read."""
    placed = [place for of_bundle in places for place in of_bundle]
    areas = (_covered(place, [*placed[:index], *placed[index + 1 :]]) for index, place in enumerate(placed))
    return any(area > COVERED * placed[0].width() * placed[0].height() for area in areas)


def _is_shown(layout: NetworkLayout, unit: Unit) -> bool:
    return unit.position < layout.columns[unit.column].shown


def _beside_dot(layout: NetworkLayout, unit: Unit, size: QSizeF) -> QRectF:
    """At the left of a bias dot, below where the edges arrive."""
    x, y = layout.bias_place(unit)
    right = x - 1.3 * layout.bias_radius - scaled(2)
    return QRectF(QPointF(right - size.width(), y - size.height() / 2), size)


def _paint(painter: QPainter, place: QRectF, text: str, palette: Palette) -> None:
    background, radius = QColor(palette.panel), scaled(4)
    background.setAlphaF(0.88)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(background)
    painter.drawRoundedRect(place, radius, radius)
    painter.setPen(QColor(palette.text))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
