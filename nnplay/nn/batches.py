"""Batches: an epoch goes through the samples once, in an order drawn afresh for it."""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from nnplay.nn.arrays import Array


def last_batch(samples: int, size: int, least: int) -> int:
    """At which sample the last batch of an epoch begins: one of fewer than `least` samples joins the one before it."""
    rest = samples % size
    start = samples - (rest or min(size, samples))
    return start - size if 0 < rest < least and start else start


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
    least
        A last batch of fewer samples joins the one before it.
    weights
        (N,) how much each sample counts; None where all count the same.

    Attributes
    ----------
    X, Y, weights
        The samples in the order of the epoch under way; not to be written to.
    order
        (N,) the indices of the samples in that order; None for the order they were given in.
    position
        Samples of the epoch that are done; 0 between two epochs.
    size
        Samples in a batch, from 1.
    count
        Batches of an epoch.
    """

    def __init__(
        self, X: Array, Y: Array, batch_size: int | None, least: int = 1, weights: Array | None = None
    ) -> None:
        self._given = X, Y
        self._given_weights = weights
        self.size = max(len(X) if batch_size is None else min(batch_size, len(X)), 1)
        self._last = last_batch(len(X), self.size, least)
        self.count = self._last // self.size + 1
        self.X, self.Y, self.weights = X, Y, weights
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

    def first(self, generator: Generator) -> tuple[Array, Array, Array | None]:
        """The first batch of the epoch that would begin now, with its weights; the order is drawn and not kept."""
        (X, Y), weights = self._given, self._given_weights
        if self.size == len(X):
            return X, Y, weights
        chosen = generator.permutation(len(X))[: self.size if self._last else len(X)]
        return X[chosen], Y[chosen], None if weights is None else weights[chosen]

    def resume(self, position: int, order: NDArray[np.intp] | None) -> None:
        """Come to a place within an epoch, whose order was drawn before."""
        X, Y = self._given
        self.X, self.Y = (X, Y) if order is None else (X[order], Y[order])
        # a last batch that was left before it joined the one before it is trained with that one
        self.position, self.order = min(position, self._last), order
        self.weigh(self._given_weights)

    def weigh(self, weights: Array | None) -> None:
        """Let each sample count by its weight (N,), in the order they were given in, from the next batch on."""
        self._given_weights = weights
        self.weights = weights if weights is None or self.order is None else weights[self.order]

    def current(self) -> tuple[Array, Array]:
        """The inputs and targets of the batch that is to come."""
        start = self.position
        stop = start + self.size if start < self._last else len(self.X)
        return self.X[start:stop], self.Y[start:stop]

    def current_weights(self) -> Array | None:
        """How much each sample of the batch that is to come counts; None where all count the same."""
        if self.weights is None:
            return None
        start = self.position
        return self.weights[start : start + self.size if start < self._last else len(self.X)]

    def advance(self) -> bool:
        """Count the current batch as done; True when it was the last one of its epoch."""
        if self.position < self._last:
            self.position += self.size
            return False
        self.position = 0
        return True

    def epoch(self, generator: Generator) -> Iterator[tuple[Array, Array]]:
        """All batches of a new epoch; each counts as done when the next one is asked for."""
        self.begin_epoch(generator)
        yield self.current()
        while not self.advance():
            yield self.current()
