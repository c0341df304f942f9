"""Where everything of a network drawing is, for any layers and any room: plain geometry, nothing painted.

Columns run from the inputs at the left to the outputs at the right, as far apart as the room allows up to a limit,
and all are centred on one line. What belongs to a column stands under its last unit, so that the tallest column and
what is under it fill the room. All units are equally large, only inputs may be smaller. A layer that has more units
than fit shows its first ones, and says below them how many more there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nnplay.gui.panels.network.bundles import EdgeBundle, Floats, Ints, distances
from nnplay.gui.theme.scale import scaled

LARGEST_SIDE, SMALLEST_SIDE = 96.0, 32.0
"""Pixels of a unit, as all lengths here at the factor 1; narrow columns and many outputs make them smaller still."""
LARGEST_PITCH = 138.0
SMALLEST_PITCH = 37.0
LEAST_PITCH = 24.0
"""Outputs and inputs stand as near as this before the first of them is left out: each has a name to be read."""
WIDE_LAYER_PITCH = 48.0
"""Units of a layer that doesn't fit anyway stand this far apart, so that their pictures can be read."""
FILLED = 0.78
"""The part of the pitch that a unit takes, more where units are small."""
OF_SPACING = 0.58
"""The part of the way from column to column that a unit takes at most."""
LEAST_GAP = 4.0
LARGEST_SPACING = 320.0
PICTURE_SIDES = (64.0, 168.0)
SPREAD = 0.42
"""The part of a unit's side over which its edges leave and arrive."""


class Unit(NamedTuple):
    """One unit: its column, 0 for the inputs, and its position in the layer, from 0."""

    column: int
    position: int


class Box(NamedTuple):
    """A rectangle in the drawing's own pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def contains(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether a point is inside, or at most `margin` away."""
        inside = self.x - margin <= x <= self.x + self.width + margin
        return inside and self.y - margin <= y <= self.y + self.height + margin


@dataclass(frozen=True)
class Room:
    """The room a drawing has, and what stands beside and under its columns, in pixels of the screen.

    Attributes
    ----------
    width, height
        Of the whole.
    left, right
        For the labels left of the inputs and right of the outputs.
    under, under_inputs
        For what stands under each column, and under that of the inputs.
    """

    width: float
    height: float
    left: float = 8.0
    right: float = 8.0
    under: float = 0.0
    under_inputs: float = 0.0


@dataclass(frozen=True)
class LayerColumn:
    """One layer.

    Attributes
    ----------
    total
        Units that the layer has.
    x
        The middle.
    centres
        y of the middle of each unit shown, which are the first ones.
    side
        Width and height of a unit.
    more_y
        y of the line that says how many more there are; None where all are shown.
    """

    total: int
    x: float
    centres: tuple[float, ...]
    side: float
    more_y: float | None

    @property
    def shown(self) -> int:
        """Units that are drawn."""
        return len(self.centres)

    @property
    def more(self) -> int:
        """Units that are not drawn."""
        return self.total - self.shown

    @property
    def bottom(self) -> float:
        """y of its end, under which its controls stand."""
        return self.centres[-1] + self.side / 2 if self.more_y is None else self.more_y + scaled(9)


@dataclass(frozen=True)
class NetworkLayout:
    """Columns and the edges between them.

    Attributes
    ----------
    columns
        One a layer, the inputs first.
    bundles
        One a dense layer, between its two columns.
    """

    room: Room
    columns: tuple[LayerColumn, ...]
    bundles: tuple[EdgeBundle, ...]

    @property
    def spacing(self) -> float:
        """From the middle of a column to the middle of the next."""
        return self.columns[1].x - self.columns[0].x

    @property
    def side(self) -> float:
        """Width and height of a unit."""
        return self.columns[-1].side

    def box(self, unit: Unit) -> Box:
        """The place of a unit that is shown."""
        column = self.columns[unit.column]
        half = column.side / 2
        return Box(column.x - half, column.centres[unit.position] - half, column.side, column.side)

    def bias_place(self, unit: Unit) -> tuple[float, float]:
        """The middle of a unit's bias dot: its lower left corner, slightly inside."""
        box = self.box(unit)
        inset = 0.04 * box.width
        return box.x + inset, box.y + box.height - inset

    @property
    def bias_radius(self) -> float:
        """Radius of the bias dots."""
        return min(max(0.085 * self.side, scaled(2.2)), scaled(6.0))

    def units(self) -> list[Unit]:
        """Every unit shown, column by column."""
        return [Unit(c, i) for c, column in enumerate(self.columns) for i in range(column.shown)]

    def unit_at(self, x: float, y: float) -> Unit | None:
        """The unit whose picture is at a point."""
        for unit in self.units():
            if self.box(unit).contains(x, y):
                return unit
        return None

    def bias_at(self, x: float, y: float, reach: float = 3.0) -> Unit | None:
        """The unit whose bias dot is at a point, or at most `reach` away from it; inputs have none."""
        for unit in self.units():
            bx, by = self.bias_place(unit)
            if unit.column > 0 and (x - bx) ** 2 + (y - by) ** 2 <= (self.bias_radius + reach) ** 2:
                return unit
        return None

    def edge_at(self, x: float, y: float, reach: float = 10.0) -> tuple[int, int] | None:
        """(bundle, edge) of the curve nearest to a point, where one is at most `reach` away."""
        best, found = reach, None
        for index, bundle in enumerate(self.bundles):
            if not len(bundle.rows) or not bundle.starts[0, 0] - reach <= x <= bundle.ends[0, 0] + reach:
                continue
            away = distances(bundle.points, x, y)
            edge = int(np.argmin(away))
            if away[edge] <= best:
                best, found = float(away[edge]), (index, edge)
        return found

    def neighbour(self, unit: Unit, dx: int, dy: int) -> Unit:
        """The unit that an arrow key leads to; the same one at the border."""
        if dx:
            column = min(max(unit.column + dx, 0), len(self.columns) - 1)
            y = self.columns[unit.column].centres[unit.position]
            nearest = min(range(self.columns[column].shown), key=lambda i: abs(self.columns[column].centres[i] - y))
            return Unit(column, nearest) if column != unit.column else unit
        return Unit(unit.column, min(max(unit.position + dy, 0), self.columns[unit.column].shown - 1))


