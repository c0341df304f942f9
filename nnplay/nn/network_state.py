"""A moment of a network, to come back to bit for bit."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from numpy.random import Generator

from nnplay.errors import InputError
from nnplay.nn.arrays import Array
from nnplay.nn.structure import NetworkStructure
from nnplay.texts import tr


@dataclass(frozen=True)
class NetworkState:
    """What training changes of a network; all arrays are its own. Settings and units switched off are not in it.

    Attributes
    ----------
    parameters
        (…, P), the flat vector.
    running_means, running_variances
        (…, U) for each hidden layer with batch norm.
    generator
        The state of the random generator, as its `bit_generator` tells it.
    """

    parameters: Array
    running_means: tuple[Array, ...]
    running_variances: tuple[Array, ...]
    generator: dict[str, Any]

    @classmethod
    def of(cls, structure: NetworkStructure, generator: Generator) -> "NetworkState":
        """The moment that a network and its generator are at."""
        return cls(
            structure.vector.values.copy(),
            tuple(mean.copy() for mean in structure.running_means),
            tuple(variance.copy() for variance in structure.running_variances),
            deepcopy(dict(generator.bit_generator.state)),
        )

    def restore(self, structure: NetworkStructure, generator: Generator) -> None:
        """Bring a network and its generator to this moment.

        Raises
        ------
        InputError
            Where the network is of another structure.
        """
        parameters = structure.vector.values
        if self.parameters.shape != parameters.shape:
            raise InputError(
                "state", tr("parameters of shape {shape}", shape=self.parameters.shape), str(parameters.shape)
            )
        if len(self.running_means) != len(structure.running_means):
            found = tr("{n} running mean|{n} running means", "", len(self.running_means))
            raise InputError("state", found, str(len(structure.running_means)))
        kept = [self.parameters, *self.running_means, *self.running_variances]
        for own, array in zip(structure.learned_arrays, kept, strict=True):
            own[...] = array
        generator.bit_generator.state = deepcopy(self.generator)
        structure.let_all_learn()
