"""Who pushed an answer: what each training sample's gradients did to it, summed over the moments of a run.

A step of gradient descent goes −η/N Σ ∇ℓₙ, and moves what the network answers at a place by −η/N Σ ∇f·∇ℓₙ, as long as
it is small: the part of sample n is its push. TracIn sums such products over a run (Pruthi et al., 2020, there with the
loss of a test sample in place of f); here at moments, each of which stands for the steps around it.
"""

from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NeuralNetwork
from nnplay.training.influence.rates import rate_of
from nnplay.training.influence.sample_gradients import (
    SampleGradients,
    gradients_of_losses,
    gradients_of_outputs,
    stacked,
)
from nnplay.training.one_thread import one_thread
from nnplay.training.prepared import Array, PreparedData
from nnplay.training.record import MomentReader
from nnplay.training.trainer import Trainer

Floats = NDArray[np.float64]

MOMENTS, LEAST_MOMENTS = 128, 8
"""Moments of the run that are looked at, as many as fit: of half as many, batches of 10 made the sum far worse."""
MOST_NUMBERS = 1 << 23
"""Numbers that are kept of all moments together, about."""


@dataclass(frozen=True, eq=False)
class Pushes:
    """What moved the answer at a place, from the first moment to where the run stands.

    Attributes
    ----------
    values
        (N,) by how much each training sample raised it, in the answer's unit; lowered it, where it is negative.
    before, after
        The answer at the first moment, and now.
    """

    values: Floats
    before: float
    after: float

    @property
    def explained(self) -> float:
        """What all samples together should have changed: beside `after − before` it says how good this is."""
        return float(self.values.sum())


@dataclass(frozen=True, eq=False)
class _Seen:
    """A moment: the network, its samples' gradients, and which of today's samples they are of (−1 for none).

    Those of one `kind` have the same samples, and the same units are on.
    """

    step: int
    network: NeuralNetwork
    gradients: SampleGradients
    samples: NDArray[np.intp]
    rate: float | Floats | None
    kind: object


class _Stack:
    """Moments whose samples and layers are the same ones, so that a place is asked of all of them at once.

    Attributes
    ----------
    places
        Which of all moments they are.
    """

    def __init__(self, places: list[int], seen: list[_Seen]) -> None:
        self.places, self.samples = places, seen[0].samples
        self._gradients = stacked([each.gradients for each in seen])
        self._network = seen[0].network.copy(stack=len(seen))
        own = (self._network.parameters, *self._network.running_means, *self._network.running_variances)
        for k, each in enumerate(seen):
            network = each.network
            theirs = (network.parameters, *network.running_means, *network.running_variances)
            for array, value in zip(own, theirs, strict=True):
                array[k] = value

    def pushes(self, X: Array, output: int, rates: Floats) -> Floats:
        """What each of the samples did, (N,); `rates` (K, 1) or (K, P) are those of the moments."""
        wanted = gradients_of_outputs(self._network, X, output).one(0)
        return np.asarray(-self._gradients.times(wanted * rates).sum(axis=0) / max(len(self.samples), 1))


