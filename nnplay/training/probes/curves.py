"""The figures of the run so far, epoch by epoch."""

from dataclasses import dataclass

from nnplay.training.history import Rows
from nnplay.training.probes.probe import Probe
from nnplay.training.shadow import ProbedRun


@dataclass(frozen=True)
class CurvesProbe(Probe[Rows]):
    """Asks for the rows of the history."""

    def measure(self, run: ProbedRun) -> Rows:
        """Intervals of epochs, oldest first."""
        return run.trainer.history.rows()
