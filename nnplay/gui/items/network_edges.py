"""Paints the edges of a network: blue and orange curves, wide where a weight is large, fading where it is small.

The curves are opaque and mixed with the ground beforehand, the weak drawn first: Qt's own blending of
half-transparent curves takes seven times as long. Their paths are made once a layout.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from nnplay.gui.items.calm_scale import CalmScale
from nnplay.gui.items.network_layout import EdgeBundle, Floats, Ints, NetworkLayout, Unit
from nnplay.gui.theme.palette import Palette, mix
from nnplay.training.snapshot import Array

LEVELS = 24
WEAKEST = 0.025
"""Weights below this part of the scale are not drawn."""
QUANTILE = 0.98
DIMMED = 0.22
FLOWING = 0.32
"""Edges from this strength on carry the flow."""
MOST_FLOWING = 48
DASH, DASH_GAP, DASHES_A_SECOND = 5.0, 30.0, 1.1


class Highlight(NamedTuple):
    """What is pointed at: an edge as (bundle, edge), or a unit with all of its edges; the others step back."""

    edge: tuple[int, int] | None = None
    unit: Unit | None = None


class EdgePainter:
    """Keeps paths, pens and the strength of each edge."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._layout: NetworkLayout | None = None
        self._paths: list[list[QPainterPath]] = []
        self._scales: list[CalmScale] = []
        self._strengths: list[Floats] = []
        self._signs: list[Ints] = []
        self._order: list[Ints] = []
        self._drawn: list[list[tuple[int, int, int]]] = []
        self._pens: list[list[QPen]] = []
        self._dim_pens: list[list[QPen]] = []

    def set_palette(self, palette: Palette) -> None:
        """Other colours."""
        self._palette = palette
        self._make_pens()

    def set_layout(self, layout: NetworkLayout) -> None:
        """Other places; the strengths stay where the network's shape is the same."""
        old = self._layout
        self._layout = layout
        self._paths = [[_path(bundle, e) for e in range(len(bundle.rows))] for bundle in layout.bundles]
        if old is None or [len(b.rows) for b in old.bundles] != [len(b.rows) for b in layout.bundles]:
            self._strengths = []
        self._make_pens()

    def forget(self) -> None:
        """A fresh start: the scales begin anew."""
        self._scales = []
        self._strengths = []

    def show_weights(self, weights: Sequence[Array]) -> None:
        """Take the weights, one (I, O) a bundle; what doesn't fit the layout waits for the one that does."""
        layout = self._layout
        if layout is None or len(weights) != len(layout.bundles):
            return
        if not self._scales:
            self._scales = [CalmScale(floor=2.0 * np.sqrt(2.0 / max(len(w), 1))) for w in weights]
        found = [_values(bundle, w) for bundle, w in zip(layout.bundles, weights, strict=True)]
        if any(values is None for values in found):
            return
        self._strengths, self._signs, self._order = [], [], []
        for bundle, values, matrix, scale in zip(layout.bundles, found, weights, self._scales, strict=True):
            assert values is not None
            fan = bool(len(bundle.rows)) and bundle.rows[0] < 0
            full = scale.follow(_large(np.sqrt(np.mean(matrix**2, axis=0)) * 1.5 if fan else matrix))
            strength = np.clip(np.nan_to_num(np.abs(values) / full, nan=1.0), 0.0, 1.0)
            self._strengths.append(strength)
            self._signs.append(np.full(len(values), 2) if fan else (values > 0).astype(np.intp))
            self._order.append(np.argsort(strength, kind="stable"))
        self._drawn = [self._draw_list(number) for number in range(len(found))]

    def strength(self, bundle: int, edge: int) -> float:
        """0 … 1, the size of a weight against the scale of its layer; 0 before weights are known."""
        return float(self._strengths[bundle][edge]) if self._strengths else 0.0

    def paint(self, painter: QPainter, highlight: Highlight, off: Collection[Unit]) -> None:
        """Paint all edges but those of units that are switched off."""
        if self._layout is None or not self._strengths:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for number, bundle in enumerate(self._layout.bundles):
            paths, bright, dead = self._paths[number], _bright(bundle, number, highlight), _dead(bundle, number, off)
            for edge, sign, level in self._drawn[number]:
                if dead is not None and dead[edge]:
                    continue
                pens = self._pens if bright is None or bright[edge] else self._dim_pens
                painter.setPen(pens[sign][level])
                painter.drawPath(paths[edge])
        if highlight.edge is not None:
            self._paint_pointed(painter, *highlight.edge)

    def paint_flow(self, painter: QPainter, seconds: float, off: Collection[Unit]) -> None:
        """Short light dashes that run along the strong edges, at the place they have after `seconds`."""
        if self._layout is None or not self._strengths:
            return
        for number, bundle in enumerate(self._layout.bundles):
            carrying = self._order[number][::-1][:MOST_FLOWING]
            carrying = carrying[self._strengths[number][carrying] >= FLOWING]
            dead = _dead(bundle, number, off)
            if dead is not None:
                carrying = carrying[~dead[carrying]]
            for sign in range(3):
                some = carrying[self._signs[number][carrying] == sign]
                if len(some):
                    painter.setPen(self._flow_pen(sign))
                    painter.drawLines(_dashes(bundle, some, seconds))

    def _draw_list(self, number: int) -> list[tuple[int, int, int]]:
        """(edge, sign, level) of the edges strong enough to be seen, the weakest first."""
        order, strengths = self._order[number], self._strengths[number]
        order = order[strengths[order] >= WEAKEST]
        levels = np.rint(strengths[order] * (LEVELS - 1)).astype(int)
        return list(zip(order.tolist(), self._signs[number][order].tolist(), levels.tolist(), strict=True))

    def _paint_pointed(self, painter: QPainter, number: int, edge: int) -> None:
        if number >= len(self._paths) or edge >= len(self._paths[number]):
            return
        sign = int(self._signs[number][edge])
        pen = QPen(self._pens[sign][round(self.strength(number, edge) * (LEVELS - 1))])
        pen.setColor(QColor(self._colours()[sign]))
        pen.setWidthF(pen.widthF() + 1.2)
        painter.setPen(pen)
        painter.drawPath(self._paths[number][edge])

    def _colours(self) -> tuple[str, str, str]:
        return self._palette.negative, self._palette.positive, self._palette.quiet

    def _flow_pen(self, sign: int) -> QPen:
        colour = mix(self._colours()[sign], self._palette.panel, 0.72)
        return QPen(QColor(colour), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)

    def _make_pens(self) -> None:
        widest = 5.0 if self._layout is None else min(max(0.125 * self._layout.side, 2.2), 5.5)
        self._pens = [_pens(colour, self._palette.panel, widest, 1.0) for colour in self._colours()]
        self._dim_pens = [_pens(colour, self._palette.panel, widest, DIMMED) for colour in self._colours()]


