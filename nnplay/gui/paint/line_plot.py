"""Two lines over the epochs, training solid and test dashed, with their figures in a line above."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnplay.gui.paint.axes import FIGURE_SIZE, text_width
from nnplay.gui.paint.axis_ranges import GrowingDecades, GrowingTop, bottom_for, decade_ticks, ticks_up_to
from nnplay.gui.paint.curves import Curve
from nnplay.gui.paint.legend import HEIGHT, TEST, TRAINING, Legend, LegendRow
from nnplay.gui.paint.plot_view import PlotView
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import figure_text, power_text, tick_text, tick_texts
from nnplay.texts import tr

LEFT, BOTTOM = 46, 22
TOP_MARGIN, RIGHT_MARGIN = HEIGHT + 8, 24
LEGEND_LEFT = 4
EPOCH_ROOM = 6
"""Pixels beside the epoch under the pointer, which stands among the figures of the axis."""
FIRST_EPOCHS = 10.0
"""Where the epochs' axis ends at the start."""

Floats = NDArray[np.float64]

SMALL, LARGE = 1e-6, 1e6
"""Beyond these the axis is in units of its own top: Qt draws nothing that is scaled by some more powers of ten."""


@dataclass(frozen=True)
class Scale:
    """How values are drawn and written.

    Attributes
    ----------
    top
        The upper end of the axis at the start; it grows where `grows`.
    grows
        Whether values can be larger than that.
    lowest
        How far below 0 the axis goes where there are negative values; what is lower still lies along its bottom.
    text
        How a value is written.
    tick
        How a figure of the linear axis is; None where they are written together, with equally many decimals.
    """

    top: float = 1.0
    grows: bool = True
    lowest: float = 0.0
    text: Callable[[float], str] = figure_text
    tick: Callable[[float], str] | None = None


