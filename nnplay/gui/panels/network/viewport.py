"""Where a drawing is looked at from: how large, and moved by how much."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform

LARGEST_ZOOM = 8.0
NOTCH = 1.2
"""One notch of the wheel zooms by this factor."""
KEPT_IN_SIGHT = 0.35
"""This part of the drawing's width and height can't be pushed out of sight."""


class Viewport:
    """Zoom and offset; at the start the whole drawing is in sight."""

    def __init__(self) -> None:
        self.zoom = 1.0
        self.offset = QPointF(0.0, 0.0)

    def fit(self) -> None:
        """The whole drawing in sight."""
        self.zoom, self.offset = 1.0, QPointF(0.0, 0.0)

    def zoom_at(self, place: QPointF, factor: float, width: float, height: float) -> None:
        """Zoom around a place of the widget, which stays where it is; back at the whole, fit."""
        zoom = min(max(self.zoom * factor, 1.0), LARGEST_ZOOM)
        self.offset = place - (place - self.offset) * (zoom / self.zoom)
        self.zoom = zoom
        if zoom == 1.0:
            self.fit()
        self._keep_in_sight(width, height)

    def move(self, by: QPointF, width: float, height: float) -> None:
        """Push the drawing."""
        self.offset = self.offset + by
        self._keep_in_sight(width, height)

    def to_drawing(self, place: QPointF) -> QPointF:
        """From a place of the widget to one of the drawing."""
        return (place - self.offset) / self.zoom

    def to_widget(self, x: float, y: float) -> QPointF:
        """From a place of the drawing to one of the widget."""
        return QPointF(x, y) * self.zoom + self.offset

    def transform(self) -> QTransform:
        """For a painter."""
        return QTransform(self.zoom, 0, 0, self.zoom, self.offset.x(), self.offset.y())

    def _keep_in_sight(self, width: float, height: float) -> None:
        def clamped(offset: float, extent: float) -> float:
            whole = extent * self.zoom
            kept = KEPT_IN_SIGHT * extent
            return min(max(offset, kept - whole), extent - kept)

        self.offset = QPointF(clamped(self.offset.x(), width), clamped(self.offset.y(), height))
