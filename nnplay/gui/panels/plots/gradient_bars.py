"""How large the gradient of each layer is: a bar a layer on a logarithmic axis, so that one that vanishes is seen."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnplay.gui.paint.axis_ranges import GrowingDecades, decade_ticks
from nnplay.gui.panels.plots.row_chart import HEAD, MIDDLE_LEFT, MIDDLE_RIGHT, CardText, RowChart
from nnplay.gui.theme.palette import mix
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import decade_texts, decimal_text, exponent_text
from nnplay.texts import mark, tr
from nnplay.training.probes.gradients import GradientSizes

NAMES, FIGURES = 88, 74
TICK_ROOM = 46
SHORTEST = 3.0
"""Pixels of a bar at the lower end of the axis: something is there, if little."""
SLACK = 2
NOTHING = mark("No training samples: there is no gradient to measure")


class GradientBars(RowChart):
    """The root mean square of each weight gradient's entries."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, NAMES, (FIGURES,), parent)
        self._gradients: GradientSizes | None = None
        self._decades = GrowingDecades(slack=SLACK)
        self.setAccessibleName(tr("Size of the gradient, layer by layer"))

    @property
    def rows(self) -> int:
        """One a dense layer."""
        return 0 if self._gradients is None else len(self._gradients.sizes)

    def show_measured(self, gradients: GradientSizes | None, *, running: bool = False) -> None:
        """Draw these; None where nothing can be measured.

        While it is `running` the axis rests where it can; else it depends on what is shown alone.
        """
        if gradients is None:
            self._gradients = None
            self.show_sentence(tr(NOTHING))
            return
        if self.rows != len(gradients.sizes) or not running:
            self._decades = GrowingDecades(slack=SLACK)
        self._gradients = gradients
        seen = gradients.sizes[np.isfinite(gradients.sizes) & (gradients.sizes > 0)]
        if len(seen):
            self._decades.fit(float(seen.min()), max(float(seen.max()), 10.0 * float(seen.min())))
        self.setAccessibleDescription(self.text())
        self.refresh()

    def text(self) -> str:
        """All that it shows, in one line."""
        return ", ".join(" ".join(self.row_texts(row)) for row in range(self.rows))

    def paint_head(self, painter: QPainter, chart: QRectF) -> None:
        """How many samples, the decades, and a thin line for each."""
        if self._gradients is None:
            return
        head, low, high = self.head_rect(), self._decades.low, self._decades.high
        painter.drawText(head, MIDDLE_LEFT, tr("{n} sample|{n} samples", "", self._gradients.samples))
        painter.drawText(head, MIDDLE_RIGHT, tr("RMS"))
        grid = QPen(QColor(self._theme.palette.line), scaled(1))
        exponents = decade_ticks(low, high, max(int(chart.width() // scaled(TICK_ROOM)), 2))
        for exponent, text in zip(exponents, decade_texts(exponents), strict=True):
            x = chart.left() + chart.width() * (exponent - low) / (high - low)
            painter.drawText(QRectF(x - scaled(40), 0, scaled(80), head.height()), Qt.AlignmentFlag.AlignCenter, text)
            pen = painter.pen()
            painter.setPen(grid)
            painter.drawLine(QPointF(x, scaled(HEAD)), QPointF(x, chart.bottom()))
            painter.setPen(pen)

    def paint_row(self, painter: QPainter, index: int, chart: QRectF) -> None:
        """A bar from the lower end of the axis; none for a gradient of 0."""
        assert self._gradients is not None
        size = float(self._gradients.sizes[index])
        if not size > 0.0:
            return
        low, high = self._decades.low, self._decades.high
        exponent = math.log10(size) if math.isfinite(size) else high
        share = min(max((exponent - low) / (high - low), 0.0), 1.0)
        thickness = min(max(0.56 * chart.height(), scaled(3.0)), scaled(20.0))
        bar = QRectF(chart.left(), 0, max(share * chart.width(), scaled(SHORTEST)), thickness)
        bar.moveCenter(QPointF(bar.center().x(), chart.center().y()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mix(self._theme.palette.text, self._theme.palette.panel, 0.25)))
        radius = min(scaled(3.0), thickness / 2)
        painter.drawRoundedRect(bar, radius, radius)

    def row_texts(self, index: int) -> tuple[str, ...]:
        """Its layer and its size."""
        assert self._gradients is not None
        name = tr("output") if index == self.rows - 1 else tr("layer {number}", number=index + 1)
        return name, exponent_text(float(self._gradients.sizes[index]))

    def card_text(self, index: int, _place: float | None) -> CardText:
        """The size to more figures, and beside that of the output layer."""
        assert self._gradients is not None
        size, last = float(self._gradients.sizes[index]), float(self._gradients.sizes[-1])
        is_last = index == self.rows - 1
        title = (
            tr("Output: RMS of its weights’ gradient")
            if is_last
            else tr("Layer {number}: RMS of its weights’ gradient", number=index + 1)
        )
        return CardText(title, exponent_text(size, 6), _compared(size, last, is_last=is_last))


def _compared(size: float, last: float, *, is_last: bool) -> str:
    """What a gradient's size is beside that of the output layer."""
    if size == 0.0:
        return tr("No gradient: training leaves these weights as they are")
    if is_last:
        return tr("The layer next to the loss")
    if not (math.isfinite(size) and math.isfinite(last) and last > 0.0):
        return ""
    if size >= last:
        return tr("{ratio} times the output layer’s", ratio=_times(size / last))
    return tr("1/{ratio} of the output layer’s", ratio=_times(last / size))


def _times(ratio: float) -> str:
    return decimal_text(ratio, 1) if ratio < 10 else f"{ratio:,.0f}" if ratio < 1e6 else exponent_text(ratio, 1)
