"""A picture of pixels on paper, in the palette's ink, with a ring around it where it is misclassified."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnplay.gui.paint.pixels import ink_image, on_device_pixels
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled

RING = 2.5
"""Pixels that the ring is wide."""
MARGIN = 5.0
"""Pixels around the picture that belong to the ring."""


def digit_picture(
    pixels: NDArray[np.floating], palette: Palette, side: int, ratio: float, *, ring: str | None = None
) -> QPixmap:
    """A square with the pixels on paper of their own proportions; around it there is room for a ring.

    Parameters
    ----------
    pixels
        (rows, columns), 0 for paper to 1 for ink.
    side
        Of the whole with its margin, in pixels of the window.
    ratio
        Pixels of the display to one of the window.
    ring
        The colour of the ring; None for none.
    """
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    margin = scaled(MARGIN)
    paper = fitted_into(QRectF(margin, margin, side - 2 * margin, side - 2 * margin), pixels.shape)
    paper = on_device_pixels(painter, paper)
    painter.fillRect(paper, QColor(palette.field))
    painter.drawImage(paper, ink_image(pixels, palette))
    if ring is not None:
        painter.setPen(QPen(QColor(ring), scaled(RING)))
        inset, corner = scaled(RING) / 2, scaled(6)
        painter.drawRoundedRect(QRectF(0, 0, side, side).adjusted(inset, inset, -inset, -inset), corner, corner)
    painter.end()
    return picture


def fitted_into(area: QRectF, shape: tuple[int, ...]) -> QRectF:
    """The largest rectangle in the middle of an area with the proportions of (rows, columns)."""
    rows, columns = shape
    size = QSizeF(columns, rows).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRectF(
        QPointF(area.center().x() - size.width() / 2, area.center().y() - size.height() / 2),
        size.expandedTo(QSizeF(1.0, 1.0)),
    )
