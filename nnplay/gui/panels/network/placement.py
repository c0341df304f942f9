"""Where the units of a network stand in whole pixels of the device, and the frames over their pictures.

It changes when the layout, the view or the look does, and not with the numbers that training changes. Screens whose
scale is no whole number have pixels that are none of the widget's: what stands between two of them is blurred, and
leaves specks where it is painted again. So all here is in the device's own pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QPixmap, QTransform

from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.panels.network.unit_frames import BIAS_LEVELS, bias_dot, frame_pixmap
from nnplay.gui.theme.palette import Palette

LEAST_BIAS = 0.5
"""Biases are small up to here, however small all others are."""


class BiasLevels(NamedTuple):
    """What the bias dots of a layer show: `bias_level` of each unit, and the colours of negative and positive."""

    levels: list[int]
    tones: tuple[str, str]


@dataclass(frozen=True)
class UnitRectangle:
    """One unit.

    Attributes
    ----------
    rectangle
        Where its picture is.
    frame
        What is drawn over the picture, at the same place.
    bias_at
        The middle of its bias dot.
    """

    unit: Unit
    rectangle: QRect
    frame: QPixmap
    bias_at: QPointF


def placement(
    layout: NetworkLayout, to_device: QTransform, pixel: float, palette: Palette
) -> tuple[UnitRectangle, ...]:
    """All units, column by column.

    A picture between pixels takes ten times as long to draw, and so does one that has to be scaled: all
    pictures of a column are equally large, at whole pixels.

    Parameters
    ----------
    to_device
        From the layout to the device.
    pixel
        Pixels of the device along one of those that lengths are written in.
    """
    made = []
    for unit in layout.units():
        side = unit_side(layout, unit.column, to_device.m11())
        middle = to_device.map(QPointF(*layout.box(unit).centre))
        place = QRect(round(middle.x() - side / 2), round(middle.y() - side / 2), side, side)
        bias_at = to_device.map(QPointF(*layout.bias_place(unit)))
        made.append(UnitRectangle(unit, place, frame_pixmap(side, pixel, palette), bias_at))
    return tuple(made)


def unit_side(layout: NetworkLayout, column: int, zoom: float) -> int:
    """Pixels of the device along a side of a unit, `zoom` of them along one of the layout's."""
    return max(round(layout.columns[column].side * zoom), 1)


def bias_dots(
    units: Sequence[UnitRectangle], layers: Sequence[BiasLevels], radius: float, palette: Palette
) -> list[tuple[Unit, QPoint, QPixmap]]:
    """The dots of the units that have a bias, and where they go.

    Parameters
    ----------
    layers
        Those after the inputs.
    radius
        In pixels of the device.
    """
    dots = []
    for placed in units:
        layer, position = placed.unit.column - 1, placed.unit.position
        if 0 <= layer < len(layers) and position < len(layers[layer].levels):
            level, colour = layers[layer].levels[position], layers[layer].tones[layers[layer].levels[position] > 0]
            dot = bias_dot(round(radius, 1), palette, abs(level) - 1 if level else None, colour)
            half = dot.width() / 2
            at = QPoint(round(placed.bias_at.x() - half), round(placed.bias_at.y() - half))
            dots.append((placed.unit, at, dot))
    return dots


def bias_level(value: float, full: float) -> int:
    """0 for a bias of zero, else 1 to `BIAS_LEVELS` + 1 by its size against `full`, with its sign."""
    if not value:
        return 0
    share = min(abs(value) / full, 1.0) if value == value else 1.0
    level = round(share * BIAS_LEVELS) + 1
    return -level if value < 0 else level
