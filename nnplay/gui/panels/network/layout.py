"""Where everything of a network drawing is, for any layers and any room: plain geometry, nothing painted.

Columns run from the inputs at the left to the outputs at the right, as far apart as the room allows up to a limit,
and each is centred on the middle line. All units are equally large, only inputs may be smaller. A layer that has
more units than fit shows its first ones, and says below them how many more there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

LARGEST_PITCH = 66.0
LARGEST_SIDE = 44.0
SMALLEST_PITCH = 26.0
WIDE_LAYER_PITCH = 46.0
"""Units of a layer that doesn't fit anyway stand this far apart, so that their pictures can be read."""
FILLED = 0.68
"""The part of the pitch that a unit takes."""
LARGEST_SPACING = 230.0
PICTURE_SIDES = (64.0, 128.0)
SPREAD = 0.42
"""The part of a unit's side over which its edges leave and arrive."""
CURVE_POINTS = 25


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
    """The room a drawing has, and what stands beside its columns.

    Attributes
    ----------
    width, height
        Pixels.
    left, right
        Pixels for the labels left of the inputs and right of the outputs.
    """

    width: float
    height: float
    left: float = 8.0
    right: float = 8.0


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


@dataclass(frozen=True)
class EdgeBundle:
    """The edges drawn between two neighbouring columns, E of them.

    Attributes
    ----------
    sources, targets
        (E,) indices of the units that they join, in their columns.
    rows
        (E,) row of the weight matrix; another number than the source where some inputs are switched off,
        and −1 where one edge stands for all the weights of a unit.
    starts, ends
        (E, 2) where they leave and arrive.
    """

    sources: Ints
    targets: Ints
    rows: Ints
    starts: Floats
    ends: Floats

    @cached_property
    def points(self) -> Floats:
        """(E, P, 2) points along the curves."""
        return self.at(np.linspace(0.0, 1.0, CURVE_POINTS))

    def at(self, shares: Floats, which: Ints | slice = slice(None)) -> Floats:
        """(E, P, 2) points of the curves of `which` at the parameters `shares`, 0 to 1, (P,) or (E, P)."""
        t = np.atleast_2d(shares)[..., None]
        start, end = self.starts[which][:, None], self.ends[which][:, None]
        rise = t * t * (3 - 2 * t)
        x = (1 - t) ** 3 * start[..., :1] + t**3 * end[..., :1]
        x = x + 3 * t * (1 - t) * (start[..., :1] + end[..., :1]) / 2
        return np.concatenate([x, start[..., 1:] + rise * (end[..., 1:] - start[..., 1:])], axis=-1)


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
        return min(max(0.1 * self.side, 2.2), 4.2)

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

    def edge_at(self, x: float, y: float, reach: float = 5.0) -> tuple[int, int] | None:
        """(bundle, edge) of the curve nearest to a point, where one is at most `reach` away."""
        best, found = reach, None
        for index, bundle in enumerate(self.bundles):
            if not len(bundle.rows) or not bundle.starts[0, 0] - reach <= x <= bundle.ends[0, 0] + reach:
                continue
            distances = _distances(bundle.points, x, y)
            edge = int(np.argmin(distances))
            if distances[edge] <= best:
                best, found = float(distances[edge]), (index, edge)
        return found

    def neighbour(self, unit: Unit, dx: int, dy: int) -> Unit:
        """The unit that an arrow key leads to; the same one at the border."""
        if dx:
            column = min(max(unit.column + dx, 0), len(self.columns) - 1)
            y = self.columns[unit.column].centres[unit.position]
            nearest = min(range(self.columns[column].shown), key=lambda i: abs(self.columns[column].centres[i] - y))
            return Unit(column, nearest) if column != unit.column else unit
        return Unit(unit.column, min(max(unit.position + dy, 0), self.columns[unit.column].shown - 1))


def lay_out(
    sizes: Sequence[int], room: Room, *, picture: bool = False, active_inputs: Sequence[int] | None = None
) -> NetworkLayout:
    """Place a network.

    Parameters
    ----------
    sizes
        Units of each layer, the inputs first, at least two layers.
    room
        The room there is.
    picture
        The inputs are the pixels of one picture: one large square with one edge to each unit.
    active_inputs
        The inputs that the network sees, in the order of the first weight matrix's rows; all where None.
    """
    columns = _columns(list(sizes), room, picture)
    bundles = []
    for number, (left, right) in enumerate(pairwise(columns)):
        rows: Sequence[int] = range(left.shown)
        if number == 0 and active_inputs is not None:
            rows = [source for source in active_inputs if source < left.shown]
        bundles.append(_bundle(left, right, rows, fan=picture and number == 0))
    return NetworkLayout(room, columns, tuple(bundles))