def lay_out(sizes: Sequence[int], room: Room, *, picture: bool = False) -> NetworkLayout:
    """Place a network.

    Parameters
    ----------
    sizes
        Units of each layer, the inputs first, at least two layers.
    room
        The room there is.
    picture
        The inputs are the pixels of one picture: one large square with one edge to each unit.
    """
    columns = _columns(list(sizes), room, picture)
    pairs = enumerate(pairwise(columns))
    bundles = [_bundle(left, right, fan=picture and number == 0) for number, (left, right) in pairs]
    return NetworkLayout(room, columns, tuple(bundles))


def _columns(sizes: list[int], room: Room, picture: bool) -> tuple[LayerColumn, ...]:
    height = max(room.height - room.under, 1.0)
    least, most = map(scaled, PICTURE_SIDES)
    side_of_picture = min(max(0.32 * height, least), most, 0.3 * room.width)
    counts = [1, *sizes[1:]] if picture else sizes
    pitch = _pitch(counts[1:-1], counts[-1], height)
    of_inputs = max(min(2 * (room.height - room.under_inputs - height / 2), height), 1.0)
    inputs_pitch = min(_pitch([], counts[0], of_inputs), pitch)
    first_half = side_of_picture / 2 if picture else 0.0
    span = room.width - room.left - room.right - first_half
    side = min(_side(pitch), OF_SPACING * span / len(sizes))
    span -= side if not picture else side / 2
    spacing = min(span / (len(sizes) - 1), scaled(LARGEST_SPACING))
    start = room.left + (first_half or side / 2) + (span - spacing * (len(sizes) - 1)) / 2
    columns = []
    for number, count in enumerate(counts):
        x = start + number * spacing
        if picture and number == 0:
            columns.append(LayerColumn(1, x, (height / 2,), side_of_picture, None))
        elif number == 0:
            columns.append(_column(count, x, min(side, _side(inputs_pitch)), inputs_pitch, of_inputs, height / 2))
        else:
            columns.append(_column(count, x, side, pitch, height, height / 2))
    return tuple(columns)


def _pitch(hidden: list[int], ends: int, height: float) -> float:
    """How far apart the units of these hidden layers and of an end stand."""
    smallest, least = scaled(SMALLEST_PITCH), scaled(LEAST_PITCH)
    fitting = [count for count in hidden if count * smallest <= height]
    cut = len(fitting) < len(hidden)
    if ends * least <= height:
        fitting.append(ends)
    else:
        cut = True
    pitch = min(scaled(LARGEST_PITCH), height / max(fitting, default=1))
    return min(pitch, max(min(scaled(WIDE_LAYER_PITCH), height / 2), smallest)) if cut else pitch


def _side(pitch: float) -> float:
    """Width and height of units so far apart."""
    side = max(FILLED * pitch, min(scaled(SMALLEST_SIDE), pitch - scaled(LEAST_GAP)))
    return min(side, scaled(LARGEST_SIDE))


def _column(count: int, x: float, side: float, pitch: float, height: float, middle: float) -> LayerColumn:
    rows = max(int(height / pitch + 1e-6), 2)
    shown = count if count <= rows else rows - 1
    used = shown if shown == count else rows
    top = max(middle - (used - 1) * pitch / 2, side / 2)  # where all is too low, what is under it goes down
    centres = tuple(top + row * pitch for row in range(shown))
    return LayerColumn(count, x, centres, side, None if shown == count else top + shown * pitch - 0.12 * pitch)


def _bundle(left: LayerColumn, right: LayerColumn, *, fan: bool) -> EdgeBundle:
    sources = np.repeat(np.arange(left.shown, dtype=np.intp), right.shown)
    targets = np.tile(np.arange(right.shown, dtype=np.intp), left.shown)
    starts = np.empty((len(sources), 2))
    starts[:, 0] = left.x + left.side / 2
    starts[:, 1] = np.asarray(left.centres)[sources] + _spread(targets, right.shown) * left.side
    ends = np.empty((len(sources), 2))
    ends[:, 0] = right.x - right.side / 2
    ends[:, 1] = np.asarray(right.centres)[targets] + _spread(sources, left.shown) * right.side
    return EdgeBundle(sources, targets, np.full_like(sources, -1) if fan else sources, starts, ends)


def _spread(ranks: Ints, count: int) -> Floats:
    """Where on a unit's side the edges of these ranks stand, as a part of the side from its middle."""
    if count < 2:
        return np.zeros(len(ranks))
    return SPREAD * (ranks / (count - 1) - 0.5)
