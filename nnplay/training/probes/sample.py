"""What every unit computes for one sample, which need not be one of the data."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.probes.probe import Probe
from nnplay.training.shadow import ProbedRun
from nnplay.training.slices import Point

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SampleActivations:
    """One sample on its way through the network, without dropout and with batch norm's running statistics.

    Attributes
    ----------
    inputs
        (F,) features as the network sees them.
    pre_activations
        One array (U,) a layer, z = X W + b, the logits last.
    activations
        One array (U,) a layer, the outputs last (after sigmoid or softmax, in the target's own unit).
    """

    inputs: Floats
    pre_activations: tuple[Floats, ...]
    activations: tuple[Floats, ...]


@dataclass(frozen=True)
class SampleProbe(Probe[SampleActivations]):
    """Asks for one sample; who asks at every frame keeps the probe, since a picture is long.

    Attributes
    ----------
    inputs
        I values in the table's own units.
    """

    inputs: Point

    @np.errstate(all="ignore")  # a run about to diverge has numbers of any size
    def measure(self, run: ProbedRun) -> SampleActivations | None:
        """Its activations; None where the data have another number of inputs."""
        prepared, network = run.trainer.prepared, run.network
        if len(self.inputs) != prepared.table.inputs.shape[1]:
            return None
        X = prepared.as_seen(np.array([self.inputs], np.float64))
        workspace = network.workspace(1)
        workspace.forward(X, training=False)
        z = (*(layer.dense.z for layer in workspace.hidden), workspace.output.z)
        *hidden, outputs = (*(layer.outputs for layer in workspace.hidden), workspace.outputs())
        a = (*hidden, prepared.to_target_units(outputs))
        return SampleActivations(_own(X), tuple(map(_own, z)), tuple(map(_own, a)))


def _own(values: NDArray[np.floating]) -> Floats:
    """A copy of the only sample's, in 64 bits."""
    own: Floats = values[0].astype(np.float64)
    return own
