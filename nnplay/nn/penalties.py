"""L1 and L2 penalties on large weights: never on biases or batch norm, and reported apart from the data loss.

L2 adds ½ λ Σ w² (ridge, weight decay), L1 adds λ Σ |w|, which draws weights to exactly zero (lasso).
"""

import numpy as np

from nnplay.nn.arrays import Array, Loss


@np.errstate(over="ignore")  # the squares of what is beyond 1e154 are infinite
def penalty(weights: list[Array], l1: float, l2: float) -> Loss:
    """½ λ₂ Σ w² + λ₁ Σ |w| over all layers' weights (…, I, O)."""
    total: Loss = 0.0
    for W in weights:
        if l2:
            total = total + 0.5 * l2 * np.square(W).sum(axis=(-2, -1))
        if l1:
            total = total + l1 * np.abs(W).sum(axis=(-2, -1))
    return total


def add_penalty_gradient(gradient: Array, parameters: Array, weight_mask: Array, l1: float, l2: float) -> None:
    """Add λ₂ w + λ₁ sign(w) to the gradient (…, P), where `weight_mask` (P,) is 1; sign(0) is 0."""
    if l2:
        gradient += l2 * weight_mask * parameters
    if l1:
        gradient += l1 * weight_mask * np.sign(parameters)
