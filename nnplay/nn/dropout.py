"""Dropout silences random units while training, so that none relies on another. Srivastava et al., 2014.

It is the inverted form: what stays is scaled up, so that nothing has to change when the network is used.
"""

import numpy as np
from numpy.random import Generator

from nnplay.nn.arrays import Array


class Dropout:
    """Draws the masks of all hidden layers of a network.

    Parameters
    ----------
    rate
        The probability that a unit is silenced for one sample, 0 to below 1.
    generator
        Where the random numbers come from.
    """

    def __init__(self, rate: float, generator: Generator) -> None:
        self.rate = rate
        self.generator = generator

    def draw(self, mask: Array) -> None:
        """Fill `mask` with 0 (probability `rate`) and 1 / (1 − rate)."""
        keep = 1.0 - self.rate
        kept = self.generator.random(mask.shape) < keep
        np.multiply(kept, 1.0 / keep, out=mask, casting="same_kind")
