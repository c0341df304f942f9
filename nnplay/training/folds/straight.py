"""Plane and layers of a run as straight maps, in 64 bits.

A straight map of the plane to U numbers is an array (3, U): what they are at the plane's middle, and how much they rise
from there to the plane's right and to its upper border. So it keeps its digits on a plane of any scale, far from 0 too.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import NeuralNetwork
from nnplay.nn.batch_norm import EPSILON
from nnplay.training.prepared import PreparedData
from nnplay.training.slices import Point

Floats = NDArray[np.float64]

STRAIGHT = {"x1": 0, "x2": 1}
"""The features of a point of the plane that are straight, and which input each is."""


@dataclass(frozen=True)
class Frame:
    """The plane's middle, and how far it reaches from there to the right and upwards."""

    middle: Floats
    reach: Floats

    @classmethod
    def of(cls, plane: tuple[float, float, float, float]) -> "Frame":
        """That of a part of the plane."""
        left, right, low, high = plane
        middle = np.array([0.5 * left + 0.5 * right, 0.5 * low + 0.5 * high])
        return cls(middle, np.array([0.5 * right - 0.5 * left, 0.5 * high - 0.5 * low]))

    def inside(self, places: Floats) -> Floats:
        """Places (…, 2) in the table's own units as ones from −1 to 1."""
        scaled: Floats = (places - self.middle) / self.reach
        return scaled

    def outside(self, places: Floats) -> Floats:
        """Places (…, 2) from −1 to 1 in the table's own units."""
        back: Floats = self.middle + places * self.reach
        return back


@dataclass(frozen=True)
class StraightLayer:
    """A layer with batch norm, by its running statistics, in weights and biases.

    Attributes
    ----------
    weights, biases
        (I, U) and (U,).
    slopes
        Of the activation below and above 0; None where it isn't straight there. Of the outputs (1, 1): the logits.
    enabled
        (U,) 1 for a unit that is on, 0 for one that is switched off.
    """

    weights: Floats
    biases: Floats
    slopes: tuple[float, float] | None
    enabled: Floats

    @property
    def bends(self) -> bool:
        """Whether its units bend along a line."""
        return self.slopes is not None and self.slopes[0] != self.slopes[1]

    def sums(self, inputs: Floats) -> Floats:
        """(…, 3, U) the sums of straight inputs (…, 3, I)."""
        sums: Floats = inputs @ self.weights
        sums[..., 0, :] += self.biases
        return sums


def straight_layers(network: NeuralNetwork) -> list[StraightLayer]:
    """The layers of a network, the outputs last."""
    layers = []
    for index, units in enumerate(network.hidden_layers):
        weights, biases = normed(network, index)
        layers.append(StraightLayer(weights, biases, units.activation.slopes, units.enabled.astype(np.float64)))
    weights, biases = normed(network, len(layers))
    layers.append(StraightLayer(weights, biases, (1.0, 1.0), np.ones(len(biases))))
    return layers


def normed(network: NeuralNetwork, layer: int) -> tuple[Floats, Floats]:
    """Weights (I, U) and biases (U,) of a dense layer; those of batch norm behind it are in them."""
    weights = network.weights[layer].astype(np.float64)
    biases = network.biases[layer].astype(np.float64)
    if network.batch_norm and layer < len(network.hidden_layers):
        spread = np.sqrt(network.running_variances[layer].astype(np.float64) + EPSILON)
        scale = network.gammas[layer] / spread
        return weights * scale, (biases - network.running_means[layer]) * scale + network.betas[layer]
    return weights, biases


def straight_features(prepared: PreparedData, others: Point | None) -> Floats:
    """(3, F) the features as the network sees them, all of which must be straight."""
    assert prepared.plane is not None
    frame = Frame.of(prepared.plane)
    across, up = prepared.spec.plane_inputs
    inputs = np.zeros((3, prepared.table.inputs.shape[1]))
    inputs[0] = prepared.inputs_at(frame.middle[None], others)[0]
    inputs[1, across], inputs[2, up] = frame.reach
    if inputs.shape[1] == 2:
        inputs = inputs[:, [STRAIGHT[name] for name in prepared.spec.features]]
    scale = prepared.standardizer
    if scale is not None:
        inputs[0] -= scale.mean
        inputs /= scale.standard_deviation
    return inputs
