"""Where the units of a network stand in a widget's whole pixels, and the frames over their pictures.

It changes when the layout, the view or the look does, and not with the numbers that training changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QPixmap, QTransform

from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.panels.network.unit_frames import BIAS_LEVELS, FRAME_MARGIN, bias_dot, frame_pixmap
from nnplay.gui.theme.palette import Palette


@dataclass(frozen=True)
class UnitRectangle:
    """One unit.

    Attributes
    ----------
    rectangle
        Where its picture is.
    pixels
        Device pixels along a side of it; 0 where that is no whole number.
    frame, frame_at
        What is drawn over the picture, and where.
    bias_at
        The middle of its bias dot.
    """

    unit: Unit
    rectangle: QRect
    pixels: int
    frame: QPixmap
    frame_at: QPoint
    bias_at: QPointF


def placement(
    layout: NetworkLayout, view: QTransform, ratio: float, palette: Palette, fades: dict[Unit, float]
) -> tuple[UnitRectangle, ...]:
    """All units, column by column.

    A picture between pixels takes ten times as long to draw, and so does one that has to be scaled: all
    pictures of a column are equally large, at whole pixels.

    Parameters
    ----------
    view
        From the layout to the widget.
    ratio
        Device pixels to one of the widget's.
    fades
        How far some units fade into the background.
    """
    made = []
    for unit in layout.units():
        box = layout.box(unit)
        side = unit_side(layout, unit.column, view.m11())
        middle = view.map(QPointF(*box.centre))
        place = QRect(round(middle.x() - side / 2), round(middle.y() - side / 2), side, side)
        frame = frame_pixmap(side, side, ratio, palette, fades.get(unit, 0.0))
        corner = place.topLeft() - QPoint(FRAME_MARGIN, FRAME_MARGIN)
        bias_at = view.map(QPointF(*layout.bias_place(unit)))
        made.append(UnitRectangle(unit, place, device_pixels(side, ratio), frame, corner, bias_at))
    return tuple(made)


def unit_side(layout: NetworkLayout, column: int, zoom: float) -> int:
    """Pixels of the widget along a side of a unit."""
    return max(round(layout.columns[column].side * zoom), 1)


def device_pixels(side: int, ratio: float) -> int:
    """Pixels of the device along so many of the widget's; 0 where that is no whole number."""
    pixels = side * ratio
    return round(pixels) if abs(pixels - round(pixels)) < 1e-6 else 0


def bias_dots(
    units: Sequence[UnitRectangle], levels: Sequence[Sequence[int]], radius: float, ratio: float, palette: Palette
) -> list[tuple[QPointF, QPixmap]]:
    """The dots of the units that have a bias, and where they go.

    Parameters
    ----------
    levels
        For each layer after the inputs what `bias_level` says of each unit.
    radius
        In pixels of the widget.
    """
    dots = []
    for placed in units:
        layer, position = placed.unit.column - 1, placed.unit.position
        if 0 <= layer < len(levels) and position < len(levels[layer]):
            level = levels[layer][position]
            dot = bias_dot(radius, ratio, palette, abs(level) - 1 if level else None, negative=level < 0)
            half = dot.deviceIndependentSize().width() / 2
            dots.append((placed.bias_at - QPointF(half, half), dot))
    return dots


def bias_level(value: float, full: float) -> int:
    """0 for a bias of zero, else 1 to `BIAS_LEVELS` + 1 by its size against `full`, with its sign."""
    if not value:
        return 0
    share = min(abs(value) / full, 1.0) if value == value else 1.0
    level = round(share * BIAS_LEVELS) + 1
    return -level if value < 0 else level
