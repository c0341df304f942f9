"""What a card or an editor speaks of, as rectangles of the canvas that it doesn't cover; it stands beside the first."""

import math
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF

from nnplay.gui.panels.network.canvas import NetworkCanvas
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.theme.scale import scaled

HALF_EDGE = 4.0
"""Half the width of a wide edge, in pixels at the factor 1."""


def about_unit(canvas: NetworkCanvas, unit: Unit) -> list[QRect]:
    """The unit's picture, with its bias dot."""
    layout, view = canvas.layout_, canvas.view
    assert layout is not None
    box = layout.box(unit)
    corners = view.to_widget(box.x, box.y), view.to_widget(box.x + box.width, box.y + box.height)
    rectangle = QRectF(*corners).toAlignedRect()
    return [rectangle if unit.column == 0 else rectangle.united(about_bias(canvas, unit)[0])]


def about_bias(canvas: NetworkCanvas, unit: Unit) -> list[QRect]:
    """The unit's bias dot; of a unit that isn't shown as `about_weight` has it."""
    layout, view = canvas.layout_, canvas.view
    assert layout is not None
    if unit.position >= layout.columns[unit.column].shown:
        return about_unit(canvas, Unit(unit.column, layout.columns[unit.column].shown - 1))
    radius = math.ceil(1.3 * layout.bias_radius * view.zoom) + 1
    middle = view.to_widget(*layout.bias_place(unit)).toPoint()
    return [QRect(middle - QPoint(radius, radius), middle + QPoint(radius, radius))]


def about_edge(canvas: NetworkCanvas, number: int, edge: int) -> list[QRect]:
    """The parts of an edge of a bundle, the middle first."""
    layout, view, half = canvas.layout_, canvas.view, scaled(HALF_EDGE)
    assert layout is not None
    points = [view.to_widget(*point) for point in layout.bundles[number].points[edge].tolist()]
    parts = [_around(*pair, half) for pair in pairwise(points)]
    middle = len(parts) // 2
    return [parts[middle], *parts[:middle], *parts[middle + 1 :]]


def about_weight(canvas: NetworkCanvas, layer: int, row: int, unit: int) -> list[QRect]:
    """The edge of a weight; where it has none of its own the unit that it leads to, or the last that is shown."""
    layout = canvas.layout_
    assert layout is not None
    bundle = layout.bundles[layer]
    found = np.flatnonzero((bundle.rows == row) & (bundle.targets == unit))
    if len(found):
        return about_edge(canvas, layer, int(found[0]))
    return about_unit(canvas, Unit(layer + 1, min(unit, layout.columns[layer + 1].shown - 1)))


def _around(start: QPointF, end: QPointF, margin: float) -> QRect:
    return QRectF(start, end).normalized().adjusted(-margin, -margin, margin, margin).toAlignedRect()
