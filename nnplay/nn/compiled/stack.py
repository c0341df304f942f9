"""The compiled step of a stack: its networks share only the samples, and each of some threads trains a part of them."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from numpy.random import Generator

from nnplay.nn.batches import Batches
from nnplay.nn.compiled import places
from nnplay.nn.compiled.engine import CompiledStep, Floats
from nnplay.nn.optimizers import Optimizer
from nnplay.nn.stretch import Stretch, StretchOutcome
from nnplay.nn.structure import NetworkStructure

MOST_THREADS = 8
PARTS = 4
"""For each thread, which takes one after the other: where one is kept from going on, others do the rest."""
LEAST_STEPS = 256
"""Of all networks together: the threads of fewer would take longer to wake than the steps do."""


class CompiledStack(CompiledStep):
    """Trains the stack of a structure; each network has the very numbers that it would have alone.

    The order of the samples is drawn once for all of them, as by NumPy's step. There is no dropout, of which each has
    masks of its own, drawn by turns.
    """

    def __init__(self, structure: NetworkStructure, generator: Generator) -> None:
        super().__init__(structure, generator)
        assert structure.diverged is not None
        self._diverged = structure.diverged

    def run(self, batches: Batches, optimizer: Optimizer, stretch: Stretch) -> StretchOutcome:
        """Go on from where the batches stand; a network that diverges stands still from then on.

        It has diverged where all of them have. Rates are (E,), or (K, E) of each network; there is no `most_losses`.
        """
        is_shuffled = batches.size < len(batches.given[0])
        rates = np.broadcast_to(stretch.rates, (self._count, stretch.rates.shape[-1]))
        epoch_losses = [np.empty((0, self._count))]
        steps, epochs, losses = 0, 0, np.full(self._count, stretch.losses)
        while steps < stretch.steps and epochs < stretch.epochs and not self._diverged.all():
            if is_shuffled and not batches.position:
                batches.begin_epoch(self._generator)
            # an epoch at a time where each has an order of its own
            most = 1 if is_shuffled else min(stretch.epochs - epochs, stretch.steps - steps)
            self._set(
                batches, optimizer, Stretch(stretch.steps - steps, most, rates), is_shuffled=is_shuffled, draws=False
            )
            self._totals[:, places.LOSS_SUM] = losses
            found = np.full((self._count, most), np.nan)
            self._share_out(batches, optimizer, np.array(rates, order="C"), found)
            furthest = self._progress[self._progress[:, places.STEPS].argmax()].tolist()
            position, optimizer.steps, made, ended, _ = furthest
            batches.resume(position, batches.order)
            steps, epochs, losses = steps + made, epochs + ended, self._totals[:, places.LOSS_SUM].copy()
            epoch_losses.append(found[:, :ended].T)
            rates = rates[:, min(ended, rates.shape[1] - 1) :]
        self._totals[self._diverged] = losses[self._diverged] = np.nan
        last_losses, norms = self._totals[:, places.LAST_LOSS].copy(), self._totals[:, places.NORM].copy()
        return StretchOutcome(
            steps, np.concatenate(epoch_losses), losses, last_losses, norms, False, bool(self._diverged.all())
        )

    def _share_out(self, batches: Batches, optimizer: Optimizer, rates: Floats, epoch_losses: Floats) -> None:
        """Let some threads train the networks, part by part."""
        self._progress[:] = batches.position, optimizer.steps, 0, 0, places.WHOLE
        self._progress[self._diverged, places.END] = places.LOSS_DIVERGED
        order = np.empty(0, np.int64) if batches.order is None else np.asarray(batches.order, np.int64)
        samples, memory = self._given(batches, order), self._memory(optimizer)
        steps = self._count * min(int(self._run[places.MOST_STEPS]), epoch_losses.shape[1] * batches.count)
        parts = min(PARTS * _threads(), self._count) if steps >= LEAST_STEPS else 1

        def train_part(part: int) -> None:
            first, stop = (self._count * end // parts for end in (part, part + 1))
            self._train(first, stop, np.empty_like(self._work), samples, memory, rates, epoch_losses)

        if parts == 1:
            train_part(0)
        else:
            list(_pool().map(train_part, range(parts)))
        self._diverged |= self._progress[:, places.END] != places.WHOLE


def _threads() -> int:
    return min(os.cpu_count() or 1, MOST_THREADS)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_threads(), "nnplay-stack")
