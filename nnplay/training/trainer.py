"""One run of one experiment: the network, the optimiser, the batches and the figures after each epoch.

Knows no threads and no window: `step()` trains one batch, `run_epoch()` one epoch.
"""

import math
import sys
from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import DivergedError, InputError, memory_checked
from nnplay.nn import Batches, StepTrace, accuracy
from nnplay.nn.structure import least_batch
from nnplay.nn.validation import two_with_batch_norm
from nnplay.texts import tr
from nnplay.training.budget import check_memory
from nnplay.training.experiment import Experiment
from nnplay.training.history import Figures, History, Metrics
from nnplay.training.learned import has_learned, learned_by
from nnplay.training.parts import network_of, optimizer_of, schedule_of, set_numbers
from nnplay.training.place import EpochUnderWay, Place
from nnplay.training.prepared import PreparedData, prepare
from nnplay.training.regression_metrics import regression_metrics
from nnplay.training.sample_weights import sample_weights

Array = NDArray[np.floating]


MEASURED_EVERY = 8, 64
"""After so many epochs the figures are measured at the latest, or after so many steps where those are more epochs.

As long as an interval of the history is shorter it is each interval. To measure takes as long as four steps of a small
network and a third of an epoch of a large one, so that this is at most a twentieth of the training's time.
"""


NEVER = sys.maxsize
"""An epoch that no run comes to."""
SPIKE = 1.2
"""Times the highest loss of an interval, above which the mean loss of an epoch's steps makes it measured."""


