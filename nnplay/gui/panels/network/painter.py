"""Paints a network: edges, then the units' pictures with their bias dots, frames and labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QLineF, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTransform

from nnplay.gui.paint.colour_scale import SmoothedScale
from nnplay.gui.paint.kept import Kept
from nnplay.gui.paint.picture import Picture
from nnplay.gui.panels.network.device import to_device_pixels
from nnplay.gui.panels.network.edges import EdgePainter, Highlight
from nnplay.gui.panels.network.flow import FlowPainter
from nnplay.gui.panels.network.labels import paint_labels
from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.panels.network.placement import UnitRectangle, bias_dots, bias_level, placement
from nnplay.gui.panels.network.still_layer import StillLayer
from nnplay.gui.panels.network.unit_frames import corner_radius
from nnplay.gui.panels.network.unit_values import UnitValue, paint_values
from nnplay.gui.panels.network.weight_numbers import WeightNumbers
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.theme import Theme
from nnplay.training.probes.weights import Array


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
        Units that are switched off.
    flow
        Seconds that the flow along the edges has run; None where it stands still.
    numbers
        Whether the edges carry their weights.
    """

    pinned: Unit | None = None
    focused: Unit | None = None
    hovered: Unit | None = None
    hovered_edge: tuple[int, int] | None = None
    off: frozenset[Unit] = field(default_factory=frozenset)
    flow: float | None = None
    numbers: bool = False


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
        self._dots: Kept[list[tuple[QPoint, QPixmap]]] = Kept()
        self._numbers = WeightNumbers()
        self._sample: Mapping[Unit, UnitValue] = {}

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

    def show_parameters(self, weights: Sequence[Array], biases: Sequence[Array], *, resting: bool = True) -> None:
        """Show the weights and biases of a moment, of a run that goes on where they aren't `resting`."""
        self.edges.show_weights(weights, resting=resting)
        largest = max((float(np.abs(b).max(initial=0.0)) for b in biases), default=0.0)
        full = self._bias_scale.follow(largest, resting=resting)
        self._biases = [[bias_level(value, full) for value in layer.tolist()] for layer in biases]

    def show_pictures(self, pictures: Mapping[Unit, Picture]) -> None:
        """Show the units' pictures of a moment; a unit without one is left plain."""
        self._pictures = pictures

    def show_sample(self, values: Mapping[Unit, UnitValue]) -> None:
        """Show on the units what they compute for a sample; nothing for no sample."""
        self._sample = values

    def forget(self) -> None:
        """A fresh start: scales begin anew."""
        self.edges.forget()
        self._bias_scale.forget()

    def paint(self, painter: QPainter, look: Look, size: QSize, view: QTransform = QTransform()) -> None:  # noqa: B008
        """Paint everything for a widget of `size`, whose corner is the painter's origin.

        Parameters
        ----------
        view
            From the layout to the widget.
        """
        layout, origin, device = self._layout, painter.transform(), painter.deviceTransform()
        if layout is None:
            return
        highlight = Highlight(look.hovered_edge, look.hovered)

        def draw(brush: QPainter) -> None:
            self.edges.paint(brush, highlight, look.off)
            paint_labels(brush, layout, self._theme.palette, self._left, self._right)

        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.still.animated = look.flow is not None
        seen = (self._changes, highlight, look.off)
        self.still.paint(painter, size, self._theme.palette.panel, draw, seen, self.edges.version, view)
        painter.setTransform(view * origin)
        if look.flow is not None:
            self._flow.paint(painter, layout, self.edges, look.flow, highlight, look.off)
        if look.numbers:
            self._numbers.paint(painter, layout, self.edges.values, self._theme.palette, look.off, self._changes)
        painter.setTransform(origin)
        painter.setTransform(to_device_pixels(painter))
        pixel = scaled(abs(device.m11()))
        to_device = view * device
        units = self._placed(layout, to_device, pixel)
        self._paint_units(painter, units, look, pixel)
        if self._sample:
            paint_values(painter, units, self._sample, pixel, layout.room.right * to_device.m11(), self._theme.palette)
        self._paint_biases(painter, units, layout.bias_radius * to_device.m11(), look)
        painter.setTransform(origin)

    def _placed(self, layout: NetworkLayout, to_device: QTransform, pixel: float) -> tuple[UnitRectangle, ...]:
        key = (self._changes, to_device.m11(), to_device.dx(), to_device.dy(), pixel)
        return self._placement.of(key, lambda: placement(layout, to_device, pixel, self._theme.palette))

    def _paint_units(self, painter: QPainter, units: Sequence[UnitRectangle], look: Look, pixel: float) -> None:
        marked, smooth = {look.pinned, look.hovered, look.focused}, True
        for placed in units:
            unit = placed.unit
            is_off = unit in look.off
            picture = None if is_off else self._pictures.get(unit)
            if picture is None:
                painter.fillRect(placed.rectangle, QColor(self._theme.palette.field))
            else:
                resized = picture.smooth and picture.side != placed.rectangle.width()
                if resized != smooth:
                    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, resized)
                    smooth = resized
                painter.drawImage(placed.rectangle, picture.image)
            painter.drawPixmap(placed.rectangle.topLeft(), placed.frame)
            if is_off:
                self._cross_out(painter, QRectF(placed.rectangle), pixel)
            if unit in marked:
                self._paint_frame(painter, placed.rectangle, unit, look, pixel)

    def _cross_out(self, painter: QPainter, rectangle: QRectF, pixel: float) -> None:
        inset = 0.3 * rectangle.width()
        inner = rectangle.adjusted(inset, inset, -inset, -inset)
        colour = QColor(self._theme.palette.disabled)
        painter.setPen(QPen(colour, 1.6 * pixel, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QLineF(inner.topLeft(), inner.bottomRight()))
        painter.drawLine(QLineF(inner.topRight(), inner.bottomLeft()))

    def _paint_frame(self, painter: QPainter, place: QRect, unit: Unit, look: Look, pixel: float) -> None:
        """Frames of whole pixels around a unit: pinned next to it, the keyboard's further out."""
        frames = (
            (unit == look.pinned, self._theme.palette.accent, 2.5, 0.0),
            (unit == look.hovered and unit != look.pinned, self._theme.palette.quiet, 1.6, 0.0),
            (unit == look.focused, self._theme.palette.focus, 2.0, 3.0),
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for wanted, colour, width, gap in frames:
            if wanted:
                line = max(round(width * pixel), 1)
                out = round(gap * pixel) + line / 2
                radius = corner_radius(place.width(), pixel) + out
                painter.setPen(QPen(QColor(colour), line))
                painter.drawRoundedRect(QRectF(place).adjusted(-out, -out, out, out), radius, radius)

    def _paint_biases(self, painter: QPainter, units: Sequence[UnitRectangle], radius: float, look: Look) -> None:
        on = [placed for placed in units if placed.unit not in look.off]
        key = (self._changes, units, self._biases, look.off, radius)
        dots = self._dots.of(key, lambda: bias_dots(on, self._biases, radius, self._theme.palette))
        for place, dot in dots:
            painter.drawPixmap(place, dot)
