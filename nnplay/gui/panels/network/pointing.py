"""What of a network drawing is under the pointer."""

from collections.abc import Collection
from typing import NamedTuple

from PySide6.QtCore import QPointF

from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.panels.network.viewport import Viewport
from nnplay.gui.theme.scale import scaled

BIAS_REACH, EDGE_REACH = 4.0, 10.0
"""How far beside a dot or an edge the pointer may be, in pixels at the factor 1."""


class Pointed(NamedTuple):
    """A unit, the unit of a bias dot, or an edge as (bundle, edge); None for those it isn't."""

    unit: Unit | None = None
    bias: Unit | None = None
    edge: tuple[int, int] | None = None


def pointed_at(layout: NetworkLayout, view: Viewport, place: QPointF, off: Collection[Unit]) -> Pointed:
    """What is at a place of the widget, or near to it; dots before units, and edges last."""
    at, near = view.to_drawing(place), 1 / view.zoom
    bias = layout.bias_at(at.x(), at.y(), scaled(BIAS_REACH) * near)
    if bias is not None and bias not in off:
        return Pointed(bias=bias)
    unit = layout.unit_at(at.x(), at.y())
    if unit is not None:
        return Pointed(unit)
    edge = layout.edge_at(at.x(), at.y(), scaled(EDGE_REACH) * near)
    if edge is not None and int(layout.bundles[edge[0]].rows[edge[1]]) < 0:
        edge = None  # it stands for many weights
    return Pointed(edge=edge)
