"""A small plot of the unit's activation: f and f′, the point where the sample is, and the tangent there."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.round_ticks import round_ticks
from nnplay.gui.panels.inspector.activation_curve import ActivationCurve, Floats, curve_of, reach_of
from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.number_format import number_text
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import tr

LEFT, RIGHT, TOP, BOTTOM = 30, 8, 18, 18
"""Pixels at the factor 1 around the curves: for the axes' numbers and the key."""
LEAST = 30
"""Height of the curves at least; in less their axis can't be read, and nothing is painted."""
SIZE, DOT, RUG = 11, 4.0, 5.0
MOST_TICKS = 4
MOST_RUG = 400
"""Samples of the batch that are marked on the axis; more would be one dark line."""
DASHES = (4.0, 3.0)
FIGURES = 4


@dataclass(frozen=True, eq=False)
class ActivationPoint:
    """What the plot shows.

    Attributes
    ----------
    name
        A name of `ACTIVATIONS`; "" where the unit's answer is no function of its own z alone, as with softmax.
    letter
        What the activation takes: ``z``, or ``u`` behind batch norm.
    z, a, slope
        The sample's, and f′ there; None where there is no sample.
    batch
        (N,) what the activation takes for every sample of the batch.
    """

    name: str
    letter: str
    z: float | None
    a: float
    slope: float
    batch: Floats


class ActivationPlot(Guarded, QWidget):
    """Paints an `ActivationPoint`; its axes stay where they are as long as the point is within them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.point: ActivationPoint | None = None
        self._reach = 0.0
        self.setAccessibleName(tr("Activation and its slope"))
        set_tip(self, tr("The activation f, its slope f′, and the tangent where the sample is"))
        theme.changed.connect(self.update)

    def show_point(self, point: ActivationPoint) -> None:
        """Show it."""
        before, self.point = self.point, point
        wanted = reach_of(0.0 if point.z is None or not np.isfinite(point.z) else point.z)
        same = before is not None and (before.name, before.letter) == (point.name, point.letter)
        self._reach = max(self._reach, wanted) if same and wanted > self._reach / 4 else wanted
        if point.z is not None and point.name:
            text = tr("f({letter}) = {a} at {letter} = {z}, slope {slope}", letter=point.letter,
                      a=number_text(point.a, FIGURES), z=number_text(point.z, FIGURES),
                      slope=number_text(point.slope, FIGURES))  # fmt: skip
            self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        if self.point is None or not self.point.name or self.area.height() < scaled(LEAST):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, self._theme.palette, curve_of(self.point.name, self._reach))
        painter.end()

    @property
    def area(self) -> QRectF:
        """Where the curves are."""
        return QRectF(self.rect()).adjusted(scaled(LEFT), scaled(TOP), -scaled(RIGHT), -scaled(BOTTOM))

    def at(self, z: float, y: float) -> QPointF:
        """Where a point of the plot is, in pixels."""
        assert self.point is not None
        curve, area = curve_of(self.point.name, self._reach), self.area
        x = area.left() + (z + self._reach) / (2 * self._reach) * area.width()
        return QPointF(x, area.bottom() - (y - curve.low) / (curve.high - curve.low) * area.height())

    def _paint(self, painter: QPainter, palette: Palette, curve: ActivationCurve) -> None:
        assert self.point is not None
        self._paint_axes(painter, palette, curve)
        painter.save()
        painter.setClipRect(self.area)
        self._paint_curve(painter, curve.z, curve.f, QPen(QColor(palette.text), scaled(1.6)))
        dashed = QPen(QColor(palette.quiet), scaled(1.3))
        dashed.setDashPattern(list(DASHES))
        self._paint_curve(painter, curve.z, curve.slope, dashed)
        self._paint_rug(painter, palette)
        point = self.point
        if point.z is not None and np.isfinite(point.z) and np.isfinite(point.a):
            self._paint_tangent(painter, palette, point.z, point.a, point.slope)
        painter.restore()
        self._paint_key(painter, palette, dashed)

    def _paint_axes(self, painter: QPainter, palette: Palette, curve: ActivationCurve) -> None:
        """Lines at round numbers, with these."""
        area = self.area
        painter.setFont(figure_font(SIZE))
        line, quiet = QPen(QColor(palette.line), 1.0), QColor(palette.quiet)
        across, up = round_ticks(-self._reach, self._reach, MOST_TICKS), round_ticks(curve.low, curve.high, MOST_TICKS)
        for place, text in zip(across.places, across.texts, strict=True):
            x = self.at(place, curve.low).x()
            painter.setPen(line)
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
            painter.setPen(quiet)
            box = QRectF(x - scaled(30), area.bottom() + 2, scaled(60), scaled(BOTTOM) - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)
        for place, text in zip(up.places, up.texts, strict=True):
            y = self.at(0.0, place).y()
            painter.setPen(line)
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            painter.setPen(quiet)
            box = QRectF(0, y - scaled(10), area.left() - scaled(5), scaled(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_curve(self, painter: QPainter, z: Floats, y: Floats, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([self.at(a, b) for a, b in zip(z.tolist(), y.tolist(), strict=True)]))

    def _paint_rug(self, painter: QPainter, palette: Palette) -> None:
        """A short line on the axis for each sample of the batch."""
        assert self.point is not None
        batch = self.point.batch
        if len(batch) > MOST_RUG:
            return
        colour = QColor(palette.quiet)
        colour.setAlpha(110)
        painter.setPen(QPen(colour, 1.0))
        bottom = self.area.bottom()
        for z in batch[np.isfinite(batch)].tolist():
            x = self.at(z, 0.0).x()
            painter.drawLine(QLineF(x, bottom, x, bottom - scaled(RUG)))

    def _paint_tangent(self, painter: QPainter, palette: Palette, z: float, a: float, slope: float) -> None:
        colour = QColor(palette.positive if z >= 0 else palette.negative)
        ends = (
            self.at(-self._reach, a + slope * (-self._reach - z)),
            self.at(self._reach, a + slope * (self._reach - z)),
        )
        painter.setPen(QPen(colour, scaled(1.4)))
        painter.drawLine(QLineF(*ends))
        painter.setPen(QPen(QColor(palette.panel), scaled(1.5)))
        painter.setBrush(colour)
        painter.drawEllipse(self.at(z, a), scaled(DOT), scaled(DOT))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, scaled(1.5)))
        painter.drawEllipse(self.at(z, slope), scaled(DOT - 1), scaled(DOT - 1))

    def _paint_key(self, painter: QPainter, palette: Palette, dashed: QPen) -> None:
        """Which curve is which, above them."""
        assert self.point is not None
        painter.setFont(label_font(SIZE))
        x, y = self.area.left(), scaled(TOP) / 2 - 1
        letter = self.point.letter
        for pen, text in ((QPen(QColor(palette.text), scaled(1.6)), f"f({letter})"), (dashed, f"f′({letter})")):
            painter.setPen(pen)
            painter.drawLine(QLineF(x, y, x + scaled(16), y))
            painter.setPen(QColor(palette.quiet))
            place = QRectF(x + scaled(21), 0, scaled(60), 2 * y)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            x += scaled(64)