class LinePlot(PlotView):
    """Draws columns of a history over its epochs; widens its axes in steps, and follows the pointer."""

    def __init__(self, theme: Theme, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(theme, LEFT, BOTTOM, top=TOP_MARGIN, right=RIGHT_MARGIN, grid=True, parent=parent)
        self._scale = scale
        self._ratio = 1.0
        self._logarithmic = False
        self._epochs: Floats = np.zeros(0)
        self._values: tuple[Floats, Floats] = (np.zeros(0), np.zeros(0))
        self._begin_axes()
        self._unit = 1.0
        self._pointer: float | None = None
        self._fitted: tuple[float, float, float] | None = None
        self.curves = (Curve(self.view_box), Curve(self.view_box, dashed=True))
        self.legend = Legend(theme, self)
        self.legend.setGeometry(LEGEND_LEFT, 0, self.legend.sizeHint().width(), HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._set_pens()
        self._fit()

    def set_ratio(self, ratio: float) -> None:
        """Paint for a display with so many device pixels to one."""
        if ratio != self._ratio:
            self._ratio = ratio
            self._set_pens()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """A linear axis from zero, or one of decades."""
        self._logarithmic = logarithmic
        self._draw()

    def show_lines(self, epochs: Floats, training: Floats, test: Floats) -> None:
        """Draw (rows,) values; NaN where there is none. A run that is behind what was drawn began anew."""
        if len(self._epochs) and not (len(epochs) and epochs[-1] >= self._epochs[-1] > 0):
            self._begin_axes()
        self._epochs, self._values = epochs, (training, test)
        self._draw()

    def value_text(self, value: float) -> str:
        """How a value is written."""
        return self._scale.text(value)

    def _begin_axes(self) -> None:
        self._right, self._top = GrowingTop(FIRST_EPOCHS), GrowingTop(self._scale.top)
        self._decades = GrowingDecades()

    @Slot()
    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self._set_pens()

    def _set_pens(self) -> None:
        for curve, colour in zip(self.curves, (self._theme.palette.text, self._theme.palette.quiet), strict=True):
            curve.set_pen(colour, self._ratio)

    def _draw(self) -> None:
        self._fit()
        pixel = self._right.end / max(self.view_box.width(), 1.0)
        for curve, values in zip(self.curves, self._values, strict=True):
            curve.show_values(self._epochs, self._drawn(values), pixel)
        if self._pointer is not None or len(self._epochs) == 1:
            self.viewport().update()  # the foreground's dots move, which no item of the scene tells
        self._write()

    def _fit(self) -> None:
        right = self._right.fit(max(float(self._epochs[-1]), FIRST_EPOCHS) if len(self._epochs) else FIRST_EPOCHS)
        if self._logarithmic:
            low, high = (float(end) for end in self._decades.fit(*_extent(self._values)))
        else:
            low = bottom_for(_least(self._values), self._scale.lowest)
            high = self._top.fit(_extent(self._values)[1]) if self._scale.grows else self._scale.top
        self._unit = 1.0 if self._logarithmic or SMALL < high < LARGE else high
        margin = 0.02 * (high - low) / self._unit  # so that a line along the top is seen as wide as it is
        wanted = (right, low, high)
        if wanted == self._fitted:
            return
        self._fitted = wanted
        ends = (low - margin if low < 0 else low, high / self._unit + margin)
        self.view_box.setRange(xRange=(0.0, right), yRange=ends, padding=0, disableAutoRange=True)
        self._set_ticks(right, low, high)

    def _set_ticks(self, right: float, low: float, high: float) -> None:
        across, along = max(self.width() // 70, 2), max(self.height() // 36, 2)
        self._below.set_ticks([(x, tick_text(x)) for x in ticks_up_to(right, across)])
        if self._logarithmic:
            self._left.set_ticks([(k, power_text(k)) for k in decade_ticks(int(low), int(high), along)])
        else:
            places = [float(f"{y:.12g}") for y in ticks_up_to(high, along, low)]
            texts = tick_texts(places) if self._scale.tick is None else list(map(self._scale.tick, places))
            self._left.set_ticks([(y / self._unit, text) for y, text in zip(places, texts, strict=True)])

    def _write(self) -> None:
        if not len(self._epochs):
            self.legend.show_rows("", [])
            return
        row = self._row_under_pointer()
        head = self._epoch_text(row) if self._pointer is not None else ""
        rows = [LegendRow(tr(TRAINING), self.value_text(self._values[0][row]), False)]
        if not np.isnan(self._values[1]).all():
            rows.append(LegendRow(tr(TEST), self.value_text(self._values[1][row]), True))
        self.legend.show_rows(head, rows)

    def _row_under_pointer(self) -> int:
        if self._pointer is None:
            return -1
        return int(np.argmin(np.abs(self._epochs - self._pointer)))

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        """Called by Qt: the pointer's line with its epoch, and a dot on each curve, or on what is no curve yet."""
        if not len(self._epochs) or (self._pointer is None and len(self._epochs) > 1):
            return
        row = self._row_under_pointer()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._pointer is not None:
            self._paint_pointer(painter, row)
        painter.setPen(QPen(QColor(self._theme.palette.panel), 1.5))
        for values, colour in zip(self._values, (self._theme.palette.text, self._theme.palette.quiet), strict=True):
            value = float(values[row])
            if not math.isfinite(value) or (self._logarithmic and value <= 0):
                continue
            painter.setBrush(QColor(colour))
            painter.drawEllipse(self._to_pixels(self._epochs[row], value), 4.0, 4.0)

    def _paint_pointer(self, painter: QPainter, row: int) -> None:
        """A line at an epoch, and the epoch below it, over the figures of the axis."""
        canvas = self.view_box.sceneBoundingRect()
        x = self._to_pixels(self._epochs[row], 0.0).x()
        painter.setPen(QPen(QColor(self._theme.palette.focus), 1))
        painter.drawLine(QPointF(x, canvas.top()), QPointF(x, canvas.bottom()))
        text = self._epoch_text(row)
        width = text_width([text]) + 2 * EPOCH_ROOM
        left = min(max(x - width / 2, canvas.left() - LEFT), canvas.right() + RIGHT_MARGIN - width)
        place = QRectF(left, canvas.bottom() + 2, width, BOTTOM - 2)
        painter.fillRect(place, QColor(self._theme.palette.panel))
        painter.setFont(figure_font(FIGURE_SIZE))
        painter.setPen(QColor(self._theme.palette.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _epoch_text(self, row: int) -> str:
        return tr("epoch {number}", number=f"{round(self._epochs[row], 2):,.10g}")

    def _drawn(self, values: Floats) -> Floats:
        """Where values stand on the axis as Qt knows it."""
        return _logarithms(values) if self._logarithmic else np.maximum(values / self._unit, self._scale.lowest)

    def _to_pixels(self, epoch: float, value: float) -> QPointF:
        y = float(self._drawn(np.array([value]))[0])
        return QPointF(self.view_box.mapViewToScene(QPointF(epoch, y if math.isfinite(y) else 0.0)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        canvas = self.view_box.sceneBoundingRect()
        inside = canvas.contains(event.position())
        self._pointer = float(self.view_box.mapSceneToView(event.position()).x()) if inside else None
        self._on_pointed()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt; there is nothing to press."""
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().leaveEvent(event)
        self._pointer = None
        self._on_pointed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        if hasattr(self, "legend"):  # Qt resizes before the constructor is through
            self._fitted = None
            self._draw()

    def _on_pointed(self) -> None:
        self._write()
        self.viewport().update()


def _extent(columns: tuple[Floats, Floats]) -> tuple[float, float]:
    """The smallest and the largest finite positive value; NaN where there is none."""
    values = np.concatenate(columns)
    values = values[np.isfinite(values) & (values > 0)]
    return (float(values.min()), float(values.max())) if len(values) else (math.nan, math.nan)


def _least(columns: tuple[Floats, Floats]) -> float:
    """The smallest finite value; NaN where there is none."""
    values = np.concatenate(columns)
    values = values[np.isfinite(values)]
    return float(values.min()) if len(values) else math.nan


def _logarithms(values: Floats) -> Floats:
    return np.log10(values, out=np.full(len(values), np.nan), where=values > 0)
