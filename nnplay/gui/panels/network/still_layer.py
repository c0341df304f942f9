"""Keeps what seldom changes as one picture, so that a moving flow or a hovered frame doesn't paint it again.

While training runs, hundreds of wide edges would take more time than the rest of the window together. They are
painted anew when they look different, but then kept a few times as long as that took; everything a person does
is shown at once.
"""

import math
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPixmap, QTransform

from nnplay.gui.panels.network.device import to_device_pixels

KEPT_TIMES = 5.0
SHORTEST_KEPT = 0.15
"""The picture is kept this many times as long as it took to paint, and at least this many seconds."""


class StillLayer:
    """One picture.

    Attributes
    ----------
    animated
        Whether frames follow each other quickly, so that one may show the picture of the last.
    """

    def __init__(self) -> None:
        self.animated = False
        self._picture = QPixmap()
        self._key: object = None
        self._version = -1
        self._painted_at = 0.0
        self._cost = 0.0

    def paint(
        self,
        painter: QPainter,
        size: QSize,
        background: str,
        draw: Callable[[QPainter], None],
        look: object,
        version: int,
        view: QTransform,
    ) -> None:
        """Paint for a widget of `size`, whose corner is the painter's origin.

        A painter that makes no pixels, such as an SVG's, gets what is drawn itself.

        Parameters
        ----------
        draw
            Draws on a painter whose transform has the view.
        look
            Where this is another one, the picture is painted anew at once.
        version
            Where this is another one, it is painted anew, but not at each frame of an animation.
        view
            From what is drawn to the widget.
        """
        engine, origin = painter.paintEngine(), painter.transform()
        if engine is None or engine.type() != QPaintEngine.Type.Raster:
            painter.fillRect(QRectF(QPointF(), QSizeF(size)), QColor(background))
            painter.setTransform(view * origin)
            draw(painter)
            painter.setTransform(origin)
            return
        device = painter.deviceTransform()
        left, top = math.floor(device.dx()), math.floor(device.dy())
        inner = device * QTransform.fromTranslate(-left, -top)
        key = (_numbers(view), size.toTuple(), _numbers(inner), background, look)
        old = perf_counter() - self._painted_at >= max(KEPT_TIMES * self._cost, SHORTEST_KEPT)
        if key != self._key or (version != self._version and (old or not self.animated)):
            self._render(inner.mapRect(QRectF(QPointF(), QSizeF(size))), background, view * inner, draw)
            self._key, self._version = key, version
        painter.setTransform(to_device_pixels(painter))
        painter.drawPixmap(left, top, self._picture)
        painter.setTransform(origin)

    def _render(self, place: QRectF, background: str, view: QTransform, draw: Callable[[QPainter], None]) -> None:
        """Paint the picture, in whole pixels of the device, of which the first may belong to the widget in part."""
        started = perf_counter()
        wanted = QSize(math.ceil(place.right()), math.ceil(place.bottom()))
        if self._picture.size() != wanted:
            self._picture = QPixmap(wanted)
        self._picture.fill(QColor(background))
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(view)
        draw(painter)
        painter.end()
        self._painted_at = perf_counter()
        self._cost = self._painted_at - started


def _numbers(view: QTransform) -> tuple[float, ...]:
    return view.m11(), view.m22(), view.dx(), view.dy()
