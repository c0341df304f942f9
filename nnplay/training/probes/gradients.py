"""How large the gradient of each dense layer is right now."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.probes.probe import Probe
from nnplay.training.probes.samples import most_samples, spread_places
from nnplay.training.shadow import ProbedRun

Array = NDArray[np.floating]


@dataclass(frozen=True)
class GradientSizes:
    """How large the gradient of each dense layer is.

    Attributes
    ----------
    sizes
        (L,) root of the mean square of the entries of ∂/∂W, one for each dense layer, the first layer first; of the
        data loss, with the weights of the classes, plus the penalty, before clipping, without dropout. From 0; not
        finite where the numbers are not.
    samples, of
        Over how many of how many training samples.
    """

    sizes: NDArray[np.float64]
    samples: int
    of: int


@dataclass(frozen=True)
class GradientsProbe(Probe[GradientSizes]):
    """Asks for the size of each dense layer's gradient."""

    kept = True

    def measure(self, run: ProbedRun) -> GradientSizes | None:
        """The sizes; None without training samples."""
        data, network = run.trainer.prepared, run.network
        places = spread_places(len(data.X_train), most_samples(network.parameters.size))
        X, Y, weights = data.X_train[places], data.Y_train[places], run.trainer.sample_weights
        if not len(X):
            return None
        network.training_loss(X, Y, None if weights is None else weights[places])
        sizes = [root_mean_square(gradient) for gradient in network.gradient_views.weights]
        return GradientSizes(np.array(sizes), len(X), len(data.X_train))


def root_mean_square(values: Array) -> float:
    """√(1/n Σ v²), scaled by the largest, so that squares of tiny and of huge numbers stay numbers."""
    largest = float(np.abs(values).max(initial=0.0))
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    return largest * float(np.sqrt(np.mean(np.square(values / largest, dtype=np.float64))))
