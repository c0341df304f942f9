"""How far an optimiser goes for a gradient that lasts: by what it multiplies that of each parameter."""

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import AdaGrad, Adam, Momentum, Optimizer, RMSProp

Floats = NDArray[np.float64]


def rate_of(optimizer: Optimizer) -> float | Floats | None:
    """η, or one for each parameter (P,), as the memory has it now; None where it is empty yet, and would divide by 0.

    Momentum comes to η / (1 − μ) for a gradient that stays, since a step's part of the velocity is used in all steps
    that follow. AdaGrad, RMSProp and Adam divide η by each parameter's own size of gradients.
    """
    rate, state = float(optimizer.learning_rate), optimizer.state
    if isinstance(optimizer, Momentum):
        return rate / (1.0 - optimizer.momentum)
    if not isinstance(optimizer, AdaGrad | RMSProp | Adam):
        return rate
    if optimizer.steps == 0:
        return None
    squares = state[optimizer.memory[-1]].astype(np.float64)
    if isinstance(optimizer, Adam):
        squares /= 1.0 - optimizer.beta_2**optimizer.steps
    return np.asarray(rate / (np.sqrt(squares) + optimizer.epsilon), np.float64)
