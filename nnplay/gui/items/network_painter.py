"""Paints a network: edges, then the units' pictures with their bias dots, frames and labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPixmap, QTransform

from nnplay.gui.items.calm_scale import CalmScale
from nnplay.gui.items.network_edges import EdgePainter, Highlight
from nnplay.gui.items.network_layout import Box, NetworkLayout, Unit
from nnplay.gui.items.network_pictures import Picture
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette, mix
from nnplay.training.snapshot import Array

ROUNDING = 0.14
"""Radius of a unit's corners as a part of its side."""
FAINT = 0.7
"""How far an input that is switched off fades into the ground."""
LABEL_GAP = 9.0


@dataclass(frozen=True)
class Look:
    """What is marked at the moment.

    Attributes
    ----------
    pinned, focused, hovered
        A unit each, or None.
    hovered_edge
        (bundle, edge), or None.
    off
        Units that are switched off, and inputs that the network doesn't see.
    flow
        Seconds that the flow along the edges has run; None where it rests.
    """

    pinned: Unit | None = None
    focused: Unit | None = None
    hovered: Unit | None = None
    hovered_edge: tuple[int, int] | None = None
    off: frozenset[Unit] = field(default_factory=frozenset)
    flow: float | None = None


class NetworkPainter:
    """Keeps what changes seldom and paints what is shown now."""

    def __init__(self, palette: Palette) -> None:
        self.edges = EdgePainter(palette)
        self._palette = palette
        self._layout: NetworkLayout | None = None
        self._pictures: Mapping[Unit, Picture] = {}
        self._biases: list[Array] = []
        self._bias_scale = CalmScale(floor=0.5)
        self._left: Sequence[str] = ()
        self._right: Sequence[str] = ()

    def set_palette(self, palette: Palette) -> None:
        """Other colours."""
        self._palette = palette
        self.edges.set_palette(palette)

    def set_layout(self, layout: NetworkLayout, left: Sequence[str] = (), right: Sequence[str] = ()) -> None:
        """Other places, and the labels of the inputs at their left and of the outputs at their right."""
        self._layout, self._left, self._right = layout, left, right
        self.edges.set_layout(layout)

    def show_parameters(self, weights: Sequence[Array], biases: Sequence[Array]) -> None:
        """Take the weights and biases of a moment."""
        self.edges.show_weights(weights)
        self._biases = list(biases)
        self._bias_scale.follow(max((float(np.abs(b).max(initial=0.0)) for b in biases), default=0.0))

    def show_pictures(self, pictures: Mapping[Unit, Picture]) -> None:
        """Take the units' pictures of a moment; a unit without one is left plain."""
        self._pictures = pictures

    def forget(self) -> None:
        """A fresh start: scales begin anew."""
        self.edges.forget()
        self._bias_scale.forget()

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint everything; the painter's own transform says where and how large."""
        layout = self._layout
        if layout is None:
            return
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        off_hidden = [unit for unit in look.off if unit.column > 0]
        self.edges.paint(painter, Highlight(look.hovered_edge, look.hovered), off_hidden)
        if look.flow is not None:
            self.edges.paint_flow(painter, look.flow, off_hidden)
        for unit in layout.units():
            self._paint_unit(painter, layout.box(unit), unit, look)
        for unit in layout.units():
            if unit.column > 0 and unit not in look.off:
                self._paint_bias(painter, layout, unit)
        self._paint_labels(painter, layout, look)

    def _paint_unit(self, painter: QPainter, box: Box, unit: Unit, look: Look) -> None:
        rectangle = QRectF(*box)
        radius = ROUNDING * min(box.width, 60.0)
        is_off = unit in look.off
        picture = None if is_off and unit.column > 0 else self._pictures.get(unit)
        painter.setPen(QPen(QColor(mix(self._palette.panel, self._palette.quiet, 0.3)), 1.0))
        painter.setBrush(_texture(picture, box) if picture else QBrush(QColor(self._palette.field)))
        painter.drawRoundedRect(rectangle, radius, radius)
        if is_off and unit.column == 0:
            self._fade(painter, rectangle, radius, faint=unit != look.hovered)
        elif is_off:
            self._cross_out(painter, rectangle)
        self._paint_frame(painter, rectangle, radius, unit, look)

    def _fade(self, painter: QPainter, rectangle: QRectF, radius: float, *, faint: bool) -> None:
        veil = QColor(self._palette.panel)
        veil.setAlphaF(FAINT if faint else FAINT / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil)
        painter.drawRoundedRect(rectangle.adjusted(-1, -1, 1, 1), radius, radius)

    def _cross_out(self, painter: QPainter, rectangle: QRectF) -> None:
        inset = 0.3 * rectangle.width()
        inner = rectangle.adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(QColor(self._palette.disabled), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QLineF(inner.topLeft(), inner.bottomRight()))
        painter.drawLine(QLineF(inner.topRight(), inner.bottomLeft()))

    def _paint_frame(self, painter: QPainter, rectangle: QRectF, radius: float, unit: Unit, look: Look) -> None:
        frames = (
            (unit == look.pinned, self._palette.accent, 2.0, 0.5),
            (unit == look.hovered and unit != look.pinned, self._palette.quiet, 1.5, 0.5),
            (unit == look.focused, self._palette.focus, 2.0, 4.0),
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for wanted, colour, width, gap in frames:
            if wanted:
                painter.setPen(QPen(QColor(colour), width))
                painter.drawRoundedRect(rectangle.adjusted(-gap, -gap, gap, gap), radius + gap, radius + gap)

    def _paint_bias(self, painter: QPainter, layout: NetworkLayout, unit: Unit) -> None:
        dense = unit.column - 1
        if dense >= len(self._biases) or unit.position >= len(self._biases[dense]):
            return
        value = float(self._biases[dense][unit.position])
        share = min(abs(value) / (self._bias_scale.value or 1.0), 1.0)
        colour = self._palette.positive if value > 0 else self._palette.negative
        fill = mix(self._palette.panel, colour, 0.35 + 0.65 * share**0.5) if value else self._palette.panel
        rim = self._palette.panel if value else self._palette.focus
        radius = layout.bias_radius
        painter.setPen(QPen(QColor(rim), 0.3 * radius))
        painter.setBrush(QColor(fill))
        painter.drawEllipse(QPointF(*layout.bias_place(unit)), radius, radius)

    def _paint_labels(self, painter: QPainter, layout: NetworkLayout, look: Look) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(label_font(13 if layout.side > 22 else 11))
        metrics = QFontMetricsF(painter.font())
        height = metrics.height()
        inputs, outputs = layout.columns[0], layout.columns[-1]
        for index, text in enumerate(self._left[: inputs.shown]):
            unit = Unit(0, index)
            box = layout.box(unit)
            room = box.x - LABEL_GAP
            painter.setPen(QColor(self._palette.disabled if unit in look.off else self._palette.text))
            place = QRectF(box.x - LABEL_GAP - room, box.centre[1] - height / 2, room, height)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, flags, metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
        painter.setPen(QColor(self._palette.text))
        for index, text in enumerate(self._right[: outputs.shown]):
            box = layout.box(Unit(len(layout.columns) - 1, index))
            left = box.x + box.width + LABEL_GAP
            room = layout.room.width - left
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(left, box.centre[1] - height / 2, room, height), flags, elided)
        self._paint_mores(painter, layout)

    def _paint_mores(self, painter: QPainter, layout: NetworkLayout) -> None:
        painter.setFont(label_font(11))
        painter.setPen(QColor(self._palette.quiet))
        for column in layout.columns:
            if column.more_y is not None:
                place = QRectF(column.x - 60, column.more_y - 9, 120, 18)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"+{column.more} more")


def _texture(picture: Picture, box: Box) -> QBrush:
    """A brush that fills the box with the picture.

    Smooth ones are drawn half a pixel larger on each side, since a texture repeats and would mix its
    opposite borders there.
    """
    image = picture.image
    inset = 0.5 if picture.smooth else 0.0
    if picture.smooth:
        brush = QBrush(image)
    else:
        brush = QBrush(QPixmap.fromImage(image.scaled(image.size() * 8)))
        image = brush.textureImage()
    scale_x, scale_y = box.width / (image.width() - 2 * inset), box.height / (image.height() - 2 * inset)
    brush.setTransform(QTransform(scale_x, 0, 0, scale_y, box.x - inset * scale_x, box.y - inset * scale_y))
    return brush
