"""A bar for each class: the probability that the network gives it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.scale import px, scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import percent_text
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr

PITCH, SMALLEST_PITCH = 19, 13
"""Pixels from one row to the next: rows move together where the panel is low."""
BAR, NAME, VALUE = 7, 64, 58
NARROW = 18
SMALLEST_SHARE = 0.0005
LEAST_ROWS = 10
"""Rows that it has room for in any panel; of more classes the likeliest are shown."""


class ClassBars(Guarded, QWidget):
    """Names, bars and percentages, a row each; the likeliest stands out.

    Where there is no room for all classes the likeliest come first, and a line says how many more there are.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self.update)
        self._names: tuple[str, ...] = ()
        self._shares: NDArray[np.floating] | None = None
        self.setAccessibleName(tr("Probability of each class"))
        set_tip(self, tr("The probability that the network gives each class"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

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
            likeliest = tr("{name}: {share}", name=self._names[best], share=percent_text(self._shares[best], 0))
            self.setAccessibleDescription(likeliest)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows, if they are not too many."""
        return QSize(px(200), min(max(len(self._names), 1), 2 * LEAST_ROWS) * px(PITCH))

    def minimumSizeHint(self) -> QSize:
        """With its rows close together, or some of them."""
        return QSize(0, min(max(len(self._names), 1), LEAST_ROWS) * px(SMALLEST_PITCH))

    def shown(self) -> list[int]:
        """The classes that have a row now, from top to bottom."""
        room, count = max(self.height() // px(SMALLEST_PITCH), 1), len(self._names)
        if count <= room:
            return list(range(count))
        order = np.arange(count) if self._shares is None else np.argsort(-self._shares, kind="stable")
        return [int(index) for index in order[: max(room - 1, 1)]]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Called by Qt."""
        self.paint(QPainter(self))

    def paint(self, painter: QPainter) -> None:
        """Paint every row, the first at the painter's origin."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        best = -1 if self._shares is None else int(np.argmax(self._shares))
        metrics = QFontMetricsF(figure_font(12, bold=True))
        longest = max((metrics.horizontalAdvance(name) for name in self._names), default=0.0)
        name_width = round(min(max(longest + scaled(8), scaled(NARROW)), scaled(NAME)))
        shown = self.shown()
        more = len(self._names) - len(shown)
        pitch = min(self.height() / max(len(shown) + bool(more), 1), px(PITCH))
        for row, index in enumerate(shown):
            place = QRectF(0, row * pitch, self.width(), pitch)
            share = 0.0 if self._shares is None else float(np.clip(self._shares[index], 0.0, 1.0))
            self._paint_row(painter, place, self._names[index], name_width, share, index == best)
        if more:
            painter.setFont(figure_font(11))
            painter.setPen(QColor(self._theme.palette.quiet))
            below = QRectF(0, len(shown) * pitch, self.width(), pitch)
            text = tr("{n} more class|{n} more classes", "", more)
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_row(
        self, painter: QPainter, place: QRectF, name: str, name_width: int, share: float, best: bool
    ) -> None:
        palette, track = self._theme.palette, place.width() - name_width - px(VALUE)
        painter.setFont(figure_font(12 if place.height() > scaled(15) else 11, bold=best))
        painter.setPen(QColor(palette.text if best else palette.quiet))
        middle = Qt.AlignmentFlag.AlignVCenter
        beside = place.adjusted(0, 0, name_width - scaled(4) - place.width(), 0)
        text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, int(beside.width()))
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | middle, text)
        if self._shares is not None:
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | middle, percent_text(share))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.line))
        thick = scaled(BAR)
        bar = QRectF(name_width, place.center().y() - thick / 2, track, thick)
        painter.drawRoundedRect(bar, thick / 2, thick / 2)
        if share >= SMALLEST_SHARE:  # less is written as 0.0 %, and a stub would deny it
            painter.setBrush(QColor(palette.accent if best else palette.focus))
            bar.setWidth(max(track * share, thick / 2))
            painter.drawRoundedRect(bar, thick / 2, thick / 2)
