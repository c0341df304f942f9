"""The figures of the run so far, epoch by epoch."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplay.training.probes.probe import Probe
from nnplay.training.shadow import ProbedRun


@dataclass(frozen=True)
class CurvesProbe(Probe[NDArray[np.float64]]):
    """Asks for the rows of the history."""

    def measure(self, run: ProbedRun) -> NDArray[np.float64]:
        """(rows, `nnplay.training.history.COLUMNS`), oldest first."""
        return run.trainer.history.rows()
