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
SMALLEST_BATCH, LARGEST_BATCH, STEPS = 4, 32, 10
"""Batches are as large as leaves an epoch about so many steps."""
STRONGEST_L2 = 0.01
"""The strength of the L2 penalty where there are few samples for each input."""
SAMPLES_SEEN, FEWEST_EPOCHS, MOST_EPOCHS, PLANE_EPOCHS = 400_000, 10, 200, 300
"""Each epoch sees all samples once: large tables take fewer of them."""
APART = 10.0
"""Scales that differ by more than this, or are as far from 1, are brought to one."""


def wants_standardized(table: Table) -> bool:
    """Whether the inputs differ in scale, or lie far from 1 on either side."""
    if not len(table):
        return False
    sizes, spreads = _scales(table.inputs)
    smallest, largest = spreads.min(initial=np.inf), spreads.max(initial=0.0)
    return bool(sizes.max() > APART or smallest < 1.0 / APART or largest / APART > smallest)


def wants_narrow(table: Table, standardized: bool) -> bool:
    """Whether 32 bits are worth it, and hold the numbers; the target of a regression is scaled.

    Where inputs are standardised, one that lies far from the others lies as far from them then.
    """
    if table.inputs.size <= MANY_VALUES:
        return False
    sizes, spreads = _scales(table.inputs)
    largest = sizes.max() / min(spreads.min(initial=1.0), 1.0) if standardized else sizes.max()
    return bool(largest <= MOST_NARROW)


def _scales(inputs: Floats) -> tuple[Floats, Floats]:
    """The largest magnitude of each input (I,), and how far those range that are no constants."""
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    sizes = np.maximum(np.abs(low), np.abs(high))
    spreads = high - low
    return sizes, spreads[spreads > CONSTANT * sizes]


def suggested_model(table: Table, standardized: bool) -> ModelSpec:
    """Two layers where a function of the plane is drawn, else one; for pixels a wide one."""
    layers: tuple[HiddenLayer, ...]
    if table.picture is not None:
        layers = (HiddenLayer(units=32, activation="relu"),)
    elif _is_plane(table):
        layers = (HiddenLayer(units=8, activation="tanh"),) * 2
    else:
        layers = (HiddenLayer(units=_units(table), activation="tanh"),)
    return ModelSpec(
        hidden_layers=layers,
        loss=default_loss(table.task, table.classes),
        initializer="he_normal" if table.picture is not None else "xavier_normal",
        dtype="float32" if wants_narrow(table, standardized) else "float64",
    )


def suggested_training(table: Table) -> TrainingSpec:
    """Adam on small batches, and an L2 penalty where there are inputs enough to overfit few samples."""
    samples, inputs = table.inputs.shape
    epochs = min(max(SAMPLES_SEEN // max(samples, 1), FEWEST_EPOCHS), PLANE_EPOCHS if _is_plane(table) else MOST_EPOCHS)
    if table.picture is not None:
        rate, l2, size = 0.001, 0.0, LARGEST_BATCH
    elif _is_plane(table):
        rate, l2, size = 0.01, 0.0, _batch_size(samples)
    else:  # the fewer samples there are for each input, the stronger
        rate, l2, size = 0.001, min(inputs / max(samples, 1), STRONGEST_L2), _batch_size(samples)
    return TrainingSpec(optimizer="adam", learning_rate=rate, l2=float(f"{l2:.1g}"), batch_size=size, epochs=epochs)


def _is_plane(table: Table) -> bool:
    return bool(table.inputs.shape[1] <= 2)


def _units(table: Table) -> int:
    """Few are seen at a glance, and overfit little; many samples or classes want more."""
    wanted = ((8, 1_000), (16, 10_000))
    return next((units for units, most in wanted if len(table) < most and table.classes <= units), 32)


def _batch_size(samples: int) -> int:
    """A power of two, so that an epoch has some ten steps at least where there are samples for them."""
    size = LARGEST_BATCH
    while size > SMALLEST_BATCH and size * STEPS > samples:
        size //= 2
    return size
