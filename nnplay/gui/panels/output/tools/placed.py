"""The data as their places on the plane, which is what tools work on, and back to the inputs that they have."""

import numpy as np

from nnplay.data import Table
from nnplay.training.prepared import PreparedData


def is_drawable(prepared: PreparedData) -> bool:
    """Whether the data are points of a plane, or of a line, and of nothing more."""
    inputs = prepared.table.inputs.shape[1]
    return prepared.plane is not None and set(prepared.spec.plane_inputs) == set(range(inputs))


def on_plane(prepared: PreparedData) -> Table:
    """The data with x₁ and x₂ as their inputs; as they are where these are so already, or where there is no plane."""
    points, table = prepared.plane_points, prepared.table
    if points is None or _are_places(prepared):
        return table
    return Table(points, table.targets, table.task, (), table.class_names)


def off_plane(placed: Table, prepared: PreparedData) -> Table:
    """The inverse of `on_plane`, of other points; what is drawn along a line loses its x₂."""
    if _are_places(prepared):
        return placed
    own, (across, up) = prepared.table, prepared.spec.plane_inputs
    inputs = np.empty((len(placed), own.inputs.shape[1]))
    inputs[:, up] = placed.inputs[:, 1]
    inputs[:, across] = placed.inputs[:, 0]
    return Table(inputs, placed.targets, placed.task, own.input_names, placed.class_names)


def _are_places(prepared: PreparedData) -> bool:
    return prepared.spec.plane_inputs == (0, 1) and prepared.table.inputs.shape[1] == 2
