"""Divergence: a step is taken only when its loss and the parameters after it are finite."""

import math

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import DivergedError
from nnplay.nn.arrays import Array, Loss

ADVICE = "the network keeps its last finite weights; a smaller learning rate may help"


def check_loss(loss: float) -> None:
    """Raise DivergedError unless the loss of one network is finite."""
    if not math.isfinite(loss):
        raise DivergedError(f"the loss is {loss}; {ADVICE}")


def accept(parameters: Array, candidate: Array) -> None:
    """Take over the candidate (P,) as the parameters of one network, or raise DivergedError and change nothing.

    A sum of squares is finite only if every number is: one fast call, and a closer look only if it is not.
    """
    if not math.isfinite(np.dot(candidate, candidate)) and not np.isfinite(candidate).all():
        raise DivergedError(f"a weight is not finite after the step; {ADVICE}")
    np.copyto(parameters, candidate)


def accept_each(parameters: Array, candidate: Array, losses: Loss, diverged: NDArray[np.bool_]) -> None:
    """Take over the candidates (K, P) of the networks that are finite; one that is not stands still from then on.

    Raises
    ------
    DivergedError
        When no network is left that learns.
    """
    finite = np.isfinite(losses) & np.isfinite(candidate).all(axis=-1)
    diverged |= ~finite
    if not diverged.any():
        np.copyto(parameters, candidate)
        return
    if diverged.all():
        raise DivergedError(f"all {len(diverged)} networks of the stack left the finite numbers; {ADVICE}")
    np.copyto(parameters, candidate, where=~diverged[:, None])
    losses[diverged] = np.nan
