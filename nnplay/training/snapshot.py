"""What the window draws: frozen records with arrays of their own, made at a step boundary."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.history import Figures
from nnplay.training.statistics import Activations, Confusion, GradientSizes, SampleSet

Array = NDArray[np.floating]


@dataclass(frozen=True)
class SnapshotRequest:
    """What the visible panels need; what nobody looks at is not computed.

    Attributes
    ----------
    maps
        Answer every unit over the plane.
    history
        Copy the rows of the history.
    weights
        Copy weights and biases.
    sample
        (1, F) features of one sample to answer, or None.
    test
        Answer every sample of the test set.
    gradients, activations
        Measure the layers' gradients, and what the hidden layers answer.
    confusion
        The set of samples to count who is taken for whom in, or None.
    """

    maps: bool = True
    history: bool = True
    weights: bool = True
    sample: Array | None = None
    test: bool = False
    gradients: bool = False
    activations: bool = False
    confusion: SampleSet | None = None


@dataclass(frozen=True)
class PlaneMaps:
    """The activation of every unit over the plane.

    Attributes
    ----------
    plane
        (x₁ from, x₁ to, x₂ from, x₂ to).
    inputs
        (F, R, R): each feature as the network sees it. Row 0 is the smallest x₂, column 0 the smallest x₁.
    layers
        One array (U, R, R) a layer, the outputs last (after sigmoid or softmax).
    """

    plane: tuple[float, float, float, float]
    inputs: Array
    layers: tuple[Array, ...]


@dataclass(frozen=True)
class Snapshot:
    """One moment of a run.

    Attributes
    ----------
    figures
        Epoch, losses, accuracies and penalty, measured after the last whole epoch or act, or where the run rests.
    batch
        Steps done in the epoch under way; 0 at its start.
    weights, biases
        One array a dense layer, (I, O) and (O,); empty where they were not asked for.
    disabled_units
        The (hidden layer, unit) pairs that are switched off.
    maps
        None where they were not asked for, or where the inputs are not points of a plane.
    history
        (rows, `nnplay.training.history.COLUMNS`), or None.
    answer
        (K,) outputs for the sample of the request; None where there was none, or it doesn't fit the network.
    test_outputs
        (n, K) outputs for the test set; None where they were not asked for.
    epochs_per_second
        Of the last second of training; 0 while it rests.
    learning_rate
        The one in force now, after the schedule.
    gradients, activations, confusion
        None where they were not asked for, or where there is nothing to measure.
    """

    figures: Figures
    batch: int
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    disabled_units: frozenset[tuple[int, int]]
    maps: PlaneMaps | None
    history: NDArray[np.float64] | None
    answer: Array | None
    test_outputs: Array | None
    epochs_per_second: float
    learning_rate: float
    gradients: GradientSizes | None = None
    activations: Activations | None = None
    confusion: Confusion | None = None
