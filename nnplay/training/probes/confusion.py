"""Which class is classified as which."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import confusion_matrix
from nnplay.training.probes.probe import Probe
from nnplay.training.probes.samples import SampleSet, evenly_spread, samples_of
from nnplay.training.shadow import ProbedRun

Counts = NDArray[np.intp]

WORK = 120_000_000
"""Samples times parameters of one forward pass: some milliseconds; all digits of the preset fit in."""


@dataclass(frozen=True)
class Confusion:
    """Which class is classified as which.

    Attributes
    ----------
    sample_set
        ``"training"`` or ``"test"``.
    counts
        (C, C) samples: row their class, column the class that the network gives them.
    samples, of
        Over how many of how many samples of the set.
    """

    sample_set: SampleSet
    counts: Counts
    samples: int
    of: int


@dataclass(frozen=True)
class ConfusionProbe(Probe[Confusion]):
    """Asks for the confusion matrix of a set."""

    kept = True

    sample_set: SampleSet

    def measure(self, run: ProbedRun) -> Confusion | None:
        """The counts; None for a regression, or where the set is empty."""
        data, network = run.trainer.prepared, run.trainer.network
        whole = samples_of(data, self.sample_set)
        of = len(whole[0])
        if data.table.task != "classification" or not of:
            return None
        X, Y = evenly_spread(*whole, WORK // network.parameters.size)
        # the network has arrays of this size already where all samples are asked, since each epoch measures them
        _, outputs = (network if len(X) == of else run.network).evaluate(X, Y)
        return Confusion(self.sample_set, confusion_matrix(outputs, Y), len(X), of)