def _columns(sizes: list[int], room: Room, picture: bool) -> tuple[LayerColumn, ...]:
    side_of_picture = min(max(0.24 * room.height, PICTURE_SIDES[0]), PICTURE_SIDES[1], 0.3 * room.width)
    counts = [1, *sizes[1:]] if picture else sizes
    pitch = _pitch(counts[1:], room.height)
    inputs_pitch = min(_pitch(counts[:1], room.height), pitch)
    first_half = side_of_picture / 2 if picture else 0.0
    span = room.width - room.left - room.right - first_half
    side = min(FILLED * pitch, LARGEST_SIDE, 0.5 * span / len(sizes))
    span -= side if not picture else side / 2
    spacing = min(span / (len(sizes) - 1), LARGEST_SPACING)
    start = room.left + (first_half or side / 2) + (span - spacing * (len(sizes) - 1)) / 2
    columns = []
    for number, count in enumerate(counts):
        x = start + number * spacing
        if picture and number == 0:
            columns.append(LayerColumn(1, x, (room.height / 2,), side_of_picture, None))
        else:
            apart = pitch if number else inputs_pitch
            columns.append(_column(count, x, min(side, FILLED * apart), apart, room.height))
    return tuple(columns)


def _pitch(counts: list[int], height: float) -> float:
    """How far apart the units of these columns stand."""
    fitting = [count for count in counts if count * SMALLEST_PITCH <= height]
    pitch = min(LARGEST_PITCH, height / max(fitting, default=1))
    return pitch if len(fitting) == len(counts) else min(pitch, WIDE_LAYER_PITCH)


def _column(count: int, x: float, side: float, pitch: float, height: float) -> LayerColumn:
    rows = max(int(height / pitch + 1e-6), 2)
    shown = count if count <= rows else rows - 1
    used = shown if shown == count else rows
    top = height / 2 - (used - 1) * pitch / 2
    centres = tuple(top + row * pitch for row in range(shown))
    return LayerColumn(count, x, centres, side, None if shown == count else top + shown * pitch - 0.12 * pitch)


def _bundle(left: LayerColumn, right: LayerColumn, rows: Sequence[int], *, fan: bool) -> EdgeBundle:
    sources = np.repeat(np.asarray(rows, dtype=np.intp), right.shown)
    targets = np.tile(np.arange(right.shown, dtype=np.intp), len(rows))
    weight_rows = np.full(len(sources), -1) if fan else np.repeat(np.arange(len(rows), dtype=np.intp), right.shown)
    starts = np.empty((len(sources), 2))
    starts[:, 0] = left.x + left.side / 2
    starts[:, 1] = np.asarray(left.centres)[sources] + _spread(targets, right.shown) * left.side
    ends = np.empty((len(sources), 2))
    ends[:, 0] = right.x - right.side / 2
    order = np.searchsorted(np.sort(np.asarray(rows)), sources)
    ends[:, 1] = np.asarray(right.centres)[targets] + _spread(order, len(rows)) * right.side
    return EdgeBundle(sources, targets, weight_rows.astype(np.intp), starts, ends)


def _spread(ranks: Ints, count: int) -> Floats:
    """Where on a unit's side the edges of these ranks stand, as a part of the side from its middle."""
    if count < 2:
        return np.zeros(len(ranks))
    return SPREAD * (ranks / (count - 1) - 0.5)


def _distances(points: Floats, x: float, y: float) -> Floats:
    """(E,) distance of a point from each of the broken lines (E, P, 2)."""
    begin, step = points[:, :-1], np.diff(points, axis=1)
    to = np.array([x, y]) - begin
    share = np.clip((to * step).sum(-1) / np.maximum((step * step).sum(-1), 1e-12), 0.0, 1.0)
    result: Floats = np.sqrt(((to - share[..., None] * step) ** 2).sum(-1).min(-1))
    return result
