"""What a network is made of: sizes, parameters, layers, settings and its moments to come back to; no arithmetic."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from nnplay.errors import InputError
from nnplay.nn.activations import ACTIVATIONS
from nnplay.nn.arrays import Array
from nnplay.nn.batch_norm import BatchNorm
from nnplay.nn.dropout import Dropout
from nnplay.nn.initializers import INITIALIZERS
from nnplay.nn.layers import HiddenLayer
from nnplay.nn.losses import LOSSES
from nnplay.nn.parameters import ParameterLayout
from nnplay.nn.validation import (
    DTYPES,
    checked_activations,
    checked_count,
    checked_generator,
    checked_layer_sizes,
    checked_name,
    checked_number,
)


@dataclass(frozen=True)
class NetworkState:
    """A moment of a network, to come back to bit for bit; all arrays are its own.

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


class NetworkStructure:
    """A feed-forward network of dense layers, or a stack of K of them, at rest.

    Parameters
    ----------
    layer_sizes
        Units of every layer: inputs, hidden layers, outputs.
    activation
        One name of `ACTIVATIONS` for all hidden layers, or a list with one for each.
    loss
        A name of `LOSSES`; the output activation comes with it: sigmoid, softmax or identity.
    initializer, initializer_scale
        A name of `INITIALIZERS`; the scale is the standard deviation of ``normal``, others do without.
    batch_norm
        Normalise the pre-activations of every hidden layer over the batch.
    dropout
        Probability that a hidden unit is silenced for a sample while training, 0 to below 1.
    l1, l2
        Strength of the penalties, from 0.
    clip_norm
        Longest gradient a step may use, or None.
    dtype
        ``"float64"`` or ``"float32"``.
    seed
        Of the generator that draws the start, the dropout and the shuffles; or a generator; or None.
    stack
        K, to hold K independent networks: every array of parameters has a leading axis K.

    Attributes
    ----------
    parameters, gradient
        (…, P) flat vectors; the gradient is the one of the last step.
    weights, biases
        (…, I, O) and (…, O) for each dense layer, writable views into `parameters`.
    gammas, betas, running_means, running_variances
        (…, U) for each hidden layer with batch norm, writable.
    generator
        The source of every random number.
    diverged
        (K,) which networks of a stack stand still because they left the finite numbers; None for one network.

    Raises
    ------
    InputError
        For a choice that is not allowed.
    """

    def __init__(
        self,
        layer_sizes: Sequence[int],
        activation: str | Sequence[str] = "relu",
        loss: str = "binary_cross_entropy",
        initializer: str = "he_normal",
        initializer_scale: float = 1.0,
        batch_norm: bool = False,
        dropout: float = 0.0,
        l1: float = 0.0,
        l2: float = 0.0,
        clip_norm: float | None = None,
        dtype: str = "float64",
        seed: int | Generator | None = None,
        stack: int | None = None,
    ) -> None:
        self.layer_sizes = checked_layer_sizes(layer_sizes)
        self.activations = checked_activations(activation, len(self.layer_sizes) - 2, ACTIVATIONS)
        self.loss_name = checked_name("loss", loss, LOSSES)
        self.batch_norm = bool(batch_norm)
        self.dtype = checked_name("dtype", dtype, DTYPES)
        self.stack = None if stack is None else checked_count("stack", stack)
        self.initializer = checked_name("initializer", initializer, INITIALIZERS)
        self.initializer_scale = checked_number("initializer_scale", initializer_scale)
        self.generator = checked_generator(seed)
        self.dropout_masks = Dropout(0.0, self.generator)
        self.l1, self.l2, self.dropout, self.clip_norm = l1, l2, dropout, clip_norm
        self._make_parameters()
        self._make_layers()
        self.initialize()

    def _make_parameters(self) -> None:
        self.layout = ParameterLayout(self.layer_sizes, self.batch_norm)
        lead = () if self.stack is None else (self.stack,)
        numbers = DTYPES[self.dtype]
        self.parameters = np.zeros((*lead, self.layout.size), numbers)
        self.gradient = np.zeros_like(self.parameters)
        self._weight_mask = self.layout.weight_mask(numbers)
        self.views, self.gradient_views = self.layout.views(self.parameters), self.layout.views(self.gradient)
        self.weights, self.biases = self.views.weights, self.views.biases
        self.gammas, self.betas = self.views.gammas, self.views.betas
        self.diverged: NDArray[np.bool_] | None = None if self.stack is None else np.zeros(self.stack, bool)

    def _make_layers(self) -> None:
        numbers, gradients = DTYPES[self.dtype], self.gradient_views
        norms: list[BatchNorm | None] = [
            BatchNorm(*arrays)
            for arrays in zip(self.gammas, self.betas, gradients.gammas, gradients.betas, strict=True)
        ] or [None] * len(self.activations)
        self.hidden_layers = [
            HiddenLayer(units, ACTIVATIONS[name](numbers), norm, numbers)
            for units, name, norm in zip(self.layer_sizes[1:-1], self.activations, norms, strict=True)
        ]
        self.running_means = [norm.running_mean for norm in norms if norm is not None]
        self.running_variances = [norm.running_variance for norm in norms if norm is not None]
        self.loss_function = LOSSES[self.loss_name](numbers)

    def initialize(self) -> None:
        """Draw a new start from the generator: weights by the initialiser, biases and betas 0, gammas 1."""
        self.parameters.fill(0.0)
        draw = INITIALIZERS[self.initializer]
        for weights in self.weights:
            weights[...] = draw(self.generator, weights.shape, self.initializer_scale)
        for gamma, mean, variance in zip(self.gammas, self.running_means, self.running_variances, strict=True):
            gamma.fill(1.0)
            mean.fill(0.0)
            variance.fill(1.0)
        if self.diverged is not None:
            self.diverged.fill(False)

    # ---- settings that may change at any time; the next step follows them

    @property
    def l1(self) -> float:
        """λ of the L1 penalty."""
        return self._l1

    @l1.setter
    def l1(self, value: float) -> None:
        self._l1 = checked_number("l1", value)

    @property
    def l2(self) -> float:
        """λ of the L2 penalty."""
        return self._l2

    @l2.setter
    def l2(self, value: float) -> None:
        self._l2 = checked_number("l2", value)

    @property
    def dropout(self) -> float:
        """The probability that a hidden unit is silenced for a sample while training."""
        return self.dropout_masks.rate

    @dropout.setter
    def dropout(self, value: float) -> None:
        self.dropout_masks.rate = checked_number("dropout", value, below=1.0)

    @property
    def clip_norm(self) -> float | None:
        """The longest gradient that a step may use, or None."""
        return self._clip_norm

    @clip_norm.setter
    def clip_norm(self, value: float | None) -> None:
        self._clip_norm = None if value is None else checked_number("clip_norm", value, open_least=True)

    # ---- units switched off

    @property
    def disabled_units(self) -> frozenset[tuple[int, int]]:
        """The (hidden layer, unit) pairs that are switched off."""
        return frozenset(
            (layer, int(unit))
            for layer, part in enumerate(self.hidden_layers)
            for unit in np.flatnonzero(part.enabled == 0.0)
        )

    def set_unit_enabled(self, layer: int, unit: int, enabled: bool) -> None:
        """Switch a hidden unit off or on again: off, it answers 0 and passes no gradient.

        Parameters
        ----------
        layer
            0 for the first hidden layer.
        unit
            From 0.
        """
        if not 0 <= layer < len(self.hidden_layers):
            raise InputError("layer", layer, f"a hidden layer, one of {len(self.hidden_layers)} counted from 0")
        if not 0 <= unit < self.layer_sizes[layer + 1]:
            raise InputError("unit", unit, f"a unit of the layer, one of {self.layer_sizes[layer + 1]} counted from 0")
        self.hidden_layers[layer].set_enabled(unit, enabled)

    # ---- moments

    def state(self) -> NetworkState:
        """This moment: parameters, running statistics and random generator. Settings and units off are not in it."""
        return NetworkState(
            self.parameters.copy(),
            tuple(mean.copy() for mean in self.running_means),
            tuple(variance.copy() for variance in self.running_variances),
            copy.deepcopy(dict(self.generator.bit_generator.state)),
        )

    def restore(self, state: NetworkState) -> None:
        """Come back to a moment of this network, or of one with the same structure.

        Raises
        ------
        InputError
            Where the state is one of another structure.
        """
        if state.parameters.shape != self.parameters.shape:
            raise InputError("state", f"parameters of shape {state.parameters.shape}", f"{self.parameters.shape}")
        if len(state.running_means) != len(self.running_means):
            raise InputError("state", f"{len(state.running_means)} running means", f"{len(self.running_means)}")
        self.parameters[...] = state.parameters
        for own, kept in zip(self.running_means, state.running_means, strict=True):
            own[...] = kept
        for own, kept in zip(self.running_variances, state.running_variances, strict=True):
            own[...] = kept
        self.generator.bit_generator.state = copy.deepcopy(state.generator)
        if self.diverged is not None:
            self.diverged.fill(False)

    def parameter_name(self, index: int) -> str:
        """What the parameter at a place of the flat vector is called, like ``weights[0][1, 3]``."""
        return self.layout.name(index)