def _pens(colour: str, ground: str, widest: float, clarity: float) -> list[QPen]:
    """One pen a level, from thin and nearly the ground to wide and nearly the full colour."""
    pens = []
    for level in range(LEVELS):
        share = level / (LEVELS - 1)
        shade = mix(ground, colour, clarity * (0.16 + 0.78 * share**0.75))
        width = 0.7 + (widest - 0.7) * share
        pens.append(QPen(QColor(shade), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    return pens


def _path(bundle: EdgeBundle, edge: int) -> QPainterPath:
    (x0, y0), (x1, y1) = bundle.starts[edge].tolist(), bundle.ends[edge].tolist()
    middle = (x0 + x1) / 2
    path = QPainterPath()
    path.moveTo(x0, y0)
    path.cubicTo(middle, y0, middle, y1, x1, y1)
    return path


def _values(bundle: EdgeBundle, matrix: Array) -> Floats | None:
    """(E,) the weight of each edge, for a fan the size of all of a unit's weights; None where the shapes differ."""
    if not len(bundle.rows):
        return np.empty(0)
    if bundle.targets.max() >= matrix.shape[1] or bundle.rows.max() >= len(matrix):
        return None
    if bundle.rows[0] < 0:
        result: Floats = np.sqrt(np.mean(np.square(matrix), axis=0))[bundle.targets]
        return result
    return np.asarray(matrix[bundle.rows, bundle.targets], dtype=np.float64)


def _large(values: Array) -> float:
    sizes = np.abs(values).ravel()
    return float(np.quantile(sizes, QUANTILE)) if len(sizes) else 0.0


def _bright(bundle: EdgeBundle, number: int, highlight: Highlight) -> NDArray[np.bool_] | None:
    """(E,) which edges stay as they are while the others step back; None for all."""
    unit = highlight.unit
    if unit is None:
        return None
    if unit.column == number:
        return np.asarray(bundle.sources == unit.position)
    return (
        np.asarray(bundle.targets == unit.position) if unit.column == number + 1 else np.zeros(len(bundle.rows), bool)
    )


def _dead(bundle: EdgeBundle, number: int, off: Collection[Unit]) -> NDArray[np.bool_] | None:
    """(E,) which edges belong to a unit that is switched off; None for none."""
    at_start = [unit.position for unit in off if unit.column == number]
    at_end = [unit.position for unit in off if unit.column == number + 1]
    if not at_start and not at_end:
        return None
    return np.asarray(np.isin(bundle.sources, at_start) | np.isin(bundle.targets, at_end))


def _dashes(bundle: EdgeBundle, edges: Ints, seconds: float) -> list[QLineF]:
    lengths = np.abs(np.diff(bundle.points[edges], axis=1)).sum(axis=(1, 2))
    count = max(int(lengths.max() / DASH_GAP), 1)
    gaps = np.arange(count) * DASH_GAP / lengths[:, None]
    begins = (gaps + seconds * DASHES_A_SECOND * DASH_GAP / lengths[:, None]) % (count * DASH_GAP / lengths[:, None])
    ends = begins + DASH / lengths[:, None]
    lines = np.concatenate([bundle.at(begins, edges), bundle.at(ends, edges)], axis=-1)
    return [QLineF(*line) for line in lines[(begins > 0.0) & (ends < 1.0)].tolist()]
