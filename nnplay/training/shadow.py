"""Another network that follows a run's own, to be looked at: what is computed on it leaves the run as it was."""

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NeuralNetwork

Array = NDArray[np.floating]


def is_twin(network: NeuralNetwork, twin: NeuralNetwork) -> bool:
    """Whether what is measured on the twin still holds for the network, bit for bit."""
    if (network.l1, network.l2, network.disabled_units) != (twin.l1, twin.l2, twin.disabled_units):
        return False
    return all(np.array_equal(own, other) for own, other in _arrays(network, twin))


@np.errstate(over="ignore")  # what 32 bits can't hold becomes infinite
def bring_along(twin: NeuralNetwork, network: NeuralNetwork) -> None:
    """Make the twin answer as the network does now, in the twin's own precision."""
    twin.l1, twin.l2 = network.l1, network.l2
    for other, own in _arrays(network, twin):
        own[...] = other
    for layer, unit in network.disabled_units ^ twin.disabled_units:
        twin.set_unit_enabled(layer, unit, (layer, unit) not in network.disabled_units)


def _arrays(network: NeuralNetwork, twin: NeuralNetwork) -> list[tuple[Array, Array]]:
    own = [network.parameters, *network.running_means, *network.running_variances]
    return list(zip(own, [twin.parameters, *twin.running_means, *twin.running_variances], strict=True))
