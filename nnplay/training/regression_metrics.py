"""The figures of a regression."""

import math

import numpy as np
from numpy.typing import NDArray

from nnplay.nn import mean_absolute_error, r_squared
from nnplay.training.history import Metrics

Array = NDArray[np.floating]


@np.errstate(all="ignore")  # a run about to diverge has figures of any size
def regression_metrics(loss: float, outputs: Array, Y: Array, scale: float) -> Metrics:
    """The figures of numbers, from outputs and targets that are the target's own unit divided by `scale`."""
    r2 = r_squared(outputs, Y)
    return Metrics(
        loss=loss * scale * scale,
        accuracy=None,
        r2=r2 if math.isfinite(r2) else None,
        rmse=math.sqrt(loss) * scale,
        mae=mean_absolute_error(outputs, Y) * scale,
    )
