"""What a run makes smaller, as a function of its parameters, at a moment that stays as it is while the run goes on."""

from dataclasses import dataclass

from nnplay.training.landscape.objective import Objective
from nnplay.training.probes.probe import Probe
from nnplay.training.shadow import ProbedRun


@dataclass(frozen=True)
class ObjectiveProbe(Probe[Objective]):
    """Asks for it, with a copy of the network; what is computed of it later leaves the run as it is."""

    kept = True

    def measure(self, run: ProbedRun) -> Objective | None:
        """That of this moment; None without training samples."""
        return Objective.of_run(run.trainer) if len(run.trainer.prepared.X_train) else None
