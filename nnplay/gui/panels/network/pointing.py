"""What of a network drawing is under the pointer, and where the drawing has what is pointed at elsewhere."""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF

from nnplay.gui.panels.network.layout import NetworkLayout, Unit
from nnplay.gui.panels.network.viewport import Viewport
from nnplay.gui.session.selection import Address, UnitAddress, WeightAddress
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


def address_of(layout: NetworkLayout, pointed: Pointed) -> Address | None:
    """What is pointed at, as the whole window names it; none for an edge that stands for many weights."""
    if pointed.unit is not None:
        return UnitAddress(pointed.unit.column - 1, pointed.unit.position)
    if pointed.bias is not None:
        return WeightAddress(pointed.bias.column - 1, None, pointed.bias.position)
    if pointed.edge is None:
        return None
    number, edge = pointed.edge
    bundle = layout.bundles[number]
    return WeightAddress(number, int(bundle.rows[edge]), int(bundle.targets[edge]))


def pointed_of(layout: NetworkLayout, address: Address | None) -> Pointed:
    """Where the drawing shows a unit, weight or bias; nothing where it isn't drawn.

    A weight of a picture's pixel is part of the edge that stands for all of a unit's, and one from a unit that isn't
    drawn is shown at the unit that it leads to.
    """
    if address is None or not 0 <= address.layer + 1 < len(layout.columns):
        return Pointed()
    unit = Unit(address.layer + 1, address.unit)
    if unit.position >= layout.columns[unit.column].shown:
        return Pointed()
    if isinstance(address, UnitAddress):
        return Pointed(unit) if not (unit.column == 0 and _is_picture(layout)) else Pointed()
    if address.layer < 0:
        return Pointed()
    if address.row is None:
        return Pointed(bias=unit)
    bundle = layout.bundles[address.layer]
    rows = address.row if bundle.rows[0] >= 0 else -1
    found = np.flatnonzero((bundle.rows == rows) & (bundle.targets == address.unit))
    return Pointed(edge=(address.layer, int(found[0]))) if len(found) else Pointed(unit)


def pixel_of(picture: tuple[int, int] | None, address: Address | None) -> tuple[int, int, int] | None:
    """Which pixel (row, column, pixels a side) of the square that shows a `picture` (rows, columns) is meant."""
    if picture is None or address is None:
        return None
    if isinstance(address, UnitAddress):
        index = address.unit if address.layer < 0 else None
    else:
        index = address.row if address.layer == 0 else None
    rows, columns = picture
    if index is None or index >= rows * columns:
        return None
    side, (row, column) = max(picture), divmod(index, columns)
    return row + (side - rows) // 2, column + (side - columns) // 2, side


def _is_picture(layout: NetworkLayout) -> bool:
    return int(layout.bundles[0].rows[0]) < 0
