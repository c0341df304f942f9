"""Paints the flow while training runs: short light dashes that run along the strong edges, left to right.

Each dash is a small picture turned in steps of a few degrees and copied to its place, which costs a tenth
of drawing a line there. Qt takes all of a moment's in one call.
"""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnplay.gui.paint.kept import Kept
from nnplay.gui.panels.network.bundles import Floats, Ints, curve_points
from nnplay.gui.panels.network.device import pixel_ratio
from nnplay.gui.panels.network.edges import EdgePainter, Highlight
from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.theme.palette import mix
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.theme import Theme

FLOWING = 0.4
"""Edges from this strength on carry the flow."""
MOST_FLOWING = 8
"""Edges of one bundle at most."""
LENGTH, GAP = 6.0, 34.0
SIDE = LENGTH + 4.0
"""Width and height of a dash's picture, in pixels at the factor 1 as all lengths here."""
SPEED = 42.0
"""A second."""
TURNS = 24
"""Directions between straight up and straight down."""


class FlowPainter:
    """Keeps the small pictures of the dashes, and where they go."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pictures: Kept[QPixmap] = Kept()
        self._fragments = PrimitiveArray(QPainter.PixmapFragment, 10)

    def paint(
        self,
        painter: QPainter,
        layout: NetworkLayout,
        edges: EdgePainter,
        seconds: float,
        highlight: Highlight,
        off: Collection[Unit],
    ) -> None:
        """Paint the dashes where they are after `seconds`."""
        strong, signs = zip(
            *(edges.strong(number, FLOWING, MOST_FLOWING, highlight, off) for number in range(len(layout.bundles))),
            strict=True,
        )
        chosen = list(zip(layout.bundles, strong, strict=True))
        starts = np.concatenate([bundle.starts[which] for bundle, which in chosen])
        ends = np.concatenate([bundle.ends[which] for bundle, which in chosen])
        lengths = np.concatenate([bundle.lengths[which] for bundle, which in chosen])
        middles, turns, shown = _dashes(starts, ends, lengths, seconds * SPEED / GAP % 1.0)
        self._paint(painter, middles[shown], turns[shown], np.concatenate(signs).repeat(shown.sum(axis=1)), edges)

    def _paint(self, painter: QPainter, middles: Floats, turns: Ints, signs: Ints, edges: EdgePainter) -> None:
        if not len(middles):
            return
        ratio = pixel_ratio(painter)
        pixels = round(scaled(SIDE) * ratio)
        key = (edges.colours(), self._theme.palette.panel, pixels)
        pictures = self._pictures.of(key, lambda: _draw_dashes(*key))
        self._fragments.resize(len(middles))
        fragments = self._fragments.ndarray()
        fragments[:, :2] = middles
        fragments[:, 2], fragments[:, 3] = turns * pixels, signs * pixels
        fragments[:, 4:6], fragments[:, 6:8] = pixels, 1 / ratio
        fragments[:, 8], fragments[:, 9] = 0.0, 1.0
        painter.drawPixmapFragments(*self._fragments.drawargs(), pictures)  # type: ignore[call-arg]


def _draw_dashes(colours: tuple[str, ...], background: str, pixels: int) -> QPixmap:
    """A row a colour, and in it a picture a direction, straight up first."""
    pictures = QPixmap(pixels * (TURNS + 1), pixels * len(colours))
    pictures.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pictures)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for row, colour in enumerate(colours):
        painter.setPen(QPen(QColor(mix(colour, background, 0.78)), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for turn in range(TURNS + 1):
            painter.resetTransform()
            painter.translate((turn + 0.5) * pixels, (row + 0.5) * pixels)
            painter.scale(pixels / SIDE, pixels / SIDE)
            painter.rotate(turn * 180 / TURNS - 90)
            painter.drawLine(QLineF(-LENGTH / 2, 0, LENGTH / 2, 0))
    painter.end()
    return pictures


def _dashes(starts: Floats, ends: Floats, lengths: Floats, phase: float) -> tuple[Floats, Ints, NDArray[np.bool_]]:
    """The dashes of E edges, at most D an edge, `phase` (0 to 1) of the way from one's place to that of the next.

    Parameters
    ----------
    starts, ends
        (E, 2) of the edges.
    lengths
        (E,) of their curves.

    Returns
    -------
    middles
        (E, D, 2) their places.
    turns
        (E, D) their directions in steps of 180° / `TURNS`, counted from straight up.
    shown
        (E, D) whether there is one, and not on its way into a unit.
    """
    lengths = lengths[:, None]
    counts = np.maximum((lengths / scaled(GAP)).astype(np.intp), 1)
    slots = np.arange(counts.max(initial=1))
    share, step = (slots + phase) / counts, scaled(LENGTH) / 2 / lengths
    both = curve_points(starts, ends, np.concatenate([share - step, share + step], axis=1))
    here, ahead = np.split(both, 2, axis=1)
    way = ahead - here
    shown = (slots < counts) & (share > step) & (share < 1 - step)
    turns = np.rint((np.arctan2(way[..., 1], way[..., 0]) / np.pi + 0.5) * TURNS).astype(np.intp)
    return (here + ahead) / 2, turns, shown
