"""What a network's layers do right now: the size of their gradients, their activations, and who is taken for whom.

Everything is measured on a twin of the network, with random numbers, buffers and batch-norm memory of its own: a run
that is watched takes the same steps, to the last bit, as one that nobody watches.
"""

import math
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import ACTIVATIONS, NeuralNetwork, confusion_matrix
from nnplay.training.prepared import PreparedData
from nnplay.training.shadow import bring_along, is_twin
from nnplay.training.trainer import Trainer

Array = NDArray[np.floating]
Counts = NDArray[np.intp]
SampleSet = Literal["training", "test"]
Known = TypeVar("Known")

MOST_SAMPLES, LEAST_SAMPLES = 500, 50
WORK = 60_000_000
"""Samples times parameters of one measurement of gradients or activations: some milliseconds."""
CONFUSION_WORK = 120_000_000
"""The same for a confusion matrix, which needs a forward pass and no more; all digits of the preset fit in."""
BINS = 40
NEAR = 0.02
"""How near to a bound a value counts as saturated, as a part of the way from bound to bound."""
BOUNDS = {name: kind.bounds for name, kind in ACTIVATIONS.items() if kind.bounds is not None}
"""Where activations saturate, from and to; ELU has the lower bound only, its upper side goes on for ever."""
RANGES = {name: kind.limits for name, kind in ACTIVATIONS.items() if kind.limits is not None}
"""What activations can answer, where that is bounded on both sides."""
CAN_DIE = tuple(name for name, kind in ACTIVATIONS.items() if kind.can_die)
"""Activations that go to 0 on one side, so that no gradient comes through there."""
DEAD_BELOW = 1e-6


@dataclass(frozen=True)
class GradientSizes:
    """How large the gradient of each dense layer is.

    Attributes
    ----------
    sizes
        (L,) root of the mean square of the entries of ∂/∂W, one for each dense layer, the first layer first; of the
        data loss plus the penalty, before clipping, without dropout. From 0; not finite where the numbers are not.
    samples, of
        Over how many of how many training samples.
    """

    sizes: NDArray[np.float64]
    samples: int
    of: int


@dataclass(frozen=True)
class LayerActivations:
    """What the units of one hidden layer answer; units that are switched off don't count.

    Attributes
    ----------
    activation
        The name of the layer's activation.
    units
        How many units count.
    mean, deviation
        Of all their answers; NaN where no unit counts.
    counts
        (BINS,) answers in each of the equal bins of `Activations.span`; those beyond it are in the outer bins.
    saturated
        The share of answers, 0 to 1, nearer to a bound than 2 % of the way between the bounds: below 0.02 or above
        0.98 for sigmoid, beyond ±0.96 for tanh, below −0.98 for ELU. None for activations without such bounds.
    dead
        How many units answer 0 (less than 10⁻⁶ in size) to every sample, for activations that go to 0 on one side:
        ReLU, GELU, SiLU, softplus. None for all others.
    """

    activation: str
    units: int
    mean: float
    deviation: float
    counts: Counts
    saturated: float | None
    dead: int | None


@dataclass(frozen=True)
class Activations:
    """What the hidden layers answer, without dropout and with batch norm's running statistics.

    Attributes
    ----------
    layers
        One a hidden layer, the first layer first; empty where there is none.
    span
        From where to where the bins of all layers reach.
    samples, of
        Over how many of how many training samples.
    """

    layers: tuple[LayerActivations, ...]
    span: tuple[float, float]
    samples: int
    of: int


@dataclass(frozen=True)
class Confusion:
    """Which class is taken for which.

    Attributes
    ----------
    sample_set
        ``"training"`` or ``"test"``.
    counts
        (C, C) samples: row their class, column the class that the network takes them for.
    samples, of
        Over how many of how many samples of the set.
    """

    sample_set: SampleSet
    counts: Counts
    samples: int
    of: int


