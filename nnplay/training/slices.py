"""Where a plane through more than two inputs lies: what can be set of the other inputs, and which matters most.

How much an input matters is how much the target depends on it: the squared correlation for a number, the part of the
input's variance that lies between the classes for classes. That is a matter of the data alone, so the order stays
while a network trains.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.data import Table
from nnplay.data.tables.preparation import Preparation

Floats = NDArray[np.float64]
Point = tuple[float, ...]
"""I values: the point that the plane goes through; those of the inputs that span it don't count."""

MOST_ROWS, MOST_VALUES = 5000, 500_000
"""From so many samples, evenly picked, or so many numbers of them, the dependence is told well enough."""
LEAST_ROWS = 100


@dataclass(frozen=True)
class SliceInput:
    """What a person sets at once.

    Attributes
    ----------
    name
        Of the input, or of the column of categories that several inputs are made of.
    inputs
        Which inputs it sets.
    categories
        None for a number. Two: the input is 0 for the first and 1 for the second; more: one input each.
    """

    name: str
    inputs: tuple[int, ...]
    categories: tuple[str, ...] = ()

    def category(self, point: Point) -> int:
        """The index of the category that holds at a point."""
        values = [point[index] for index in self.inputs]
        return int(values[0] >= 0.5) if len(values) == 1 else int(np.argmax(values))

    def at_category(self, point: Point, category: int) -> Point:
        """The point with another category."""
        if len(self.inputs) == 1:
            return self.at_value(point, float(category))
        values = list(point)
        for index, number in enumerate(self.inputs):
            values[number] = float(index == category)
        return tuple(values)

    def at_value(self, point: Point, value: float) -> Point:
        """The point with another number."""
        (number,) = self.inputs
        return (*point[:number], value, *point[number + 1 :])

    def with_values_of(self, point: Point, other: Point) -> Point:
        """The point with what these inputs are at another one."""
        values = list(point)
        for number in self.inputs:
            values[number] = other[number]
        return tuple(values)


def slice_inputs(
    table: Table, preparation: Preparation | None = None, spanning: tuple[int, ...] = ()
) -> tuple[SliceInput, ...]:
    """What can be set beside the inputs `spanning` the plane, the one that the target depends on most first."""
    binary = _binary(table.inputs)
    columns: list[SliceInput] = []
    for name, inputs, categories in _columns(table, preparation):
        left = tuple(index for index in inputs if index not in spanning)
        if left == inputs and categories:
            columns.append(SliceInput(name, inputs, categories))
        else:
            columns += [SliceInput(table.input_names[k], (k,), ("0", "1") if binary[k] else ()) for k in left]
    matters = dependences(table)
    return tuple(sorted(columns, key=lambda column: -max(matters[k] for k in column.inputs)))


def usual_point(table: Table, preparation: Preparation | None = None) -> Point:
    """The mean of each input over the samples; of categories, and of inputs that are 0 or 1, the most frequent."""
    inputs = table.inputs
    if not len(inputs):
        return tuple([0.0] * int(inputs.shape[1]))
    mean = inputs.mean(axis=0)
    point = np.where(_binary(inputs), np.round(mean), mean)
    for _, members, categories in _columns(table, preparation):
        if len(categories) > 2:
            point[list(members)] = 0.0
            point[members[int(np.argmax(mean[list(members)]))]] = 1.0
    return tuple(float(value) for value in point)


def telling_inputs(table: Table) -> tuple[int, int]:
    """The two inputs that the target depends on most, in their order; numbers come before what is 0 or 1."""
    count = table.inputs.shape[1]
    matters, binary = dependences(table), _binary(table.inputs)
    first = sorted(range(count), key=lambda k: (bool(binary[k]), -matters[k]))[:2]
    return (min(first), max(first))


def dependences(table: Table) -> Floats:
    """(I,) how much the target depends on each input, 0 to 1; 0 for an input that never changes."""
    rows = max(min(MOST_ROWS, MOST_VALUES // table.inputs.shape[1]), LEAST_ROWS)
    every = slice(None, None, max(-(-len(table) // rows), 1))
    inputs, targets = table.inputs[every], table.targets[every]
    if len(inputs) < 2:
        return np.zeros(inputs.shape[1])
    deviations = _scaled(inputs)
    all_of_it = np.square(deviations).sum(axis=0)
    if table.task == "regression":
        target = _scaled(targets[:, None])[:, 0]
        found = np.square(target @ deviations)
        whole = all_of_it * np.square(target).sum()
    else:
        found = np.zeros(inputs.shape[1])
        for label in np.unique(targets):
            of_class = deviations[targets == label]
            found += len(of_class) * np.square(of_class.mean(axis=0))
        whole = all_of_it
    share: Floats = np.divide(found, whole, out=np.zeros(len(found)), where=whole > 0)
    return share


class Distances:
    """How far samples lie from the plane through a point.

    The root of the mean, over the inputs that don't span the plane, of the squared differences in standard deviations:
    1 is usual for a plane through the mean, however many inputs there are. What never changes doesn't count.

    Parameters
    ----------
    table
        The samples, `every` so many of which are measured.
    spanning
        The inputs that span the plane.
    """

    def __init__(self, table: Table, spanning: tuple[int, ...], every: int = 1) -> None:
        inputs = table.inputs[::every]
        spread = inputs.std(axis=0) if len(inputs) else np.zeros(inputs.shape[1])
        self._others = [k for k in range(len(spread)) if k not in spanning and spread[k] > 0]
        self._inputs, self._spread = inputs[:, self._others], spread[self._others]

    def of(self, point: Point) -> Floats:
        """(n,) distances."""
        if not self._others:
            return np.zeros(len(self._inputs))
        with np.errstate(over="ignore"):  # of what hardly changes a point may be as far as one likes
            away = (self._inputs - np.array(point)[self._others]) / self._spread
            lengths: Floats = np.sqrt(np.square(away).mean(axis=1))
        return lengths


def _columns(table: Table, preparation: Preparation | None) -> list[tuple[str, tuple[int, ...], tuple[str, ...]]]:
    """(name, inputs, categories) of each column that the inputs are made of."""
    count = table.inputs.shape[1]
    if preparation is None or preparation.inputs != count:
        return [(name, (k,), ()) for k, name in enumerate(table.input_names)]
    columns, first = [], 0
    for column in preparation.columns:
        columns.append((column.name, tuple(range(first, first + column.inputs)), column.categories))
        first += column.inputs
    return columns


def _binary(inputs: Floats) -> NDArray[np.bool_]:
    """(I,) which inputs are 0 or 1 for every sample."""
    if not len(inputs):
        return np.zeros(inputs.shape[1], np.bool_)
    some = inputs[:: max(len(inputs) // LEAST_ROWS, 1)]
    result: NDArray[np.bool_] = ((some == 0) | (some == 1)).all(axis=0)
    for k in np.flatnonzero(result):  # few of a large table, all of which at once would be copied
        result[k] = ((inputs[:, k] == 0) | (inputs[:, k] == 1)).all()
    return result


def _scaled(values: Floats) -> Floats:
    """Deviations (n, m) from the mean of each column, the largest of which is 1: their squares stay in range."""
    deviations = values - values.mean(axis=0)
    deviations[:, np.ptp(values, axis=0) == 0] = 0.0  # rounding leaves some of a constant
    largest = np.abs(deviations).max(axis=0)
    scaled: Floats = deviations / np.where(largest > 0, largest, 1.0)
    return scaled
