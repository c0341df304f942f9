"""The neural network, trained by backpropagation; the arithmetic of a step lives in `workspace.py` and `layers.py`."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import lru_cache, partial

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from nnplay.errors import InputError
from nnplay.nn import divergence
from nnplay.nn.adjusting import AdjustableNetwork
from nnplay.nn.arrays import Array, Loss
from nnplay.nn.batches import Batches
from nnplay.nn.clipping import clip_by_norm, gradient_norm
from nnplay.nn.epochs import train_epochs
from nnplay.nn.initializers import INITIALIZERS
from nnplay.nn.network_state import NetworkState
from nnplay.nn.optimizers import Optimizer, chosen_optimizer
from nnplay.nn.penalties import add_penalty_gradient, penalty
from nnplay.nn.stretch import Stretch, StretchOutcome
from nnplay.nn.structure import NetworkStructure
from nnplay.nn.trace import StepFacts, StepStart, StepTrace, record_step
from nnplay.nn.validation import (
    check_batch,
    checked_count,
    checked_generator,
    checked_inputs,
    checked_name,
    checked_number,
    checked_samples,
    checked_weights,
)
from nnplay.nn.workspace import KEPT_BATCH_SIZES, Workspace, evaluate_in_pieces, evaluated_at_once
from nnplay.texts import tr


class NeuralNetwork(AdjustableNetwork):
    """A feed-forward network of dense layers, or a stack of K of them that learn side by side.

    For a stack all outputs have a leading axis K, and every loss is an array (K,).

    Parameters
    ----------
    layer_sizes
        Units of every layer: inputs, hidden layers, outputs.
    activation
        One name of `ACTIVATIONS` for all hidden layers, or a list with one for each.
    loss, output
        A name of `LOSSES`, with its ``"own"`` output activation; squared errors take ``"sigmoid"``, ``"softmax"``.
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
    engine
        ``"numpy"``, or ``"compiled"`` for the step that numba compiles, where that is the faster one.

    Attributes
    ----------
    parameters, gradient
        (…, P) flat vectors; the gradient is the one of the last step.
    weights, biases
        (…, I, O) and (…, O) for each dense layer, writable views into `parameters`.
    gammas, betas, running_means, running_variances
        (…, U) for each hidden layer with batch norm, writable.
    gradient_views
        The gradient layer by layer.
    hidden_layers
        The units of each hidden layer: their activation, and which are switched on.
    least_batch
        Samples that a batch has at least: 2 with batch norm, else 1.
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
        output: str = "own",
        engine: str = "numpy",
    ) -> None:
        self.generator = checked_generator(seed)
        structure = NetworkStructure(layer_sizes, activation, loss, batch_norm, dtype, stack, self.generator, output)
        self._structure, vector = structure, structure.vector
        self.layer_sizes, self.activations = structure.layer_sizes, structure.activations
        self.loss_name, self.output, self.loss_function = structure.loss_name, structure.output, structure.loss_function
        self.batch_norm, self.dtype, self.stack = structure.batch_norm, structure.dtype, structure.stack
        self.hidden_layers, self.least_batch = structure.hidden_layers, structure.least_batch
        self.parameters, self.gradient = vector.values, vector.gradient
        self.weights, self.biases = vector.views.weights, vector.views.biases
        self.gammas, self.betas = vector.views.gammas, vector.views.betas
        self.running_means, self.running_variances = structure.running_means, structure.running_variances
        self.gradient_views, self.layout, self.diverged = vector.gradient_views, vector.layout, structure.diverged
        self.initializer = checked_name("initializer", initializer, INITIALIZERS)
        self.initializer_scale = checked_number("initializer_scale", initializer_scale)
        self.l1, self.l2, self.dropout, self.clip_norm, self.engine = l1, l2, dropout, clip_norm, engine
        self.workspace = lru_cache(KEPT_BATCH_SIZES)(partial(Workspace, structure))
        """The arrays for batches of so many samples, made at their first use."""
        self.initialize()

    # ---- the front door: checks what comes in

    def forward(self, X: ArrayLike) -> Array:
        """The outputs (…, N, O) for inputs (N, I), after sigmoid or softmax.

        Raises
        ------
        InputError
            Where X is not a table of finite numbers with I columns.
        """
        return self.layer_outputs(checked_inputs(X, self.layer_sizes[0]))[-1]

    def gradients(
        self, X: ArrayLike, Y: ArrayLike, sample_weights: ArrayLike | None = None
    ) -> tuple[Loss, list[Array], list[Array]]:
        """The loss on a batch, without the penalty, and the gradients, with the penalty.

        Batch norm and dropout act as in a training step; nothing of the network changes but `gradient`.

        With weights wₙ (N,) from 0 the loss is 1/N Σ wₙ ℓₙ, here as everywhere else. Divided by N and not by Σ wₙ, the
        losses of an epoch's batches still have the mean of the full batch.

        Returns
        -------
        loss, weight_gradients, bias_gradients
            A float (or (K,)), and own arrays (…, I, O) and (…, O) for each dense layer.

        Raises
        ------
        InputError
            Where X and Y don't fit the network, each other or the loss.
        """
        X, Y = self._checked(X, Y)
        loss = self.training_loss(X, Y, checked_weights(sample_weights, len(X)))
        views = self.gradient_views
        return loss, [array.copy() for array in views.weights], [array.copy() for array in views.biases]

    def train(
        self,
        X: ArrayLike,
        Y: ArrayLike,
        epochs: int,
        learning_rate: float | ArrayLike | None = None,
        optimizer: str | Optimizer = "sgd",
        batch_size: int | None = None,
        schedule: Callable[[int], float] | None = None,
        sample_weights: ArrayLike | None = None,
    ) -> NDArray[np.float64]:
        """Train for a number of epochs.

        Parameters
        ----------
        X, Y
            (N, I) inputs and (N, O) targets.
        epochs
            Passes over the samples.
        learning_rate
            0.5 if left out; for a stack it may be an array (K,). With an optimiser object it is left out.
        optimizer
            A name of `OPTIMIZERS`, or an optimiser with its own hyperparameters.
        batch_size
            Samples in a batch, with batch norm from 2; None for all. Smaller batches are drawn afresh in each epoch.
        schedule
            Epoch (from 0) → factor of the learning rate.
        sample_weights
            (N,) how much each sample counts, as for `gradients`.

        Returns
        -------
        NDArray
            (epochs,), or (epochs, K): the data loss before each epoch's updates. With the full batch it is the
            step's own; with smaller ones it is measured over all samples, as `evaluate` does.

        Raises
        ------
        InputError
            Before anything changed, where something does not fit.
        DivergedError
            Where the network leaves the finite numbers; it keeps its last finite weights.
        """
        X, Y = self._checked(X, Y)
        checked_count("epochs", epochs, least=0)
        weights = checked_weights(sample_weights, len(X))
        check_batch("X", len(X), self.least_batch)
        if batch_size is not None:
            check_batch("batch_size", checked_count("batch_size", batch_size), self.least_batch)
        chosen = chosen_optimizer(optimizer, learning_rate, self.stack)
        return train_epochs(self, Batches(X, Y, batch_size, self.least_batch, weights), epochs, chosen, schedule)

    @np.errstate(all="ignore")
    def trace_step(
        self, X: ArrayLike, Y: ArrayLike, optimizer: Optimizer, sample_weights: ArrayLike | None = None
    ) -> StepTrace:
        """The same update as `train_step`, with everything that happened in it recorded; checks its input."""
        X, Y = self._checked(X, Y)
        weights = checked_weights(sample_weights, len(X))
        check_batch("X", len(X), self.least_batch)
        start = StepStart(self.parameters.copy(), self.penalty(), optimizer.snapshot().arrays)
        is_compiled = self.is_compiled(optimizer) and self.stack is None  # of a stack the kernel keeps no arrays
        loss = (self.train_step if is_compiled else self._train_step)(X, Y, optimizer, weights)
        norm = gradient_norm(self.gradient) if self._clip_norm is None else self._norm_before_clipping
        facts = StepFacts(self.loss_name, loss, norm, weights, self._l1, self._l2, self.dropout, self._clip_norm)
        workspace = self.workspace(len(X))
        if is_compiled:
            self.compiled().show(workspace)
        return record_step(self._structure.vector, workspace, optimizer, start, facts)

    # ---- the fast way: takes its input as it is

    @np.errstate(all="ignore")  # overflow shows in the loss or the weights, and is handled there
    def train_step(self, X: Array, Y: Array, optimizer: Optimizer, sample_weights: Array | None = None) -> Loss:
        """One update on one batch (N, I), (N, O), whose samples count by their weights (N,); the data loss before it.

        Raises
        ------
        InputError
            For a batch of one sample with batch norm.
        DivergedError
            Where loss or weights leave the finite numbers; the network keeps its last finite weights.
        """
        if self.batch_norm:
            check_batch("X", len(X), self.least_batch)
        if self.is_compiled(optimizer):
            stretch = Stretch(1, 1, np.array(optimizer.learning_rate, np.float64)[..., None])
            batches = Batches(X, Y, None, weights=sample_weights)
            return self.train_batches(batches, optimizer, stretch, or_raise=True).loss
        return self._train_step(X, Y, optimizer, sample_weights)

    def _train_step(self, X: Array, Y: Array, optimizer: Optimizer, sample_weights: Array | None) -> Loss:
        """The same, computed by NumPy."""
        workspace = self.workspace(len(X))
        loss = self._backpropagate(workspace, X, Y, sample_weights)
        if self._clip_norm is not None:
            self._norm_before_clipping = clip_by_norm(self.gradient, self._clip_norm)
        if self.diverged is None:
            divergence.check_loss(loss)
            divergence.subtract_update(self.parameters, optimizer.update(self.parameters, self.gradient))
        else:
            update = optimizer.update(self.parameters, self.gradient)
            divergence.subtract_updates(self.parameters, update, loss, self.diverged)
        if self.batch_norm:
            workspace.update_running_statistics()
        return loss

    def train_batches(
        self, batches: Batches, optimizer: Optimizer, stretch: Stretch, *, or_raise: bool = False
    ) -> StretchOutcome:
        """Step after step as `train_step` makes them, where `is_compiled`, until something is to be looked at.

        Where numbers diverge all steps before are done; that is raised as by `train_step` where that is wanted.
        """
        step = self.compiled()
        step.set_penalties(self._l1, self._l2, self._clip_norm)
        outcome = step.run(batches, optimizer, stretch)
        self._norm_before_clipping = outcome.norm
        if or_raise:
            divergence.check_outcome(outcome)
        return outcome

    @np.errstate(all="ignore")
    def training_loss(self, X: Array, Y: Array, sample_weights: Array | None = None) -> Loss:
        """The data loss as a training step sees it; fills `gradient`, changes nothing else."""
        return self._backpropagate(self.workspace(len(X)), X, Y, sample_weights)

    @np.errstate(all="ignore")
    def evaluate(self, X: Array, Y: Array, sample_weights: Array | None = None) -> tuple[Loss, Array]:
        """The data loss and the outputs (…, N, O), an own array: with running statistics, without dropout."""
        if len(X) > (size := evaluated_at_once(self.layer_sizes, self.batch_norm, self.stack or 1)):
            return evaluate_in_pieces(self.evaluate, X, Y, sample_weights, size)
        workspace = self.workspace(len(X))
        workspace.forward(X, training=False)
        return self._as_loss(workspace.measure(Y, sample_weights)), workspace.outputs().copy()

    @np.errstate(all="ignore")
    def layer_outputs(self, X: Array, *, units_first: bool = False) -> list[Array]:
        """What every layer outputs for (N, I), hidden ones first, outputs last, in one pass.

        Own arrays (…, N, U); or with `units_first` (…, U, N), where each unit's outputs lie together.
        """
        workspace = self.workspace(len(X))
        workspace.forward(X, training=False)
        outputs = [*(layer.outputs for layer in workspace.hidden), workspace.outputs()]
        return [(np.swapaxes(each, -1, -2) if units_first else each).copy() for each in outputs]

    @np.errstate(all="ignore")
    def objective(self, X: Array, Y: Array, sample_weights: Array | None = None) -> Loss:
        """What training makes smaller: the data loss as a training step sees it, plus the penalty; changes nothing."""
        workspace = self.workspace(len(X))
        workspace.forward(X, training=True)
        return self._as_loss(workspace.measure(Y, sample_weights)) + self.penalty()

    def penalty(self) -> Loss:
        """L1 and L2 of the weights as they are."""
        return penalty(self.weights, self._l1, self._l2)

    # ---- the start

    def initialize(self) -> None:
        """Draw a new start from the generator: weights by the initialiser, biases and betas 0, gammas 1."""
        self._structure.initialize(self.generator, self.initializer, self.initializer_scale)

    # ---- moments, and other networks from this one

    def state(self) -> NetworkState:
        """This moment: parameters, running statistics and random generator. Settings and units off are not in it."""
        return NetworkState.of(self._structure, self.generator)

    def restore(self, state: NetworkState) -> None:
        """Come back to a moment of this network, or of one with the same structure.

        Raises
        ------
        InputError
            Where the state is one of another structure.
        """
        state.restore(self._structure, self.generator)

    def copy(self, dtype: str | None = None, stack: int | None = None) -> "NeuralNetwork":
        """A network of its own with the same choices, numbers and generator; or a stack of so many networks like it."""
        return self._copy_of(slice(None), stack or self.stack, dtype or self.dtype)

    def member(self, k: int) -> "NeuralNetwork":
        """Network k of a stack, as one of its own."""
        if self.stack is None or not 0 <= k < self.stack:
            raise InputError("k", k, tr("a network of the stack, one of {count} counted from 0", count=self.stack or 0))
        return self._copy_of(k, None, self.dtype)

    def _copy_of(self, members: int | slice, stack: int | None, dtype: str) -> "NeuralNetwork":
        copy = NeuralNetwork(
            self.layer_sizes, self.activations, self.loss_name, "zeros", self.initializer_scale, self.batch_norm,
            self.dropout, self.l1, self.l2, self.clip_norm, dtype, deepcopy(self.generator), stack, self.output,
            self.engine,
        )  # fmt: skip
        copy.initializer = self.initializer
        copy._structure.take(self._structure, members)
        return copy

    # ---- how it is done

    def _backpropagate(self, workspace: Workspace, X: Array, Y: Array, weights: Array | None) -> Loss:
        """Forward, loss, backward, penalty: fills `gradient`."""
        workspace.forward(X, training=True)
        loss = workspace.measure(Y, weights)
        workspace.backward()
        if self._l1 or self._l2:
            add_penalty_gradient(self.gradient, self.parameters, self._structure.vector.weight_mask, self._l1, self._l2)
        return self._as_loss(loss)

    def _as_loss(self, loss: Loss) -> Loss:
        return float(loss) if self.stack is None else loss

    def _checked(self, X: ArrayLike, Y: ArrayLike) -> tuple[Array, Array]:
        inputs, targets = checked_samples(X, Y, self.layer_sizes[0], self.layer_sizes[-1])
        self.loss_function.check_targets(targets)
        return inputs, targets
