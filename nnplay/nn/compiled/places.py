"""Where all that a kernel works on lies: a row of whole numbers for each dense layer, and a few for each call.

The names are the columns of a row, or the indices of an array.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]

COLUMNS = 20
"""Of a row. The first three are the layer's shape, and its activation by its number."""
INPUTS, UNITS, ACTIVATION, *_REST = range(COLUMNS)
WEIGHTS, GAMMA, MEAN, VARIANCE, ENABLED, HAS_DISABLED, *_REST = _REST
"""In the vectors of the parameters, of the running statistics, and of the units that are switched on; gamma, then beta.
Whether any unit of the layer is switched off is 1 or 0.
"""
Z, DELTA, A, SLOPE, MASK, MASKED, A_GRADIENT, NORMALIZED, TAKEN, TAKEN_DELTA, MOMENTS = _REST
"""In the work array, (U, n) each but for `MOMENTS`, which is (3, U). `TAKEN` is what the activation takes: z itself
without batch norm, and `TAKEN_DELTA` is `DELTA` then.
"""
TARGETS, SCRATCH = TAKEN, A
"""Of the last layer: (O, n) and (2, n)."""

LOSS, OPTIMIZER, BATCH_NORM, IS_WEIGHTED, IS_SHUFFLED, DRAWS_ORDER, IS_CLIPPED, *_RUN = range(11)
BATCH_SIZE, LAST_BATCH, MOST_STEPS, MOST_EPOCHS = _RUN
"""Whole numbers that say what a call is to do: whether the samples have an order, which is drawn for each epoch or is
that of this one.
"""
L1, L2, CLIP_NORM, DROPOUT, MOST_LOSSES, HYPERPARAMETERS = range(6)
"""Floats that say the same; the last ones are those of the optimiser, in the order of
`known.HYPERPARAMETERS`."""
POSITION, UPDATES, STEPS, EPOCHS, END = range(5)
"""Whole numbers that a call takes up and leaves: the sample at which the next batch begins, and updates made; steps
and epochs that it came to the end of, and why it ended.
"""
WHOLE, LOSS_DIVERGED, UPDATE_DIVERGED = range(3)
"""Why a call ended."""
LOSS_SUM, LAST_LOSS, NORM = range(3)
"""Floats that a call takes up and leaves: the sum of the losses of the epoch under way; the last one, and the last ‖g‖
before it was clipped.
"""


class WorkLayout:
    """Where the arrays of a network lie, for batches of up to so many samples.

    Attributes
    ----------
    rows
        (L, `COLUMNS`), one for each dense layer.
    x, weights
        In the work array, the inputs (I, n) of the network and how much each sample counts (n,).
    size
        Numbers of the work array.
    """

    def __init__(self, sizes: Sequence[int], activations: Sequence[int], batch_norm: bool, samples: int) -> None:
        self.samples, self.size = samples, 0
        self.rows: Places = np.zeros((len(sizes) - 1, COLUMNS), np.int64)
        self.x, self.weights = self._take(sizes[0] * samples), self._take(samples)
        parameters = enabled = 0
        for row, (inputs, units), kind in zip(self.rows, pairwise(sizes), [*activations, 0], strict=True):
            row[[INPUTS, UNITS, ACTIVATION, WEIGHTS, ENABLED]] = inputs, units, kind, parameters, enabled
            for place in (Z, DELTA):
                row[place] = self._take(units * samples)
            parameters += (inputs + 1) * units
            enabled += units
        statistics, hidden = 0, sum(sizes[1:-1])
        for row in self.rows[:-1]:
            units = int(row[UNITS])
            for place in (A, SLOPE, MASK, MASKED, A_GRADIENT):
                row[place] = self._take(units * samples)
            row[[TAKEN, TAKEN_DELTA]] = row[[Z, DELTA]]
            if batch_norm:
                for place in (NORMALIZED, TAKEN, TAKEN_DELTA):
                    row[place] = self._take(units * samples)
                row[MOMENTS] = self._take(3 * units)
                row[[GAMMA, MEAN, VARIANCE]] = parameters, statistics, hidden + statistics
                parameters, statistics = parameters + 2 * units, statistics + units
        self.rows[-1, TARGETS], self.rows[-1, SCRATCH] = self._take(sizes[-1] * samples), self._take(2 * samples)

    def _take(self, count: int) -> int:
        self.size += count
        return self.size - count
