"""A run as probes see it: what is computed on copies of its network leaves the run as it was, to the last bit."""

from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NUMPY, NeuralNetwork
from nnplay.training.prepared import PreparedData
from nnplay.training.trainer import Trainer

Array = NDArray[np.floating]
Memory = TypeVar("Memory")


class ProbedRun:
    """One trainer, looked at between two steps, with copies of its network to compute on.

    Attributes
    ----------
    trainer
        To be read; it must not be changed.
    full_speed
        Whether a run at full speed waits for the measurements.
    running
        Whether it trains: what is measured of a paused one depends on nothing that was before.
    """

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.full_speed = self.running = False
        self._copy: NeuralNetwork | None = None
        self._narrow: NeuralNetwork | None = None
        self._prepared: PreparedData | None = None
        self._weights: Array | None = None
        self._version = 0
        self._synced = False
        self._memories: dict[type, object] = {}

    def look(self, *, full_speed: bool, running: bool = False) -> None:
        """Begin to look at the run as it is now."""
        self.full_speed, self.running, self._synced = full_speed, running, False

    @property
    def version(self) -> int:
        """A number that is another one as soon as network, data or the samples' weights are."""
        self._sync()
        return self._version

    @property
    def network(self) -> NeuralNetwork:
        """A copy of the network without dropout, with random numbers, buffers, gradient and statistics of its own."""
        self._sync()
        assert self._copy is not None
        return self._copy

    @property
    @np.errstate(over="ignore")  # what 32 bits can't hold becomes infinite
    def narrow_network(self) -> NeuralNetwork:
        """A copy in 32 bits, which is several times as fast."""
        if self._narrow is None:
            self._narrow = self.trainer.network.copy(dtype="float32")
        sync_copy(self._narrow, self.trainer.network)
        return self._narrow

    def memory(self, kind: type[Memory]) -> Memory:
        """The run's one `kind`, made at its first use: what a probe remembers from one measurement to the next."""
        if kind not in self._memories:
            self._memories[kind] = kind()
        return cast("Memory", self._memories[kind])

    def _sync(self) -> None:
        """Once a look, since to compare all parameters takes time."""
        if self._synced:
            return
        self._synced = True
        network, prepared = self.trainer.network, self.trainer.prepared
        if self._copy is None:
            self._copy = network.copy()
            self._copy.dropout = 0.0
            self._copy.engine = NUMPY  # a look compiles nothing
        elif not is_in_sync(self._copy, network):
            sync_copy(self._copy, network)
            self._version += 1
        weights = self.trainer.sample_weights
        if prepared is not self._prepared or weights is not self._weights:
            self._prepared, self._weights = prepared, weights
            self._version += 1


def is_in_sync(copy: NeuralNetwork, network: NeuralNetwork) -> bool:
    """Whether what is measured on the copy still holds for the network, bit for bit."""
    if (network.l1, network.l2, network.disabled_units) != (copy.l1, copy.l2, copy.disabled_units):
        return False
    return all(np.array_equal(own, other) for own, other in _arrays(network, copy))


@np.errstate(over="ignore")  # what 32 bits can't hold becomes infinite
def sync_copy(copy: NeuralNetwork, network: NeuralNetwork) -> None:
    """Make the copy give the outputs that the network gives now, in the copy's own precision."""
    copy.l1, copy.l2 = network.l1, network.l2
    for other, own in _arrays(network, copy):
        own[...] = other
    for layer, unit in network.disabled_units ^ copy.disabled_units:
        copy.set_unit_enabled(layer, unit, (layer, unit) not in network.disabled_units)


def _arrays(network: NeuralNetwork, copy: NeuralNetwork) -> list[tuple[Array, Array]]:
    own = [network.parameters, *network.running_means, *network.running_variances]
    return list(zip(own, [copy.parameters, *copy.running_means, *copy.running_variances], strict=True))