class Trainer:
    """Trains the network of one experiment, step by step.

    Parameters
    ----------
    experiment
        What to train; the network starts from its seed.
    prepared
        Its data, where they are prepared already.
    history
        The one of a run that is to be resumed; without it the history begins with the figures of this start.

    Raises
    ------
    InputError
        Where data and model don't fit.
    TooLargeError
        The experiment needs too much memory.
    """

    @memory_checked()
    def __init__(
        self, experiment: Experiment, prepared: PreparedData | None = None, history: History | None = None
    ) -> None:
        check_memory(experiment)
        check_batches(experiment)
        self.experiment = experiment
        self.prepared = prepared or prepare(experiment)
        self.network = network_of(experiment, self.prepared)
        self.optimizer = optimizer_of(experiment.training)
        self.history = History() if history is None else history
        self.epoch = 0
        """Whole epochs done."""
        self.looks_at = NEVER
        """The epoch from whose end on `look` is called, which answers with the next such epoch."""
        self.look: Callable[[Trainer], int] = lambda _: NEVER
        self.diverged: Callable[[Trainer], object] = lambda _: None
        """Called where a step left the finite numbers, before that is raised."""
        self.learned: int | None = None
        """The first epoch after which the figures said that the training samples are learnt."""
        self._apply_weights()
        self._losses = 0.0
        self._batches = self._fresh_batches()
        self._apply_numbers()
        self._figures: Figures | None = None
        if history is None:
            self.history.append(self.figures)

    @property
    def figures(self) -> Figures:
        """What was measured at the last epoch whose figures the history keeps, or else of the network as it is now.

        Measuring all samples takes up to a quarter of an epoch's time: it is done for those who look.
        """
        if self._figures is None:
            self._figures = self._measured()
            if self.learned is None and self.epoch and has_learned(self._figures.train):
                self.learned = self.epoch
        return self._figures

    @property
    def measured(self) -> Figures | None:
        """The figures, where they are there without measuring."""
        return self._figures

    @property
    def can_train(self) -> bool:
        """Whether there are samples enough to train on: one, or two with batch norm."""
        return len(self.prepared.X_train) >= self.network.least_batch

    @property
    def sample_weights(self) -> Array | None:
        """(n,) how much each training sample counts; None where all count the same."""
        return self._train_weights

    @property
    def test_weights(self) -> Array | None:
        """The same of each test sample."""
        return self._test_weights

    @property
    def batch(self) -> int:
        """Steps done in the epoch under way, 0 at its start."""
        return self._batches.done

    @property
    def batches(self) -> int:
        """Steps of an epoch."""
        return self._batches.count

    @property
    def place(self) -> Place:
        """Where the run stands."""
        return Place(self.epoch, self._batches.position, self.optimizer.steps)

    def step(self) -> bool:
        """Train on the next batch; True when that was the last one of its epoch.

        Raises
        ------
        DivergedError
            The network left the finite numbers; it keeps its last finite weights.
        """
        batches = self._batches
        if batches.position == 0:
            self._begin_epoch()
        X, Y = batches.current()
        weights = None if batches.weights is None else batches.current_weights()
        try:
            self._losses += self.network.train_step(X, Y, self.optimizer, weights)
        except DivergedError:
            self.diverged(self)
            raise
        return batches.advance() and self._end_epoch()

    def trace_step(self) -> StepTrace:
        """The same step as `step()` makes, with everything that happened in it recorded.

        Raises
        ------
        DivergedError
            As in `step()`.
        """
        batches = self._batches
        if batches.position == 0:
            self._begin_epoch()
        X, Y = batches.current()
        try:
            trace = self.network.trace_step(X, Y, self.optimizer, batches.current_weights())
        except DivergedError:
            self.diverged(self)
            raise
        self._losses += trace.loss
        if batches.advance():
            self._end_epoch()
        return trace

    def coming_step(self) -> StepTrace:
        """The record of the step that comes next, which is not made: the run stays as it is, to the last bit.

        Raises
        ------
        DivergedError
            As that step would.
        """
        network, optimizer, rate = self.network.state(), self.optimizer.snapshot(), self.optimizer.learning_rate
        batches = self._batches
        try:
            if batches.position == 0:
                self._use_rate_of_epoch()
                X, Y, weights = batches.first(self.network.generator)
            else:
                (X, Y), weights = batches.current(), batches.current_weights()
            return self.network.trace_step(X, Y, self.optimizer, weights)
        finally:
            self.network.restore(network)
            self.optimizer.restore(optimizer)
            self.optimizer.learning_rate = rate

    def run_epoch(self) -> None:
        """Train to the end of the epoch under way."""
        while not self.step():
            pass

    def apply(self, experiment: Experiment, prepared: PreparedData) -> None:
        """Apply an experiment that needs no fresh network (see `effects.effect_of`), at a step boundary.

        Other points start the epoch under way again, another part of the plane doesn't; an optimiser of another kind
        starts with an empty memory.

        Raises
        ------
        InputError
            Before anything changed, where batches are too small.
        """
        check_batches(experiment)
        old, self.experiment = self.experiment, experiment
        if experiment.training.optimizer != old.training.optimizer:
            self.optimizer = optimizer_of(experiment.training)
        else:
            set_numbers(self.optimizer, experiment.training)
        self._apply_numbers()
        other_samples = prepared.X_train is not self.prepared.X_train
        self.prepared = prepared
        self._apply_weights()
        if other_samples or experiment.training.batch_size != old.training.batch_size:
            self._batches = self._fresh_batches()
            self.network.workspace.cache_clear()  # arrays for other batches would fill the memory
        else:
            self._batches.weigh(self._train_weights)
        self.measure()

    def samples_of_epoch(self) -> Array:
        """The training samples in the order of the epoch under way, (n, F); not to be written to."""
        return self._batches.X

    def epoch_under_way(self) -> EpochUnderWay:
        """Where the epoch under way stands."""
        position = self._batches.position
        return EpochUnderWay(position, self._batches.order, self._losses) if position else EpochUnderWay(0, None)

    def resume_at(self, epoch: int, under_way: EpochUnderWay, figures: Figures | None = None) -> None:
        """Take up a run at the place where another left it; network, optimiser and history are restored before.

        Parameters
        ----------
        figures
            What was measured there; None to measure again.

        Raises
        ------
        InputError
            A place that these samples don't have.
        """
        size, order = len(self.prepared.X_train), under_way.order
        if not 0 <= under_way.position < max(size, 1) or under_way.position % self._batches.size:
            allowed = tr("whole batches of the {n} training sample|whole batches of the {n} training samples", "", size)
            raise InputError("run.position", under_way.position, allowed)
        if order is not None and not np.array_equal(np.sort(order), np.arange(size)):
            found = tr("{n} index|{n} indices", "", len(order))
            raise InputError("run.order", found, tr("each of 0 to {high} once", high=size - 1))
        self.epoch, self._losses = epoch, under_way.losses
        self._batches = self._fresh_batches()
        if under_way.position:
            self._batches.resume(under_way.position, None if order is None else order.astype(np.intp))
        last = epoch if under_way.position else max(epoch - 1, 0)  # the rate is another one when an epoch begins
        self.optimizer.learning_rate = self.experiment.training.learning_rate * self._schedule(last)
        self._take_up(figures)

    def measure(self) -> None:
        """Measure again, after an edit that changed what the network outputs without training it."""
        self._figures = self._measured()

    @property
    def is_measured(self) -> bool:
        """Whether the figures are those of this very place."""
        figures = self._figures
        return figures is not None and (figures.epoch, figures.fraction) == (self.epoch, self._batches.fraction)

    def finish(self) -> None:
        """Measure where that wasn't done at this very place: who looks at a paused run sees figures of its own."""
        if self.is_measured:
            return
        if self._batches.position:
            self.measure()
        else:
            self._figures = self.figures

    def _take_up(self, figures: Figures | None) -> None:
        self._figures = figures or self._measured()
        self.learned = learned_by(self.history.rows(), self._figures)

    def _begin_epoch(self) -> None:
        self._use_rate_of_epoch()
        self._losses = 0.0
        self._batches.begin_epoch(self.network.generator)

    def _use_rate_of_epoch(self) -> None:
        """What the schedule gives the epoch that begins, where there are samples enough for one."""
        if not self.can_train:
            least = self.network.least_batch
            allowed = two_with_batch_norm() if least > 1 else tr("at least one point to train on")
            found = tr("1 training sample") if len(self.prepared.X_train) else tr("no training samples")
            raise InputError("data", found, allowed)
        rate = self.experiment.training.learning_rate * self._schedule(self.epoch)
        if rate != self.optimizer.learning_rate:  # to set it takes a tenth of a small network's epoch
            self.optimizer.learning_rate = rate

    def _end_epoch(self) -> Literal[True]:
        self.epoch += 1
        self._figures = None
        if self._is_due():
            self.history.append(self.figures)
        if self.epoch >= self.looks_at:
            self.looks_at = self.look(self)
        return True

    def _is_due(self) -> bool:
        """Whether the history is to have the figures of the epoch that has ended.

        They are due at the beginning of each interval, regularly within it, and where the steps had a much higher loss
        than the interval has: a spike is measured when it comes.
        """
        epoch, history = self.epoch, self.history
        if history.interval == 1:
            return True
        spike = False
        if self._steps_tell:
            loss = self._losses * self._loss_of_losses
            spike = loss > SPIKE * history.highest_loss
            if self._is_full_batch:  # its only step began with the loss after the epoch before
                history.take_loss(epoch - 1, loss)
        return spike or not (epoch % history.interval and epoch % self._measured_every)

    def _fresh_batches(self) -> Batches:
        size, least = self.experiment.training.batch_size, self.network.least_batch
        batches = Batches(self.prepared.X_train, self.prepared.Y_train, size, least, self._train_weights)
        self._is_full_batch = batches.count == 1
        self._measured_every = _measured_every(batches.count)
        self._loss_of_losses = self.prepared.target_scale**2 / batches.count
        return batches

    def _apply_weights(self) -> None:
        self._train_weights, self._test_weights = sample_weights(self.prepared, self.experiment.training)

    def _apply_numbers(self) -> None:
        training, network = self.experiment.training, self.network
        network.l1, network.l2 = training.l1, training.l2
        network.clip_norm = training.clip_norm
        network.dropout = self.experiment.model.dropout
        # else the loss of a step is not the one that the figures have
        self._steps_tell = not (network.dropout or network.batch_norm)
        self._schedule = schedule_of(training)
        self.optimizer.learning_rate = training.learning_rate * self._schedule(self.epoch)

    def _measured(self) -> Figures:
        prepared = self.prepared
        train = self._metrics(prepared.X_train, prepared.Y_train, self._train_weights) or Metrics(math.nan, None)
        test = self._metrics(prepared.X_test, prepared.Y_test, self._test_weights)
        # in the same unit as the loss, so that the two still add up to what training makes smaller
        penalty = self.network.penalty() * prepared.target_scale**2
        return Figures(self.epoch, train, test, penalty, self._batches.fraction)

    def _metrics(self, X: Array, Y: Array, weights: Array | None) -> Metrics | None:
        if len(X) == 0:
            return None
        loss, outputs = self.network.evaluate(X, Y, weights)
        if self.prepared.table.task == "classification":
            return Metrics(loss, accuracy(outputs, Y))
        return regression_metrics(loss, outputs, Y, self.prepared.target_scale)


def _measured_every(steps: int) -> int:
    """Epochs of so many steps from one measurement to the next, at most; a power of two, as intervals are."""
    least, most_steps = MEASURED_EVERY
    return max(least, 1 << (-(-most_steps // steps) - 1).bit_length())


def check_batches(experiment: Experiment) -> None:
    """Refuse batches of one sample for a network with batch norm, which could learn nothing of them.

    Raises
    ------
    InputError
        Naming the batch size.
    """
    model, size = experiment.model, experiment.training.batch_size
    if size is not None and size < least_batch(model.batch_norm, len(model.hidden_layers)):
        raise InputError("training.batch_size", size, two_with_batch_norm())
