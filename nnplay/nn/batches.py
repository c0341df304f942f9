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
    given, given_weights
        X and Y, and the weights, as they were given.
    X, Y, weights
        The samples in the order of the epoch under way; not to be written to.
    order
        (N,) the indices of the samples in that order; None for the order they were given in.
    position
        Samples of the epoch that are done; 0 between two epochs.
    size
        Samples in a batch, from 1.
    last
        At which sample the last batch begins.
    count
        Batches of an epoch.
    """

    def __init__(
        self, X: Array, Y: Array, batch_size: int | None, least: int = 1, weights: Array | None = None
    ) -> None:
        self.given = X, Y
        self.given_weights = weights
        self.size = max(len(X) if batch_size is None else min(batch_size, len(X)), 1)
        self.last = last_batch(len(X), self.size, least)
        self.count = self.last // self.size + 1
        self._ordered: tuple[Array, Array, Array | None] | None = (X, Y, weights)
        self.order: NDArray[np.intp] | None = None
        self.position = 0

    @property
    def X(self) -> Array:  # noqa: N802 - the field's name
        """(N, I), in the order of the epoch under way."""
        return self._samples()[0]

    @property
    def Y(self) -> Array:  # noqa: N802
        """(N, O), in the same order."""
        return self._samples()[1]

    @property
    def weights(self) -> Array | None:
        """(N,) how much each sample counts, in the same order; None where all count the same."""
        return self._samples()[2]

    @property
    def done(self) -> int:
        """Batches of the epoch that are done."""
        return -(-self.position // self.size)

    @property
    def fraction(self) -> float:
        """The part of the epoch that is done, 0 to below 1."""
        return self.position / max(len(self.given[0]), 1)

    def begin_epoch(self, generator: Generator) -> None:
        """Draw the order of an epoch; the full batch asks for no random number."""
        self.position = 0
        if self.size < len(self.given[0]):
            self.resume(0, generator.permutation(len(self.given[0])))

    def first(self, generator: Generator) -> tuple[Array, Array, Array | None]:
        """The first batch of the epoch that would begin now, with its weights; the order is drawn and not kept."""
        (X, Y), weights = self.given, self.given_weights
        if self.size == len(X):
            return X, Y, weights
        chosen = generator.permutation(len(X))[: self.size if self.last else len(X)]
        return X[chosen], Y[chosen], None if weights is None else weights[chosen]

    def resume(self, position: int, order: NDArray[np.intp] | None) -> None:
        """Come to a place within an epoch, whose order was drawn before."""
        # a last batch that was left before it joined the one before it is trained with that one
        self.position, self.order = min(position, self.last), order
        self._ordered = None

    def weigh(self, weights: Array | None) -> None:
        """Let each sample count by its weight (N,), in the order they were given in, from the next batch on."""
        self.given_weights = weights
        X, Y, _ = self._samples()
        self._ordered = X, Y, weights if weights is None or self.order is None else weights[self.order]

    def current(self) -> tuple[Array, Array]:
        """The inputs and targets of the batch that is to come."""
        X, Y, _ = self._samples()
        start = self.position
        stop = start + self.size if start < self.last else len(X)
        return X[start:stop], Y[start:stop]

    def current_weights(self) -> Array | None:
        """How much each sample of the batch that is to come counts; None where all count the same."""
        X, _, weights = self._samples()
        if weights is None:
            return None
        start = self.position
        return weights[start : start + self.size if start < self.last else len(X)]

    def advance(self) -> bool:
        """Count the current batch as done; True when it was the last one of its epoch."""
        if self.position < self.last:
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

    def _samples(self) -> tuple[Array, Array, Array | None]:
        """The samples and their weights in the order of the epoch, copied once where somebody asks for them."""
        if self._ordered is None:
            (X, Y), weights, order = self.given, self.given_weights, self.order
            if order is None:
                self._ordered = X, Y, weights
            else:
                self._ordered = X[order], Y[order], None if weights is None else weights[order]
        return self._ordered
