"""With which settings a table from elsewhere is learned, whatever the scale of its numbers."""

import numpy as np
from numpy.typing import NDArray

from nnplay.data import Table
from nnplay.data.standardize import CONSTANT
from nnplay.training.experiment import HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.prepared import MOST_NARROW, default_loss

Floats = NDArray[np.float64]

MANY_VALUES = 10_000_000
"""A table of more numbers than this trains in 32 bits: half the memory, and twice as fast."""
SAMPLES_SEEN, FEWEST_EPOCHS, MOST_EPOCHS = 400_000, 10, 300
APART = 10.0
"""Scales that differ by more than this, or are as far from 1, are brought to one."""


def wants_standardized(table: Table) -> bool:
    """Whether the inputs differ in scale, or lie far from 1 on either side."""
    inputs = table.inputs
    if not len(inputs):
        return False
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    sizes = np.maximum(np.abs(low), np.abs(high))
    spreads = (high - low)[high - low > CONSTANT * sizes]  # constants are of no scale
    smallest, largest = spreads.min(initial=np.inf), spreads.max(initial=0.0)
    return bool(sizes.max() > APART or smallest < 1.0 / APART or largest / APART > smallest)


def wants_narrow(table: Table, standardized: bool) -> bool:
    """Whether 32 bits are worth it, and hold the numbers; the target of a regression is scaled."""
    inputs = table.inputs
    if inputs.size <= MANY_VALUES:
        return False
    return standardized or bool(max(inputs.max(), -inputs.min()) <= MOST_NARROW)


def suggested_model(table: Table, standardized: bool) -> ModelSpec:
    """One hidden layer; many pixels want more units than a few measurements."""
    layer = HiddenLayer(units=8, activation="tanh") if table.picture is None else HiddenLayer(units=32)
    return ModelSpec(
        hidden_layers=(layer,),
        loss=default_loss(table.task, table.classes),
        initializer="xavier_normal" if layer.activation == "tanh" else "he_normal",
        dtype="float32" if wants_narrow(table, standardized) else "float64",
    )


def suggested_training(table: Table) -> TrainingSpec:
    """Adam on small batches; where there are more inputs than a plane has, large weights have a price."""
    if table.picture is not None:
        return TrainingSpec(optimizer="adam", learning_rate=0.001, batch_size=32, epochs=_epochs(table))
    return TrainingSpec(
        optimizer="adam",
        learning_rate=0.01,
        l2=0.0 if table.inputs.shape[1] <= 2 else 0.03,
        batch_size=32,
        epochs=_epochs(table),
    )


def _epochs(table: Table) -> int:
    """As many as small tables need, and of large ones some ten thousand steps."""
    return min(max(SAMPLES_SEEN // max(len(table), 1), FEWEST_EPOCHS), MOST_EPOCHS)
