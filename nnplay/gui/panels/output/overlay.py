"""What lies over the plane while a person points, draws or selects; painted in pixels, so that it is always fine."""

import math
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QStyle

from nnplay.gui.paint.kept import Kept
from nnplay.gui.paint.pixels import on_device_pixels
from nnplay.gui.panels.output.lit_points import paint_lit
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled

CORNER = 5.0
CROSS = 9.0
RING = 6.0
"""Pixels from the edge of a marker to the ring of the chosen sample: those of misclassified ones lie within."""
"""Pixels from the middle of the keyboard's cross to its ends."""
ROOM = 16.0
"""Pixels beside words, at least."""
LINES = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
"""Words in the middle, in several lines where one is too long."""


@dataclass
class Overlay:
    """All places in pixels of the view.

    Attributes
    ----------
    canvas
        Where the plane is.
    circle
        Middle and the two radii of what a brush or an eraser reaches.
    outline
        Corners of a rectangle or a lasso.
    cross
        Where the keyboard stands.
    focused
        Whether the keyboard's focus is shown.
    caption
        What is shown, in the upper corner; empty for what always is.
    hint
        What to do on an empty canvas, in its middle.
    lit
        Rings and threads of the points that a finding means.
    ring
        Where the chosen sample is, and how large its marker.
    pointed
        The same of the sample that is pointed at elsewhere.
    """

    canvas: QRectF = field(default_factory=QRectF)
    circle: tuple[QPointF, float, float] | None = None
    outline: list[QPointF] = field(default_factory=list)
    cross: QPointF | None = None
    focused: bool = False
    caption: str = ""
    hint: str = ""
    lit: tuple[QPainterPath, QPainterPath] | None = None
    ring: tuple[QPointF, float] | None = None
    pointed: tuple[QPointF, float] | None = None
    _corners: Kept[QPainterPath] = field(default_factory=Kept)

    def paint(self, painter: QPainter, palette: Palette) -> None:
        """Paint it all over what is there."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._round_corners(painter, palette)
        painter.setClipRect(self.canvas)
        if self.lit is not None:
            paint_lit(painter, *self.lit, palette)
        for ring in (self.ring, self.pointed):
            if ring is not None:
                _trace(painter, _ring(*ring), palette, Qt.PenStyle.SolidLine, 2.0)
        if self.circle is not None or len(self.outline) > 1:
            self._paint_reach(painter, palette)
        if self.cross is not None:
            _trace(painter, _cross(self.cross), palette, Qt.PenStyle.SolidLine)
        painter.setClipping(False)
        self._write(painter, palette)
        if self.focused:
            painter.setPen(QPen(QColor(palette.focus), scaled(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            out, corner = scaled(2), scaled(CORNER + 2)
            painter.drawRoundedRect(self.canvas.adjusted(-out, -out, out, out), corner, corner)

    def _paint_reach(self, painter: QPainter, palette: Palette) -> None:
        shape = QPainterPath()
        if self.circle is not None:
            middle, across, along = self.circle
            shape.addEllipse(middle, across, along)
        if len(self.outline) > 1:
            shape.addPolygon(QPolygonF(self.outline))
            shape.closeSubpath()
            tint = QColor(palette.text)
            tint.setAlpha(22)
            painter.fillPath(shape, tint)
        _trace(painter, shape, palette, Qt.PenStyle.DashLine if self.outline else Qt.PenStyle.SolidLine)

    def _write(self, painter: QPainter, palette: Palette) -> None:
        painter.setFont(label_font(12))
        inside = self.canvas.adjusted(scaled(8), scaled(8), -scaled(8), -scaled(8))
        for text, colour, align in (
            (self.caption, palette.text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop),
            (self.hint, palette.quiet, Qt.AlignmentFlag.AlignCenter),
        ):
            if not text:
                continue
            room = QRectF(0, 0, max(self.canvas.width() - 2 * scaled(ROOM), 0.0), self.canvas.height())
            written = QFontMetricsF(painter.font()).boundingRect(room, LINES, text)
            size = QSize(math.ceil(written.width() + scaled(16)), math.ceil(written.height() + scaled(8)))
            aligned = QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, align, size, inside.toRect())
            chip = QRectF(aligned)
            background = QColor(palette.panel)
            background.setAlpha(225)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(background)
            painter.drawRoundedRect(chip, scaled(6), scaled(6))
            painter.setPen(QColor(colour))
            painter.drawText(chip.adjusted(scaled(8), scaled(4), -scaled(8), -scaled(4)), LINES, text)

    def _round_corners(self, painter: QPainter, palette: Palette) -> None:
        """Cover the canvas's own corners in the colour of the background, and what of it is no whole pixel."""
        canvas, corner = on_device_pixels(painter, self.canvas), scaled(CORNER)
        path = self._corners.of((canvas, corner), lambda: _corners(canvas, corner))
        painter.fillPath(path, QColor(palette.panel))


def _corners(canvas: QRectF, corner: float) -> QPainterPath:
    around, inner = QPainterPath(), QPainterPath()
    around.addRect(canvas.adjusted(-2, -2, 2, 2))
    inner.addRoundedRect(canvas, corner, corner)
    return around.subtracted(inner)


def _cross(middle: QPointF) -> QPainterPath:
    path = QPainterPath()
    for dx, dy in ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)):
        path.moveTo(middle + QPointF(dx, dy) * scaled(3.0))
        path.lineTo(middle + QPointF(dx, dy) * scaled(CROSS))
    return path


def _ring(middle: QPointF, size: float) -> QPainterPath:
    path, radius = QPainterPath(), size / 2 + scaled(RING)
    path.addEllipse(middle, radius, radius)
    return path


def _trace(painter: QPainter, path: QPainterPath, palette: Palette, style: Qt.PenStyle, width: float = 1.3) -> None:
    """A line that is seen on any background: dark on light, or light on dark."""
    halo = QColor(palette.panel)
    halo.setAlpha(190)
    painter.strokePath(path, QPen(halo, scaled(width + 1.7)))
    painter.strokePath(path, QPen(QColor(palette.text), scaled(width), style))
