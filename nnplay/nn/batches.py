"""Batches: an epoch goes through the samples once, in an order drawn afresh for it."""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray


def shuffled_batches(generator: Generator, n: int, batch_size: int | None) -> Iterator[NDArray[np.intp]]:
    """The sample indices of each batch of one epoch; the last batch may be smaller.

    Parameters
    ----------
    generator
        Draws the order; asked once per epoch, and not at all for the full batch.
    n
        Number of samples.
    batch_size
        Samples in a batch; None, or `n` and more, for the full batch, which keeps the order of the samples.
    """
    if batch_size is None or batch_size >= n:
        yield np.arange(n)
        return
    order = generator.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]
