"""A bar for each class: how likely the network takes it to be."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.palette import Palette

ROW, GAP, NAME, VALUE = 17, 2, 64, 58
NARROW = 18


class ClassBars(QWidget):
    """Names, bars and percentages, a row each; the likeliest stands out."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._names: tuple[str, ...] = ()
        self._shares: NDArray[np.floating] | None = None
        self.setAccessibleName("Probability of each class")
        self.setToolTip("How likely the network takes each class to be")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_classes(self, names: Sequence[str]) -> None:
        """Other classes, with no probabilities yet."""
        self._names, self._shares = tuple(names), None
        self.updateGeometry()
        self.update()

    def show_shares(self, shares: NDArray[np.floating] | None) -> None:
        """(K,) probabilities from 0 to 1; None where there is nothing to classify."""
        self._shares = shares if shares is not None and len(shares) == len(self._names) else None
        if self._shares is not None:
            best = int(np.argmax(self._shares))
            self.setAccessibleDescription(f"{self._names[best]}: {self._shares[best]:.0%}")
        self.update()

    def set_palette(self, palette: Palette) -> None:
        """Other colours."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(200, max(len(self._names), 1) * (ROW + GAP))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint every row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        best = -1 if self._shares is None else int(np.argmax(self._shares))
        name_width = NARROW if all(len(name) <= 2 for name in self._names) else NAME
        for row, name in enumerate(self._names):
            share = 0.0 if self._shares is None else float(np.clip(self._shares[row], 0.0, 1.0))
            self._paint_row(painter, row * (ROW + GAP), name, name_width, share, row == best)
        painter.end()

    def _paint_row(self, painter: QPainter, top: int, name: str, name_width: int, share: float, best: bool) -> None:
        palette, track = self._palette, self.width() - name_width - VALUE
        painter.setFont(figure_font(12, bold=best))
        painter.setPen(QColor(palette.text if best else palette.quiet))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, top, name_width - 4, ROW), Qt.AlignmentFlag.AlignLeft | middle, name)
        if self._shares is not None:
            value = QRectF(self.width() - VALUE, top, VALUE, ROW)
            painter.drawText(value, Qt.AlignmentFlag.AlignRight | middle, f"{100 * share:.1f} %")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.line))
        painter.drawRoundedRect(QRectF(name_width, top + 5, track, ROW - 10), 4, 4)
        if share > 0.0:
            painter.setBrush(QColor(palette.accent if best else palette.focus))
            painter.drawRoundedRect(QRectF(name_width, top + 5, max(track * share, 4.0), ROW - 10), 4, 4)
