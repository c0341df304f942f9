"""Where each parameter lies in the one flat vector that holds them all.

An optimiser works on the whole vector in a few calls; the layers see it as matrices, through views.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nnplay.nn.arrays import Array


@dataclass(frozen=True)
class ParameterViews:
    """A flat vector (…, P) seen layer by layer; all arrays are writable views.

    Attributes
    ----------
    augmented_weights
        (…, I + 1, O) for each dense layer: its weights, and its biases as the last row.
    weights, biases
        (…, I, O) and (…, O) for each dense layer.
    gammas, betas
        (…, U) for each hidden layer with batch norm; empty without.
    """

    augmented_weights: list[Array]
    weights: list[Array]
    biases: list[Array]
    gammas: list[Array]
    betas: list[Array]


class ParameterParts(NamedTuple):
    """What a parameter is.

    Attributes
    ----------
    kind
        ``"weights"``, ``"biases"``, ``"gammas"`` or ``"betas"``.
    layer
        The dense layer, or the hidden one of batch norm, from 0.
    row, unit
        The input that a weight comes from, 0 for all else, and the unit.
    """

    kind: str
    layer: int
    row: int
    unit: int


class ParameterLayout:
    """The order of the parameters: each layer's weights row by row, then its biases; all gammas and betas last.

    Parameters
    ----------
    layer_sizes
        Units of every layer, inputs first.
    batch_norm
        Whether each hidden layer has a gamma and a beta per unit.
    """

    def __init__(self, layer_sizes: tuple[int, ...], batch_norm: bool) -> None:
        self._dense = list(pairwise(layer_sizes))
        self._normed = list(layer_sizes[1:-1]) if batch_norm else []
        self.size = sum((i + 1) * o for i, o in self._dense) + 2 * sum(self._normed)
        """P, the number of parameters of one network."""

    def views(self, flat: Array) -> ParameterViews:
        """The vector (…, P) as views, layer by layer."""
        views = ParameterViews([], [], [], [], [])
        start = 0
        for inputs, outputs in self._dense:
            stop = start + (inputs + 1) * outputs
            augmented = flat[..., start:stop].reshape(*flat.shape[:-1], inputs + 1, outputs)
            views.augmented_weights.append(augmented)
            views.weights.append(augmented[..., :-1, :])
            views.biases.append(augmented[..., -1, :])
            start = stop
        for units in self._normed:
            views.gammas.append(flat[..., start : start + units])
            views.betas.append(flat[..., start + units : start + 2 * units])
            start += 2 * units
        return views

    def weight_mask(self, dtype: type[np.floating]) -> Array:
        """(P,): 1 where a parameter is a weight, 0 where it is a bias or belongs to batch norm."""
        mask = np.zeros(self.size, dtype)
        for weights in self.views(mask).weights:
            weights[...] = 1.0
        return mask

    def name(self, index: int) -> str:
        """What the parameter at a place of the vector is called: ``weights[0][1, 3]`` or ``biases[1][0]``."""
        kind, layer, row, unit = self.parts(index)
        return f"{kind}[{layer}][{row}, {unit}]" if kind == "weights" else f"{kind}[{layer}][{unit}]"

    def parts(self, index: int) -> ParameterParts:
        """What the parameter at a place of the vector is."""
        return next(parts for start, stop, parts in self._arrays(index) if start <= index < stop)

    def index_of(self, layer: int, row: int | None, unit: int) -> int:
        """The place of a weight of a dense layer, or of a bias where `row` is None."""
        places = self.views(np.arange(float(self.size)))
        return int(places.biases[layer][unit] if row is None else places.weights[layer][row, unit])

    def _arrays(self, index: int) -> Iterator[tuple[int, int, ParameterParts]]:
        start = 0
        for layer, (inputs, outputs) in enumerate(self._dense):
            row, column = divmod(index - start, outputs)
            bias = start + inputs * outputs
            yield start, bias, ParameterParts("weights", layer, row, column)
            yield bias, bias + outputs, ParameterParts("biases", layer, 0, column)
            start = bias + outputs
        for layer, units in enumerate(self._normed):
            yield start, start + units, ParameterParts("gammas", layer, 0, index - start)
            yield start + units, start + 2 * units, ParameterParts("betas", layer, 0, index - start - units)
            start += 2 * units


class ParameterVector:
    """The parameters of a network, or of a stack of K of them, with the gradient of the last step beside them.

    Parameters
    ----------
    layout
        Where each parameter lies.
    dtype
        The precision of both vectors.
    stack
        K, or None for one network.

    Attributes
    ----------
    values, gradient
        (…, P) flat vectors.
    views, gradient_views
        The same vectors layer by layer.
    weight_mask
        (P,), see `ParameterLayout.weight_mask`.
    """

    def __init__(self, layout: ParameterLayout, dtype: type[np.floating], stack: int | None) -> None:
        lead = () if stack is None else (stack,)
        self.layout = layout
        self.values = np.zeros((*lead, layout.size), dtype)
        self.gradient = np.zeros_like(self.values)
        self.views, self.gradient_views = layout.views(self.values), layout.views(self.gradient)
        self.weight_mask = layout.weight_mask(dtype)
