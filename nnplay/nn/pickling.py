"""Networks pickled and copied deeply: made again from their choices, at the same moment.

Their arrays are views into one vector, which would come apart where each is kept by itself.
"""

import copyreg
from typing import Any

from nnplay.nn.network import NeuralNetwork
from nnplay.nn.network_state import NetworkState


def _reduced(network: NeuralNetwork) -> tuple[Any, ...]:
    choices = (
        network.layer_sizes, network.activations, network.loss_name, "zeros", network.initializer_scale,
        network.batch_norm, network.dropout, network.l1, network.l2, network.clip_norm, network.dtype,
        network.generator, network.stack, network.output, network.engine,
    )  # fmt: skip
    return _made_again, (choices, network.initializer, network.state(), network.disabled_units)


def _made_again(
    choices: tuple[Any, ...], initializer: str, state: NetworkState, disabled: frozenset[tuple[int, int]]
) -> NeuralNetwork:
    network = NeuralNetwork(*choices)
    network.initializer = initializer
    network.restore(state)
    for layer, unit in disabled:
        network.set_unit_enabled(layer, unit, enabled=False)
    return network


def allow_pickling() -> None:
    """Let pickle and deepcopy take networks."""
    copyreg.pickle(NeuralNetwork, _reduced)
