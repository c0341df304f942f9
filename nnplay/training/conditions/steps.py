"""Conditions on the network itself, which are looked at after each step: a unit, a point, a weight."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import ACTIVATIONS
from nnplay.nn.metrics import class_indices
from nnplay.training.conditions.watcher import Watcher
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.activations import DEAD_BELOW
from nnplay.training.trainer import Trainer

Array = NDArray[np.floating]
Flags = NDArray[np.bool_]


class UnitDies(Watcher):
    """Comes true where a hidden unit begins to output 0 for every training sample.

    A unit is alive as long as the sample that it answered most to last time still gets an answer: only where one
    doesn't are all samples looked at.

    Parameters
    ----------
    layer, unit
        Which one, from 0; None for any.
    """

    each = "step"

    def __init__(self, layer: int | None = None, unit: int | None = None) -> None:
        self._layer, self._unit = layer, unit
        self._before: Flags | None = None
        self._dead: Flags | None = None
        self._prepared: PreparedData | None = None
        self._awake: NDArray[np.intp] = np.empty(0, np.intp)

    def see(self, trainer: Trainer) -> bool:
        """Whether one died by the last step."""
        self._before, self._dead = self._dead, self._dead_units(trainer)
        return self._before is not None and bool((self._dead & ~self._before).any())

    def died(self, trainer: Trainer) -> tuple[tuple[int, int], ...]:
        """The (hidden layer, unit) pairs that died by the last step that was seen, of the network it was seen in."""
        if self._dead is None or self._before is None:
            return ()
        sizes = [len(layer.enabled) for layer in trainer.network.hidden_layers]
        places = [(layer, unit) for layer, size in enumerate(sizes) for unit in range(size)]
        return tuple(places[k] for k in np.flatnonzero(self._dead & ~self._before).tolist())

    def _dead_units(self, trainer: Trainer) -> Flags:
        X = trainer.prepared.X_train
        if trainer.prepared is not self._prepared:
            self._prepared, self._awake = trainer.prepared, np.empty(0, np.intp)
        counts = self._counting(trainer)
        if len(self._awake):
            dead: Flags = counts & (self._sizes(trainer, X[self._awake]).max(axis=0) < DEAD_BELOW)
            if not dead.any():
                return dead
        if not len(X):
            return np.zeros_like(counts)
        sizes = self._sizes(trainer, X)
        dead = counts & (sizes.max(axis=0) < DEAD_BELOW)
        self._awake = np.unique(sizes.argmax(axis=0)[counts & ~dead])
        return dead

    def _sizes(self, trainer: Trainer, X: Array) -> Array:
        """(N, units of all hidden layers) magnitudes of what they output."""
        sizes: Array = np.abs(np.concatenate(trainer.network.layer_outputs(X)[:-1], axis=1))
        return sizes

    def _counting(self, trainer: Trainer) -> Flags:
        """Which units are watched: those that can die and aren't switched off."""
        flags = []
        for number, layer in enumerate(trainer.network.hidden_layers):
            can_die = ACTIVATIONS[trainer.network.activations[number]].can_die and self._layer in (None, number)
            watched: Flags = (layer.enabled != 0.0) & can_die
            if self._unit is not None:
                watched &= np.arange(len(watched)) == self._unit
            flags.append(watched)
        return np.concatenate(flags)


class PointIsRight(Watcher):
    """Comes true at every step after which a point is taken for its own class.

    Parameters
    ----------
    sample
        Its place in the table, from 0.
    """

    each = "step"
    lasting = True

    def __init__(self, sample: int) -> None:
        self._sample = sample
        self._prepared: PreparedData | None = None
        self._point: tuple[Array, Array] | None = None

    def see(self, trainer: Trainer) -> bool:
        """Whether it is."""
        if trainer.prepared is not self._prepared:
            self._prepared, self._point = trainer.prepared, point_of(trainer.prepared, self._sample)
        if self._point is None:
            return False
        X, Y = self._point
        return bool((class_indices(trainer.network.layer_outputs(X)[-1]) == class_indices(Y))[0])


def point_of(prepared: PreparedData, sample: int) -> tuple[Array, Array] | None:
    """(1, F) features and (1, K) targets of a point of the table; None where it is gone."""
    sets = ((prepared.train, prepared.X_train, prepared.Y_train), (prepared.test, prepared.X_test, prepared.Y_test))
    return next(_found(sets, sample), None)


def _found(sets: tuple[tuple[NDArray[np.intp], Array, Array], ...], sample: int) -> Iterator[tuple[Array, Array]]:
    for places, X, Y in sets:
        for row in np.flatnonzero(places == sample):
            yield X[row : row + 1], Y[row : row + 1]


class SignChanges(Watcher):
    """Comes true where a weight, or a bias, goes to the other side of zero.

    Parameters
    ----------
    layer, unit
        The dense layer and the unit that it belongs to, from 0.
    row
        The input of the layer that it weighs, from 0; None for the bias.
    """

    each = "step"

    def __init__(self, layer: int, unit: int, row: int | None) -> None:
        self._layer, self._place = layer, (unit,) if row is None else (row, unit)
        self._negative: bool | None = None

    def see(self, trainer: Trainer) -> bool:
        """Whether it is on the other side now."""
        network = trainer.network
        values = (network.biases if len(self._place) == 1 else network.weights)[self._layer]
        before, self._negative = self._negative, bool(values[self._place] < 0.0)
        return before is not None and before != self._negative
