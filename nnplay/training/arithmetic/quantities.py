"""The numbers of one step as leaves of formulas, each with its symbol and its place: zero-based in, one-based out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import numpy as np

from nnplay.nn import StepTrace
from nnplay.nn.arrays import Array
from nnplay.nn.trace import LayerTrace
from nnplay.training.arithmetic.expression import Number, Part, Symbol

SHORT_FIGURES = 4
Function = TypeVar("Function", bound=Callable[..., Any])


def quietly(function: Function) -> Function:
    """What overflows in the numbers of a step is ∞ in its lines, as it was in the step, and no warning."""
    return np.errstate(all="ignore")(function)


@dataclass(frozen=True)
class Quantities:
    """The leaves of a step.

    Every method that takes a `sample`, a row of the batch, gives the mean over the batch, with a bar, for None.
    """

    trace: StepTrace

    @cached_property
    def count(self) -> Number:
        """N, the samples of the batch."""
        return Number(len(self.trace.inputs), Symbol("N"), exact=True)

    def layer(self, layer: int) -> LayerTrace:
        """The record of a layer."""
        return self.trace.layers[layer]

    def is_output(self, layer: int) -> bool:
        """Whether it is the last one."""
        return layer == len(self.trace.layers) - 1

    # ---- parameters

    def weight(self, layer: int, row: int, unit: int) -> Number:
        """w before the update."""
        value = float(self.layer(layer).weights_before[row, unit])
        return Number(value, self.symbol("w", layer, row, unit), Part("weight", layer, unit, row))

    def bias(self, layer: int, unit: int) -> Number:
        """b before the update."""
        value = float(self.layer(layer).biases_before[unit])
        return Number(value, self.symbol("b", layer, unit), Part("bias", layer, unit))

    def gamma(self, layer: int, unit: int) -> Number:
        """γ before the update."""
        return self._of_norm("gamma", "γ", layer, unit)

    def beta(self, layer: int, unit: int) -> Number:
        """β before the update."""
        return self._of_norm("beta", "β", layer, unit)

    # ---- forward

    def taken(self, layer: int, row: int, sample: int | None) -> Number:
        """What a layer takes from a unit of the one before: x, or a, or after dropout ã."""
        value = _at(self.layer(layer).inputs, row, sample)
        if layer == 0:
            symbol = Symbol("x", str(row + 1), mark=_bar(sample))
            return Number(value, symbol, Part("input", -1, row, sample=sample))
        return self.given(layer - 1, row, sample)

    def given(self, layer: int, unit: int, sample: int | None) -> Number:
        """What a unit gives on: a, or after dropout ã."""
        record = self.layer(layer)
        if record.mask is None:
            return self.a(layer, unit, sample)
        mark = "tilde" if sample is not None else "tilde bar"
        symbol = self.symbol("a", layer, unit, mark=mark)
        return Number(_at(record.outputs, unit, sample), symbol, Part("output", layer, unit, sample=sample))

    def z(self, layer: int, unit: int, sample: int | None) -> Number:
        """The pre-activation."""
        return self._of_sample("z", "z", self.layer(layer).z, layer, unit, sample)

    def normalized(self, layer: int, unit: int, sample: int | None) -> Number:
        """x̂ of batch norm."""
        norm = self.layer(layer).norm
        assert norm is not None
        symbol = self.symbol("x", layer, unit, mark="hat" if sample is not None else "hat bar")
        return Number(_at(norm.normalized, unit, sample), symbol, Part("normalized", layer, unit, sample=sample))

    def mean(self, layer: int, unit: int) -> Number:
        """The batch's mean of z."""
        norm = self.layer(layer).norm
        assert norm is not None
        return Number(float(norm.mean[unit]), self.symbol("μ", layer, unit), Part("mean", layer, unit))

    def variance(self, layer: int, unit: int) -> Number:
        """The batch's variance of z."""
        norm = self.layer(layer).norm
        assert norm is not None
        return Number(float(norm.variance[unit]), self.symbol("σ²", layer, unit), Part("variance", layer, unit))

    def activated(self, layer: int, unit: int, sample: int | None) -> Number:
        """What the activation takes: z, or with batch norm its output u."""
        norm = self.layer(layer).norm
        if norm is None:
            return self.z(layer, unit, sample)
        return self._of_sample("norm_output", "u", norm.output, layer, unit, sample)

    def a(self, layer: int, unit: int, sample: int | None) -> Number:
        """The activation before dropout; of the last layer the output ŷ."""
        if self.is_output(layer):
            number = self._of_sample("a", "ŷ", self.layer(layer).a, layer, unit, sample)
            mark = "hat" if sample is not None else "hat bar"
            symbol = Symbol("y", "" if self._single_output else str(unit + 1), mark=mark)
            return Number(number.number, symbol, number.part)
        return self._of_sample("a", "a", self.layer(layer).a, layer, unit, sample)

    def mask(self, layer: int, unit: int, sample: int | None) -> Number:
        """What a was multiplied by: dropout, and units switched off."""
        mask = self.layer(layer).mask
        assert mask is not None
        return self._of_sample("mask", "r", mask, layer, unit, sample)

    def target(self, unit: int, sample: int) -> Number:
        """y."""
        symbol = Symbol("y", "" if self._single_output else str(unit + 1))
        value = float(self.trace.targets[sample, unit])
        part = Part("target", len(self.trace.layers) - 1, unit, sample=sample)
        return Number(value, symbol, part, exact=is_short(value))

    def sample_weight(self, sample: int) -> Number | None:
        """How much the sample counts; None where all count the same."""
        if self.trace.sample_weights is None:
            return None
        weight = float(self.trace.sample_weights[sample])
        return Number(weight, Symbol("c"), exact=is_short(weight))

    # ---- backward: δ is a sample's own ∂ℓ/∂z, N times the array's row

    def delta(self, layer: int, unit: int, sample: int | None) -> Number:
        """δ = ∂ℓ/∂z."""
        return self._own_slope("delta", "δ", self.layer(layer).delta, layer, unit, sample)

    def norm_delta(self, layer: int, unit: int, sample: int | None) -> Number:
        """∂ℓ/∂u, where u is what batch norm gave."""
        norm = self.layer(layer).norm
        assert norm is not None
        return self._own_slope("norm_delta", "δᵘ", norm.delta, layer, unit, sample)

    # ---- symbols

    def symbol(self, letter: str, layer: int, *indices: int, mark: str = "") -> Symbol:
        """With indices from 1, and the layer above where there is more than one."""
        return _symbol(letter, f"({layer + 1})" if len(self.trace.layers) > 1 else "", indices, mark)

    @property
    def _single_output(self) -> bool:
        return len(self.trace.outputs[0]) == 1

    def _of_norm(self, quantity: str, letter: str, layer: int, unit: int) -> Number:
        norm = self.layer(layer).norm
        assert norm is not None
        value = float((norm.gamma if quantity == "gamma" else norm.beta)[unit])
        return Number(value, self.symbol(letter, layer, unit), Part(quantity, layer, unit))

    def _of_sample(self, quantity: str, letter: str, array: Array, layer: int, unit: int, sample: int | None) -> Number:
        symbol = self.symbol(letter, layer, unit, mark=_bar(sample))
        return Number(_at(array, unit, sample), symbol, Part(quantity, layer, unit, sample=sample))

    def _own_slope(self, quantity: str, letter: str, array: Array, layer: int, unit: int, sample: int | None) -> Number:
        """Of the sample's own loss; the mean over the batch is the sum of the array's column."""
        scale = len(array)
        value = scale * _at(array, unit, sample)
        symbol = self.symbol(letter, layer, unit, mark=_bar(sample))
        return Number(value, symbol, Part(quantity, layer, unit, sample=sample))


