"""Paints the edges of a network: blue and orange curves, wide where a weight is large, fading where it is small.

The curves are opaque and mixed with the background beforehand, the weak drawn first: Qt's own blending of
half-transparent curves takes seven times as long. Their paths are made once a layout. One scale holds for all weights,
so that the key at the foot of the drawing says what each width means; edges that stand for many weights, which have no
colour, have their own. At the phases of a step the same curves show what flows along them, gradients or changes.
"""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from nnplay.gui.paint.colour_scale import SmoothedScale, nearly_largest
from nnplay.gui.panels.network.bundles import EdgeBundle, Floats, Ints
from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.theme.palette import Palette, mix
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.theme import Theme
from nnplay.training.probes.weights import Array

LEVELS = 24
THIN = 1.0
"""Pixels; up to one, Qt draws a curve in a quarter of the time of a wider one."""
OF_SIDE, LEAST_WIDEST, MOST_WIDEST = 0.11, 2.2, 7.5
"""The widest edge, as a part of a unit's side, and from where to where in pixels."""
WIDER = 0.28
"""Weights from this part of the scale on have wider edges."""
WEAKEST = 0.004
"""Weights below this part of the scale are not drawn."""
QUANTILE = 0.98
LEAST_CLEAR, LEAST_OF_STEP, MOST_CLEAR = 0.13, 0.34, 0.94
"""From the background to the full colour: weak weights, what is weak in a phase of a step, and the strongest."""
DIMMED = 0.22
TINY = 1e-300
"""What isn't weights has no size of its own below which it stays pale."""


class Highlight(NamedTuple):
    """What is pointed at: an edge as (bundle, edge), or a unit with all of its edges; the others step back."""

    edge: tuple[int, int] | None = None
    unit: Unit | None = None


Pens = tuple[QPen, ...]
Tones = tuple[str, str]
"""The colours of what is negative and of what is positive."""


def forward_tones(palette: Palette) -> Tones:
    """Of weights, and of all that goes forward."""
    return palette.negative, palette.positive


def back_tones(palette: Palette) -> Tones:
    """Of all that goes back."""
    return palette.back_negative, palette.back_positive


