"""The matrices of one layer in one step: which there are, what they are called, and what each of their cells is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.session.selection import Address, UnitAddress, WeightAddress
from nnplay.nn import LayerTrace, StepTrace
from nnplay.texts import mark

Floats = NDArray[np.floating]
INPUTS, OUTPUTS, SAMPLES = "inputs", "outputs", "samples"
ONE = ""
"""What a side of a matrix runs over; `ONE` where there is but one row."""


@dataclass(frozen=True)
class MatrixKind:
    """One of the matrices.

    Attributes
    ----------
    key
        What it is called in settings and tests.
    sign, words
        How it is written, and what it is; the words as `mark` leaves them.
    values
        Takes it from the record of a layer; None where the layer has none.
    rows, columns
        What they run over.
    back
        Whether it is of the way back.
    """

    key: str
    sign: str
    words: str
    values: Callable[[LayerTrace], Floats | None]
    rows: str
    columns: str
    back: bool = False

    def address(self, layer: int, row: int, column: int) -> Address:
        """What a cell belongs to."""
        if self.columns == INPUTS:
            return UnitAddress(layer - 1, column)
        if self.rows == INPUTS:
            return WeightAddress(layer, row, column)
        if self.key in ("b", "db"):
            return WeightAddress(layer, None, column)
        return UnitAddress(layer, column)

    def cells(self, layer: int, address: Address | None) -> tuple[int | None, int | None] | None:
        """Row and column of what is looked at, None for all of them; None where it isn't in this matrix."""
        if address is None:
            return None
        if self.columns == INPUTS:
            unit = address if isinstance(address, UnitAddress) else UnitAddress(address.layer - 1, address.row or 0)
            within = unit.layer == layer - 1 and (isinstance(address, UnitAddress) or address.row is not None)
            return (None, unit.unit) if within else None
        if isinstance(address, UnitAddress) and address.layer == layer - 1 and self.rows == INPUTS:
            return address.unit, None
        if address.layer != layer:
            return None
        row = address.row if isinstance(address, WeightAddress) and self.rows == INPUTS else None
        return row, address.unit


KINDS: tuple[MatrixKind, ...] = (
    MatrixKind("X", "X", mark("inputs of the layer"), lambda t: t.inputs, SAMPLES, INPUTS),
    MatrixKind("W", "W", mark("weights"), lambda t: t.weights_before, INPUTS, OUTPUTS),
    MatrixKind("b", "b", mark("biases"), lambda t: t.biases_before[None], ONE, OUTPUTS),
    MatrixKind("Z", "Z", mark("X W + b, before the activation"), lambda t: t.z, SAMPLES, OUTPUTS),
    MatrixKind(
        "normalized",
        "X̂",
        mark("Z brought to mean 0 and variance 1 by batch norm"),
        lambda t: None if t.norm is None else t.norm.normalized,
        SAMPLES,
        OUTPUTS,
    ),
    MatrixKind(
        "norm_output",
        "Y",
        mark("γ X̂ + β, what batch norm gives"),
        lambda t: None if t.norm is None else t.norm.output,
        SAMPLES,
        OUTPUTS,
    ),
    MatrixKind("A", "A", mark("activations"), lambda t: t.a, SAMPLES, OUTPUTS),
    MatrixKind("mask", "M", mark("what dropout multiplies A by"), lambda t: t.mask, SAMPLES, OUTPUTS),
    MatrixKind(
        "dropped",
        "A ∘ M",
        mark("activations after dropout"),
        lambda t: None if t.mask is None else t.outputs,
        SAMPLES,
        OUTPUTS,
    ),
    MatrixKind(
        "delta", "∂L/∂Z", mark("δ / N: every sample's δ by the batch's size"), lambda t: t.delta, SAMPLES, OUTPUTS, True
    ),
    MatrixKind(
        "dW",
        "∂L/∂W",
        mark("gradient of the weights, with penalty and clipping"),
        lambda t: t.weight_gradient,
        INPUTS,
        OUTPUTS,
        True,
    ),
    MatrixKind(
        "db", "∂L/∂b", mark("gradient of the biases, as clipped"), lambda t: t.bias_gradient[None], ONE, OUTPUTS, True
    ),
)
"""In the order in which a step computes them."""


@dataclass(frozen=True, eq=False)
class Matrix:
    """The numbers of one of them in one step.

    Attributes
    ----------
    kind
        Which it is.
    layer
        Dense layer, from 0.
    values
        (rows, columns).
    largest
        Of the magnitudes of all finite numbers: the end of the scale of its colours.
    """

    kind: MatrixKind
    layer: int
    values: Floats
    largest: float


def kinds_of(trace: StepTrace, layer: int) -> tuple[MatrixKind, ...]:
    """Those that there are of a layer."""
    return tuple(kind for kind in KINDS if kind.values(trace.layers[layer]) is not None)


def matrix_of(trace: StepTrace, layer: int, kind: MatrixKind) -> Matrix | None:
    """The matrix of a layer; None where there is none."""
    values = kind.values(trace.layers[layer])
    if values is None:
        return None
    largest = max(float(values.max(initial=0.0)), -float(values.min(initial=0.0)))
    if not np.isfinite(largest):
        finite = np.abs(values[np.isfinite(values)])
        largest = float(finite.max(initial=0.0))
    return Matrix(kind, layer, values, largest)
