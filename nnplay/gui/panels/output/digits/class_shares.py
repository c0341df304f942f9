"""The probability that a network gives each class, whatever the number of its outputs."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def class_shares(outputs: Floats, classes: int) -> Floats:
    """(…, C) shares of the classes from outputs (…, K): a single output is the share of class 1 of two."""
    if outputs.shape[-1] == 1:
        outputs = np.concatenate([1.0 - outputs, outputs], axis=-1)
    return outputs[..., :classes]
