"""The neural network: dense layers from inputs to outputs, trained by backpropagation.

This is the front door of `nnplay.nn`; the arithmetic of a step lives in `batch_pass.py` and `layers.py`.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplay.errors import InputError
from nnplay.nn import divergence
from nnplay.nn.arrays import Array, Loss
from nnplay.nn.batches import shuffled_batches
from nnplay.nn.clipping import clip_by_norm, gradient_norm
from nnplay.nn.optimizers import Optimizer, make_optimizer
from nnplay.nn.penalties import add_penalty_gradient, penalty
from nnplay.nn.structure import NetworkStructure
from nnplay.nn.trace import StepSize, StepStart, StepTrace, record_step
from nnplay.nn.validation import check_learning_rate_of_stack, checked_count, checked_inputs, checked_samples
from nnplay.nn.workspace import BatchPass

KEPT_BATCH_SIZES = 8
"""For so many batch sizes the arrays are kept; the one used first goes first."""
DEFAULT_LEARNING_RATE = 0.5


class NeuralNetwork(NetworkStructure):
    """A feed-forward network, or a stack of K of them that learn side by side: see `NetworkStructure` for its choices.

    For a stack every answer has a leading axis K, and every loss is an array (K,).
    """

    def _make_layers(self) -> None:
        super()._make_layers()
        self._passes: dict[int, BatchPass] = {}

    # ---- the front door: checks what comes in

    def forward(self, X: ArrayLike) -> Array:
        """The outputs (…, N, O) for inputs (N, I), after sigmoid or softmax.

        Raises
        ------
        InputError
            Where X is not a table of finite numbers with I columns.
        """
        return self.layer_outputs(checked_inputs(X, self.layer_sizes[0]))[-1]

    def gradients(self, X: ArrayLike, Y: ArrayLike) -> tuple[Loss, list[Array], list[Array]]:
        """The loss on a batch, without the penalty, and the gradients, with the penalty.

        Batch norm and dropout act as in a training step; nothing of the network changes but `gradient`.

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
        loss = self.training_loss(X, Y)
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
            Samples in a batch; None for all of them. Smaller batches are drawn afresh in each epoch.
        schedule
            Epoch (from 0) → factor of the learning rate.

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
        if batch_size is not None:
            checked_count("batch_size", batch_size)
        chosen = self._chosen_optimizer(optimizer, learning_rate)
        full = batch_size is None or batch_size >= len(X)
        base_rate = chosen.learning_rate
        losses = np.empty((epochs,) if self.stack is None else (epochs, self.stack))
        try:
            for epoch in range(epochs):
                if schedule is not None:
                    chosen.learning_rate = base_rate * schedule(epoch)
                losses[epoch] = self.train_step(X, Y, chosen) if full else self._train_epoch(X, Y, chosen, batch_size)
        finally:
            chosen.learning_rate = base_rate
        return losses

    def trace_step(self, X: ArrayLike, Y: ArrayLike, optimizer: Optimizer) -> StepTrace:
        """The same update as `train_step`, with everything that happened in it recorded; checks its input."""
        X, Y = self._checked(X, Y)
        start = StepStart(self.parameters.copy(), self.penalty(), optimizer.snapshot().arrays)
        loss = self.train_step(X, Y, optimizer)
        norm = gradient_norm(self.gradient) if self._clip_norm is None else self._norm_before_clipping
        return record_step(self, self.batch_pass(len(X)), optimizer, start, StepSize(loss, norm))

    # ---- the fast way: takes its input as it is

    @np.errstate(all="ignore")  # overflow shows in the loss or the weights, and is answered there
    def train_step(self, X: Array, Y: Array, optimizer: Optimizer) -> Loss:
        """One update on one batch (N, I), (N, O); the data loss before it.

        Raises
        ------
        DivergedError
            Where loss or weights leave the finite numbers; the network keeps its last finite weights.
        """
        batch = self.batch_pass(len(X))
        loss = self._backpropagate(batch, X, Y)
        if self._clip_norm is not None:
            self._norm_before_clipping = clip_by_norm(self.gradient, self._clip_norm)
        if self.diverged is None:
            divergence.check_loss(loss)
        update = optimizer.update(self.parameters, self.gradient)
        if self.diverged is None:
            divergence.take_off(self.parameters, update)
        else:
            divergence.take_off_each(self.parameters, update, loss, self.diverged)
        if self.batch_norm:
            batch.update_running_statistics()
        return loss

    @np.errstate(all="ignore")
    def training_loss(self, X: Array, Y: Array) -> Loss:
        """The data loss as a training step sees it; fills `gradient`, changes nothing else."""
        return self._backpropagate(self.batch_pass(len(X)), X, Y)

    @np.errstate(all="ignore")
    def evaluate(self, X: Array, Y: Array) -> tuple[Loss, Array]:
        """The data loss and the outputs (…, N, O), an own array: with running statistics, without dropout."""
        batch = self.batch_pass(len(X))
        batch.forward(X, training=False)
        return self._as_loss(batch.measure(Y)), batch.answer().copy()

    @np.errstate(all="ignore")
    def layer_outputs(self, X: Array, *, units_first: bool = False) -> list[Array]:
        """What every layer answers to (N, I), hidden ones first, outputs last, in one pass.

        Own arrays (…, N, U); or with `units_first` (…, U, N), where each unit's answers lie together.
        """
        batch = self.batch_pass(len(X))
        batch.forward(X, training=False)
        answers = [*(layer.outputs for layer in batch.hidden), batch.answer()]
        return [(np.swapaxes(answer, -1, -2) if units_first else answer).copy() for answer in answers]

    @np.errstate(all="ignore")
    def objective(self, X: Array, Y: Array) -> Loss:
        """What training makes smaller: the data loss as a training step sees it, plus the penalty; changes nothing."""
        batch = self.batch_pass(len(X))
        batch.forward(X, training=True)
        return self._as_loss(batch.measure(Y)) + self.penalty()

    def penalty(self) -> Loss:
        """L1 and L2 of the weights as they are."""
        return penalty(self.weights, self._l1, self._l2)

    # ---- other networks from this one

    def copy(self, dtype: str | None = None) -> "NeuralNetwork":
        """A network of its own with the same choices, parameters and generator state, perhaps in another precision."""
        return self._twin(self.stack, dtype or self.dtype, slice(None))

    def member(self, k: int) -> "NeuralNetwork":
        """Network k of a stack, as one of its own."""
        if self.stack is None or not 0 <= k < self.stack:
            raise InputError("k", k, f"a network of the stack, one of {self.stack or 0} counted from 0")
        return self._twin(None, self.dtype, k)

    def _twin(self, stack: int | None, dtype: str, members: int | slice) -> "NeuralNetwork":
        twin = NeuralNetwork(
            self.layer_sizes, self.activations, self.loss_name, "zeros", self.initializer_scale, self.batch_norm,
            self.dropout, self.l1, self.l2, self.clip_norm, dtype, deepcopy(self.generator), stack,
        )  # fmt: skip
        twin.initializer = self.initializer
        whole = ... if self.stack is None else members
        twin.parameters[...] = self.parameters[whole]
        for own, other in zip(twin.running_means, self.running_means, strict=True):
            own[...] = other[whole]
        for own, other in zip(twin.running_variances, self.running_variances, strict=True):
            own[...] = other[whole]
        for layer, unit in self.disabled_units:
            twin.set_unit_enabled(layer, unit, False)
        return twin

    # ---- how it is done

    def batch_pass(self, samples: int) -> BatchPass:
        """The arrays for batches of so many samples, made at their first use."""
        batch = self._passes.get(samples)
        if batch is None:
            if len(self._passes) == KEPT_BATCH_SIZES:
                del self._passes[next(iter(self._passes))]
            batch = self._passes[samples] = BatchPass(self, samples)
        return batch

    def _backpropagate(self, batch: BatchPass, X: Array, Y: Array) -> Loss:
        """Forward, loss, backward, penalty: fills `gradient`."""
        batch.forward(X, training=True)
        loss = batch.measure(Y)
        batch.backward()
        if self._l1 or self._l2:
            add_penalty_gradient(self.gradient, self.parameters, self._weight_mask, self._l1, self._l2)
        return self._as_loss(loss)

    def _train_epoch(self, X: Array, Y: Array, optimizer: Optimizer, batch_size: int | None) -> Loss:
        loss, _ = self.evaluate(X, Y)
        for batch in shuffled_batches(self.generator, len(X), batch_size):
            self.train_step(X[batch], Y[batch], optimizer)
        return loss

    def _as_loss(self, loss: Loss) -> Loss:
        return float(loss) if self.stack is None else loss

    def _checked(self, X: ArrayLike, Y: ArrayLike) -> tuple[Array, Array]:
        inputs, targets = checked_samples(X, Y, self.layer_sizes[0], self.layer_sizes[-1])
        self.loss_function.check_targets(targets)
        return inputs, targets

    def _chosen_optimizer(self, optimizer: str | Optimizer, learning_rate: float | ArrayLike | None) -> Optimizer:
        if isinstance(optimizer, Optimizer):
            if learning_rate is not None:
                raise InputError("learning_rate", learning_rate, "left out where the optimizer is an object")
            chosen = optimizer
        else:
            rate: Any = DEFAULT_LEARNING_RATE if learning_rate is None else learning_rate
            chosen = make_optimizer(optimizer, learning_rate=rate)
        check_learning_rate_of_stack(chosen.learning_rate, self.stack)
        return chosen
