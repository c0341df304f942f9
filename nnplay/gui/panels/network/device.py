"""The pixels of the device that somebody paints on."""

from PySide6.QtGui import QPainter, QTransform


def pixel_ratio(painter: QPainter) -> float:
    """Pixels of the device along one of the painter's units, its own zoom left out.

    A widget that is rendered into a picture still names itself as the device; the transform knows better.
    """
    zoom = painter.transform().m11()
    return abs(painter.deviceTransform().m11() / zoom) if zoom else 1.0


def to_device_pixels(painter: QPainter) -> QTransform:
    """The transform under which the painter's units are the device's pixels, counted from its own corner."""
    return painter.deviceTransform().inverted()[0] * painter.transform()
