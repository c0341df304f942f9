"""Quiet axes: small grey figures, no line, no ticks, and room that never changes."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.theme import Theme

FIGURE_SIZE = 11
BESIDE_VIEW = 3
"""Pixels between the view and its labels, at least."""
END_ROOM = 16
"""Pixels that a label below may stand out, beyond the 15 that pyqtgraph grants."""


class QuietAxis(Guarded, pg.AxisItem):  # type: ignore[misc]
    """An axis whose ticks are set, and whose labels have a room of `space` pixels across it, times the scale."""

    def __init__(self, orientation: str, space: int, theme: Theme, *, grid: bool = False) -> None:
        super().__init__(orientation)
        self._space = space
        self._has_grid = grid
        self._end: float | None = None
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setStyle(
            tickLength=0,
            autoExpandTextSpace=False,
            autoReduceTextSpace=False,
            hideOverlappingLabels=False,
            tickAlpha=255,
        )
        self.enableAutoSIPrefix(False)
        self._theme = theme
        theme.changed.connect(self._set_look)
        self._set_look()

    @Slot()
    def _set_look(self) -> None:
        left, palette = self.orientation == "left", self._theme.palette
        self.setStyle(tickTextOffset=px(6 if left else 4), tickFont=figure_font(FIGURE_SIZE))
        if left:
            self.setWidth(px(self._space))
        else:
            self.setHeight(px(self._space))
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self.setTextPen(palette.quiet)
        self.setTickPen(QPen(QColor(palette.line), px(1)))
        self.setGrid(255 if self._has_grid else False)
        self.setZValue(-200)  # a view box is at −100: the grid lies below what is drawn in it

    def set_ticks(self, ticks: list[tuple[float, str]]) -> None:
        """Label these places, and no others."""
        self.setTicks([ticks])

    def end_labels_within(self, room: float) -> None:
        """Move the last label below to the left where it would stand out by more than `room` pixels."""
        self._end = room

    def boundingRect(self) -> QRectF:
        """Called by Qt; with room for half a label beyond both ends: pyqtgraph leaves out what doesn't fit."""
        rect = QRectF(super().boundingRect())
        if self.orientation == "bottom":
            return rect.adjusted(-px(END_ROOM), 0, px(END_ROOM), 0)
        return rect.adjusted(0, -px(FIGURE_SIZE), 0, px(FIGURE_SIZE)) if self._has_grid else rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Called by Qt; what changes in the view touches the axis's edge at each frame, but not its labels."""
        if self._has_grid or option.exposedRect.intersects(self._labels_rect()):
            super().paint(painter, option, widget)

    def _labels_rect(self) -> QRectF:
        beside = (0, 0, -px(BESIDE_VIEW), 0) if self.orientation == "left" else (0, px(BESIDE_VIEW), 0, 0)
        return self.boundingRect().adjusted(*beside)

    def drawPicture(self, painter: Any, axis: Any, ticks: Any, texts: Any) -> None:
        """Called by pyqtgraph; without the line of the axis, and with ticks only where they are the grid."""
        if self._end is not None:
            most = self.size().width() + self._end
            texts = [(rect.translated(min(most - rect.right(), 0.0), 0.0), *rest) for rect, *rest in texts]
        super().drawPicture(painter, (QPen(Qt.PenStyle.NoPen), *axis[1:]), ticks if self._has_grid else [], texts)


def text_width(texts: list[str]) -> float:
    """Pixels that the longest of these needs on an axis."""
    metrics = QFontMetricsF(figure_font(FIGURE_SIZE))
    return max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
