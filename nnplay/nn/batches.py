"""Batches: an epoch goes through the samples once, in an order drawn afresh for it."""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from nnplay.nn.arrays import Array


class Batches:
    """The samples batch by batch: the order and the place of the epoch under way.

    Each epoch copies the samples into its order once, so that a batch is a slice of them.

    Parameters
    ----------
    X, Y
        (N, I) inputs and (N, O) targets, which are left as they are.
    batch_size
        Samples in a batch, the last of an epoch may be smaller; None, or N and more, for the full batch, which keeps
        the order of the samples.

    Attributes
    ----------
    X, Y
        The samples in the order of the epoch under way; not to be written to.
    order
        (N,) the indices of the samples in that order; None for the order they were given in.
    position
        Samples of the epoch that are done; 0 between two epochs.
    size
        Samples in a batch, from 1.
    """

    def __init__(self, X: Array, Y: Array, batch_size: int | None) -> None:
        self._given = X, Y
        self.size = max(len(X) if batch_size is None else min(batch_size, len(X)), 1)
        self.X, self.Y = X, Y
        self.order: NDArray[np.intp] | None = None
        self.position = 0

    @property
    def done(self) -> int:
        """Batches of the epoch that are done."""
        return -(-self.position // self.size)

    @property
    def fraction(self) -> float:
        """The part of the epoch that is done, 0 to below 1."""
        return self.position / max(len(self.X), 1)

    def begin_epoch(self, generator: Generator) -> None:
        """Draw the order of an epoch; the full batch asks for no random number."""
        self.position = 0
        if self.size < len(self.X):
            self.resume(0, generator.permutation(len(self.X)))

    def resume(self, position: int, order: NDArray[np.intp] | None) -> None:
        """Come to a place within an epoch, whose order was drawn before."""
        X, Y = self._given
        self.X, self.Y = (X, Y) if order is None else (X[order], Y[order])
        self.position, self.order = position, order

    def current(self) -> tuple[Array, Array]:
        """The inputs and targets of the batch that is to come."""
        start = self.position
        stop = start + self.size
        return self.X[start:stop], self.Y[start:stop]

    def advance(self) -> bool:
        """Count the current batch as done; True when it was the last one of its epoch."""
        self.position += self.size
        if self.position < len(self.X):
            return False
        self.position = 0
        return True

    def epoch(self, generator: Generator) -> Iterator[tuple[Array, Array]]:
        """All batches of a new epoch; each counts as done when the next one is asked for."""
        self.begin_epoch(generator)
        yield self.current()
        while not self.advance():
            yield self.current()
