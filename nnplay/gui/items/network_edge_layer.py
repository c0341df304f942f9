"""Keeps the painted edges as one picture, so that a moving flow or a hovered frame doesn't paint them again.

While training runs, hundreds of wide edges would take more time than the rest of the window together. They are
painted anew when they look different, but then rest a few times as long as that took; everything a person does
is shown at once.
"""

from collections.abc import Collection
from time import perf_counter

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPixmap, QTransform

from nnplay.gui.items.device import pixel_ratio
from nnplay.gui.items.network_edges import EdgePainter, Highlight
from nnplay.gui.items.network_layout import Unit

REST = 5.0
SHORTEST_REST = 0.06
"""The edges rest this many times as long as it took to paint them, and at least this many seconds."""


class EdgeLayer:
    """One picture of the edges.

    Attributes
    ----------
    patient
        Whether frames follow each other quickly, so that one may show the edges of the last.
    """

    def __init__(self, edges: EdgePainter) -> None:
        self.patient = False
        self._edges = edges
        self._picture = QPixmap()
        self._key: object = None
        self._version = -1
        self._painted_at = 0.0
        self._cost = 0.0

    def paint(
        self, painter: QPainter, size: QSize, ground: str, *, highlight: Highlight, off: Collection[Unit]
    ) -> None:
        """Paint edges for a widget of `size` with `painter`, whose transform is the view.

        A painter that makes no pixels, such as an SVG's, gets the curves themselves.
        """
        engine = painter.paintEngine()
        if engine is None or engine.type() != QPaintEngine.Type.Raster:
            painter.fillRect(painter.transform().inverted()[0].mapRect(QRectF(QPointF(), QSizeF(size))), QColor(ground))
            self._edges.paint(painter, highlight, off)
            return
        view, ratio = painter.transform(), pixel_ratio(painter)
        key = (_numbers(view), size.toTuple(), ratio, ground, highlight, frozenset(off))
        outdated = self._version != self._edges.version
        rested = perf_counter() - self._painted_at >= max(REST * self._cost, SHORTEST_REST)
        if key != self._key or (outdated and (rested or not self.patient)):
            self._render(size, ratio, ground, view, highlight, off)
            self._key, self._version = key, self._edges.version
        painter.resetTransform()
        painter.drawPixmap(0, 0, self._picture)
        painter.setTransform(view)

    def _render(
        self, size: QSize, ratio: float, ground: str, view: QTransform, highlight: Highlight, off: Collection[Unit]
    ) -> None:
        started = perf_counter()
        wanted = QSize(round(size.width() * ratio), round(size.height() * ratio))
        if self._picture.size() != wanted:
            self._picture = QPixmap(wanted)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(QColor(ground))
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(view)
        self._edges.paint(painter, highlight, off)
        painter.end()
        self._painted_at = perf_counter()
        self._cost = self._painted_at - started


def _numbers(view: QTransform) -> tuple[float, ...]:
    return view.m11(), view.m22(), view.dx(), view.dy()
