"""What the network outputs for one sample, and for a whole set of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.prepared import PreparedData
from nnplay.training.probes.probe import Probe
from nnplay.training.probes.samples import SampleSet, samples_of
from nnplay.training.shadow import ProbedRun

Array = NDArray[np.floating]


@dataclass(frozen=True)
class SampleOutputsProbe(Probe[Array]):
    """Asks for the outputs for one sample; who asks at every frame keeps the probe, since a picture is long.

    Attributes
    ----------
    sample
        F features as the network sees them.
    """

    sample: tuple[float, ...]

    def measure(self, run: ProbedRun) -> Array | None:
        """(K,) outputs, in the target's own unit; None where the network takes another number of features."""
        network = run.trainer.network
        if len(self.sample) != network.layer_sizes[0]:
            return None
        outputs = network.forward(np.array([self.sample], network.parameters.dtype))
        shown: Array = run.trainer.prepared.to_target_units(outputs)[0]
        return shown


@dataclass(frozen=True)
class SetOutputsProbe(Probe[Array]):
    """Asks for the outputs for every sample of a set."""

    sample_set: SampleSet

    def measure(self, run: ProbedRun) -> Array:
        """(n, K) outputs, in the order of the set and in the target's own unit."""
        network, prepared = run.trainer.network, run.trainer.prepared
        X, _ = samples_of(prepared, self.sample_set)
        outputs: Array = network.forward(X) if len(X) else np.empty((0, network.layer_sizes[-1]), X.dtype)
        return prepared.to_target_units(outputs)


@dataclass(frozen=True)
class AnswersProbe(Probe[Array]):
    """Asks for the outputs for the table's own samples, every so many of them."""

    kept = True

    every: int = 1

    def measure(self, run: ProbedRun) -> Array:
        """(n, K) outputs for the samples 0, every, 2 · every, …, in the target's own unit."""
        network, prepared = run.trainer.network, run.trainer.prepared
        X = run.memory(_EverySample).features(prepared, self.every)
        outputs: Array = network.forward(X) if len(X) else np.empty((0, network.layer_sizes[-1]), X.dtype)
        return prepared.to_target_units(outputs)


class _EverySample:
    """The features of every so many samples, until the data change."""

    def __init__(self) -> None:
        self._of: tuple[PreparedData, int] | None = None
        self._features: Array = np.empty((0, 0))

    def features(self, prepared: PreparedData, every: int) -> Array:
        """(n, F) in the order of the table."""
        if self._of is None or self._of[0] is not prepared or self._of[1] != every:
            self._of, self._features = (prepared, every), prepared.as_seen(prepared.table.inputs[::every])
        return self._features
