"""What a network is made of: its layers, their parameters and the loss; no arithmetic."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from nnplay.errors import InputError
from nnplay.nn.activations import ACTIVATIONS
from nnplay.nn.arrays import Array
from nnplay.nn.batch_norm import BatchNorm
from nnplay.nn.dropout import Dropout
from nnplay.nn.initializers import INITIALIZERS
from nnplay.nn.layers import HiddenUnits
from nnplay.nn.losses import LOSSES, OUTPUTS, OWN, loss_kind
from nnplay.nn.parameters import ParameterLayout, ParameterVector
from nnplay.nn.validation import DTYPES, checked_activations, checked_count, checked_layer_sizes, checked_name
from nnplay.texts import tr


def least_batch(batch_norm: bool, hidden_layers: int) -> int:
    """Samples that a batch has at least: batch norm makes 0 of each unit where there is but one."""
    return 2 if batch_norm and hidden_layers else 1


class NetworkStructure:
    """The parts of a feed-forward network of dense layers, or of a stack of K of them.

    Parameters
    ----------
    layer_sizes, activation, loss, batch_norm, dtype, stack, output
        The choices of a `NeuralNetwork`, which are checked here.
    generator
        Draws the dropout.

    Attributes
    ----------
    vector
        The parameters and their gradient, (…, P).
    hidden_layers
        The units of each hidden layer.
    statistics
        All that batch norm remembers, (…, 2 U): the running means of all layers, then the running variances.
    running_means, running_variances
        (…, U) for each hidden layer with batch norm, views into it.
    dropout
        Draws the masks of all hidden layers.
    loss_function
        The loss, in the network's precision.
    least_batch
        Samples that a batch has at least.
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
        activation: str | Sequence[str],
        loss: str,
        batch_norm: bool,
        dtype: str,
        stack: int | None,
        generator: Generator,
        output: str = OWN,
    ) -> None:
        self.layer_sizes = checked_layer_sizes(layer_sizes)
        self.activations = checked_activations(activation, len(self.layer_sizes) - 2, ACTIVATIONS)
        self.loss_name = checked_name("loss", loss, LOSSES)
        self.output = checked_name("output", output, (OWN, *OUTPUTS))
        self.batch_norm = bool(batch_norm)
        self.dtype = checked_name("dtype", dtype, DTYPES)
        self.stack = None if stack is None else checked_count("stack", stack)
        numbers = DTYPES[self.dtype]
        self.vector = ParameterVector(ParameterLayout(self.layer_sizes, self.batch_norm), numbers, self.stack)
        normed = sum(self.layer_sizes[1:-1]) if self.batch_norm else 0
        self.statistics = np.ones((*self.vector.values.shape[:-1], 2 * normed), numbers)
        self.statistics[..., :normed] = 0.0
        norms = self._batch_norms()
        self.hidden_layers = [
            HiddenUnits(units, ACTIVATIONS[name](numbers), norm, numbers)
            for units, name, norm in zip(self.layer_sizes[1:-1], self.activations, norms, strict=True)
        ]
        self.running_means = [norm.running_mean for norm in norms if norm is not None]
        self.running_variances = [norm.running_variance for norm in norms if norm is not None]
        self.least_batch = least_batch(self.batch_norm, len(self.hidden_layers))
        self.dropout = Dropout(0.0, generator)
        self.loss_function = loss_kind(self.loss_name, self.output)(numbers)
        self.diverged: NDArray[np.bool_] | None = None if self.stack is None else np.zeros(self.stack, bool)

    def _batch_norms(self) -> list[BatchNorm | None]:
        if not self.statistics.size:
            return [None] * len(self.activations)
        views, gradients = self.vector.views, self.vector.gradient_views
        ends = list(accumulate(self.layer_sizes[1:-1]))
        means, variances = (np.split(half, ends[:-1], -1) for half in np.split(self.statistics, 2, -1))
        norms = zip(views.gammas, views.betas, gradients.gammas, gradients.betas, means, variances, strict=True)
        return [BatchNorm(*arrays) for arrays in norms]

    @property
    def learned_arrays(self) -> list[Array]:
        """Every array that training changes: the parameters (…, P), then the running means and variances (…, U)."""
        return [self.vector.values, *self.running_means, *self.running_variances]

    def initialize(self, generator: Generator, initializer: str, scale: float) -> None:
        """Draw a new start: weights by the initialiser, biases and betas 0, gammas 1."""
        views = self.vector.views
        self.vector.values.fill(0.0)
        draw = INITIALIZERS[initializer]
        for weights in views.weights:
            weights[...] = draw(generator, weights.shape, scale)
        for gamma, mean, variance in zip(views.gammas, self.running_means, self.running_variances, strict=True):
            gamma.fill(1.0)
            mean.fill(0.0)
            variance.fill(1.0)
        self.let_all_learn()

    def take(self, other: "NetworkStructure", members: int | slice) -> None:
        """Take what another one has learned, of a stack some members, and which of its units are switched off."""
        whole = ... if other.stack is None else members
        for own, array in zip(self.learned_arrays, other.learned_arrays, strict=True):
            own[...] = array[whole]
        for units, others in zip(self.hidden_layers, other.hidden_layers, strict=True):
            units.enabled[...] = others.enabled
            units.all_enabled = others.all_enabled

    def let_all_learn(self) -> None:
        """Let every network of a stack learn again, from numbers that are finite."""
        if self.diverged is not None:
            self.diverged.fill(False)

    @property
    def disabled_units(self) -> frozenset[tuple[int, int]]:
        """The (hidden layer, unit) pairs that are switched off."""
        return frozenset(
            (layer, int(unit))
            for layer, units in enumerate(self.hidden_layers)
            for unit in np.flatnonzero(units.enabled == 0.0)
        )

    def set_unit_enabled(self, layer: int, unit: int, enabled: bool) -> None:
        """Switch a unit of a hidden layer on or off, both counted from 0."""
        if not 0 <= layer < len(self.hidden_layers):
            allowed = tr("a hidden layer, one of {count} counted from 0", count=len(self.hidden_layers))
            raise InputError("layer", layer, allowed)
        if not 0 <= unit < self.layer_sizes[layer + 1]:
            allowed = tr("a unit of the layer, one of {count} counted from 0", count=self.layer_sizes[layer + 1])
            raise InputError("unit", unit, allowed)
        self.hidden_layers[layer].set_enabled(unit, enabled)
