"""Samples of one input on a strip: the input runs across, and upwards stands what the network is to answer.

A number is its own height. Of two classes the second is wanted with probability 1, and the first with 0. Of more
classes each has a level of its own below the probabilities, which go from 0 to 1.
"""

import numpy as np
from numpy.typing import NDArray

from nnplay.data import Table

Floats = NDArray[np.float64]

TWO_CLASSES = (-0.12, 1.12)
MORE_CLASSES = (-0.5, 1.08)
"""What the strip shows of probabilities, with room for points below them where there are more than two classes."""
HIGHEST_LEVEL, LOWEST_LEVEL = -0.1, -0.44


def answer_heights(table: Table, targets: Floats) -> Floats:
    """(n,) heights of targets, read as `table` reads its own."""
    if table.task == "regression":
        return targets
    if table.classes <= 2:
        return np.minimum(targets, 1.0)  # a third class that is being drawn has no level yet
    return HIGHEST_LEVEL + (LOWEST_LEVEL - HIGHEST_LEVEL) * targets / (table.classes - 1)


def probability_range(classes: int) -> tuple[float, float]:
    """From the lowest to the highest place of a strip that shows the probabilities of so many classes."""
    return TWO_CLASSES if classes <= 2 else MORE_CLASSES
