"""Bring every input to mean 0 and standard deviation 1, as measured on the training samples."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplay.errors import InputError
from nnplay.limits import MOST_NUMBER
from nnplay.texts import tr

Floats = NDArray[np.float64]

CONSTANT = 1e-13
"""A column whose numbers differ by no more than this part of the largest is constant: that is what rounding leaves."""
USUAL_EXPONENT = 400
"""Numbers of up to so many binary digits before or behind the point have squares that floats hold."""


@dataclass(frozen=True, eq=False)
class Standardizer:
    """x → (x − mean) / standard deviation, column by column.

    Attributes
    ----------
    mean, standard_deviation
        (F,) float64. A column that never changes keeps standard deviation 1, so it becomes 0 and not NaN.
    rounded
        Which columns change by no more than rounding: they become 0 too.
    """

    mean: Floats
    standard_deviation: Floats
    rounded: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))

    @classmethod
    def fit(cls, inputs: ArrayLike) -> "Standardizer":
        """Measure mean and standard deviation (divisor N) of each column of (N, F); without samples nothing is changed.

        Raises
        ------
        InputError
            Inputs that are not (N, F).
        """
        columns = np.asarray(inputs, dtype=np.float64)
        if columns.ndim != 2:
            raise InputError("inputs", columns.shape, tr("a shape (samples, features)"))
        if len(columns) == 0:
            return cls(np.zeros(columns.shape[1]), np.ones(columns.shape[1]))
        # what rounding leaves of a constant must not be blown up to noise of size one, be it in the column itself or
        # in its mean and standard deviation
        low, high = columns.min(axis=0), columns.max(axis=0)
        constant = high - low <= CONSTANT * np.maximum(np.abs(low), np.abs(high))
        mean = np.where(constant, columns[0], columns.mean(axis=0))
        # the squares of what is beyond 1e154 are infinite, those of what is below 1e-162 are 0: a power of two, which
        # changes no digit, brings the largest of each column to about 1 before
        deviations = columns - mean
        _, exponents = np.frexp(np.maximum(mean - low, high - mean))
        exponents[np.abs(exponents) < USUAL_EXPONENT] = 0
        if exponents.any():
            np.ldexp(deviations, -exponents, out=deviations)
        np.square(deviations, out=deviations)
        standard_deviation = np.ldexp(np.sqrt(deviations.mean(axis=0)), exponents)
        standard_deviation[constant | (standard_deviation == 0)] = 1.0
        return cls(mean, standard_deviation, np.flatnonzero(constant & (low < high)))

    def apply(self, inputs: ArrayLike, out: Floats | None = None) -> Floats:
        """The standardised (N, F), in `out` or an array of its own; what lies further out than 1e100 is put there."""
        standardised: Floats = np.subtract(np.asarray(inputs, dtype=np.float64), self.mean, out=out)
        if self.rounded.size:
            deviations = standardised[:, self.rounded]
            deviations[np.abs(deviations) <= CONSTANT * np.abs(self.mean[self.rounded])] = 0.0
            standardised[:, self.rounded] = deviations
        with np.errstate(over="ignore"):
            standardised /= self.standard_deviation
        return np.clip(standardised, -MOST_NUMBER, MOST_NUMBER, out=standardised)

    def invert(self, standardised: ArrayLike) -> Floats:
        """What `apply` was given, (…, F), as an array of its own."""
        values: Floats = np.asarray(standardised, dtype=np.float64) * self.standard_deviation
        values += self.mean
        return values
