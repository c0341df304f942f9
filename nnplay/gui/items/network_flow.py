"""Paints the flow while training runs: short light dashes that run along the strong edges, left to right.

Each dash is a small picture turned in steps of a few degrees and copied to its place, which costs a tenth
of drawing a line there. The places are worked out once a layout.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnplay.gui.items.device import pixel_ratio
from nnplay.gui.items.network_edges import EdgePainter, Highlight
from nnplay.gui.items.network_layout import EdgeBundle, Floats, Ints, NetworkLayout, Unit
from nnplay.gui.theme.palette import Palette, mix

FLOWING = 0.4
"""Edges from this strength on carry the flow."""
MOST_FLOWING = 6
"""Edges of one bundle at most."""
LENGTH, GAP = 6.0, 34.0
SIDE = LENGTH + 4.0
"""Width and height of a dash's picture."""
SPEED = 42.0
"""Pixels a second."""
PHASES = 48
"""Pictures of the flow from one dash's place to that of the next."""
TURNS = 24
"""Directions between straight up and straight down."""


@dataclass(frozen=True)
class _Dashes:
    """The dashes of E edges in each of P phases, at most D an edge.

    Attributes
    ----------
    corners
        (E, P, D, 2) where a dash's picture goes.
    turns
        (E, P, D) their directions in steps of 180° / `TURNS`.
    shown
        (E, P, D) whether there is one, and not on its way into a unit.
    """

    corners: Floats
    turns: Ints
    shown: NDArray[np.bool_]


class FlowPainter:
    """Keeps the small pictures of the dashes, and where they go."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._layout: NetworkLayout | None = None
        self._paths: list[_Dashes] = []
        self._dashes: dict[tuple[int, int, float], QPixmap] = {}

    def set_palette(self, palette: Palette) -> None:
        """Other colours."""
        self._palette = palette
        self._dashes.clear()

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
        if layout is not self._layout:
            self._layout, self._paths = layout, [_dashes(bundle) for bundle in layout.bundles]
        ratio, phase = pixel_ratio(painter), int(seconds * SPEED / GAP * PHASES) % PHASES
        for number, path in enumerate(self._paths):
            strong, signs = edges.strong(number, FLOWING, MOST_FLOWING, highlight, off)
            shown = path.shown[strong, phase]
            corners, turns = path.corners[strong, phase][shown].tolist(), path.turns[strong, phase][shown].tolist()
            owners = np.broadcast_to(signs[:, None], shown.shape)[shown].tolist()
            for (x, y), turn, sign in zip(corners, turns, owners, strict=True):
                painter.drawPixmap(QPointF(x, y), self._dash(sign, turn, ratio, edges))

    def _dash(self, sign: int, turn: int, ratio: float, edges: EdgePainter) -> QPixmap:
        key = (sign, turn, ratio)
        dash = self._dashes.get(key)
        if dash is None:
            colour = mix(edges.colours()[sign], self._palette.panel, 0.78)
            dash = self._dashes[key] = _draw_dash(colour, turn, ratio)
        return dash


def _draw_dash(colour: str, turn: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.translate(SIDE / 2, SIDE / 2)
    painter.rotate(turn * 180 / TURNS)
    painter.drawLine(QLineF(-LENGTH / 2, 0, LENGTH / 2, 0))
    painter.end()
    return picture


def _dashes(bundle: EdgeBundle) -> _Dashes:
    lengths = np.hypot(*np.moveaxis(np.diff(bundle.points, axis=1), -1, 0)).sum(axis=1)
    counts = np.maximum((lengths / GAP).astype(np.intp), 1)[:, None, None]
    slots = np.arange(counts.max(initial=1))
    share = (slots + np.arange(PHASES)[:, None] / PHASES) / counts
    step = (LENGTH / 2 / lengths)[:, None, None]
    flat = (len(lengths), -1)
    here, ahead = (bundle.at(s.reshape(flat)).reshape(*share.shape, 2) for s in (share - step, share + step))
    angle = np.arctan2(*np.moveaxis(ahead - here, -1, 0)[::-1])
    shown = (slots < counts) & (share > step) & (share < 1 - step)
    return _Dashes((here + ahead) / 2 - SIDE / 2, np.rint(angle / np.pi * TURNS).astype(np.intp), shown)
