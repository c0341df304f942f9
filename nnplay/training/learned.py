"""The moment at which a run has learnt its training samples."""

import numpy as np
from numpy.typing import NDArray

from nnplay.training.history import COLUMNS, Figures, Metrics

LEARNED_R2 = 0.99
"""The R² of the training samples from which on a regression counts as learnt."""


def has_learned(train: Metrics) -> bool:
    """Whether all training samples are right, or nearly all of the spread of their targets is told."""
    return train.accuracy == 1.0 or (train.r2 is not None and train.r2 >= LEARNED_R2)


def learned_by(rows: NDArray[np.float64], figures: Figures) -> int | None:
    """The first epoch at which the rows of a history, or the figures after them, say so; None where none does."""
    told = (rows[:, COLUMNS.index("train_accuracy")] == 1.0) | (rows[:, COLUMNS.index("train_r2")] >= LEARNED_R2)
    epochs = rows[told & (rows[:, 0] > 0), 0]
    if len(epochs):
        return int(epochs[0])
    return max(figures.epoch, 1) if has_learned(figures.train) else None
