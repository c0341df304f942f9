"""How much each sample counts in training: by its class, and not at all where it is left out."""

import numpy as np
from numpy.typing import NDArray

from nnplay.training.class_weights import balanced_weights
from nnplay.training.experiment import TrainingSpec
from nnplay.training.left_out import counting
from nnplay.training.prepared import PreparedData

Array = NDArray[np.floating]


def sample_weights(prepared: PreparedData, training: TrainingSpec) -> tuple[Array | None, Array | None]:
    """The weights (n,) of the training and of the test samples; None where all count the same."""
    balanced = balanced_weights(prepared) if training.class_weights == "balanced" else None
    train, test = (None, None) if balanced is None else balanced
    counts = counting(prepared, training.left_out)
    if counts is not None:
        train = counts.astype(prepared.dtype) if train is None else train * counts
    return train, test
