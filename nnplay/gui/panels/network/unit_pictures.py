"""The small pictures in a network drawing: what a unit outputs over the plane, or the weights that lead to it.

Zero is always the middle colour, below it is orange and above it blue. Activations that have bounds are shown
against these; others against the largest output of their layer, with a square root that lets weak ones show.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.data.digit_pad import grey_range
from nnplay.gui.paint.colour_scale import SmoothedScale, nearly_largest, stays_within_one
from nnplay.gui.paint.picture import Picture
from nnplay.gui.paint.pixels import grey
from nnplay.gui.theme.colormaps import class_lut, ink_lut, lut_index, packed, packed_lut
from nnplay.gui.theme.theme import Theme
from nnplay.training.probes.maps import Array, PlaneMaps

Floats = NDArray[np.float64]
QUANTILE = 0.99
"""The scale of a picture of weights is the size that this share of them stays within."""


@dataclass(frozen=True)
class OutputKinds:
    """How the outputs of the layers are to be read.

    Attributes
    ----------
    activations
        One name a hidden layer.
    output
        ``"binary"``: 0 … 1 with 0.5 as the middle; ``"classes"``: a probability a class; ``"value"``: any number.
    """

    activations: tuple[str, ...]
    output: str = "binary"


class UnitPictures:
    """Makes the pictures of all units of a network, and keeps their scales; `layers[0]` is the inputs'.

    Attributes
    ----------
    resting
        Whether no run goes on: scales are then those of what is shown alone.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._scales: dict[object, SmoothedScale] = {}
        self._largest_inputs: Array = np.ones(0)
        self._digits: tuple[Floats, tuple[float, float]] | None = None
        self.resting = True

    def forget(self) -> None:
        """A fresh start: the scales begin anew."""
        self._scales.clear()

    def of_inputs(self, maps: Array) -> list[Picture]:
        """One picture a feature map of (F, R, R), each against its own largest value."""
        largest = np.abs(maps).max(axis=(1, 2), keepdims=True)
        largest = np.where(largest > 0, largest, 1.0)
        self._largest_inputs = largest.ravel()
        return self._signed(maps / largest)

    def shares_of_inputs(self, values: Array) -> Array:
        """(F,) numbers −1 … 1, which say where on the pictures' scales the values (F,) of the inputs are."""
        if len(values) > len(self._largest_inputs):  # no plane: against the largest of them
            return values / (np.abs(values).max(initial=0.0) or 1.0)
        return values / self._largest_inputs[: len(values)]

    def shares_of_hidden(self, values: Array, layer: int, activation: str) -> Array:
        """(U,) numbers −1 … 1 for what the units of a hidden layer output, as their pictures show it."""
        if stays_within_one(activation):
            return values
        scale = self._scale(("outputs", layer)).value or float(np.abs(values).max(initial=0.0)) or 1.0
        shares: Array = np.sign(values) * np.sqrt(np.abs(values) / scale)
        return shares

    def of_layers(
        self,
        maps: PlaneMaps,
        shown: Sequence[int],
        kinds: OutputKinds,
        side: int,
        ends: tuple[float, float] = (-1.0, 1.0),
    ) -> list[list[Picture]]:
        """The pictures of the first `shown[l]` units of each layer, the outputs' last.

        They have `side` × `side` pixels, or as many as the maps if these have fewer; an output that is a value is
        orange at the first of the `ends` and blue at the second, as the points are.
        """
        pictures = []
        for number, (layer, count) in enumerate(zip(maps.layers, shown, strict=True)):
            values = _thinned(layer[:count], side)
            if number == len(maps.layers) - 1:
                pictures.append(self._of_outputs(values, kinds.output, *ends))
            else:
                pictures.append(self._of_hidden(values, number, kinds.activations[number]))
        return pictures

    def of_weights(
        self, weights: Array, layer: int, shown: int, pixels: tuple[int, int] | None = None
    ) -> list[Picture]:
        """The weights (I, O) that lead to each of the first `shown` units, as the `pixels` (rows, columns) they are of.

        Without `pixels` as the smallest square that holds them, whose last places stay empty.
        """
        side = math.ceil(math.sqrt(len(weights)))
        values = np.zeros((shown, side * side if pixels is None else len(weights)), dtype=np.float32)
        values[:, : len(weights)] = weights[:, :shown].T
        scale = self._scale(("weights", layer)).follow(
            nearly_largest(weights[:, :shown], QUANTILE), resting=self.resting
        )
        squares = _square((values / scale).reshape(shown, *(pixels or (side, side))))
        return self._signed(squares, flip=False, smooth=pixels is not None)

    def of_step(self, numbers: Array, shown: int, pixels: tuple[int, int], *, back: bool) -> list[Picture]:
        """What a step computes with the weights (I, O) that lead from `pixels` to the first `shown` units.

        Against the largest of them; with `back` in the colours of the way back.
        """
        values = numbers[:, :shown].T.reshape(shown, *pixels)
        squares = _square(values / (nearly_largest(values, QUANTILE) or 1.0))
        return self._signed(squares, flip=False, back=back)

    def of_digit(self, values: Array, shape: tuple[int, int], samples: Floats) -> Picture:
        """One sample (I,) whose inputs are the pixels of a picture of `shape`, on the greys of all `samples` (N, I)."""
        if self._digits is None or self._digits[0] is not samples:
            self._digits = samples, grey_range(samples)
        return self.of_ink(grey(values, shape, self._digits[1]))

    def of_ink(self, levels: Array) -> Picture:
        """A picture as it is, such as a drawn digit: (rows, columns), 0 is the background, 1 is ink."""
        index = np.clip(_square(levels) * 255, 0, 255).astype(np.uint8)
        return Picture(packed(ink_lut(self._theme.palette))[index])

    def _of_hidden(self, values: Array, layer: int, activation: str) -> list[Picture]:
        if stays_within_one(activation):
            return self._signed(values)
        scale = self._scale(("outputs", layer)).follow(float(np.abs(values).max(initial=0.0)), resting=self.resting)
        return self._signed(np.sign(values) * np.sqrt(np.abs(values) / scale))

    def _of_outputs(self, values: Array, kind: str, low: float, high: float) -> list[Picture]:
        if kind == "classes":
            index = np.clip(values[:, ::-1] * 255, 0, 255).astype(np.uint8)
            return [Picture(packed(class_lut(self._theme.palette, k))[one]) for k, one in enumerate(index)]
        if kind == "binary":
            return self._signed(2.0 * values - 1.0)
        with np.errstate(over="ignore"):
            return self._signed((values.astype(np.float64) - low) / (high - low) * 2.0 - 1.0)

    def _signed(self, values: Array, *, flip: bool = True, smooth: bool = True, back: bool = False) -> list[Picture]:
        colours = packed_lut(self._theme.palette, back=back)
        pixels = colours.take(lut_index(values[:, ::-1] if flip else values), mode="clip")
        return [Picture(one, smooth=smooth) for one in pixels]

    def _scale(self, name: object) -> SmoothedScale:
        return self._scales.setdefault(name, SmoothedScale())


def _square(pictures: Array) -> Array:
    """(…, S, S) pictures (…, rows, columns) in the middle of squares: those of units are square, whatever they show."""
    rows, columns = pictures.shape[-2:]
    side = max(rows, columns)
    squares = np.zeros((*pictures.shape[:-2], side, side), dtype=pictures.dtype)
    top, left = (side - rows) // 2, (side - columns) // 2
    squares[..., top : top + rows, left : left + columns] = pictures
    return squares


def _thinned(maps: Array, side: int) -> Array:
    """(U, side, side) of the points of maps (U, R, R) that are finer, evenly picked: Qt needn't scale them then."""
    resolution = maps.shape[1]
    if not 0 < side < resolution:
        return maps
    kept = np.rint(np.linspace(0, resolution - 1, side)).astype(np.intp)
    return maps.take(kept, axis=1).take(kept, axis=2)
