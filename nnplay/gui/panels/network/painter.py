"""Paints a network: edges, then the units' pictures with their bias dots, frames and labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTransform

from nnplay.gui.paint.colour_scale import SmoothedScale
from nnplay.gui.paint.kept import Kept
from nnplay.gui.paint.picture import Picture
from nnplay.gui.panels.network.device import pixel_ratio
from nnplay.gui.panels.network.edges import EdgePainter, Highlight
from nnplay.gui.panels.network.flow import FlowPainter
from nnplay.gui.panels.network.labels import paint_labels
from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.panels.network.placement import UnitRectangle, bias_dots, bias_level, placement
from nnplay.gui.panels.network.still_layer import StillLayer
from nnplay.gui.panels.network.unit_frames import corner_radius
from nnplay.gui.theme.theme import Theme
from nnplay.training.probes.weights import Array

FAINT = 0.64
"""How far an input that is switched off fades into the background."""


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
        Seconds that the flow along the edges has run; None where it stands still.
    """

    pinned: Unit | None = None
    focused: Unit | None = None
    hovered: Unit | None = None
    hovered_edge: tuple[int, int] | None = None
    off: frozenset[Unit] = field(default_factory=frozenset)
    flow: float | None = None


class NetworkPainter:
    """Keeps what changes seldom and paints what is shown now."""

    def __init__(self, theme: Theme) -> None:
        self.edges = EdgePainter(theme)
        self.still = StillLayer()
        self._flow = FlowPainter(theme)
        self._theme = theme
        self._layout: NetworkLayout | None = None
        self._changes = 0  # of layout, labels and colours
        self._pictures: Mapping[Unit, Picture] = {}
        self._biases: list[list[int]] = []
        self._bias_scale = SmoothedScale(floor=0.5)
        self._left: Sequence[str] = ()
        self._right: Sequence[str] = ()
        self._placement: Kept[tuple[UnitRectangle, ...]] = Kept()
        self._dots: Kept[list[tuple[QPointF, QPixmap]]] = Kept()

    @property
    def background(self) -> str:
        """The colour that everything is painted on."""
        return self._theme.palette.panel

    def use_theme(self) -> None:
        """Paint in the colours of another theme from now on."""
        self._changes += 1
        self.edges.use_theme()

    def set_layout(self, layout: NetworkLayout, left: Sequence[str] = (), right: Sequence[str] = ()) -> None:
        """Other places, and the labels of the inputs at their left and of the outputs at their right."""
        self._changes += 1
        self._layout, self._left, self._right = layout, left, right
        self.edges.set_layout(layout)

    def show_parameters(self, weights: Sequence[Array], biases: Sequence[Array]) -> None:
        """Show the weights and biases of a moment."""
        self.edges.show_weights(weights)
        full = self._bias_scale.follow(max((float(np.abs(b).max(initial=0.0)) for b in biases), default=0.0)) or 1.0
        self._biases = [[bias_level(value, full) for value in layer.tolist()] for layer in biases]

    def show_pictures(self, pictures: Mapping[Unit, Picture]) -> None:
        """Show the units' pictures of a moment; a unit without one is left plain."""
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
        off = [unit for unit in look.off if unit.column > 0]
        highlight = Highlight(look.hovered_edge, look.hovered)

        def draw(brush: QPainter) -> None:
            self.edges.paint(brush, highlight, off)
            paint_labels(brush, layout, self._theme.palette, self._left, self._right, look.off)

        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.still.animated = look.flow is not None
        seen = (self._changes, highlight, look.off)
        self.still.paint(painter, size, self._theme.palette.panel, draw, seen, self.edges.version)
        if look.flow is not None:
            self._flow.paint(painter, layout, self.edges, look.flow, highlight, off)
        view, ratio = painter.transform(), pixel_ratio(painter)
        painter.resetTransform()
        units = self._placed(layout, view, ratio, look)
        self._paint_units(painter, units, look)
        self._paint_biases(painter, units, layout.bias_radius * view.m11(), ratio, look)
        painter.setTransform(view)

    def _placed(self, layout: NetworkLayout, view: QTransform, ratio: float, look: Look) -> tuple[UnitRectangle, ...]:
        fades = {u: FAINT / 2 if u == look.hovered else FAINT for u in look.off if u.column == 0}
        key = (self._changes, view.m11(), view.dx(), view.dy(), ratio, fades)
        return self._placement.of(key, lambda: placement(layout, view, ratio, self._theme.palette, fades))

    def _paint_units(self, painter: QPainter, units: Sequence[UnitRectangle], look: Look) -> None:
        marked, smooth = {look.pinned, look.hovered, look.focused}, True
        for placed in units:
            unit = placed.unit
            is_off = unit.column > 0 and unit in look.off
            picture = None if is_off else self._pictures.get(unit)
            if picture is None:
                painter.fillRect(placed.rectangle, QColor(self._theme.palette.field))
            else:
                scaled = picture.smooth and picture.side != placed.pixels
                if scaled != smooth:
                    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scaled)
                    smooth = scaled
                painter.drawImage(placed.rectangle, picture.image)
            painter.drawPixmap(placed.frame_at, placed.frame)
            if is_off:
                self._cross_out(painter, QRectF(placed.rectangle))
            if unit in marked:
                self._paint_frame(painter, placed.rectangle, unit, look)

    def _cross_out(self, painter: QPainter, rectangle: QRectF) -> None:
        inset = 0.3 * rectangle.width()
        inner = rectangle.adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(QColor(self._theme.palette.disabled), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QLineF(inner.topLeft(), inner.bottomRight()))
        painter.drawLine(QLineF(inner.topRight(), inner.bottomLeft()))

    def _paint_frame(self, painter: QPainter, place: QRect, unit: Unit, look: Look) -> None:
        frames = (
            (unit == look.pinned, self._theme.palette.accent, 2.0, 0.5),
            (unit == look.hovered and unit != look.pinned, self._theme.palette.quiet, 1.5, 0.5),
            (unit == look.focused, self._theme.palette.focus, 2.0, 4.0),
        )
        radius = corner_radius(place.width())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for wanted, colour, width, gap in frames:
            if wanted:
                painter.setPen(QPen(QColor(colour), width))
                painter.drawRoundedRect(QRectF(place).adjusted(-gap, -gap, gap, gap), radius + gap, radius + gap)

    def _paint_biases(
        self, painter: QPainter, units: Sequence[UnitRectangle], radius: float, ratio: float, look: Look
    ) -> None:
        on = [placed for placed in units if placed.unit not in look.off]
        key = (self._changes, units, self._biases, look.off, radius, ratio)
        dots = self._dots.of(key, lambda: bias_dots(on, self._biases, radius, ratio, self._theme.palette))
        for place, dot in dots:
            painter.drawPixmap(place, dot)
