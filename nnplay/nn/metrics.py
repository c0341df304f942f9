"""How good the outputs are, in figures for people: accuracy and confusion matrix for classes, R² and mean absolute
error for numbers.
"""

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import InputError
from nnplay.nn.arrays import Array
from nnplay.texts import tr

THRESHOLD = 0.5


def class_indices(values: Array) -> NDArray[np.intp]:
    """The class of each row of outputs or targets (N, K): the largest of K; of a single output, 1 above 0.5.

    Raises
    ------
    InputError
        Where the values are not a table with at least one column.
    """
    values = np.asarray(values)
    if values.ndim != 2 or values.shape[1] == 0:
        raise InputError("outputs", tr("of shape {shape}", shape=values.shape), tr("a table of shape (N, K)"))
    if values.shape[1] == 1:
        return (values[:, 0] > THRESHOLD).astype(np.intp)
    indices: NDArray[np.intp] = values.argmax(axis=1)
    return indices


def class_shares(outputs: Array, classes: int) -> Array:
    """(…, C) shares of the classes from outputs (…, K): a single output is the share of class 1 of two."""
    if outputs.shape[-1] == 1:
        outputs = np.concatenate([1.0 - outputs, outputs], axis=-1)
    return outputs[..., :classes]


def accuracy(outputs: Array, targets: Array) -> float:
    """The share of samples, 0 to 1, whose class is the one of the target; (N, K) both."""
    _check_shapes(outputs, targets)
    hits = np.count_nonzero(class_indices(outputs) == class_indices(targets))  # half of the time of a mean
    return float(hits / len(outputs))


def confusion_matrix(outputs: Array, targets: Array) -> NDArray[np.intp]:
    """(C, C) counts: row the class of the target, column the class of the output; C is K, or 2 for one output."""
    _check_shapes(outputs, targets)
    classes = max(outputs.shape[1], 2)
    counts = np.zeros((classes, classes), np.intp)
    np.add.at(counts, (class_indices(targets), class_indices(outputs)), 1)
    return counts


def r_squared(outputs: Array, targets: Array) -> float:
    """1 − Σ (y − output)² / Σ (y − mean y)², over all outputs; (N, K) both.

    1 is perfect, 0 no better than the mean of each target; where the targets don't vary it is NaN.
    """
    _check_shapes(outputs, targets)
    values = np.asarray(targets, np.float64)  # the sum of many squares may be beyond 32 bits
    # the computed mean of equal numbers may be another one
    mean = np.where(np.ptp(values, axis=0) == 0.0, values[0], values.mean(axis=0))
    total = float(np.square(values - mean).sum())
    return 1.0 - float(np.square(values - outputs).sum()) / total if total > 0.0 else float("nan")


def mean_absolute_error(outputs: Array, targets: Array) -> float:
    """Mean over samples and outputs of |y − output|; (N, K) both."""
    _check_shapes(outputs, targets)
    return float(np.abs(targets - outputs).mean())


def _check_shapes(outputs: Array, targets: Array) -> None:
    if outputs.shape != targets.shape or outputs.ndim != 2 or len(outputs) == 0:
        allowed = tr("the targets' shape {shape}, N from 1", shape=targets.shape)
        raise InputError("outputs", tr("of shape {shape}", shape=outputs.shape), allowed)
