"""Paints the flow while training runs: short light dashes that run along the strong edges, left to right.

Each dash is a small picture turned in steps of a few degrees and copied to its place, which costs a tenth
of drawing a line there.
"""

from collections.abc import Collection

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnplay.gui.items.device import pixel_ratio
from nnplay.gui.items.network_edges import EdgePainter, Highlight
from nnplay.gui.items.network_layout import EdgeBundle, Floats, Ints, NetworkLayout, Unit
from nnplay.gui.theme.palette import Palette, mix

FLOWING = 0.4
"""Edges from this strength on carry the flow."""
MOST_FLOWING = 10
"""Edges of one bundle at most."""
LENGTH, GAP = 6.0, 34.0
SPEED = 42.0
"""Pixels a second."""
TURNS = 24
"""Directions between straight up and straight down."""


class FlowPainter:
    """Keeps the small pictures of the dashes."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
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
        ratio = pixel_ratio(painter)
        for number, bundle in enumerate(layout.bundles):
            strong, signs = edges.strong(number, FLOWING, MOST_FLOWING, highlight, off)
            if not len(strong):
                continue
            places, turns, owners = _dashes(bundle, strong, seconds)
            for (x, y), turn, sign in zip(places.tolist(), turns.tolist(), signs[owners].tolist(), strict=True):
                dash = self._dash(sign, turn, ratio, edges)
                half = dash.width() / ratio / 2
                painter.drawPixmap(QPointF(x - half, y - half), dash)

    def _dash(self, sign: int, turn: int, ratio: float, edges: EdgePainter) -> QPixmap:
        key = (sign, turn, ratio)
        if key not in self._dashes:
            self._dashes[key] = _draw_dash(mix(edges.colours()[sign], self._palette.panel, 0.78), turn, ratio)
        return self._dashes[key]


def _draw_dash(colour: str, turn: int, ratio: float) -> QPixmap:
    side = LENGTH + 4
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.translate(side / 2, side / 2)
    painter.rotate(turn * 180 / TURNS)
    painter.drawLine(QLineF(-LENGTH / 2, 0, LENGTH / 2, 0))
    painter.end()
    return picture


def _dashes(bundle: EdgeBundle, edges: Ints, seconds: float) -> tuple[Floats, Ints, Ints]:
    """(D, 2) places of all dashes, (D,) their directions in steps of 180° / `TURNS`, (D,) places in `edges`."""
    lengths = np.hypot(*np.moveaxis(np.diff(bundle.points[edges], axis=1), -1, 0)).sum(axis=1)
    counts = np.maximum((lengths / GAP).astype(int), 1)
    slots = np.arange(counts.max())
    share = (slots / counts[:, None] + seconds * SPEED / (counts * GAP)[:, None]) % 1.0
    step = LENGTH / lengths[:, None] / 2
    here, ahead = bundle.at(share - step, edges), bundle.at(share + step, edges)
    angle = np.arctan2(*np.moveaxis(ahead - here, -1, 0)[::-1])
    wanted = (slots < counts[:, None]) & (share > step) & (share < 1 - step)
    owners = np.broadcast_to(np.arange(len(edges))[:, None], share.shape)
    turns = np.rint(angle / np.pi * TURNS).astype(np.intp)
    return ((here + ahead) / 2)[wanted], turns[wanted], owners[wanted]
