"""The step that comes next, with every number in it, and where a sample stands in it."""

import time
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import DivergedError
from nnplay.nn import NeuralNetwork, StepTrace
from nnplay.nn.trace import record_forward
from nnplay.training.chosen_sample import as_trained, row_in, sample_row
from nnplay.training.one_thread import one_thread
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.probe import Probe
from nnplay.training.shadow import ProbedRun
from nnplay.training.slices import Point
from nnplay.training.trainer import Trainer

Array = NDArray[np.floating]


class SamplePlace(Enum):
    """Where the sample that is looked at is."""

    NONE = "none"
    """There is none."""
    IN_BATCH = "in_batch"
    OTHER_BATCH = "other_batch"
    """It is trained on, in another step."""
    TEST = "test"
    FREE = "free"
    """It is no sample of the data, and has no target."""


@dataclass(frozen=True, eq=False)
class StepLook:
    """A step, and one sample in it or beside it.

    Attributes
    ----------
    batch
        The step.
    row
        Where the sample stands in the step's batch; None where it doesn't.
    own
        A step of its own for a sample that is in another batch or none: without dropout, on a copy of the network. Of
        one without a target, or with batch norm, whose statistics a single sample has none of, only the forward pass:
        what comes back is not a number.
    place
        Where the sample is.
    seconds
        How long it took to record them.
    """

    batch: StepTrace
    row: int | None = None
    own: StepTrace | None = None
    place: SamplePlace = SamplePlace.NONE
    seconds: float = 0.0

    @property
    def sample(self) -> tuple[StepTrace, int] | None:
        """The record that has the sample, and its row there."""
        if self.row is not None:
            return self.batch, self.row
        return None if self.own is None else (self.own, 0)

    @property
    def comes_back(self) -> bool:
        """Whether there is a way back for the sample: it has a target, and batch norm needs no others beside it."""
        return self.row is not None or (self.own is not None and not np.isnan(self.own.loss))


@dataclass(frozen=True)
class StepProbe(Probe[StepLook]):
    """Asks for the coming step, which is not made; who asks at every frame keeps the probe, since a picture is long.

    Attributes
    ----------
    sample
        I values in the table's own units; None for the batch alone.
    """

    sample: Point | None = None

    def measure(self, run: ProbedRun) -> StepLook | None:
        """The step; None where there is nothing to train on, or where it leaves the finite numbers."""
        began = time.perf_counter()
        with one_thread():  # else the step has other bits than the one that is made
            batch = run.memory(_ComingStep).of(run)
            return None if batch is None else run.memory(_LastLook).at(batch, self.sample, run, began)


class _ComingStep:
    """The coming step of a run that is paused, which is asked for whenever something is pointed at."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._step: StepTrace | None = None

    def of(self, run: ProbedRun) -> StepTrace | None:
        """The step; None where there is none."""
        trainer = run.trainer
        if run.running:
            self._of, self._step = (), None
            return _coming_step(trainer)
        now = (run.version, trainer.place, trainer.optimizer, trainer.experiment)
        if not self._of or self._of[:3] != now[:3] or self._of[3] is not now[3]:
            self._of, self._step = now, _coming_step(trainer)
        return self._step


def _coming_step(trainer: Trainer) -> StepTrace | None:
    try:
        return trainer.coming_step() if trainer.can_train else None
    except (DivergedError, MemoryError):  # whoever trains goes on, although there is no record to look at
        return None


@dataclass(frozen=True, eq=False)
class OwnStepProbe(Probe[StepLook]):
    """Asks for one sample beside a step that was recorded before, such as one that is walked through.

    Attributes
    ----------
    batch
        That step.
    sample
        As in `StepProbe`.
    """

    batch: StepTrace
    sample: Point | None = None

    def measure(self, run: ProbedRun) -> StepLook | None:
        """The step with the sample; None where the network is not the one that the step began with."""
        row = row_in(self.sample, self.batch, run.trainer.prepared)
        if row is None and not np.array_equal(run.trainer.network.parameters, self.batch.parameters_before):
            return StepLook(self.batch)
        with one_thread():
            return run.memory(_LastLook).at(self.batch, self.sample, run, time.perf_counter())


class _LastLook:
    """The last look: who points at something else of a run that is paused looks at the same step and sample."""

    def __init__(self) -> None:
        self._look: StepLook | None = None
        self._sample: Point | None = None

    def at(self, batch: StepTrace, sample: Point | None, run: ProbedRun, began: float) -> StepLook:
        """The look at a step and a sample: the same object where both are the same as before."""
        if self._look is None or self._look.batch is not batch or self._sample != sample:
            self._look, self._sample = look_at(batch, sample, run, began), sample
        return self._look


def look_at(batch: StepTrace, sample: Point | None, run: ProbedRun, began: float) -> StepLook:
    """A step and a sample, which is in its batch or has a step of its own.

    While a run goes on in batches every sample has one: now and then it would be in the batch, and all would change.
    """
    prepared = run.trainer.prepared
    if sample is None or len(sample) != prepared.table.inputs.shape[1]:
        return StepLook(batch, seconds=time.perf_counter() - began)
    alone = run.running and len(batch.inputs) < len(prepared.X_train)
    row = None if alone else row_in(sample, batch, prepared)
    if row is not None:
        return StepLook(batch, row, place=SamplePlace.IN_BATCH, seconds=time.perf_counter() - began)
    place, X, Y = run.memory(_LastPlaced).of(sample, prepared)
    own = _own_step(run, batch, X, Y)
    return StepLook(batch, None, own, place, time.perf_counter() - began)


class _Placed(NamedTuple):
    """Where a sample is, its inputs (1, F) as the network sees them, and its target (1, K) where it has one."""

    place: SamplePlace
    X: Array
    Y: Array | None


class _LastPlaced:
    """Where the last sample was found: to search through all of them takes longer than a step."""

    def __init__(self) -> None:
        self._of: tuple[PreparedData, Point] | None = None
        self._found: _Placed | None = None

    def of(self, sample: Point, prepared: PreparedData) -> _Placed:
        """Where the sample is."""
        if self._found is None or self._of is None or self._of[0] is not prepared or self._of[1] != sample:
            self._of, self._found = (prepared, sample), _placed(sample, prepared)
        return self._found


def _placed(sample: Point, prepared: PreparedData) -> _Placed:
    found = sample_row(sample, prepared)
    if found is None:
        return _Placed(SamplePlace.FREE, prepared.as_seen(np.array([sample], np.float64)), None)
    return _Placed(SamplePlace.OTHER_BATCH if found.trains else SamplePlace.TEST, *as_trained(found, prepared))


def _own_step(run: ProbedRun, batch: StepTrace, X: Array, Y: Array | None) -> StepTrace:
    """A step on one sample (1, F) on the run's copy of the network, which is left as it was."""
    network, optimizer = run.network, run.trainer.optimizer
    if Y is not None and network.least_batch == 1:
        kept, memory, clip = network.state(), optimizer.snapshot(), network.clip_norm
        try:
            network.clip_norm = batch.clip_norm
            return network.trace_step(X, Y, optimizer)
        except DivergedError:
            pass  # alone it leaves the finite numbers: there is only its way forward to show
        finally:
            network.restore(kept)
            optimizer.restore(memory)
            network.clip_norm = clip
    return forward_step(network, X, batch)


def forward_step(network: NeuralNetwork, X: Array, like: StepTrace) -> StepTrace:
    """The forward pass of samples (N, F) alone, in a record as of a step."""
    with np.errstate(all="ignore"):
        return record_forward(network.workspace(len(X)), X, network.parameters, network.layout, like)
