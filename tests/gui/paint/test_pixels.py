"""Pictures stand on whole pixels of the display."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from nnplay.gui.paint.pixels import on_device_pixels


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.45, 1.5, 1.75, 2.0])
def test_no_edge_lies_within_a_pixel_of_the_display(qapp: object, ratio: float) -> None:
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.translate(3, 7)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(5, 9, 71, 63)
    inside = on_device_pixels(painter, area)
    assert area.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(inside)
    assert inside.width() > area.width() - 2 / ratio
    painter.fillRect(inside, QColor("black"))
    painter.end()
    greys = {QColor(image.pixel(x, y)).red() for x in range(200) for y in range(200)}
    assert all(grey < 3 or grey > 252 for grey in greys)
    assert len(greys) > 1
