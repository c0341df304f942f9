"""The moment at which a run has learnt its training samples."""

from nnplay.training.history import COLUMNS, EPOCH, FIRST, HIGHEST, Figures, Metrics, Rows

LEARNED_R2 = 0.99
"""The R² of the training samples from which on a regression counts as learnt."""


def has_learned(train: Metrics) -> bool:
    """Whether all training samples are right, or nearly all of the spread of their targets is told."""
    return train.accuracy == 1.0 or (train.r2 is not None and train.r2 >= LEARNED_R2)


def learned_by(rows: Rows, figures: Figures) -> int | None:
    """The first interval of a history, or the figures after it, that says so: its first epoch; None where none does."""
    best, first = rows[:, HIGHEST], rows[:, FIRST, EPOCH]
    told = (best[:, COLUMNS.index("train_accuracy")] == 1.0) | (best[:, COLUMNS.index("train_r2")] >= LEARNED_R2)
    epochs = first[told & (first > 0)]
    if len(epochs):
        return int(epochs[0])
    return max(figures.epoch, 1) if has_learned(figures.train) else None
