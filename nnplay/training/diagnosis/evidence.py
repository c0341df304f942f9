"""What the rules judge by: the state of a run, and what was measured of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.experiment import Experiment
from nnplay.training.run_control import RunState

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Course:
    """The figures of a run so far, oldest first; the last are those of the run as it is now.

    Attributes
    ----------
    epochs
        (n,) whole epochs done.
    train, test
        (n,) data losses; NaN without a test set.
    highest
        (n,) the highest training loss from each of these epochs to the next.
    since
        The epoch at which the experiment was seen to become another one; what was before tells nothing of it. 0 where
        it is the first.
    steps
        Of an epoch.
    """

    epochs: Floats
    train: Floats
    test: Floats
    highest: Floats
    since: float = 0.0
    steps: int = 1

    def rise(self, start: float) -> float:
        """By how much the training loss was ever above the lowest that it had been before, from an epoch on."""
        own = self.epochs >= start
        lowest = np.minimum.accumulate(self.train[own])
        return float((self.highest[own] - lowest).max(initial=0.0))

    def fall(self, epochs: float) -> float | None:
        """The part of itself by which the training loss fell in the last epochs; negative where it rose.

        Where the history has no figures of that very epoch, those before it tell how much it falls in so many. None
        where the experiment isn't so old.
        """
        end = float(self.epochs[-1])
        before = np.flatnonzero((self.epochs <= end - epochs) & (self.epochs >= self.since))
        if not len(before):
            return None
        then, now = float(self.train[before[-1]]), float(self.train[-1])
        if not then > 0.0 or not now > 0.0:
            return 0.0
        return float(1.0 - (now / then) ** (epochs / (end - float(self.epochs[before[-1]]))))


@dataclass(frozen=True)
class LayerFacts:
    """One dense layer.

    Attributes
    ----------
    weights, gradient
        Root of the mean square of its weights, and of the gradient of the loss with the penalty by them.
    of_samples
        The same of the gradients of single samples: where a full batch rests, their mean is 0, and they aren't.
    update
        The same of what the last step subtracted; None before the first one.
    spread
        The largest standard deviation of a row of weights over the units: 0 where the units are all alike; None of a
        single unit.
    """

    weights: float
    gradient: float
    of_samples: float
    update: float | None
    spread: float | None


@dataclass(frozen=True)
class UnitsFacts:
    """The units of one hidden layer that are switched on.

    Attributes
    ----------
    activation
        Its name.
    on
        How many there are.
    dead
        Those of an activation that can die whose z is never above 0 in a training sample.
    far
        Those of them whose z is nowhere above −5, from where no smooth activation brings them back.
    saturated
        The share of |z| > 5, 0 to 1, for an activation with bounds; else None.
    saturated_units
        Those of which more than half of the answers are.
    """

    activation: str
    on: int
    dead: tuple[int, ...]
    far: tuple[int, ...]
    saturated: float | None
    saturated_units: tuple[int, ...]


@dataclass(frozen=True)
class DataFacts:
    """What the training samples are, whatever the network is.

    Attributes
    ----------
    guess
        The loss of the best constant answer, H: of two equal classes 0.693, of a regression the target's variance.
        0 where all targets are the same, or as good as.
    scale
        What tells whether a loss is high: H; where that is 0, the loss of outputs that know nothing yet.
    least
        The loss below which no network can come, since some samples are the same and their targets are not.
    contradictory
        The rows of the table of such samples, group by group.
    class_sizes
        Training samples of each class; empty for a regression.
    scales
        Standard deviation of each feature as the network sees it; a feature that is constant has 0.
    samples, test_samples
        How many train, and how many test.
    """

    guess: float
    scale: float
    least: float
    contradictory: tuple[tuple[int, ...], ...]
    class_sizes: tuple[int, ...]
    scales: tuple[float, ...]
    samples: int
    test_samples: int


@dataclass(frozen=True)
class HiddenFacts:
    """What the last hidden layer leaves to the output layer.

    Attributes
    ----------
    floor
        The least loss that any output layer could reach on its outputs.
    merged
        Rows of the table, group by group, of samples whose outputs are the same, although their targets are others.
    unsolved
        Rows of the table that the best output layer would still get wrong.
    """

    floor: float
    merged: tuple[tuple[int, ...], ...]
    unsolved: tuple[int, ...]


@dataclass(frozen=True)
class MostGiven:
    """The class that most samples get: which one it is, the share that gets it, and the share that is of it."""

    kind: int
    share: float
    right: float


@dataclass(frozen=True)
class StepEffect:
    """What a step does.

    Attributes
    ----------
    noise
        How long a batch's gradient is by chance alone, beside the gradient of all samples (Byrd and others, 2012); None
        where each step takes all of them.
    promise
        By how much the loss would fall along the slope in a step that all samples bring; None of an optimiser that
        scales its steps by itself.
    end
        Where such a step ends on the parabola through its slopes: −1 where it began, 0 at the lowest point, 1 as high
        on the other side (Schneider and others, 2021); None as for `promise`.
    """

    noise: float | None
    promise: float | None
    end: float | None


@dataclass(frozen=True, eq=False)
class Measures:
    """What was measured of the network on its training samples, without dropout.

    Attributes
    ----------
    data
        The data.
    course
        The losses so far.
    layers
        Each dense layer, the first one first.
    units
        Each hidden layer.
    loss
        The data loss over the samples that were measured.
    gradient
        Length of the gradient of the data loss, without the penalty's.
    usual_gradient
        The median of those that were measured before; None where there were too few.
    penalty_gradient
        Length of the penalty's own gradient.
    output_slope
        Of squared errors of squashed outputs: the mean of p (1 − p) over the outputs on the wrong side; else None.
    accuracies
        Of the training and of the test set; None for a regression, or without a test set.
    answers
        The class that most samples get; None for a regression.
    hidden
        What the hidden layers leave to the output layer; None where the run isn't stuck, or the loss has no floor.
    steps
        What a step does.
    start_size
        The largest of the layers' starting weights, root of the mean square times √inputs: 1 by Xavier and LeCun, 1.4
        by He.
    gradient_error
        The largest relative error of gradients beside central differences; None where none could be compared.
    fits_few
        Whether networks of this shape learn some few samples by heart; None where that wasn't asked.
    """

    data: DataFacts
    course: Course
    layers: tuple[LayerFacts, ...]
    units: tuple[UnitsFacts, ...]
    loss: float
    gradient: float
    usual_gradient: float | None
    penalty_gradient: float
    output_slope: float | None
    accuracies: tuple[float, float] | None
    answers: MostGiven | None
    hidden: HiddenFacts | None
    steps: StepEffect
    start_size: float
    gradient_error: float | None
    fits_few: bool | None


@dataclass(frozen=True)
class Evidence:
    """One moment of a run, as rules see it.

    Attributes
    ----------
    experiment
        What is trained.
    state
        Where the run stands.
    epoch
        Whole epochs done.
    measures
        What was measured; None where nothing was: most rules say nothing then.
    parameters
        (P,) the weights and biases, for what helps without losing them; None where they weren't taken.
    """

    experiment: Experiment
    state: RunState
    epoch: int
    measures: Measures | None = None
    parameters: Floats | None = None
