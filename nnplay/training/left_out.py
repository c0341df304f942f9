"""Training samples that count nothing, so that a run is seen as it is without them.

They stay where they are: the others have the same batches in the same order, and the run is the same one but for what
these did to it. With batch norm they still have a part in the statistics of their batches.
"""

import numpy as np
from numpy.typing import NDArray

from nnplay.data import Table
from nnplay.training.prepared import PreparedData

Sample = tuple[float, ...]
"""The inputs of a sample and, last, its target, as its table has them."""


def sample_of(table: Table, row: int) -> Sample:
    """A sample of a table, to be named in `TrainingSpec.left_out`."""
    return (*table.inputs[row].tolist(), float(table.targets[row]))


def counting(prepared: PreparedData, left_out: tuple[Sample, ...]) -> NDArray[np.bool_] | None:
    """(n,) which training samples count; None where all do, as none of those that are left out is among them."""
    counts = np.ones(len(prepared.train), np.bool_)
    if not left_out:
        return None
    table = prepared.table
    inputs, targets = table.inputs[prepared.train], table.targets[prepared.train]
    for sample in left_out:
        if len(sample) == inputs.shape[1] + 1:
            same = (inputs == sample[:-1]).all(axis=1) & (targets == sample[-1]) & counts
            counts[np.flatnonzero(same)[:1]] = False
    return None if counts.all() else counts
