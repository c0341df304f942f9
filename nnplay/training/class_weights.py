"""How much each sample counts where every class is to count the same, however few samples it has."""

import numpy as np
from numpy.typing import NDArray

from nnplay.training.prepared import PreparedData

Array = NDArray[np.floating]


def balanced_weights(prepared: PreparedData) -> tuple[Array, Array] | None:
    """The weights (n,) of the training and of the test samples, of mean 1 each; None for a regression.

    A training sample counts N / (C · n): of N training samples in C classes, n are in its own; a class without samples
    is none of them. A test sample counts as one of its class that trains, up to a common factor.
    """
    table = prepared.table
    if table.task != "classification":
        return None
    labels = table.labels
    counts = np.bincount(labels[prepared.train], minlength=table.classes)
    of_class = len(prepared.train) / (max(np.count_nonzero(counts), 1) * np.maximum(counts, 1))
    train, test = of_class[labels[prepared.train]], of_class[labels[prepared.test]]
    if len(test):
        test /= test.mean()
    return train.astype(prepared.dtype), test.astype(prepared.dtype)
