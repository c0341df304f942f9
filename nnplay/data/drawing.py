"""What the drawing tools do to a table: every edit takes a table and gives a new one.

The old table stays as it is, so undo is keeping it. Points, offsets and radii are in the units of the plane; `target`
is a class as a whole number, or the value for a regression. Random edits draw from the Generator they are given.
"""

import itertools
import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplay.data.plane import PLANE, Plane, folded, inside
from nnplay.data.table import Table, frozen
from nnplay.errors import InputError, a_number, a_whole_number
from nnplay.texts import tr

Floats = NDArray[np.float64]

MAX_DRAWN_CLASSES = 6
MAX_POINTS = 100_000


def empty_drawing(classes: int = 2) -> Table:
    """A table without points.

    Raises
    ------
    InputError
        Other than 1 to 6 classes.
    """
    if isinstance(classes, bool) or not isinstance(classes, int) or not 1 <= classes <= MAX_DRAWN_CLASSES:
        raise InputError("classes", classes, a_whole_number(1, MAX_DRAWN_CLASSES))
    names = tuple(str(k) for k in range(classes))
    return Table(frozen(np.empty((0, 2))), frozen(np.empty(0)), "classification", ("x1", "x2"), names)


def add_points(table: Table, points: ArrayLike, target: float) -> Table:
    """Append points (M, 2), all with the same target; a new class gets its number as its name.

    Raises
    ------
    InputError
        A table whose inputs are not points of a plane, a seventh class, or more than 100,000 points.
    """
    added = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    grown = _with_target(table, target)
    if len(table) + len(added) > MAX_POINTS:
        raise InputError("points", len(table) + len(added), tr("at most {most} drawn points", most=f"{MAX_POINTS:,}"))
    inputs = np.concatenate([_points(grown), added])
    return grown.with_points(frozen(inputs), frozen(np.append(grown.targets, np.full(len(added), float(target)))))


def brush(
    table: Table,
    centre: tuple[float, float],
    target: float,
    generator: np.random.Generator,
    *,
    radius: float,
    count: int,
    plane: Plane = PLANE,
) -> Table:
    """Append `count` points scattered evenly over a disc; those beyond the plane's border are mirrored into it.

    A stroke is a row of these, one a tick of the window's clock.

    Raises
    ------
    InputError
        A radius that is not positive, a negative count, or what `add_points` refuses.
    """
    if not (math.isfinite(radius) and radius > 0):
        raise InputError("radius", radius, a_number(above=0))
    if count < 0:
        raise InputError("count", count, a_whole_number(0))
    # the square root makes equal areas equally full
    distances = radius * np.sqrt(generator.random(count))
    angles = generator.uniform(0.0, 2 * np.pi, count)
    scattered = np.asarray(centre) + np.stack([distances * np.cos(angles), distances * np.sin(angles)], axis=1)
    return add_points(table, folded(scattered, plane), target)


def delete(table: Table, indices: ArrayLike) -> Table:
    """Take out the points at `indices`; classes keep their names, also those left without a point."""
    chosen = _checked(table, indices)
    return table.select(np.delete(np.arange(len(table)), chosen)) if len(chosen) else table


def move(table: Table, indices: ArrayLike, offset: tuple[float, float], plane: Plane = PLANE) -> Table:
    """Shift the points at `indices` together; at the plane's border they stop without losing their shape."""
    chosen = _checked(table, indices)
    if not len(chosen):
        return table
    points = _points(table)
    low, high = points[chosen].min(axis=0), points[chosen].max(axis=0)
    # imported points may lie outside: then they can come back, but not go further
    room_down, room_up = np.minimum(plane[0::2] - low, 0.0), np.maximum(plane[1::2] - high, 0.0)
    points[chosen] += np.clip(offset, room_down, room_up)
    return table.with_points(frozen(points), table.targets)


def change_class(table: Table, indices: ArrayLike, target: float) -> Table:
    """Give the points at `indices` another class, or another value.

    Raises
    ------
    InputError
        A seventh class, or an index out of range.
    """
    chosen = _checked(table, indices)
    if not len(chosen):
        return table
    grown = _with_target(table, target)
    targets = grown.targets.copy()
    targets[chosen] = target
    return grown.with_points(grown.inputs, frozen(targets))


def jitter(
    table: Table, indices: ArrayLike, generator: np.random.Generator, *, amount: float, plane: Plane = PLANE
) -> Table:
    """Shake the points at `indices` by normal noise of standard deviation `amount`; none leaves the plane.

    Points that lie outside of the plane already stay where they are.

    Raises
    ------
    InputError
        A negative amount, or an index out of range.
    """
    if not (math.isfinite(amount) and amount >= 0):
        raise InputError("amount", amount, a_number(0))
    chosen = _checked(table, indices)
    points = _points(table)
    shaken = folded(points[chosen] + generator.normal(0.0, amount, (len(chosen), 2)), plane)
    points[chosen] = np.where(inside(points[chosen], plane)[:, None], shaken, points[chosen])
    return table.with_points(frozen(points), table.targets)


def clear(table: Table) -> Table:
    """Take out every point; names stay."""
    return table.with_points(frozen(np.empty((0, table.inputs.shape[1]))), frozen(np.empty(0)))


def with_classes(table: Table, classes: int) -> Table:
    """The same points with so many classes to draw: new ones are empty, and only empty ones can go.

    Raises
    ------
    InputError
        Fewer classes than the points need, or more than can be drawn.
    """
    least = int(table.targets.max(initial=0.0)) + 1
    if isinstance(classes, bool) or not isinstance(classes, int) or not least <= classes <= MAX_DRAWN_CLASSES:
        raise InputError("classes", classes, a_whole_number(least, MAX_DRAWN_CLASSES))
    if classes > table.classes:
        return _with_target(table, classes - 1)
    return Table(table.inputs, table.targets, table.task, table.input_names, table.class_names[:classes])


def _points(table: Table) -> Floats:
    """A copy of the table's points to work on."""
    if table.inputs.shape[1] != 2:
        raise InputError("inputs", table.inputs.shape[1], tr("2 inputs, as drawing needs points of a plane"))
    return table.inputs.copy()


def _checked(table: Table, indices: ArrayLike) -> NDArray[np.intp]:
    chosen = np.unique(np.asarray(indices, dtype=np.intp))
    if len(chosen) and not (chosen[0] >= 0 and chosen[-1] < len(table)):
        raise InputError("indices", chosen.tolist(), tr("whole numbers from 0 to {high}", high=len(table) - 1))
    return chosen


def _with_target(table: Table, target: float) -> Table:
    """The table with names enough for `target`."""
    if table.task == "regression" or (0 <= target < table.classes and float(target).is_integer()):
        return table
    if not (0 <= target < MAX_DRAWN_CLASSES and float(target).is_integer()):
        raise InputError("class", target, a_whole_number(0, max(table.classes, MAX_DRAWN_CLASSES) - 1))
    names = names_with(table.class_names, int(target) + 1)
    return Table(table.inputs, table.targets, table.task, table.input_names, names)


def names_with(names: tuple[str, ...], count: int) -> tuple[str, ...]:
    """At least `count` names of classes: those that there are, and the first free numbers."""
    while len(names) < count:
        names = (*names, next(str(label) for label in itertools.count(len(names)) if str(label) not in names))
    return names
