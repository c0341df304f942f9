"""Gradient clipping by norm: a step keeps its direction but not more than a given length.

Pascanu, Mikolov & Bengio, 2013.
"""

import numpy as np

from nnplay.nn.arrays import Array, Loss


def gradient_norm(gradient: Array) -> Loss:
    """√Σ g² over all parameters of a network; (…, P) → (…)."""
    return np.sqrt(np.square(gradient).sum(axis=-1))


def clip_by_norm(gradient: Array, limit: float) -> Loss:
    """g ← g · limit / ‖g‖ where ‖g‖ is above the limit, each network of a stack by its own norm; the norms before."""
    norm = gradient_norm(gradient)
    gradient *= np.asarray(limit / np.maximum(norm, limit), gradient.dtype)[..., None]
    return norm
