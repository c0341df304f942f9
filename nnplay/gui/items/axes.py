"""Quiet axes: small grey figures, no line, no ticks, and room that never changes."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen

from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.palette import Palette

FIGURE_SIZE = 11


class QuietAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose ticks are set, and whose labels have a room of `space` pixels across it."""

    def __init__(self, orientation: str, space: int, palette: Palette, *, grid: bool = False) -> None:
        super().__init__(orientation)
        self._has_grid = grid
        self.setStyle(
            tickLength=0,
            tickTextOffset=6 if orientation == "left" else 4,
            autoExpandTextSpace=False,
            autoReduceTextSpace=False,
            hideOverlappingLabels=False,
            tickAlpha=255,
            tickFont=figure_font(FIGURE_SIZE),
        )
        self.enableAutoSIPrefix(False)
        if orientation == "left":
            self.setWidth(space)
        else:
            self.setHeight(space)
        self.set_palette(palette)

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self.setTextPen(palette.quiet)
        self.setTickPen(QPen(QColor(palette.line), 1))
        self.setGrid(255 if self._has_grid else False)
        self.setZValue(-10)

    def set_ticks(self, ticks: list[tuple[float, str]]) -> None:
        """Label these places, and no others."""
        self.setTicks([ticks])

    def boundingRect(self) -> QRectF:
        """Called by Qt; with room for half a figure beyond both ends, which pyqtgraph leaves out beside a grid."""
        rect = QRectF(super().boundingRect())
        if not self._has_grid:
            return rect
        return rect.adjusted(0, -FIGURE_SIZE, 0, FIGURE_SIZE)

    def drawPicture(self, painter: Any, axis: Any, ticks: Any, texts: Any) -> None:
        """Called by pyqtgraph; without the line of the axis, and with ticks only where they are the grid."""
        super().drawPicture(painter, (QPen(Qt.PenStyle.NoPen), *axis[1:]), ticks if self._has_grid else [], texts)


def number_text(value: float) -> str:
    """A tick's number as short as it can be, with a true minus sign: 12000 becomes 12,000, 0.50 becomes 0.5."""
    text = f"{value:,.10g}" if 1e-4 <= abs(value) < 1e7 or value == 0 else f"{value:.3g}".replace("e-0", "e-")
    return text.replace("-", "−").replace("e+0", "e").replace("e+", "e")


def number_texts(values: list[float]) -> list[str]:
    """Ticks' numbers with as many decimals as the longest of them needs: 0.0, 0.5, 1.0."""
    texts = [number_text(value) for value in values]
    decimals = max((len(text.partition(".")[2]) for text in texts if "e" not in text), default=0)
    if not decimals or any("e" in text for text in texts):
        return texts
    return [f"{value:,.{decimals}f}".replace("-", "−") for value in values]
