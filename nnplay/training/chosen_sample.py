"""Where a sample that is looked at stands: its row in the table, what it is to be answered, its row in a batch."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnplay.data import Table
from nnplay.nn import StepTrace
from nnplay.training.prepared import PreparedData
from nnplay.training.slices import Point

Array = NDArray[np.floating]


class SampleRow(NamedTuple):
    """A sample of the data.

    Attributes
    ----------
    row
        In the table, from 0.
    place
        Among the samples that train, or among those that test, from 0.
    trains
        Whether it trains.
    """

    row: int
    place: int
    trains: bool


def table_row(inputs: Point, table: Table) -> int | None:
    """The first row of the table with these inputs to the last bit; None where there is none."""
    rows = _rows_like(np.array(inputs), table.inputs)
    return int(rows[0]) if len(rows) else None


def sample_row(inputs: Point, prepared: PreparedData) -> SampleRow | None:
    """Which sample has these inputs; None for a place or a drawing that is none of the samples."""
    row = table_row(inputs, prepared.table)
    if row is None:
        return None
    for trains, rows in ((True, prepared.train), (False, prepared.test)):
        place = np.flatnonzero(rows == row)
        if len(place):
            return SampleRow(row, int(place[0]), trains)
    return None


def as_trained(sample: SampleRow, prepared: PreparedData) -> tuple[Array, Array]:
    """(1, F) and (1, K) the sample's inputs as the network sees them, and its target as the loss takes it."""
    X, Y = (prepared.X_train, prepared.Y_train) if sample.trains else (prepared.X_test, prepared.Y_test)
    row = slice(sample.place, sample.place + 1)
    return X[row], Y[row]


def inputs_of_row(row: int, trace: StepTrace, prepared: PreparedData) -> Point | None:
    """The inputs, in the table's units, of a row of a step's batch; None where the data are others."""
    places = _rows_like(trace.inputs[row], prepared.X_train)
    return tuple(prepared.table.inputs[prepared.train[places[0]]].tolist()) if len(places) else None


def row_in(inputs: Point | None, trace: StepTrace, prepared: PreparedData) -> int | None:
    """The sample's row in the batch of a step; None where it isn't in it, or where there is none."""
    sample = None if inputs is None else sample_row(inputs, prepared)
    if sample is None or not sample.trains or prepared.inputs != trace.inputs.shape[-1]:
        return None
    rows = _rows_like(prepared.X_train[sample.place], trace.inputs)
    with_target = rows[(trace.targets[rows] == prepared.Y_train[sample.place]).all(axis=1)]
    return int(with_target[0]) if len(with_target) else None


def first_row_in(samples: Sequence[Point], trace: StepTrace, prepared: PreparedData) -> int | None:
    """The row in the batch of a step of the first of these samples that is in it; None where none is."""
    rows = (row_in(sample, trace, prepared) for sample in samples)
    return next((row for row in rows if row is not None), None)


def _rows_like(values: Array, rows: Array) -> NDArray[np.intp]:
    """Which of the rows (N, I) are these values (I,); read column by column, since few rows are left after some."""
    left = np.arange(len(rows))
    if rows.shape[1] != len(values):
        return left[:0]
    for column in np.argsort(-np.abs(values), kind="stable"):  # pixels at the edge are 0 in all pictures
        left = left[rows[left, column] == values[column]]
        if len(left) == 0:
            break
    return left
