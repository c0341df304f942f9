"""The compiled step of a network: the kernel is given the arrays that the NumPy step works on, and works on them."""

import ctypes
from functools import cache
from typing import cast

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from nnplay.nn.arrays import Array
from nnplay.nn.batches import Batches
from nnplay.nn.compiled import places
from nnplay.nn.compiled.jit import have
from nnplay.nn.compiled.known import ACTIVATIONS, HYPERPARAMETERS, LOSSES, OPTIMIZERS
from nnplay.nn.compiled.places import Places, WorkLayout
from nnplay.nn.compiled.shown import show
from nnplay.nn.compiled.step import signature, train
from nnplay.nn.optimizers import Optimizer
from nnplay.nn.stretch import Stretch, StretchOutcome
from nnplay.nn.structure import NetworkStructure
from nnplay.nn.workspace import Workspace

Arrays = tuple[Array, ...]
Floats = NDArray[np.float64]


@cache
def have_kernel(dtype: str) -> None:
    """Load the kernel of this precision, or compile it, once."""
    have(train, signature(dtype), dtype)


class CompiledStep:
    """Trains the network of a structure, which is known to the kernel (see `known`).

    Parameters
    ----------
    structure
        Its parts; there is one network and no stack.
    generator
        The source of every random number.
    """

    def __init__(self, structure: NetworkStructure, generator: Generator) -> None:
        have_kernel(structure.dtype)
        self._structure, self._generator = structure, generator
        vector, loss, self._count = structure.vector, structure.loss_function, structure.stack or 1
        numbers = vector.values.dtype
        self._enabled = np.ones(sum(structure.layer_sizes[1:-1]), numbers)
        self._net = (*map(self._by_network, (vector.values, vector.gradient, structure.statistics)), self._enabled)
        self._nothing, self._no_memory = np.zeros(0, numbers), np.zeros((self._count, 0), numbers)
        self._batches: Batches | None = None
        self._copies: dict[int, tuple[Array, Array]] = {}
        self._run: Places = np.zeros(places.MOST_EPOCHS + 1, np.int64)
        self._loss = LOSSES[loss.name, loss.output_activation]
        self._numbers = np.zeros(places.HYPERPARAMETERS + len(HYPERPARAMETERS))
        self._progress: Places = np.zeros((self._count, places.END + 1), np.int64)
        self._totals = np.zeros((self._count, places.NORM + 1))
        self._sources = np.array([0, 0, *_addresses(generator)], np.int64)
        self.set_penalties(0.0, 0.0, None)
        self._layout = self._layout_for(1)

    def set_penalties(self, l1: float, l2: float, clip_norm: float | None) -> None:
        """What the network is set to: the strength of the penalties, and the longest gradient."""
        self._l1, self._l2, self._clip_norm = l1, l2, clip_norm

    def run(self, batches: Batches, optimizer: Optimizer, stretch: Stretch) -> StretchOutcome:
        """Go on from where the batches stand; where numbers diverge, the steps before are done."""
        is_shuffled = batches.size < len(batches.given[0])
        order: NDArray[np.int64] = np.empty(len(batches.given[0]) if is_shuffled else 0, np.int64)
        if is_shuffled and batches.position:
            assert batches.order is not None
            order[:] = batches.order
        self._set(batches, optimizer, stretch, is_shuffled=is_shuffled, draws=is_shuffled)
        self._progress[:] = batches.position, optimizer.steps, 0, 0, places.WHOLE
        self._totals[:, places.LOSS_SUM] = stretch.losses
        epoch_losses, memory = np.empty((1, stretch.epochs)), self._memory(optimizer)
        with self._generator.bit_generator.lock:
            self._train(0, 1, self._work, self._given(batches, order), memory, stretch.rates[None], epoch_losses)
        position, optimizer.steps, steps, epochs, end = self._progress[0].tolist()
        batches.resume(position, order if is_shuffled else None)
        losses, loss, norm = self._totals[0].tolist()
        diverged = end == places.LOSS_DIVERGED, end == places.UPDATE_DIVERGED
        return StretchOutcome(steps, epoch_losses[0, :epochs], losses, loss, norm, *diverged)

    def _train(
        self, first: int, stop: int, work: Array, samples: Arrays, memory: Arrays, rates: Floats, epoch_losses: Floats
    ) -> None:
        """Let the kernel train some of the networks."""
        train(
            first, stop, self._net, memory, work, self._rows, self._sources, samples, self._run, self._numbers, rates,
            self._progress, self._totals, epoch_losses,
        )  # fmt: skip

    def show(self, workspace: Workspace) -> None:
        """Bring what the last step computed to where the NumPy step has it; it was on as many samples."""
        show(self._layout, self._work, workspace, dropout=self._structure.dropout.rate)

    def _layout_for(self, samples: int) -> WorkLayout:
        """A work array for batches of up to so many samples, and where what lies in it."""
        structure = self._structure
        kinds = [ACTIVATIONS[name] for name in structure.activations]
        layout = WorkLayout(structure.layer_sizes, kinds, structure.batch_norm, samples)
        self._work = np.empty(layout.size, structure.vector.values.dtype)
        self._rows = layout.rows.ravel()
        self._sources[:2] = layout.x, layout.weights
        return layout

    def _set(self, batches: Batches, optimizer: Optimizer, stretch: Stretch, *, is_shuffled: bool, draws: bool) -> None:
        """Write down what the kernel is to know of this call, and have arrays for its batches."""
        largest = max(len(batches.given[0]) - batches.last, batches.size)
        if self._layout.samples < largest:
            self._layout = self._layout_for(largest)
        optimizer.fit(self._structure.vector.gradient)
        self._run[:] = (
            self._loss, OPTIMIZERS[optimizer.name], self._structure.batch_norm, batches.given_weights is not None,
            is_shuffled, draws, self._clip_norm is not None, batches.size, batches.last, stretch.steps, stretch.epochs,
        )  # fmt: skip
        own = (getattr(optimizer, name) if name in optimizer.hyperparameters else 0.0 for name in HYPERPARAMETERS)
        self._numbers[:] = (
            self._l1, self._l2, self._clip_norm or 0.0, self._structure.dropout.rate, stretch.most_losses, *own
        )  # fmt: skip
        for row, units in zip(self._layout.rows, self._structure.hidden_layers, strict=False):
            row[places.HAS_DISABLED] = not units.all_enabled
            first = row[places.ENABLED]
            self._enabled[first : first + row[places.UNITS]] = units.enabled

    def _given(self, batches: Batches, order: NDArray[np.int64]) -> Arrays:
        """The samples as the kernel takes them; copies last as long as these batches, and no longer."""
        if batches is not self._batches:
            self._batches = batches
            self._copies.clear()
        (X, Y), weights = batches.given, batches.given_weights
        counts = self._nothing if weights is None else self._plain(weights)
        return self._plain(X), self._plain(Y), counts, cast(Array, order)

    def _memory(self, optimizer: Optimizer) -> Arrays:
        """The optimiser's memories, of which there are two at most, and its update."""
        memories = [self._by_network(optimizer.state[name]) for name in optimizer.memory]
        first, second, *_ = (*memories, self._no_memory, self._no_memory)
        return first, second, self._by_network(optimizer.last_update)

    def _by_network(self, array: Array) -> Array:
        """The same numbers as (K, …), of one network as of a stack of one."""
        return array.reshape(self._count, -1)

    def _plain(self, array: Array) -> Array:
        """The same numbers as the kernel takes them: row by row, in the network's precision, and writable.

        A copy is kept, as an epoch's samples are asked for again and again.
        """
        dtype = self._nothing.dtype
        if array.flags.c_contiguous and array.flags.writeable and array.dtype == dtype:
            return array
        if id(array) not in self._copies:
            self._copies[id(array)] = array, np.array(array, dtype, order="C")
        return self._copies[id(array)][1]


def _addresses(generator: Generator) -> list[int | None]:
    """Of the generator's state, and of its functions that draw from it."""
    interface = generator.bit_generator.ctypes
    functions = (interface.next_double, interface.next_uint32)
    return [interface.state_address, *(ctypes.cast(each, ctypes.c_void_p).value for each in functions)]
