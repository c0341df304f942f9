"""Two directions among all parameters, which span the plane that a slice through the loss shows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import InputError
from nnplay.nn import NeuralNetwork
from nnplay.texts import tr

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Directions:
    """Two directions, from a centre.

    Attributes
    ----------
    centre
        (P,) the parameters at the place (0, 0).
    first, second
        (P,) what is added for 1 of a coordinate.
    """

    centre: Floats
    first: Floats
    second: Floats

    def parameters_at(self, places: Floats) -> Floats:
        """The parameters (M, P) at places (M, 2)."""
        return self.centre + places @ np.stack([self.first, self.second])

    def places_of(self, parameters: Floats) -> Floats:
        """Where parameters (M, P) lie, (M, 2): the places of the slice that are nearest to them."""
        return self.shares_of(parameters - self.centre)

    def share_of(self, parameters: Floats) -> float | None:
        """Of the distances of parameters (M, P) from the centre, as a root of their mean square, what is on the slice.

        1 where all of them lie on it, 0 where it shows nothing of their ways; None where none is away from the centre.
        """
        changes = parameters - self.centre
        whole = float(np.linalg.norm(changes))
        lying = self.shares_of(changes) @ np.stack([self.first, self.second])
        return min(float(np.linalg.norm(lying)) / whole, 1.0) if whole > 0.0 else None

    def shares_of(self, changes: Floats) -> Floats:
        """What changes of the parameters (M, P) are on the slice, (M, 2), by least squares."""
        both = np.stack([self.first, self.second])
        return np.asarray(np.linalg.lstsq(both @ both.T, both @ changes.T, rcond=None)[0].T, np.float64)


def random_directions(network: NeuralNetwork, seed: int) -> Directions:
    """Two random directions, each unit's part of which is as long as the weights that come into the unit.

    Without that, what a slice shows would depend on how large the weights are, which says nothing: where a ReLU's
    weights and bias are doubled and the weights behind it halved, the network is the same one, and so is its slice.
    Biases and batch norm's parameters stay as they are. Units that all weigh nothing, as after a start from zeros, get
    parts of the mean length of their layer, or else 1. Li et al., 2018.
    """
    centre = network.parameters.astype(np.float64)
    generator = np.random.default_rng(seed)
    drawn = [_normalised(network, centre, generator.standard_normal(len(centre))) for _ in range(2)]
    return Directions(centre, *drawn)


def _normalised(network: NeuralNetwork, centre: Floats, direction: Floats) -> Floats:
    own, views = network.layout.views(centre), network.layout.views(direction)
    for weights, part in zip(own.weights, views.weights, strict=True):
        lengths = np.linalg.norm(weights, axis=0)
        lengths[lengths == 0.0] = lengths.mean() or 1.0
        part *= lengths / np.linalg.norm(part, axis=0)
    for part in (*views.biases, *views.gammas, *views.betas):
        part[...] = 0.0
    return direction


def directions_of_weights(network: NeuralNetwork, first: int, second: int) -> Directions:
    """Those along which one parameter alone changes, by their places in `NeuralNetwork.parameters`.

    Raises
    ------
    InputError
        A place that there isn't, or one of them twice.
    """
    size = network.layout.size
    for name, place in (("first", first), ("second", second)):
        if not 0 <= place < size:
            raise InputError(name, place, tr("one of {count} parameters, counted from 0", count=size))
    if first == second:
        raise InputError("second", second, tr("another parameter than the first"))
    units = np.zeros((2, size))
    units[[0, 1], [first, second]] = 1.0
    return Directions(network.parameters.astype(np.float64), *units)
