"""Merged points: training samples that the hidden layers no longer tell apart, although their targets are others."""

import numpy as np
from numpy.typing import NDArray

from nnplay.nn.losses import LossFunction

Floats = NDArray[np.floating]
Indices = NDArray[np.intp]

ALIKE = 1e-6
"""Part of a column's largest number, up to which two numbers of it are the same to the next layer."""
MOST_GROUPS = 20
"""Groups that are told, those of most samples first."""


def merged_groups(outputs: Floats, targets: Floats, tolerance: float = ALIKE) -> tuple[Indices, ...]:
    """The places of the samples that are alike in all of (N, U) outputs, but not in their (N, K) targets.

    With tolerance 0 alike is the same.
    """
    values = np.asarray(outputs, np.float64)
    if not len(values) or not np.isfinite(values).all():
        return ()
    if tolerance:
        largest = np.abs(values).max(axis=0, initial=0.0)
        values = np.rint(values / np.where(largest > 0.0, largest, 1.0) / tolerance)
    of_group = _numbered(values)
    counts = np.bincount(of_group)
    low, high = (np.full((len(counts), targets.shape[1]), end) for end in (np.inf, -np.inf))
    np.minimum.at(low, of_group, targets)
    np.maximum.at(high, of_group, targets)
    mixed = np.flatnonzero((low < high).any(axis=1))
    mixed = mixed[np.argsort(-counts[mixed], kind="stable")][:MOST_GROUPS]
    return tuple(np.flatnonzero(of_group == group) for group in mixed)


def least_loss_of_data(X: Floats, targets: Floats, loss: LossFunction, weights: Floats | None = None) -> float:
    """The loss below which no network can come: samples with the same features have the same answer, whatever it is.

    Exact: the best answer for samples that are the same to a network is the (weighted) mean of their targets.
    """
    values, Y = np.asarray(X, np.float64), np.asarray(targets, np.float64)
    if not len(values):
        return 0.0
    counts = np.ones(len(Y)) if weights is None else np.asarray(weights, np.float64)
    of_group = _numbered(values)
    total = np.bincount(of_group, counts)
    sums = np.stack([np.bincount(of_group, counts * y) for y in Y.T], axis=1)
    answers = (sums / np.where(total > 0.0, total, 1.0)[:, None])[of_group]
    return float((counts * cost(answers, Y, loss)).mean())


def cost(answers: Floats, targets: Floats, loss: LossFunction) -> NDArray[np.float64]:
    """(N,) what answers (N, K) on the scale of the outputs cost; an answer of 0 or 1 that is right costs nothing."""
    if loss.name.endswith("cross_entropy"):
        with np.errstate(divide="ignore", invalid="ignore"):
            right = -_x_log(targets, answers)
            wrong = -_x_log(1.0 - targets, 1.0 - answers)
        return np.asarray(
            right.sum(axis=1) if loss.name == "categorical_cross_entropy" else (right + wrong).mean(axis=1)
        )
    squares = np.square(answers - targets).mean(axis=1)
    return np.asarray(squares if loss.output_activation == "identity" else 0.5 * squares)


def _x_log(x: Floats, p: Floats) -> Floats:
    product: Floats = np.where(x > 0.0, x * np.log(p), 0.0)
    return product


def _numbered(values: Floats) -> Indices:
    """(N,) the number of each row: rows that are the same have the same."""
    rows = np.ascontiguousarray(values + 0.0)  # −0 is 0
    _, of_group = np.unique(rows.view(np.dtype((np.void, rows.strides[0]))).ravel(), return_inverse=True)
    return of_group
