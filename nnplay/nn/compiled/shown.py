"""What the kernel computed in its last step, as the arrays of the NumPy step: a trace is read from them."""

import numpy as np

from nnplay.nn.arrays import Array
from nnplay.nn.compiled.places import (
    A_GRADIENT,
    DELTA,
    HAS_DISABLED,
    MASK,
    MASKED,
    MOMENTS,
    NORMALIZED,
    SLOPE,
    TAKEN,
    TAKEN_DELTA,
    TARGETS,
    UNITS,
    A,
    WorkLayout,
    Z,
)  # fmt: skip
from nnplay.nn.workspace import Workspace


def show(layout: WorkLayout, work: Array, workspace: Workspace, dropout: float) -> None:
    """Copy all that was computed of the samples of one batch."""
    samples, inputs = workspace.inputs.shape

    def seen(place: int, units: int) -> Array:
        return work[place : place + units * samples].reshape(units, samples).T

    workspace.inputs[...] = seen(layout.x, inputs)
    for row, layer in zip(layout.rows, workspace.hidden, strict=False):
        units = int(row[UNITS])
        shown = {
            Z: layer.dense.z, DELTA: layer.dense.delta, A: layer.a, SLOPE: layer.derivative,
            A_GRADIENT: layer.outputs_gradient,
        }  # fmt: skip
        for place, array in shown.items():
            array[...] = seen(row[place], units)
        is_masked = bool(dropout or row[HAS_DISABLED])
        layer.mask = seen(row[MASK], units).copy() if is_masked else None
        layer.outputs[...] = seen(row[MASKED if is_masked else A], units)
        if layer.norm is not None:
            norm, moments = layer.norm, work[row[MOMENTS] : row[MOMENTS] + 3 * units].reshape(3, 1, units)
            norm.mean[...], norm.variance[...], norm.inverse_standard_deviation[...] = moments
            for place, array in {NORMALIZED: norm.normalized, TAKEN: norm.output, TAKEN_DELTA: norm.delta}.items():
                array[...] = seen(row[place], units)
    last = layout.rows[-1]
    workspace.output.z[...] = seen(last[Z], last[UNITS])
    workspace.output.delta[...] = seen(last[DELTA], last[UNITS])
    workspace.targets = np.ascontiguousarray(seen(last[TARGETS], last[UNITS]))
