"""Bring every input to mean 0 and standard deviation 1, as measured on the training samples."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplay.errors import InputError
from nnplay.limits import MOST_NUMBER
from nnplay.texts import tr

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Standardizer:
    """x → (x − mean) / standard deviation, column by column.

    Attributes
    ----------
    mean, standard_deviation
        (F,) float64. A column that never changes keeps standard deviation 1, so it becomes 0 and not NaN.
    """

    mean: Floats
    standard_deviation: Floats

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
        # a constant column's computed standard deviation is not exactly zero: rounding leaves some 1e-17, which must
        # not be blown up to noise of size one
        mean = np.where(np.ptp(columns, axis=0) == 0, columns[0], columns.mean(axis=0))
        # the squares of what is beyond 1e154 are infinite, those of what is below 1e-162 are 0: a power of two, which
        # changes no digit, brings the largest of each column to about 1 before
        deviations = columns - mean
        _, exponents = np.frexp(np.abs(deviations).max(axis=0))
        np.ldexp(deviations, -exponents, out=deviations)
        np.square(deviations, out=deviations)
        standard_deviation = np.ldexp(np.sqrt(deviations.mean(axis=0)), exponents)
        standard_deviation[standard_deviation == 0] = 1.0
        return cls(mean, standard_deviation)

    def apply(self, inputs: ArrayLike) -> Floats:
        """The standardised (N, F), an array of its own; what lies further out than 1e100 is put there."""
        standardised: Floats = np.asarray(inputs, dtype=np.float64) - self.mean
        with np.errstate(over="ignore"):
            standardised /= self.standard_deviation
        return np.clip(standardised, -MOST_NUMBER, MOST_NUMBER, out=standardised)
