"""Bring every input to mean 0 and standard deviation 1, as measured on the training samples."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplay.errors import InputError
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
        standard_deviation = np.sqrt(np.square(columns - mean).mean(axis=0))
        standard_deviation[standard_deviation == 0] = 1.0
        return cls(mean, standard_deviation)

    def apply(self, inputs: ArrayLike) -> Floats:
        """The standardised (N, F), an array of its own."""
        columns = np.asarray(inputs, dtype=np.float64)
        standardised: Floats = (columns - self.mean) / self.standard_deviation
        return standardised
