"""Divergence: a step is taken only where its loss and its update are finite.

‖u‖² of an update u is one fast call, and finite only if every number of u is and none is beyond the square root of
the largest float; subtracting such an update from finite parameters can't make them infinite.
"""

import math

import numpy as np
from numpy.typing import NDArray

from nnplay.errors import DivergedError
from nnplay.nn.arrays import Array, Loss
from nnplay.nn.stretch import StretchOutcome
from nnplay.texts import tr


def check_loss(loss: float) -> None:
    """Raise DivergedError unless the loss of one network is finite."""
    if not math.isfinite(loss):
        raise DivergedError(
            tr(
                "the loss is {loss}; the network keeps its last finite weights; a smaller learning rate may help",
                loss=loss,
            )
        )


def subtract_update(parameters: Array, update: Array) -> None:
    """w ← w − u for one network (P,), or DivergedError and no change."""
    if not math.isfinite(np.dot(update, update)):
        raise _update_diverged()
    np.subtract(parameters, update, parameters)


def check_outcome(outcome: StretchOutcome) -> None:
    """Raise DivergedError where a stretch ended before a step that left the finite numbers, or all of a stack did."""
    if outcome.has_diverged and np.ndim(outcome.loss):
        raise _all_diverged(len(outcome.loss))
    if outcome.loss_diverged:
        check_loss(outcome.loss)
    if outcome.update_diverged:
        raise _update_diverged()


def _update_diverged() -> DivergedError:
    return DivergedError(
        tr(
            "the weights would no longer be finite after the step; the network keeps its last finite weights; "
            "a smaller learning rate may help"
        )
    )


def _all_diverged(count: int) -> DivergedError:
    return DivergedError(
        tr(
            "all {count} networks of the stack left the finite numbers; the network keeps its last finite weights; "
            "a smaller learning rate may help",
            count=count,
        )
    )


def subtract_updates(parameters: Array, update: Array, losses: Loss, diverged: NDArray[np.bool_]) -> None:
    """w ← w − u for a stack (K, P); a network that leaves the finite numbers stands still from then on.

    `diverged` (K,) remembers which do; their losses become NaN.

    Raises
    ------
    DivergedError
        When no network is left that learns.
    """
    diverged |= ~(np.isfinite(losses) & np.isfinite(np.square(update).sum(axis=-1)))
    if not diverged.any():
        np.subtract(parameters, update, parameters)
        return
    losses[diverged] = np.nan
    if diverged.all():
        raise _all_diverged(len(diverged))
    np.subtract(parameters, update, parameters, where=~diverged[:, None])
