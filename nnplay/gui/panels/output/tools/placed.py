"""The data as their places on the plane, which is what tools work on, and back to the inputs that they have."""

import numpy as np
from numpy.typing import NDArray

from nnplay.data import Table
from nnplay.training.prepared import PreparedData
from nnplay.training.strip import answer_heights

Floats = NDArray[np.float64]


def is_drawable(prepared: PreparedData) -> bool:
    """Whether the data are points of a plane, or of a line, and of nothing more."""
    inputs = prepared.table.inputs.shape[1]
    return prepared.plane is not None and set(prepared.spec.plane_inputs) == set(range(inputs))


def targets_are_places(prepared: PreparedData) -> bool:
    """Whether a point's target is where it stands upwards: on the strip of a regression."""
    return prepared.plane_is_line and prepared.table.task == "regression"


def on_plane(prepared: PreparedData) -> Table:
    """The data with x₁ and x₂ as their inputs; as they are where these are so already, or where there is no plane."""
    points, table = prepared.plane_points, prepared.table
    if points is None or _are_places(prepared):
        return table
    return Table(points, table.targets, table.task, (), table.class_names)


def off_plane(placed: Table, prepared: PreparedData) -> Table:
    """The inverse of `on_plane`, of other points; on a strip what a point has upwards is its target, or nothing."""
    if _are_places(prepared):
        return placed
    own, (across, up) = prepared.table, prepared.spec.plane_inputs
    inputs = np.empty((len(placed), own.inputs.shape[1]))
    inputs[:, up] = placed.inputs[:, 1]
    inputs[:, across] = placed.inputs[:, 0]
    targets = placed.inputs[:, 1] if targets_are_places(prepared) else placed.targets
    return Table(inputs, targets, placed.task, own.input_names, placed.class_names)


def in_strip(points: Floats, targets: Floats, prepared: PreparedData) -> tuple[Floats, Floats]:
    """Places (M, 2) and targets of what is being drawn, as they will be: on a strip one follows from the other."""
    if targets_are_places(prepared):
        return points, points[:, 1]
    if prepared.plane_is_line:
        return np.column_stack([points[:, 0], answer_heights(prepared.table, targets)]), targets
    return points, targets


def _are_places(prepared: PreparedData) -> bool:
    return prepared.spec.plane_inputs == (0, 1) and prepared.table.inputs.shape[1] == 2