@lru_cache(maxsize=1024)
def _symbol(letter: str, above: str, indices: tuple[int, ...], mark: str) -> Symbol:
    numbers = [str(index + 1) for index in indices]
    return Symbol(letter, ("," if any(len(each) > 1 for each in numbers) else "").join(numbers), above, mark)


def is_short(value: float) -> bool:
    """Whether a given number has so few figures that it is written as it is: 1, 0.25, not 0.6667 for two thirds."""
    return float(f"{value:.{SHORT_FIGURES}g}") == value


def double(array: Array) -> Array:
    """The array in double precision, in which formulas are computed."""
    return array.astype(np.float64)


def own_slopes(column: Array) -> Array:
    """(N,) slopes by the mean loss as those by each sample's own loss."""
    return len(column) * double(column)


def means(array: Array, sample: int | None) -> Array:
    """(N, U) → (U,): the row of a sample, or for None the mean of all rows, in double precision."""
    return np.mean(array, axis=0, dtype=np.float64) if sample is None else double(array[sample])


def _at(array: Array, unit: int, sample: int | None) -> float:
    column = array[:, unit]
    return float(np.mean(column, dtype=np.float64)) if sample is None else float(column[sample])


def _bar(sample: int | None) -> str:
    return "bar" if sample is None else ""
