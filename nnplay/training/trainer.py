"""One run of one experiment: the network, the optimiser, the batches and the figures after each epoch.

Knows no threads and no window: `step()` trains one batch, `run_epoch()` one epoch.
"""

import sys
from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import DivergedError, InputError, memory_checked
from nnplay.nn import NUMPY, Batches, StepTrace
from nnplay.nn.divergence import check_outcome
from nnplay.nn.stretch import Stretch, StretchOutcome
from nnplay.nn.validation import two_with_batch_norm
from nnplay.texts import tr
from nnplay.training.budget import check_memory
from nnplay.training.due import Due
from nnplay.training.experiment import Experiment
from nnplay.training.history import Figures, History
from nnplay.training.learned import has_learned, learned_by
from nnplay.training.measured import measured
from nnplay.training.parts import check_batches, factors_of, network_of, optimizer_of, schedule_of, set_numbers
from nnplay.training.place import Advance, EpochUnderWay, Place
from nnplay.training.prepared import PreparedData, prepare
from nnplay.training.sample_weights import sample_weights

Array = NDArray[np.floating]


NEVER = sys.maxsize
"""An epoch that no run comes to."""
MOST_EPOCHS = 1 << 14
"""Of a stretch of training in one go."""


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
        self._set_due()
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
        batches, engine = self._batches, self.network.engine
        self.network.engine = NUMPY  # a look compiles nothing
        try:
            if batches.position == 0:
                self._use_rate_of_epoch()
                X, Y, weights = batches.first(self.network.generator)
            else:
                (X, Y), weights = batches.current(), batches.current_weights()
            return self.network.trace_step(X, Y, self.optimizer, weights)
        finally:
            self.network.engine = engine
            self.network.restore(network)
            self.optimizer.restore(optimizer)
            self.optimizer.learning_rate = rate

    @property
    def is_compiled(self) -> bool:
        """Whether the compiled step trains it."""
        return self.network.is_compiled(self.optimizer)

    def advance(self, steps: int, epochs: int = NEVER) -> Advance:
        """Make so many steps at most, up to so many ends of epochs; one step where it isn't a compiled one.

        It is less where the run is to be looked at, and one step at least.

        Raises
        ------
        DivergedError
            As in `step()`.
        """
        if not self.is_compiled:
            return Advance(1, int(self.step()))
        if self._batches.position == 0:
            self._use_rate_of_epoch()
        epochs = min(epochs, self._epochs_until_due(), MOST_EPOCHS)
        rate = self.experiment.training.learning_rate
        rates = rate * factors_of(self._schedule, self.epoch, min(epochs, steps // self.batches + 2))
        stretch = Stretch(steps, epochs, rates, self._losses, self._due.most_losses(self.history))
        outcome = self.network.train_batches(self._batches, self.optimizer, stretch)
        self._take(outcome, rates)
        if outcome.has_diverged:
            self.diverged(self)
            check_outcome(outcome)
        return Advance(outcome.steps, len(outcome.epoch_losses))

    def run_epoch(self) -> None:
        """Train to the end of the epoch under way."""
        while not self.advance(NEVER, 1).epochs:
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
        self._set_due()
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
        if self.is_compiled:
            self.network.compiled()  # where that is refused, no order was drawn
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

    def _take(self, outcome: StretchOutcome, rates: NDArray[np.float64]) -> None:
        """Count what a stretch did; the last of its epochs alone may be one to look at."""
        ended = len(outcome.epoch_losses)
        if ended:
            self._losses = float(outcome.epoch_losses[-1])
            self._due.pass_by(self.history, self.epoch + 1, outcome.epoch_losses[:-1])
            self.epoch += ended - 1
            self._end_epoch()
        self._losses = outcome.losses
        begun = ended if self._batches.position else max(ended - 1, 0)
        rate = float(rates[min(begun, len(rates) - 1)])
        if rate != self.optimizer.learning_rate:
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
        """Whether the history is to have the figures of the epoch that has ended."""
        return self._due.is_due(self.history, self.epoch, self._losses)

    def _epochs_until_due(self) -> int:
        """How many epochs may end before the run is to be looked at, that one included."""
        return min(self._due.epochs_left(self.history, self.epoch), max(self.looks_at - self.epoch, 1))

    def _fresh_batches(self) -> Batches:
        size, least = self.experiment.training.batch_size, self.network.least_batch
        return Batches(self.prepared.X_train, self.prepared.Y_train, size, least, self._train_weights)

    def _set_due(self) -> None:
        network = self.network
        steps_tell = not (network.dropout or network.batch_norm)
        unit = self.prepared.target_scale**2
        self._due = Due(self._batches.count, unit, compiled=self.is_compiled, steps_tell=steps_tell)

    def _apply_weights(self) -> None:
        self._train_weights, self._test_weights = sample_weights(self.prepared, self.experiment.training)

    def _apply_numbers(self) -> None:
        training, network = self.experiment.training, self.network
        network.l1, network.l2 = training.l1, training.l2
        network.clip_norm = training.clip_norm
        network.dropout, network.engine = self.experiment.model.dropout, training.engine
        self._schedule = schedule_of(training)
        self.optimizer.learning_rate = training.learning_rate * self._schedule(self.epoch)

    def _measured(self) -> Figures:
        weights = self._train_weights, self._test_weights
        return measured(self.network, self.prepared, weights, self.epoch, self._batches.fraction)
