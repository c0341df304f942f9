"""What each hidden layer outputs: a histogram a layer on one axis, with mean, standard deviation and what is lost."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnplay.gui.panels.plots.row_chart import HEAD, MIDDLE_LEFT, MIDDLE_RIGHT, CardText, RowChart
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import (
    FIGURE_SPACE,
    NONE,
    count_text,
    number_text,
    percent_text,
    statistic_text,
    tick_text,
    tick_texts,
)
from nnplay.nn import ACTIVATIONS
from nnplay.nn.activations import Activation
from nnplay.texts import mark, tr
from nnplay.training.probes.activations import BINS, NEAR, Activations, LayerActivations

NAMES, MEAN, STANDARD_DEVIATION, LOST = 86, 62, 62, 70
NARROW = (56, 50, 62)
"""The columns of figures where the chart is narrow: the longest of usual figures, and the headings."""
LEAST_BAR = 1.0
"""Pixels of a bin that holds anything at all."""
BAR_GAP = 0.6
GAPS_FROM = 3.0
"""Pixels of a bin from which on bars stand apart: narrower ones would have stripes where gaps and pixels meet."""
NO_LAYER = mark("This network has no hidden layer: its outputs are one weighted sum of the features")
NO_SAMPLE = mark("No training samples: there is nothing to measure")


class ActivationRows(RowChart):
    """Histograms in the colours of the sign, as roots of the counts (Tukey's rootogram), so that few are still seen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, NAMES, (MEAN, STANDARD_DEVIATION, LOST), parent, narrow_widths=NARROW)
        self._activations: Activations | None = None
        self.setAccessibleName(tr("Activations, hidden layer by hidden layer"))

    @property
    def rows(self) -> int:
        """One a hidden layer."""
        return 0 if self._activations is None else len(self._activations.layers)

    def show_measured(self, activations: Activations | None) -> None:
        """Draw these; None where nothing can be measured."""
        self._activations = activations
        if activations is None or not activations.layers:
            self.show_sentence(tr(NO_SAMPLE) if activations is None else tr(NO_LAYER))
            return
        self.setAccessibleDescription(self.text())
        self.refresh()

    def text(self) -> str:
        """All that it shows, in one line."""
        return ", ".join(" ".join(self.row_texts(row)) for row in range(self.rows))

    def paint_head(self, painter: QPainter, chart: QRectF) -> None:
        """How many samples, the axis, the names of the figures, and thin lines at the ticks."""
        assert self._activations is not None
        head = self.head_rect()
        painter.drawText(head, MIDDLE_LEFT, tr("{n} sample|{n} samples", "", self._activations.samples))
        for column, title in enumerate((tr("mean"), tr("std dev"), self._lost_title())):
            painter.drawText(self.column_rect(column, head), MIDDLE_RIGHT, title)
        low, high = self._activations.span
        ticks = _ticks(low, high)
        for place, text in zip(ticks, tick_texts(ticks), strict=True):
            x = chart.left() + chart.width() * (place - low) / (high - low)
            painter.drawText(QRectF(x - scaled(40), 0, scaled(80), head.height()), Qt.AlignmentFlag.AlignCenter, text)
        painter.save()
        for place in ticks:
            x = chart.left() + chart.width() * (place - low) / (high - low)
            painter.setPen(
                QPen(QColor(self._theme.palette.focus if place == 0 else self._theme.palette.line), scaled(1))
            )
            painter.drawLine(QPointF(x, scaled(HEAD)), QPointF(x, chart.bottom()))
        painter.restore()

    def paint_row(self, painter: QPainter, index: int, chart: QRectF) -> None:
        """A bar a bin: blue above zero, orange below."""
        layer = self._layer(index)
        most = int(layer.counts.max(initial=0))
        low, high = self._span()
        base, room = chart.bottom() - scaled(1.0), max(chart.height() - scaled(3.0), 1.0)
        painter.setPen(QPen(QColor(self._theme.palette.line), scaled(1)))
        painter.drawLine(QPointF(chart.left(), base), QPointF(chart.right(), base))
        if not most:
            return
        step = chart.width() / BINS
        apart = step >= scaled(GAPS_FROM)
        edges = [chart.left() + place * step for place in range(BINS + 1)]
        edges = edges if apart else [float(round(edge)) for edge in edges]
        bars: dict[str, list[QRectF]] = {self._theme.palette.negative: [], self._theme.palette.positive: []}
        for place, count in enumerate(layer.counts.tolist()):
            if not count:
                continue
            height = max(room * math.sqrt(count / most), scaled(LEAST_BAR))
            negative = low + (high - low) * (place + 0.5) / BINS < 0
            width = edges[place + 1] - edges[place] - (BAR_GAP if apart else 0.0)
            bar = QRectF(edges[place], base - height, width, height)
            bars[self._theme.palette.negative if negative else self._theme.palette.positive].append(bar)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, rectangles in bars.items():  # one call a colour: a call a bar is several times as slow
            painter.setBrush(QColor(colour))
            painter.drawRects(rectangles)

    def row_texts(self, index: int) -> tuple[str, ...]:
        """Its layer and activation, and the three figures."""
        layer = self._layer(index)
        number = str(index + 1).rjust(len(str(self.rows)), FIGURE_SPACE)
        name = tr("{number}  {activation}", number=number, activation=tr(ACTIVATIONS[layer.activation].label))
        return name, statistic_text(layer.mean), statistic_text(layer.standard_deviation), _lost(layer)

    def card_text(self, index: int, place: float | None) -> CardText:
        """How many outputs are in the bin under the pointer, or what is lost of the layer."""
        layer = self._layer(index)
        name, mean, standard_deviation, _ = self.row_texts(index)
        total = int(layer.counts.sum())
        if place is not None and total:
            low, high = self._span()
            which = int(place * BINS)
            start, end = (_edge_text(low + (high - low) * edge / BINS) for edge in (which, which + 1))
            there = int(layer.counts[which])
            count, share = count_text(there), percent_text(there / total)
            return CardText(
                tr("Layer {name}: from {start} to {end}", name=name, start=start, end=end),
                tr("{count} of {total} outputs, {share}", count=count, total=count_text(total), share=share),
            )
        figures = tr("mean {mean}, std dev {standard_deviation}", mean=mean, standard_deviation=standard_deviation)
        return CardText(tr("Layer {name}", name=name), figures, _lost_sentence(layer))

    def _layer(self, index: int) -> LayerActivations:
        assert self._activations is not None
        return self._activations.layers[index]

    def _span(self) -> tuple[float, float]:
        assert self._activations is not None
        return self._activations.span

    def _lost_title(self) -> str:
        assert self._activations is not None
        layers = self._activations.layers
        saturates, dies = (any(part is not None for part in parts) for parts in _parts(layers))
        if saturates and dies:
            return tr("sat. / dead")
        return tr("saturated") if saturates else tr("dead") if dies else ""


def _parts(layers: tuple[LayerActivations, ...]) -> tuple[list[float | None], list[int | None]]:
    return [layer.saturated for layer in layers], [layer.dead for layer in layers]


def _edge_text(value: float) -> str:
    return tick_text(float(f"{value:.4g}"))


def _lost(layer: LayerActivations) -> str:
    if layer.dead is not None:
        return tr("{count} of {total}", count=layer.dead, total=layer.units)
    return NONE if layer.saturated is None else percent_text(layer.saturated)


def _lost_sentence(layer: LayerActivations) -> str:
    if not layer.units:
        return tr("All of its units are switched off")
    if layer.dead is not None:
        return tr("Dead: units that output 0 for every sample: {count} of {total}", count=layer.dead, total=layer.units)
    return "" if layer.saturated is None else _saturated_sentence(ACTIVATIONS[layer.activation], layer.saturated)


def _saturated_sentence(kind: type[Activation], share: float) -> str:
    """Which outputs count as saturated: those near a bound, or near the lower one where that is the only one."""
    assert kind.bounds is not None
    near = NEAR * (kind.bounds[1] - kind.bounds[0])
    low, high = number_text(kind.bounds[0] + near), number_text(kind.bounds[1] - near)
    if kind.limits is None:
        return tr("Saturated: outputs below {low}: {share}", low=low, share=percent_text(share))
    return tr("Saturated: outputs below {low} or above {high}: {share}", low=low, high=high, share=percent_text(share))


def _ticks(low: float, high: float) -> list[float]:
    """Both ends, and zero where it is between them and far enough from both."""
    zero = [0.0] if low < 0.0 < high and min(-low, high) > 0.12 * (high - low) else []
    return [low, *zero, high]
