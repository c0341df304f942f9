"""Which samples a measurement is taken over: those of a set, or as many of them as are cheap."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nnplay.training.prepared import PreparedData

Array = NDArray[np.floating]
SampleSet = Literal["training", "test"]

MOST_SAMPLES, LEAST_SAMPLES = 500, 50
WORK = 60_000_000
"""Samples times parameters of one forward and backward pass: some milliseconds."""


def samples_of(prepared: PreparedData, sample_set: SampleSet) -> tuple[Array, Array]:
    """Features (n, F) and targets (n, K) of a set."""
    if sample_set == "training":
        return prepared.X_train, prepared.Y_train
    return prepared.X_test, prepared.Y_test


def some_training_samples(prepared: PreparedData, parameters: int) -> tuple[Array, Array]:
    """At most 500 training samples, fewer for a network of so many parameters that those would take too long."""
    return evenly_spread(prepared.X_train, prepared.Y_train, most_samples(parameters))


def most_samples(parameters: int) -> int:
    """How many samples one forward and backward pass of a network of so many parameters takes at most."""
    return min(MOST_SAMPLES, WORK // parameters)


def evenly_spread(X: Array, Y: Array, most: int) -> tuple[Array, Array]:
    """All samples, or `most` of them but at least 50, evenly spread: neighbours may be of one class."""
    places = spread_places(len(X), most)
    return X[places], Y[places]


def spread_places(samples: int, most: int) -> slice | NDArray[np.intp]:
    """Which of so many samples these are."""
    count = max(most, LEAST_SAMPLES)
    return slice(None) if count >= samples else np.linspace(0, samples - 1, count).astype(np.intp)