class Influence:
    """The pushes of a run up to where it stands; nothing is read before `go_on` is called.

    Exact where each step is so small that the network is straight along it, of a full batch, by SGD. Everything else is
    an approximation: between two moments pushes are taken to change evenly; momentum and steps of each parameter's own
    size stand for a gradient that lasts; dropout and the clipping of gradients are left out; batch norm is held by its
    running statistics; penalties and what was changed by hand belong to no sample.

    Parameters
    ----------
    reader
        Of the run, which stays paused while it is read.
    present
        The run where it stands.
    until
        After how many steps that is; None for all that were made.
    moments
        How many are looked at, at most.
    """

    def __init__(
        self, reader: MomentReader, present: Trainer, until: int | None = None, moments: int = MOMENTS
    ) -> None:
        until = reader.end if until is None else until
        self._reader, self._prepared = reader, present.prepared
        network, samples = present.network, len(present.prepared.X_train)
        each = 2 * network.layout.size + 4 * samples * sum(network.layer_sizes[1:])
        count = max(min(moments, MOST_NUMBERS // each), min(LEAST_MOMENTS, moments))
        edits = {entry.step for entry in reader.branch.log[-count:] if entry.step <= until}
        self.steps = sorted({*reader.steps_between(0, until, count, by_loss=True), *edits})
        self._seen: list[_Seen] = []
        self._stacks: tuple[int, list[_Stack]] = (0, [])

    @property
    def is_complete(self) -> bool:
        """Whether all moments have been read."""
        return len(self._seen) == len(self.steps)

    @property
    def share(self) -> float:
        """Of all moments those that have been read, 0 to 1."""
        return len(self._seen) / len(self.steps)

    def go_on(self, seconds: float = float("inf")) -> None:
        """Read for about so long, and compute what isn't kept."""
        end = perf_counter() + seconds
        with one_thread():
            while not self.is_complete:
                step = self.steps[len(self._seen)]
                if not self._reader.approach(step, end - perf_counter()):
                    return
                self._seen.append(self._look(step, self._reader.run_at(step)))
                if perf_counter() >= end:
                    return

    def at(self, X: Array, output: int = 0) -> Pushes:
        """The pushes at a place, (1, F) as the network sees it, of one of the network's outputs."""
        data = self._prepared
        values = np.zeros(len(data.X_train))
        with one_thread():
            factors = self._factors()
            for stack in self._as_stacks():
                rates = np.array(np.broadcast_arrays(*(np.atleast_1d(factors[place]) for place in stack.places)))
                known = stack.samples >= 0
                values[stack.samples[known]] += stack.pushes(X, output, rates)[known]
            first, last = (self._answer(seen.network, X, output) for seen in (self._seen[0], self._seen[-1]))
        return Pushes(values * data.target_scale, first, last)

    def outputs_at(self, X: Array) -> Array:
        """What the network outputs at a place (1, F) where the run stands, (K,)."""
        outputs = self._prepared.to_target_units(self._seen[-1].network.layer_outputs(X)[-1])
        return np.asarray(outputs[0])

    def _look(self, step: int, run: Trainer) -> _Seen:
        network, data = run.network.copy(), run.prepared
        network.dropout = 0.0
        gradients = gradients_of_losses(network, data.X_train, data.Y_train, run.sample_weights)
        network.workspace.cache_clear()  # of all moments together its arrays would take much
        samples = _places_in(self._prepared, data)
        return _Seen(
            step, network, gradients, samples, rate_of(run.optimizer), (id(data.X_train), network.disabled_units)
        )

    def _as_stacks(self) -> list[_Stack]:
        """All moments that have been read."""
        if self._stacks[0] != len(self._seen):
            alike: dict[object, list[int]] = {}
            for place, seen in enumerate(self._seen):
                alike.setdefault(seen.kind, []).append(place)
            stacks = [_Stack(places, [self._seen[place] for place in places]) for places in alike.values()]
            self._stacks = len(self._seen), stacks
        return self._stacks[1]

    def _factors(self) -> list[float | Floats]:
        """What each moment's products are multiplied by: the steps up to the middle of what lies between, times η."""
        factors: list[float | Floats] = [0.0] * len(self._seen)
        for index, (seen, after) in enumerate(pairwise(self._seen)):
            rate = after.rate if seen.rate is None else seen.rate
            half = 0.5 * (after.step - seen.step) * (0.0 if rate is None else rate)
            factors[index], factors[index + 1] = factors[index] + half, factors[index + 1] + half
        return factors

    def _answer(self, network: NeuralNetwork, X: Array, output: int) -> float:
        return float(self._prepared.to_target_units(network.layer_outputs(X)[-1])[0, output])


def _places_in(present: PreparedData, past: PreparedData) -> NDArray[np.intp]:
    """Which training sample of today each of an earlier moment's is; −1 for one that is no more."""
    if past.X_train is present.X_train or (
        np.array_equal(past.X_train, present.X_train) and np.array_equal(past.Y_train, present.Y_train)
    ):
        return np.arange(len(past.X_train))
    places: dict[bytes, list[int]] = {}
    for place in range(len(present.X_train) - 1, -1, -1):
        places.setdefault(_bytes_of(present, place), []).append(place)
    found = (places.get(_bytes_of(past, place)) for place in range(len(past.X_train)))
    return np.array([known.pop() if known else -1 for known in found], np.intp)


def _bytes_of(prepared: PreparedData, place: int) -> bytes:
    return bytes(prepared.X_train[place].tobytes() + prepared.Y_train[place].tobytes())
