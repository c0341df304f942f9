"""Several futures of one run: as one stack of networks where only the rate differs, else run by run.

Both take the very steps that the run would take with each value: the same batches in the same order.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import DivergedError
from nnplay.nn import Batches, NeuralNetwork, OptimizerState
from nnplay.nn.stretch import Stretch
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment, trainer_at
from nnplay.training.parts import optimizer_of, schedule_of
from nnplay.training.place import Advance
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.maps import as_maps
from nnplay.training.slices import Point
from nnplay.training.stretches import Stretches
from nnplay.training.trainer import Trainer

Array = NDArray[np.floating]
Floats = NDArray[np.float64]


class SideBySide(Protocol):
    """K runs that go on together, epoch by epoch."""

    @property
    def diverged(self) -> NDArray[np.bool_]:
        """(K,) which of them left the finite numbers."""

    def step(self) -> bool:
        """A little further; True when all of them are at the end of an epoch."""

    def losses(self) -> tuple[Floats, Floats]:
        """(K,) of training and test set, as the history has them; NaN where there is none."""

    def member(self, k: int) -> NeuralNetwork:
        """The network of one of them, to look at."""

    def maps(self, resolution: int, others: Point | None) -> list[Array]:
        """What each outputs over its plane, (O, R, R)."""


class Stacked:
    """As one stack: for values that change nothing but the learning rate of an epoch.

    Parameters
    ----------
    start
        The run at the moment from which they part; it stays as it is.
    experiments
        What each of them is.
    """

    def __init__(self, start: Trainer, experiments: Sequence[Experiment]) -> None:
        count, under_way, memory = len(experiments), start.epoch_under_way(), start.optimizer.snapshot()
        self._prepared, self._weights = start.prepared, (start.sample_weights, start.test_weights)
        self._network = start.network.copy(stack=count)
        self._optimizer = optimizer_of(start.experiment.training)
        repeated = {name: np.repeat(array[None], count, axis=0) for name, array in memory.arrays.items()}
        self._optimizer.restore(OptimizerState(memory.steps, repeated))
        self._values = [(each.training.learning_rate, schedule_of(each.training)) for each in experiments]
        size, least = start.experiment.training.batch_size, start.network.least_batch
        self._batches = Batches(self._prepared.X_train, self._prepared.Y_train, size, least, start.sample_weights)
        self._epoch, self._stretches = start.epoch, Stretches()
        if under_way.position:
            self._batches.resume(
                under_way.position, None if under_way.order is None else under_way.order.astype(np.intp)
            )
        self._optimizer.learning_rate = self._rates(1)[:, 0]

    @property
    def diverged(self) -> NDArray[np.bool_]:
        """(K,) which of them left the finite numbers."""
        assert self._network.diverged is not None
        return self._network.diverged

    def step(self) -> bool:
        """A step of all, or as many as take about two milliseconds, where they are compiled."""
        return bool(self._stretches.advance(self, 1).epochs)

    def advance(self, steps: int, epochs: int) -> Advance:
        """So many steps at most, up to so many ends of epochs; one where they aren't compiled."""
        if self._network.is_compiled(self._optimizer):
            stretch = Stretch(steps, epochs, self._rates(epochs))
            outcome = self._network.train_batches(self._batches, self._optimizer, stretch)
            made = Advance(outcome.steps, len(outcome.epoch_losses))
        else:
            made = Advance(1, self._step())
        self._epoch += made.epochs
        return made

    def _step(self) -> bool:
        batches = self._batches
        if batches.position == 0:
            self._optimizer.learning_rate = self._rates(1)[:, 0]
            batches.begin_epoch(self._network.generator)
        X, Y = batches.current()
        with suppress(DivergedError):  # none is left, which `diverged` says
            self._network.train_step(X, Y, self._optimizer, batches.current_weights())
        return batches.advance()

    def losses(self) -> tuple[Floats, Floats]:
        """Of all at once."""
        data = self._prepared
        train, test = self._weights
        return self._loss(data.X_train, data.Y_train, train), self._loss(data.X_test, data.Y_test, test)

    def member(self, k: int) -> NeuralNetwork:
        """A copy of one of them."""
        return self._network.member(k)

    def maps(self, resolution: int, others: Point | None) -> list[Array]:
        """In one pass over all."""
        grid = self._prepared.grid(resolution, others)
        outputs = self._network.layer_outputs(grid, units_first=True)[-1]
        return [_in_target_units(self._prepared, each, resolution) for each in outputs]

    def _rates(self, epochs: int) -> Floats:
        """(K, E) of the epoch under way and of those that follow."""
        coming = range(self._epoch, self._epoch + epochs)
        return np.array([[rate * schedule(epoch) for epoch in coming] for rate, schedule in self._values])

    def _loss(self, X: Array, Y: Array, weights: Array | None) -> Floats:
        if not len(X):
            return np.full(len(self._values), np.nan)
        loss = self._network.evaluate(X, Y, weights)[0] * self._prepared.target_scale**2
        return np.where(self.diverged, np.nan, loss)


class Separate:
    """Run by run, in turns of an epoch: for values that give each run steps of its own.

    Parameters
    ----------
    start
        The run at the moment from which they part; it stays as it is.
    experiments, prepared
        What each of them is, and its data.
    """

    def __init__(self, start: Trainer, experiments: Sequence[Experiment], prepared: Sequence[PreparedData]) -> None:
        moment = Moment.of(start, with_history=False)
        self._runs: list[Trainer] = []
        for experiment, data in zip(experiments, prepared, strict=True):
            run = trainer_at(start.experiment, start.prepared, moment)
            if experiment is not start.experiment:
                run.apply(experiment, data)
            self._runs.append(run)
        self._stretches = [Stretches() for _ in self._runs]
        self.diverged = np.zeros(len(self._runs), bool)
        self._turn = 0

    def step(self) -> bool:
        """A step of one of them, or some milliseconds of compiled ones."""
        if self.diverged[self._turn] or self._steps():
            self._turn = (self._turn + 1) % len(self._runs)
            return self._turn == 0
        return False

    def losses(self) -> tuple[Floats, Floats]:
        """Of each."""
        figures = [None if over else run.figures for run, over in zip(self._runs, self.diverged, strict=True)]
        train = [np.nan if each is None else each.train.loss for each in figures]
        test = [np.nan if each is None or each.test is None else each.test.loss for each in figures]
        return np.array(train), np.array(test)

    def member(self, k: int) -> NeuralNetwork:
        """That of the run."""
        return self._runs[k].network

    def maps(self, resolution: int, others: Point | None) -> list[Array]:
        """One after the other."""
        return [map_of(run.network, run.prepared, resolution, others) for run in self._runs]

    def _steps(self) -> bool:
        """Whether the run whose turn it is has done with the epoch."""
        try:
            return bool(self._stretches[self._turn].advance(self._runs[self._turn], 1).epochs)
        except DivergedError:
            self.diverged[self._turn] = True
            return True


def map_of(network: NeuralNetwork, prepared: PreparedData, resolution: int, others: Point | None) -> Array:
    """What a network outputs over the plane of these data, (O, R, R)."""
    outputs = network.layer_outputs(prepared.grid(resolution, others), units_first=True)[-1]
    return _in_target_units(prepared, outputs, resolution)


def _in_target_units(prepared: PreparedData, outputs: Array, resolution: int) -> Array:
    return as_maps(prepared.to_target_units(outputs), resolution)
