"""Paints a network: edges, then the units' pictures with their bias dots, frames and labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTransform

from nnplay.gui.items.calm_scale import CalmScale
from nnplay.gui.items.device import pixel_ratio
from nnplay.gui.items.network_edge_layer import EdgeLayer
from nnplay.gui.items.network_edges import EdgePainter, Highlight
from nnplay.gui.items.network_flow import FlowPainter
from nnplay.gui.items.network_layout import NetworkLayout, Unit
from nnplay.gui.items.network_mounts import BIAS_LEVELS, MOUNT_MARGIN, bias_dot, corner_radius, mount
from nnplay.gui.items.network_pictures import Picture
from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.training.snapshot import Array

FAINT = 0.64
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
        self.layer = EdgeLayer(self.edges)
        self._flow = FlowPainter(palette)
        self._palette = palette
        self._layout: NetworkLayout | None = None
        self._pictures: Mapping[Unit, Picture] = {}
        self._biases: list[Array] = []
        self._bias_scale = CalmScale(floor=0.5)
        self._left: Sequence[str] = ()
        self._right: Sequence[str] = ()

    @property
    def ground(self) -> str:
        """The colour that everything is painted on."""
        return self._palette.panel

    def set_palette(self, palette: Palette) -> None:
        """Other colours."""
        self._palette = palette
        self.edges.set_palette(palette)
        self._flow.set_palette(palette)

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

    def paint(self, painter: QPainter, look: Look, size: QSize) -> None:
        """Paint everything; the painter's own transform says where and how large in a widget of `size`."""
        layout = self._layout
        if layout is None:
            return
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        off = [unit for unit in look.off if unit.column > 0]
        self.layer.patient = look.flow is not None
        highlight = Highlight(look.hovered_edge, look.hovered)
        self.layer.paint(painter, size, self._palette.panel, highlight=highlight, off=off)
        if look.flow is not None:
            self._flow.paint(painter, layout, self.edges, look.flow, highlight, off)
        view = painter.transform()
        painter.resetTransform()
        for unit in layout.units():
            self._paint_unit(painter, view.mapRect(QRectF(*layout.box(unit))).toRect(), unit, look)
        for unit in layout.units():
            if unit.column > 0 and unit not in look.off:
                self._paint_bias(painter, layout, unit, view)
        painter.setTransform(view)
        self._paint_labels(painter, layout, look)

    def _paint_unit(self, painter: QPainter, place: QRect, unit: Unit, look: Look) -> None:
        """Paint one unit at whole pixels: a picture between pixels takes ten times as long."""
        is_off = unit in look.off
        picture = None if is_off and unit.column > 0 else self._pictures.get(unit)
        if picture is None:
            painter.fillRect(place, QColor(self._palette.field))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, picture.smooth)
            painter.drawImage(place, picture.image)
        fading = 0.0
        if is_off and unit.column == 0:
            fading = FAINT if unit != look.hovered else FAINT / 2
        ratio = pixel_ratio(painter)
        frame = mount(place.width(), place.height(), ratio, self._palette, fading)
        painter.drawPixmap(place.x() - MOUNT_MARGIN, place.y() - MOUNT_MARGIN, frame)
        rectangle = QRectF(place)
        if is_off and unit.column > 0:
            self._cross_out(painter, rectangle)
        self._paint_frame(painter, rectangle, corner_radius(place.width()), unit, look)

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

    def _paint_bias(self, painter: QPainter, layout: NetworkLayout, unit: Unit, view: QTransform) -> None:
        dense = unit.column - 1
        if dense >= len(self._biases) or unit.position >= len(self._biases[dense]):
            return
        value = float(self._biases[dense][unit.position])
        share = min(abs(value) / (self._bias_scale.value or 1.0), 1.0) if value == value else 1.0
        level = round(share * BIAS_LEVELS) if value else None
        radius = layout.bias_radius * view.m11()
        dot = bias_dot(radius, pixel_ratio(painter), self._palette, level, negative=value < 0)
        half = dot.deviceIndependentSize().width() / 2
        place = view.map(QPointF(*layout.bias_place(unit)))
        painter.drawPixmap(QPointF(place.x() - half, place.y() - half), dot)

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