class EdgePainter:
    """Keeps paths, pens and the strength of each edge.

    Parameters
    ----------
    tones
        The colours of a palette.
    of_step
        They show what one phase computes and not weights: the weak ones are seen as well, and 0 is a grey line.

    Attributes
    ----------
    version
        Another number when the edges look different.
    values
        For each bundle the weights of its edges, (E,); for one that fans out from a picture the size of all weights.
    paths
        For each bundle the curve of each edge.
    """

    def __init__(
        self, theme: Theme, tones: Callable[[Palette], Tones] = forward_tones, *, of_step: bool = False
    ) -> None:
        self._theme, self._tones, self._of_step = theme, tones, of_step
        self._layout: NetworkLayout | None = None
        self.paths: list[list[QPainterPath]] = []
        self._scale, self._fan_scale = SmoothedScale(), SmoothedScale()
        self.values: list[Floats] = []
        self._strengths: list[Floats] = []
        self._signs: list[Ints] = []
        self._order: list[Ints] = []
        self._drawn: list[list[tuple[int, int, int]]] = []
        self._pens: list[Pens] = []
        self._dim_pens: list[Pens] = []
        self.version = 0

    def use_theme(self) -> None:
        """Make the pens anew: the theme is another one."""
        self.version += 1
        self._make_pens()

    def set_layout(self, layout: NetworkLayout, paths: list[list[QPainterPath]] | None = None) -> None:
        """Other places, whose `paths` may be known; the strengths stay where the network's shape is the same."""
        self.version += 1
        old = self._layout
        self._layout = layout
        self.paths = paths or [[_path(bundle, e) for e in range(len(bundle.rows))] for bundle in layout.bundles]
        if old is None or [len(b.rows) for b in old.bundles] != [len(b.rows) for b in layout.bundles]:
            self.values, self._strengths, self._drawn = [], [], []
        self._make_pens()

    def forget(self) -> None:
        """A fresh start: the scales begin anew."""
        self._scale.forget()
        self._fan_scale.forget()
        self.values, self._strengths, self._drawn = [], [], []

    def show_weights(self, weights: Sequence[Array], *, resting: bool = True, full: float | None = None) -> None:
        """Show the weights, one (I, O) a bundle; what doesn't fit the layout waits for the one that does.

        Where they are `resting` the widths depend on these weights alone, else they move on from those before; what
        isn't weights gives the size `full` that has the widest edge.
        """
        layout = self._layout
        if layout is None or len(weights) != len(layout.bundles):
            return
        found = [_values(bundle, w) for bundle, w in zip(layout.bundles, weights, strict=True)]
        values = [each for each in found if each is not None]
        if len(values) < len(found):
            return
        of_weights = full is None
        self.values, self._strengths, self._signs, self._order = values, [], [], []
        fans = [_is_fan(bundle) for bundle in layout.bundles]
        of_edges = [each for each, fan in zip(values, fans, strict=True) if not fan]
        self._scale.floor = full or max(2.0 * np.sqrt(2.0 / max(len(w), 1)) for w in weights)
        largest = nearly_largest(np.concatenate([np.empty(0), *of_edges]), QUANTILE) if full is None else full
        full = self._scale.follow(largest, resting=resting)
        for each, fan in zip(values, fans, strict=True):
            if fan:
                self._fan_scale.floor = 0.5 * self._scale.floor if of_weights else TINY
                of_fan = self._fan_scale.follow(nearly_largest(each, QUANTILE) * 2.2, resting=resting)
            strength = np.minimum(np.abs(each) / (of_fan if fan else full), 1.0)
            self._strengths.append(np.where(np.isnan(strength), 1.0, strength))
            self._signs.append(np.full(len(each), 2) if fan else np.where(each == 0, 2, each > 0).astype(np.intp))
            self._order.append(np.argsort(self._strengths[-1], kind="stable"))
        drawn = [self._draw_list(number) for number in range(len(found))]
        if drawn != self._drawn:
            self._drawn = drawn
            self.version += 1

    @property
    def full(self) -> float | None:
        """The size of the weight whose edge is the widest; None before weights are known."""
        return self._scale.value if self.values else None

    def pen(self, weight: float) -> QPen:
        """What an edge of this weight is drawn with."""
        share = min(abs(weight) / self.full, 1.0) if self.full else 0.0
        return self._pens[int(weight > 0)][round(share * (LEVELS - 1))]

    def strength(self, bundle: int, edge: int) -> float:
        """0 … 1, the size of a weight against the scale of its layer; 0 before weights are known."""
        return float(self._strengths[bundle][edge]) if self._strengths else 0.0

    def paint(self, painter: QPainter, highlight: Highlight, off: Collection[Unit]) -> None:
        """Paint all edges but those of units that are switched off."""
        for number in range(len(self._drawn)):
            self.paint_bundle(painter, number, highlight, off)
        if highlight.edge is not None:
            self.paint_pointed(painter, *highlight.edge)

    def paint_bundle(
        self, painter: QPainter, number: int, highlight: Highlight, off: Collection[Unit], *, dim: bool = False
    ) -> None:
        """Paint the edges of one bundle; where `dim` all step back but those of the unit that is pointed at."""
        if self._layout is None or number >= len(self._drawn):
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        bundle = self._layout.bundles[number]
        paths, bright, dead = self.paths[number], _bright(bundle, number, highlight), _dead(bundle, number, off)
        for edge, sign, level in self._drawn[number]:
            if dead is not None and dead[edge]:
                continue
            pens = self._dim_pens if (dim if bright is None else not bright[edge]) else self._pens
            painter.setPen(pens[sign][level])
            painter.drawPath(paths[edge])

    def strong(
        self, bundle: int, least: float, most: int, highlight: Highlight, off: Collection[Unit]
    ) -> tuple[Ints, Ints]:
        """Up to `most` edges of a bundle that are at least `least` strong, the strongest first, and their signs.

        Edges that step back behind what is pointed at are left out.

        Returns
        -------
        edges, signs
            (n,) indices, and 0 for negative, 1 for positive, 2 for neither.
        """
        if self._layout is None or not self._strengths:
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
        edges = self._order[bundle][::-1][:most]
        edges = edges[self._strengths[bundle][edges] >= least]
        dead = _dead(self._layout.bundles[bundle], bundle, off)
        if dead is not None:
            edges = edges[~dead[edges]]
        bright = _bright(self._layout.bundles[bundle], bundle, highlight)
        if bright is not None:
            edges = edges[bright[edges]]
        return edges, self._signs[bundle][edges]

    def _draw_list(self, number: int) -> list[tuple[int, int, int]]:
        """(edge, sign, level) of the edges that are to be seen, the weakest first."""
        strengths, signs = self._strengths[number], self._signs[number]
        levels = np.rint(strengths * (LEVELS - 1)).astype(np.intp)
        order = np.argsort(levels, kind="stable")
        if not self._of_step:
            order = order[strengths[order] >= WEAKEST]
        return list(zip(order.tolist(), signs[order].tolist(), levels[order].tolist(), strict=True))

    def paint_pointed(self, painter: QPainter, number: int, edge: int, halo: str = "") -> None:
        """Paint one edge in its full colour and wider; with a `halo` of a colour around it."""
        if number >= len(self._signs) or edge >= len(self._signs[number]):
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        sign = int(self._signs[number][edge])
        pen = QPen(self._pens[sign][round(self.strength(number, edge) * (LEVELS - 1))])
        pen.setColor(QColor(self.colours()[sign]))
        pen.setWidthF(pen.widthF() + scaled(1.2))
        if halo:
            for colour, wider in ((halo, 5.0), (self._theme.palette.panel, 2.0)):
                painter.setPen(QPen(QColor(colour), pen.widthF() + scaled(wider)))
                painter.drawPath(self.paths[number][edge])
        painter.setPen(pen)
        painter.drawPath(self.paths[number][edge])

    def colours(self) -> tuple[str, str, str]:
        """Of negative, of positive, and of edges that have no sign."""
        return *self._tones(self._theme.palette), self._theme.palette.quiet

    def _make_pens(self) -> None:
        lowest, most = scaled(LEAST_WIDEST), scaled(MOST_WIDEST)
        widest = most if self._layout is None else min(max(OF_SIDE * self._layout.side, lowest), most)
        panel, least = self._theme.palette.panel, LEAST_OF_STEP if self._of_step else LEAST_CLEAR
        ends = max(scaled(THIN), THIN), widest
        self._pens = [_pens(colour, panel, ends, 1.0, least) for colour in self.colours()]
        self._dim_pens = [_pens(colour, panel, ends, DIMMED, least) for colour in self.colours()]


@lru_cache(maxsize=64)
def _pens(colour: str, background: str, ends: tuple[float, float], clarity: float, least: float) -> Pens:
    """One pen a level, from thin and `least` clear to wide and nearly the full colour; `ends` are the widths."""
    pens, (thin, widest) = [], ends
    for level in range(LEVELS):
        share = level / (LEVELS - 1)
        shade = mix(background, colour, clarity * (least + (MOST_CLEAR - least) * share**0.9))
        width = thin + (widest - thin) * (max(share - WIDER, 0.0) / (1 - WIDER)) ** 1.2
        pens.append(QPen(QColor(shade), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    return tuple(pens)


def _is_fan(bundle: EdgeBundle) -> bool:
    """Whether its edges stand for many weights each."""
    return bool(len(bundle.rows)) and int(bundle.rows[0]) < 0


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
    if _is_fan(bundle):
        result: Floats = np.sqrt(np.mean(np.square(matrix), axis=0))[bundle.targets]
        return result
    return np.asarray(matrix[bundle.rows, bundle.targets], dtype=np.float64)


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