class RunStatistics:
    """Measures one trainer's network at step boundaries, and changes nothing of it.

    What was measured is kept until the network or its data change, so that looking again costs next to nothing.
    """

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._network: NeuralNetwork | None = None
        self._twin = trainer.network
        self._prepared: PreparedData | None = None
        self._known: dict[str, object] = {}
        self._above, self._below = CalmEnd(), CalmEnd()

    def gradients(self) -> GradientSizes | None:
        """The size of each dense layer's gradient; None without training samples."""
        self._follow()
        if "gradients" not in self._known:
            self._known["gradients"] = self._gradients()
        return _as(GradientSizes, self._known["gradients"])

    def activations(self) -> Activations | None:
        """What the hidden layers answer; None without training samples."""
        self._follow()
        if "activations" not in self._known:
            self._known["activations"] = self._activations()
        return _as(Activations, self._known["activations"])

    def confusion(self, sample_set: SampleSet) -> Confusion | None:
        """Who is taken for whom; None for a regression, or where the set is empty."""
        self._follow()
        if sample_set not in self._known:
            self._known[sample_set] = self._confusion(sample_set)
        return _as(Confusion, self._known[sample_set])

    def _gradients(self) -> GradientSizes | None:
        data = self._trainer.prepared
        X, Y = self._some(WORK, MOST_SAMPLES, data.X_train, data.Y_train)
        if not len(X):
            return None
        self._twin.training_loss(X, Y)
        sizes = [root_mean_square(gradient) for gradient in self._twin.gradient_views.weights]
        return GradientSizes(np.array(sizes), len(X), len(data.X_train))

    @np.errstate(all="ignore")  # what overflows is shown as what it is
    def _activations(self) -> Activations | None:
        data, twin = self._trainer.prepared, self._twin
        X, _ = self._some(WORK, MOST_SAMPLES, data.X_train, data.Y_train)
        if not len(X):
            return None
        answers = [
            outputs[:, layer.enabled != 0.0]
            for outputs, layer in zip(twin.layer_outputs(X)[:-1], twin.hidden_layers, strict=True)
        ]
        span = self._span(answers)
        layers = [layer_activations(*each, span) for each in zip(twin.activations, answers, strict=True)]
        return Activations(tuple(layers), span, len(X), len(data.X_train))

    def _confusion(self, sample_set: SampleSet) -> Confusion | None:
        data, network = self._trainer.prepared, self._trainer.network
        pair = (data.X_train, data.Y_train) if sample_set == "training" else (data.X_test, data.Y_test)
        if data.table.task != "classification" or not len(pair[0]):
            return None
        X, Y = self._some(CONFUSION_WORK, len(pair[0]), *pair)
        # the network has arrays of this size already where all samples are asked, since each epoch measures them
        _, outputs = (network if len(X) == len(pair[0]) else self._twin).evaluate(X, Y)
        return Confusion(sample_set, confusion_matrix(outputs, Y), len(X), len(pair[0]))

    def _some(self, work: int, most: int, X: Array, Y: Array) -> tuple[Array, Array]:
        """All samples, or as many as are cheap, evenly spread: those that stand side by side may be of one class."""
        count = min(most, max(work // self._twin.parameters.size, LEAST_SAMPLES))
        if count >= len(X):
            return X, Y
        places = np.linspace(0, len(X) - 1, count).astype(np.intp)
        return X[places], Y[places]

    def _span(self, answers: list[Array]) -> tuple[float, float]:
        """From where to where all answers reach: the bounds of those that have two, the rest in calm round steps."""
        low, high = 0.0, 0.0
        for name, values in zip(self._twin.activations, answers, strict=True):
            if name in RANGES:
                low, high = min(low, RANGES[name][0]), max(high, RANGES[name][1])
            elif values.size:
                low, high = min(low, float(values.min())), max(high, float(values.max()))
        if all(name in RANGES for name in self._twin.activations):
            return low, high
        return 0.0 - self._below.fit(-low), self._above.fit(high) or 1.0

    def _follow(self) -> None:
        """Bring the twin to where the network is; what is known holds only for that."""
        network, prepared = self._trainer.network, self._trainer.prepared
        if network is not self._network:
            self._network, self._twin = network, network.copy()
            self._twin.dropout = 0.0
            self._known.clear()
        if prepared is not self._prepared:
            self._prepared = prepared
            self._known.clear()
        if not is_twin(network, self._twin):
            bring_along(self._twin, network)
            self._known.clear()


@dataclass
class CalmEnd:
    """One end of a range of numbers: it widens to a round number as soon as it must, and narrows seldom."""

    end: float = 0.0

    def fit(self, needed: float) -> float:
        """The end for numbers up to `needed`, from 0; what is not finite changes nothing."""
        if math.isfinite(needed) and not 0.3 * self.end <= needed <= self.end:
            self.end = _round_up(needed)
        return self.end


def root_mean_square(values: Array) -> float:
    """√(1/n Σ v²), scaled by the largest, so that squares of tiny and of huge numbers stay numbers."""
    largest = float(np.abs(values).max(initial=0.0))
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    return largest * float(np.sqrt(np.mean(np.square(values / largest, dtype=np.float64))))


def layer_activations(activation: str, answers: Array, span: tuple[float, float]) -> LayerActivations:
    """Statistics of the answers (N, U) of one layer's units; see `LayerActivations`."""
    if not answers.size:
        none = np.zeros(BINS, np.intp)
        return LayerActivations(activation, 0, math.nan, math.nan, none, None, None)
    saturated, dead = None, None
    if activation in BOUNDS:
        low, high = BOUNDS[activation]
        near = NEAR * (high - low)
        beyond = answers < low + near
        if activation in RANGES:
            beyond |= answers > high - near
        saturated = float(np.mean(beyond))
    if activation in CAN_DIE:
        dead = int(np.sum(np.abs(answers).max(axis=0) < DEAD_BELOW))
    mean = float(np.mean(answers, dtype=np.float64))
    deviation = float(np.std(answers, dtype=np.float64))
    return LayerActivations(activation, answers.shape[1], mean, deviation, _binned(answers, span), saturated, dead)


def _binned(answers: Array, span: tuple[float, float]) -> Counts:
    """As `numpy.histogram`, but several times as fast since the bins are equal; the outer bins have what is beyond."""
    low, high = span
    places = np.clip((answers.ravel() - low) * (BINS / (high - low)), 0, BINS - 1)
    return np.bincount(np.nan_to_num(places).astype(np.intp), minlength=BINS)


def _round_up(value: float) -> float:
    """The next of 1, 2, 3, 5, 10, 20 …; 0 for what is not above 0."""
    if value <= 0.0:
        return 0.0
    decade = 10.0 ** math.floor(math.log10(value))
    return next(step * decade for step in (1.0, 2.0, 3.0, 5.0, 10.0) if step * decade >= value * (1 - 1e-9))


def _as(kind: type[Known], value: object) -> Known | None:
    return value if isinstance(value, kind) else None
