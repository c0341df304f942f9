"""Paints a network: edges, then the units' pictures with their bias dots, frames and labels."""

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTransform

from nnplay.gui.paint.colour_scale import SmoothedScale
from nnplay.gui.paint.kept import Kept
from nnplay.gui.paint.picture import Picture
from nnplay.gui.panels.network.device import to_device_pixels
from nnplay.gui.panels.network.edges import EdgePainter, Highlight, forward_tones
from nnplay.gui.panels.network.flow import FlowPainter
from nnplay.gui.panels.network.labels import paint_labels
from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.panels.network.look import Look, PhaseLook
from nnplay.gui.panels.network.marks import paint_bias_marks, paint_frames, paint_pixel
from nnplay.gui.panels.network.placement import (
    LEAST_BIAS,
    BiasLevels,
    UnitRectangle,
    bias_dots,
    bias_level,
    placement,
)
from nnplay.gui.panels.network.still_layer import StillLayer
from nnplay.gui.panels.network.unit_values import UnitValue, paint_values
from nnplay.gui.panels.network.weight_numbers import NumberTexts, WeightNumbers, weight_texts
from nnplay.gui.theme.scale import scaled
from nnplay.gui.theme.theme import Theme
from nnplay.training.probes.weights import Array

AT_REST = 0.45
"""How clear a unit's picture is that isn't at work in a phase."""


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
        self._bias_scale = SmoothedScale(floor=LEAST_BIAS)
        self._left: Sequence[str] = ()
        self._right: Sequence[str] = ()
        self._placement: Kept[tuple[UnitRectangle, ...]] = Kept()
        self._dots: Kept[list[tuple[Unit, QPoint, QPixmap]]] = Kept()
        self._numbers = WeightNumbers()
        self._sample: Mapping[Unit, UnitValue] = {}
        self.phase: PhaseLook | None = None

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

    @property
    def keyed(self) -> EdgePainter:
        """The edges that the key explains."""
        return self.edges if self.phase is None else self.phase.edges.of(self.phase.state.key)

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
        highlight, phase = Highlight(look.hovered_edge, look.hovered), self.phase

        def draw(brush: QPainter) -> None:
            if phase is None:
                self.edges.paint(brush, highlight, look.off)
            else:
                phase.edges.paint(brush, phase.state, highlight, look.off)
            if look.inspected_edge is not None:
                edges = self.edges if phase is None else phase.edges.of(phase.state.edges[look.inspected_edge[0]])
                edges.paint_pointed(brush, *look.inspected_edge, halo=self._theme.palette.accent)
            for number, edge in look.lit_edges:
                self.edges.paint_pointed(brush, number, edge, halo=self._theme.palette.alarm)
            paint_labels(brush, layout, self._theme.palette, self._left, self._right)

        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.still.animated = look.flow is not None
        seen = (self._changes, highlight, look.inspected_edge, look.lit_edges, look.off, phase)
        self.still.paint(painter, size, self._theme.palette.panel, draw, seen, self.edges.version, view)
        painter.setTransform(view * origin)
        if look.flow is not None and phase is None:
            self._flow.paint(painter, layout, self.edges, look.flow, highlight, look.off)
        if look.numbers or self.phase is not None:  # a walk is about its numbers
            self._paint_numbers(painter, layout, look)
        painter.setTransform(origin)
        painter.setTransform(to_device_pixels(painter))
        pixel = scaled(abs(device.m11()))
        units = self._placed(layout, view * device, pixel)
        self._paint_units(painter, units, look, pixel)
        self._paint_values(painter, units, pixel, layout.room.right * (view * device).m11())
        self._paint_biases(painter, units, layout.bias_radius * (view * device).m11(), look)
        painter.setTransform(origin)

    def _paint_numbers(self, painter: QPainter, layout: NetworkLayout, look: Look) -> None:
        palette, phase = self._theme.palette, self.phase
        texts = NumberTexts(weight_texts(self.edges.values)) if phase is None else phase.texts
        self._numbers.paint(painter, layout, texts, palette, look.off, self._changes)

    def _paint_values(self, painter: QPainter, units: Sequence[UnitRectangle], pixel: float, beside: float) -> None:
        phase, palette = self.phase, self._theme.palette
        values = self._sample if phase is None else phase.values
        if values:
            paint_values(painter, units, values, pixel, beside, palette)
        if phase is not None and phase.targets:
            paint_values(painter, units, phase.targets, pixel, beside, palette, on_top=True)

    def _placed(self, layout: NetworkLayout, to_device: QTransform, pixel: float) -> tuple[UnitRectangle, ...]:
        key = (self._changes, to_device.m11(), to_device.dx(), to_device.dy(), pixel)
        return self._placement.of(key, lambda: placement(layout, to_device, pixel, self._theme.palette))

    def _paint_units(self, painter: QPainter, units: Sequence[UnitRectangle], look: Look, pixel: float) -> None:
        marked, smooth, phase = {look.pinned, look.hovered, look.focused, *look.lit}, True, self.phase
        pictures = self._pictures if phase is None else {**self._pictures, **phase.pictures}
        for placed in units:
            unit = placed.unit
            is_off = unit in look.off
            picture = None if is_off else pictures.get(unit)
            steps_back = phase is not None and unit.column not in phase.state.lit_columns
            if picture is None:
                painter.fillRect(placed.rectangle, QColor(self._theme.palette.field))
            else:
                resized = picture.smooth and picture.side != placed.rectangle.width()
                if resized != smooth:
                    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, resized)
                    smooth = resized
                if steps_back:
                    painter.fillRect(placed.rectangle, QColor(self._theme.palette.panel))
                    painter.setOpacity(AT_REST)
                painter.drawImage(placed.rectangle, picture.image)
                painter.setOpacity(1.0)
            if unit.column == 0 and look.pixel is not None:
                paint_pixel(painter, placed.rectangle, look.pixel, pixel, self._theme.palette)
            painter.drawPixmap(placed.rectangle.topLeft(), placed.frame)
            if is_off or (phase is not None and unit in phase.crossed):
                self._cross_out(painter, QRectF(placed.rectangle), pixel)
            if unit in marked:
                paint_frames(painter, placed.rectangle, unit, look, pixel, self._theme.palette)

    def _cross_out(self, painter: QPainter, rectangle: QRectF, pixel: float) -> None:
        inset = 0.3 * rectangle.width()
        inner = rectangle.adjusted(inset, inset, -inset, -inset)
        colour = QColor(self._theme.palette.disabled)
        painter.setPen(QPen(colour, 1.6 * pixel, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QLineF(inner.topLeft(), inner.bottomRight()))
        painter.drawLine(QLineF(inner.topRight(), inner.bottomLeft()))

    def _paint_biases(self, painter: QPainter, units: Sequence[UnitRectangle], radius: float, look: Look) -> None:
        on = [placed for placed in units if placed.unit not in look.off]
        palette, phase = self._theme.palette, self.phase
        key = (self._changes, units, self._biases, look.off, radius, phase)
        dots = self._dots.of(key, lambda: bias_dots(on, self._bias_levels(), radius, palette))
        for unit, place, dot in dots:
            if phase is not None and unit.column - 1 not in phase.state.lit_biases:
                painter.setOpacity(AT_REST)
            painter.drawPixmap(place, dot)
            painter.setOpacity(1.0)
        paint_bias_marks(painter, units, radius, look, palette)

    def _bias_levels(self) -> Sequence[BiasLevels]:
        tones = forward_tones(self._theme.palette)
        return [BiasLevels(levels, tones) for levels in self._biases] if self.phase is None else self.phase.biases
